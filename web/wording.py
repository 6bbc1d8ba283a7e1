"""From a problem's code to a Dutch sentence beside the field.

The msgids are the Dutch sentences themselves, so that another language is a catalogue beside
them. The form page carries ``SENTENCES`` along for ``rules.js``: the browser and the server say
the same words because there is one list of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import FieldProblem
from pipeline.model.field import Field, FieldType
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat
from web.language import spoken_language

_ = lazy_gettext

SENTENCES: Mapping[str, LazyString] = {
    "required": _("Vul dit veld in."),
    "required.number": _("Vul een getal in. Niet van toepassing? Vul dan het cijfer 0 in."),
    "required.choice": _("Maak een keuze."),
    "required.checkbox": _("Zet hier een vinkje."),
    "max_len": _("Gebruik hooguit %(limit)s tekens; het zijn er nu %(length)s."),
    "not_a_number": _("Vul een getal in, bijvoorbeeld %(example)s."),
    "too_many_decimals": _("Gebruik hooguit %(limit)s cijfers achter de komma."),
    "too_many_decimals.1": _("Gebruik hooguit één cijfer achter de komma."),
    "too_many_decimals.0": _("Vul een heel getal in, zonder cijfers achter de komma."),
    "out_of_range": _("Vul een getal in van %(minimum)s tot en met %(maximum)s."),
    "out_of_range.minimum": _("Vul een getal in van %(minimum)s of hoger."),
    "out_of_range.maximum": _("Vul een getal in van %(maximum)s of lager."),
    "not_a_date": _("Vul een bestaande datum in, geschreven als %(pattern)s."),
    "not_a_time": _("Vul een bestaande tijd in, geschreven als %(pattern)s."),
    "mask": _("Schrijf dit als %(mask)s. Een 9 staat voor een cijfer, een A voor een letter."),
    "not_brin": _("Vul twee cijfers en twee letters in, bijvoorbeeld 12AB."),
    "not_postcode_nl": _("Vul een postcode in van vier cijfers en twee letters, zoals 6211 AB."),
    "not_phone_nl": _("Vul een telefoonnummer in van tien cijfers, of +31 en negen cijfers."),
    "not_email": _("Vul één e-mailadres in, bijvoorbeeld info@school.nl."),
    "not_url": _("Vul een webadres in, bijvoorbeeld www.school.nl."),
    "not_house_number": _("Begin met een cijfer. Een toevoeging mag, bijvoorbeeld 12a."),
    "line_break": _("Schrijf dit op één regel."),
    "not_in_options": _("‘%(value)s’ staat niet in de lijst. Kies iets uit de lijst."),
    "one_only": _("Kies één mogelijkheid; het zijn er nu %(count)s."),
    "wrong_type": _("Dit antwoord past niet bij dit soort veld."),
    "approved": _("Dit is van degene die hierover beslist en kan hier niet worden gewijzigd."),
    "in_future": _("Deze datum ligt in de toekomst."),
    "read_only": _("Dit veld staat vast en kan niet worden gewijzigd."),
    "not_fillable": _("Dit veld kan niet online worden ingevuld."),
    "not_shown": _("Dit wordt bewaard, maar het formulier toont dit veld nergens."),
    "unknown_field": _("Dit formulier heeft geen veld met deze naam."),
    "does_not_fit": _(
        "De tekst past niet in het vak. Maak de tekst korter of gebruik minder regels."
    ),
    "no_glyph": _("Het teken ‘%(character)s’ kan niet in de PDF komen. Kies een ander teken."),
    "one_page_overflow": _(
        "Samen passen uw teksten niet op de one-page. Maak deze tekst korter, of verstuur het "
        "formulier zonder one-page."
    ),
    "longest_on_page": _("Dit is een van de langste teksten op de one-page."),
    "check": _("Controleer dit veld."),
    # Of a value that came over from another edition.
    "gone": _("Dit veld is er in deze uitgave niet meer."),
    # Of the header row of a table.
    "unknown_column": _("Dit formulier heeft geen veld met deze naam."),
    "unnamed_column": _("Deze kolom heeft geen naam."),
    "duplicate_column": _("Deze naam staat boven twee kolommen."),
    # Of a PDF that was uploaded.
    "unsure": _("Dit is van de pagina gelezen. Controleer of het klopt."),
    "embedded_differs": _(
        "De pagina’s zeggen iets anders dan de meegestuurde gegevens. De pagina’s zijn gelezen; "
        "controleer alle velden."
    ),
    "xfa_differs": _(
        "In deze PDF staan de antwoorden twee keer, en niet hetzelfde. De formuliervelden zijn "
        "gelezen; controleer alle velden."
    ),
    # Of a definitive PDF that was not released.
    "text_in_empty_box": _("In dit vak staat tekst, hoewel er niets is ingevuld."),
    "not_found_in_box": _("Wat hier is ingevuld, werd niet in de PDF teruggevonden."),
    "mark_not_drawn": _("Wat hier is aangekruist, werd niet in de PDF teruggevonden."),
    "mark_drawn": _("In de PDF stond hier een kruisje dat niet is gezet."),
    "page_count": _("De PDF heeft niet het juiste aantal bladzijden."),
    "form_left": _("De PDF was nog te bewerken."),
    "not_encrypted": _("De PDF was niet beveiligd."),
    "not_readable": _("De PDF kon niet worden teruggelezen."),
    "changes_allowed": _("De PDF was nog te wijzigen."),
    "not_accessible": _("De PDF was niet toegankelijk voor voorleessoftware."),
}


def sentence(field: Field | None, problem: FieldProblem) -> str:
    """The author's own sentence where form.toml has one, else ours for the code."""
    if problem.message:
        return problem.message
    known = SENTENCES.get(sentence_key(field, problem)) or SENTENCES.get(problem.code)
    if known is None:
        return str(gettext("Controleer dit veld (%(code)s).", code=problem.code))
    return str(known) % _parameters(field, problem)


