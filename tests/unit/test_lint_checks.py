"""The parts of the linter that need no PDF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from pipeline.appearance.compose import Boxes
from pipeline.appearance.typeface import Typefaces
from pipeline.lint.behaviour import behaviour
from pipeline.lint.contrast import contrast, operands, rgb
from pipeline.lint.labels import is_technical
from pipeline.lint.scripts import script_findings
from pipeline.lint.subject import Subject
from pipeline.lint.survey import DocumentFacts, Survey
from pipeline.model.field import Field, FieldType, Option, Widget
from pipeline.model.geometry import Rect
from pipeline.model.scripts import parse_calculation, parse_format, parse_range
from pipeline.model.template import NotUnderstood
from tests.unit.small_templates import template


class NoFaces:
    """No check here sets text."""

    def typeface(self, resource: str, text: str) -> object:
        raise AssertionError(resource)

    def glyphs(self) -> dict[str, object]:
        return {}


def subject(
    *fields: Field, definition: str = "", not_understood: Iterable[NotUnderstood] = ()
) -> Subject:
    drawn = replace(template(*fields, definition=definition), not_understood=tuple(not_understood))
    faces: Typefaces = NoFaces()  # type: ignore[assignment]
    return Subject(drawn, Survey(DocumentFacts(), {}), Boxes.of(drawn), faces)


def does(definition: str = "", **entries: object) -> str:
    field = Field("f", **({"type": FieldType.TEXT} | entries))  # type: ignore[arg-type]
    asked = subject(field, definition=definition)
    return behaviour(asked, asked.template.fields[0])


NUMBER = parse_format('AFNumber_Format(0, 3, 0, 0, "", true);')
EURO = parse_format('AFNumber_Format(2, 2, 0, 0, "€ ", true);')
HIDDEN = Widget(0, 0, Rect(0, 0, 10, 10), visible=False, prints=False)
PAPER = Widget(0, 0, Rect(0, 0, 10, 10), visible=False, prints=True)
SCREEN = Widget(0, 0, Rect(0, 0, 10, 10), prints=False)


def test_what_the_online_form_does() -> None:
    assert does() == "one line of text"
    assert does(max_len=1, required=True) == "one line of text, at most 1 character, required"
    assert does(multiline=True, max_len=9) == "text of several lines, at most 9 characters"
    assert does(comb=True, max_len=4) == "one line in 4 cells"
    assert does(password=True).startswith("password")
    assert does(read_only=True, value="x") == "one line of text, shown, cannot be changed"
    assert does(widgets=(HIDDEN,)) == "not shown"
    assert does(widgets=(PAPER,)) == "not shown (prints only)"
    assert does(widgets=(SCREEN,), read_only=True) == "instruction, screen only"
    assert does(type=FieldType.BUTTON) == "push button: not shown online"
    assert does(type=FieldType.SIGNATURE) == "place to sign: left empty"


def test_what_it_does_with_numbers() -> None:
    bounds = parse_range("AFRange_Validate(true, 0, true, 500);")
    assert does(format=NUMBER, range=bounds) == "whole number, 0–500"
    least = parse_range("AFRange_Validate(true, 1, false, 0);")
    assert does(format=EURO, range=least) == "number with at most 2 decimals in €, from € 1,00"
    total = parse_calculation('AFSimple_Calculate("SUM", new Array ("a", "b"));')
    assert does(format=NUMBER, calculation=total) == "calculated: SUM of a, b, whole number"
    percent = parse_format("AFPercent_Format(1, 0);")
    assert does(format=percent) == "percentage"


def test_what_it_does_with_dates_and_masks() -> None:
    date = parse_format('AFDate_FormatEx("dd-mm-yyyy");')
    assert does(format=date) == "date, typed or picked: dd-mm-yyyy or as 2024-02-01"
    assert does(format=parse_format("AFTime_Format(0);")) == "time, typed: HH:MM"
    assert does(format=parse_format("AFSpecial_Format(0);")).startswith("text like 99999")


def test_what_it_does_with_choices() -> None:
    options = tuple(Option(each, each) for each in ("a", "b", "c", "d", "e"))
    choice = {"type": FieldType.CHOICE, "options": options}
    assert does(**choice, combo=True) == "drop-down list, one of 5: a, b, c, d …"
    assert does(**choice, multi_select=True) == "list, several of 5: a, b, c, d …"
    typed = does(**choice, combo=True, editable=True, definition="max_len = {f = 8}")
    assert typed == "drop-down list, one of 5: a, b, c, d …, or typed, at most 8 characters"
    assert does(type=FieldType.CHECKBOX, on_states=("Yes",)) == "tick box"
    assert does(type=FieldType.RADIO, on_states=("x", "y")) == "radio buttons, one of 2: x, y"


def test_what_form_toml_adds() -> None:
    assert does('kinds = {f = "email"}') == "e-mail address"
    assert does('required_at_submit = ["f"]') == "one line of text, required"
    rule = "[[required_if]]\nfields = ['f']\nwhen = \"filled(f)\""
    assert does(rule) == "one line of text, required in some cases (form.toml)"


@pytest.mark.parametrize(
    ("ink", "paper", "ratio"),
    [
        ("0 g", (1, 1, 1), 21.0),
        ("1 g", (1, 1, 1), 1.0),
        ("1 0 0 rg", (1, 1, 1), 4.0),
        ("0 0 0 1 k", (1, 1, 1), 21.0),
        ("0.466667 g", (1, 1, 1), 4.48),
    ],
)
def test_contrast_as_wcag_has_it(ink: str, paper: tuple[int, int, int], ratio: float) -> None:
    """#777 on white is the known 4.48 to 1, pure red 4.0 to 1."""
    colour = rgb(operands(ink))
    assert colour is not None
    assert contrast(colour, paper) == pytest.approx(ratio, abs=0.01)
    assert contrast(paper, colour) == contrast(colour, paper)


def test_what_is_transparent_has_no_colour() -> None:
    assert rgb(()) is None


def test_technical_names_and_words() -> None:
    for technical in ("txtName", "school.naam", "Text1", "a_b", "naam", "x[0]"):
        assert is_technical(technical), technical
    for words in ("Naam", "Uw naam", "Datum 2 invullen", "BSN"):
        assert not is_technical(words), words


def test_something_new_that_is_not_understood_is_told_in_its_own_words() -> None:
    asked = subject(Field("f", FieldType.TEXT), not_understood=[NotUnderstood("f", "a whim")])
    (found,) = script_findings(asked)
    assert (found.code, found.field, found.data["what"]) == ("not_honoured", "f", "a whim")
