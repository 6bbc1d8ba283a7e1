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
    "withdrawn_link": Explanation(
        410,
        _("Deze link is ingetrokken"),
        _(
            "Iemand die aan dit formulier werkt, heeft de link vervangen door een nieuwe. Vraag de "
            "nieuwe link aan degene van wie u deze kreeg."
        ),
    ),
    "deleted_draft": Explanation(
        410,
        _("Dit formulier is verwijderd"),
        _("Iemand met deze link heeft het formulier verwijderd. Er is niets van bewaard."),
    ),
    "would_supersede": Explanation(
        409,
        _("Er is al zo’n formulier ingediend"),
        _("Er is niets verstuurd. Ga terug en geef aan dat u het eerdere formulier vervangt."),
    ),
    "mail": Explanation(
        503,
        _("De mail is niet verstuurd"),
        _(
            "De mailserver nam de mail niet aan. Er is niets verloren: u kunt het straks opnieuw "
            "proberen."
        ),
    ),
    "too_many_mails": Explanation(
        429,
        _("Er zijn al veel mails verstuurd"),
        _("Er gaan hooguit %(limit)s mails per uur uit. Probeer het over een uur opnieuw."),
    ),
    "already_submitted": Explanation(
        409,
        _("Dit formulier is al verstuurd"),
        _("Wat verstuurd is, kan niet meer worden gewijzigd."),
    ),
    "unknown_approval": Explanation(
        404,
        _("Deze pagina bestaat niet"),
        _("Ga terug naar het formulier en gebruik de knoppen daar."),
    ),
    "approval_too_early": Explanation(
        409,
        _("Dit kan nog niet worden gevraagd"),
        _("Eerst is een andere stap aan de beurt. Ga terug naar het formulier."),
    ),
    "approval_over": Explanation(
        410,
        _("Er is hier niets meer te beslissen"),
        _("Open uw link opnieuw om te zien waarom."),
    ),
    "template_changed": Explanation(
        409,
        _("Deze pagina hoort bij een andere uitgave"),
        _(
            "Het formulier is intussen overgezet naar een andere uitgave, of de uitgave van deze "
            "pagina is er niet meer. Er is niets opgeslagen en niets verstuurd. Ga terug: uw "
            "invoer staat daar nog. Open daarna uw link in een nieuw tabblad en neem over wat "
            "nog ontbreekt."
        ),
    ),
    "edit_conflict": Explanation(
        409,
        _("Iemand anders heeft dit formulier intussen opgeslagen"),
        _(
            "Uw eigen invoer staat nog op deze pagina, maar is niet opgeslagen: u hebt beiden "
            "hetzelfde veld gewijzigd. Kies bij elk veld welke tekst blijft."
        ),
    ),
    "would_void_approval": Explanation(
        409,
        _("Er is nog een advies of goedkeuring gevraagd of gegeven"),
        _(
            "Slaat u uw wijziging op, dan vervalt dat. Daarom wordt hier niets vanzelf opgeslagen. "
            "Kies zelf ‘Opslaan voor later’ als u dat wilt."
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
    "other_edition": Explanation(
        422,
        _("Deze PDF hoort bij een uitgave die hier niet bekend is"),
        _(
            "Het is een ander formulier, of een uitgave die hier niet is bewaard. Gebruik de link "
            "van vorig jaar, of vul het formulier hier online in."
        ),
    ),
    "not_a_link": Explanation(
        422,
        _("Dit is geen link van een opgeslagen of verstuurd formulier"),
        _("Kopieer de hele link, van het begin tot het eind, en probeer het opnieuw."),
    ),
    "other_form": Explanation(
        422,
        _("Deze link hoort bij een ander formulier"),
        _("Van dat formulier kan hier niets worden overgenomen."),
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