def sentence_key(field: Field | None, problem: FieldProblem) -> str:
    """Which variant of a sentence speaks; ``rules.js`` chooses in the same way."""
    data = problem.data
    match problem.code:
        case "required" if field is not None:
            return f"required.{_asked_for(field)}"
        case "too_many_decimals":
            return f"too_many_decimals.{data.get('limit')}"
        case "out_of_range" if data.get("minimum") is None:
            return "out_of_range.maximum"
        case "out_of_range" if data.get("maximum") is None:
            return "out_of_range.minimum"
    return problem.code


def pattern_in_words(pattern: str) -> str:
    """``dd-mm-yyyy`` as a Dutch form writes it: dd-mm-jjjj, uu:mm; as it is in English."""
    if spoken_language() != "nl":
        return pattern.lower()
    return pattern.replace("y", "j").replace("H", "u").replace("h", "u").replace("M", "m")


def number_example(decimals: int, separator: str) -> str:
    return f"19{separator}25000000"[: 3 + decimals] if decimals else "12"


def _asked_for(field: Field) -> str:
    if field.type is FieldType.CHECKBOX:
        return "checkbox"
    if field.type in (FieldType.RADIO, FieldType.CHOICE):
        return "choice"
    return "number" if isinstance(field.format, NumberFormat) else "text"


class _Parameters(dict[str, str]):
    """What a sentence lacks shows as an ellipsis, never as a failure of the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def _parameters(field: Field | None, problem: FieldProblem) -> _Parameters:
    """A problem's data as a sentence shows them: decimal comma, Dutch date pattern."""
    given = _Parameters({key: str(value) for key, value in problem.data.items()})
    shape = None if field is None else field.format
    if isinstance(shape, NumberFormat | PercentFormat):
        given["example"] = number_example(shape.style.decimals, shape.style.decimal_separator)
    if isinstance(shape, DateFormat):
        given["pattern"] = shape.pattern.pattern
    if isinstance(shape, MaskFormat):
        given["mask"] = shape.masks[-1]
    for bound in given.keys() & {"minimum", "maximum"}:
        given[bound] = given[bound].replace(".", ",")
    if "pattern" in given:
        given["pattern"] = pattern_in_words(given["pattern"])
    return given
