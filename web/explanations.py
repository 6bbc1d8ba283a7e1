"""What an error means to a person: the status, a heading, what happened and what to do now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import FormpressError

_ = lazy_gettext


@dataclass(frozen=True, slots=True)
class Explanation:
    status: int
    title: LazyString
    text: LazyString


EXPLANATIONS: Mapping[str, Explanation] = {
    "unknown_form": Explanation(
        404,
        _("Dit formulier bestaat niet"),
        _(
            "Misschien is het adres niet helemaal overgenomen, of wordt het formulier niet meer "
            "aangeboden. Kies een formulier uit de lijst."
        ),
    ),
    "unknown_link": Explanation(
        404,
        _("Deze link opent geen formulier"),
        _(
            "Kopieer de link nog eens, van het begin tot het eind. Na afloop van de termijn werkt "
            "een link ook niet meer: dan is het formulier verwijderd."
        ),
    ),
    "expired_link": Explanation(
        410,
        _("Deze link is verlopen"),
        _(
            "De termijn na de laatste keer opslaan is voorbij en het formulier is verwijderd. "
            "U kunt een nieuw formulier beginnen."
        ),
    ),
    "already_submitted": Explanation(
        409,
        _("Dit formulier is al verstuurd"),
        _("Wat verstuurd is, kan niet meer worden gewijzigd."),
    ),
    "template_changed": Explanation(
        409,
        _("Het formulier is intussen vernieuwd"),
        _(
            "Wat u invult hoort bij een vorige uitgave van dit formulier en kan niet meer worden "
            "verwerkt. Er is niets opgeslagen en niets verstuurd. Begin een nieuw formulier, of "
            "neem contact op met degene die het aanbiedt."
        ),
    ),
    "edit_conflict": Explanation(
        409,
        _("Iemand anders heeft dit formulier intussen opgeslagen"),
        _(
            "Uw eigen invoer staat nog op deze pagina, maar is niet opgeslagen. Kies hoe u "
            "verder wilt."
        ),
    ),
    "submission": Explanation(
        422,
        _("Het formulier kan nog niet worden verstuurd"),
        _("Er ontbreekt nog iets, of iets klopt niet."),
    ),
    "not_a_pdf": Explanation(
        422,
        _("Dit bestand kan niet als PDF worden gelezen"),
        _(
            "Het is geen PDF, of het bestand is beschadigd. Sla het ingevulde formulier opnieuw "
            "op als PDF en probeer het nog eens."
        ),
    ),
    "encrypted": Explanation(
        422,
        _("Deze PDF is met een wachtwoord beveiligd"),
        _("Sla het formulier op zonder wachtwoord en upload het opnieuw."),
    ),
    "dynamic_xfa": Explanation(
        422,
        _("Deze PDF kan niet online worden gelezen"),
        _(
            "Het is een dynamisch XFA-formulier: de pagina’s bestaan alleen in programma’s van "
            "Adobe. Druk het af naar een gewone PDF, of vul het formulier hier online in."
        ),
    ),
    "no_fields": Explanation(
        422,
        _("In deze PDF staan geen invulvelden"),
        _(
            "Upload het formulier zelf, ingevuld en opgeslagen als PDF. Een scan of een foto kan "
            "niet worden gelezen."
        ),
    ),
    "too_large": Explanation(
        413,
        _("Dit is te groot"),
        _("Er kan niet meer dan %(limit)s worden ontvangen. Er is niets bewaard."),
    ),
    "took_too_long": Explanation(
        422,
        _("Het lezen van deze PDF duurde te lang"),
        _(
            "Het lezen is afgebroken en er is niets bewaard. Sla het formulier opnieuw op als PDF "
            "en probeer het nog eens, of vul het hier online in."
        ),
    ),
    "proof": Explanation(
        500,
        _("De PDF is niet vrijgegeven"),
        _(
            "Bij de controle bevatte de PDF niet precies wat u hebt ingevuld. Uw gegevens zijn "
            "bewaard."
        ),
    ),
    "no_file": Explanation(
        422,
        _("Er is geen bestand gekozen"),
        _("Kies eerst het ingevulde formulier (een PDF-bestand) en upload het daarna."),
    ),
    "not_ready": Explanation(
        404,
        _("De PDF is er nog niet"),
        _("De definitieve PDF wordt nog gemaakt. Ga terug en wacht tot de link verschijnt."),
    ),
    "storage": Explanation(
        503,
        _("Opslaan lukt op dit moment niet"),
        _(
            "Er is niets verstuurd. Laat deze pagina open en probeer het over een paar minuten nog "
            "eens."
        ),
    ),
    "not_found": Explanation(
        404,
        _("Deze pagina bestaat niet"),
        _("Controleer het adres, of kies een formulier uit de lijst."),
    ),
    "method_not_allowed": Explanation(
        405,
        _("Deze pagina kan zo niet worden geopend"),
        _("Ga terug naar het formulier en gebruik de knoppen daar."),
    ),
    "bad_request": Explanation(
        400,
        _("Dit verzoek kon niet worden gelezen"),
        _("Ga terug naar het formulier en probeer het nog eens."),
    ),
    "internal": Explanation(
        500,
        _("Er ging bij ons iets mis"),
        _(
            "Wat u het laatst hebt opgeslagen, is bewaard. Probeer het over een paar minuten nog "
            "eens."
        ),
    ),
}


def explain(error: FormpressError) -> Explanation:
    """Looked up by code, then by the codes of the classes above, so that none is without words."""
    for kind in type(error).__mro__:
        found = EXPLANATIONS.get(getattr(kind, "code", ""))
        if found is not None:
            return found
    return EXPLANATIONS["internal"]


def explanation_text(explanation: Explanation, error: FormpressError | None = None) -> str:
    text = str(explanation.text)
    return text % {"limit": _limit_of(error)} if "%(limit)s" in text else text


def _limit_of(error: FormpressError | None) -> str:
    what, limit = (
        (None, "…") if error is None else (error.data.get("what"), error.data.get("limit"))
    )
    if str(what).startswith("bytes") and isinstance(limit, int):
        return str(gettext("%(count)s MB", count=max(1, limit // (1024 * 1024))))
    if what == "pages":
        return str(gettext("%(count)s pagina’s", count=limit))
    if what == "characters in a font":
        return str(gettext("%(count)s tekens in een lettertype", count=limit))
    if what == "fields":
        return str(gettext("%(count)s velden", count=limit))
    return str(limit)
