"""Values go from one edition to another by name and meaning; what does not fit is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow.carrying import Carried, carry, shown_value
from pipeline.model.dates import DatePattern
from pipeline.model.field import Field, FieldType, Option, Value
from pipeline.model.formats import (
    DateFormat,
    Format,
    MaskFormat,
    NumberFormat,
    PercentFormat,
    SimpleCalculation,
)
from pipeline.model.numbers import NumberStyle
from pipeline.model.validation import Stage, examine
from tests.unit.small_templates import template

TODAY = date(2026, 3, 1)


def text(shape: Format | None = None, **more: object) -> Field:
    return Field("v", FieldType.TEXT, format=shape, **more)  # type: ignore[arg-type]


def choice(*options: tuple[str, str], **more: object) -> Field:
    listed = tuple(Option(export, display) for export, display in options)
    return Field("v", FieldType.CHOICE, options=listed, **more)  # type: ignore[arg-type]


def radio(*states: str, shown: tuple[tuple[str, str], ...] = ()) -> Field:
    options = tuple(Option(export, display) for export, display in shown)
    return Field("v", FieldType.RADIO, on_states=states, options=options)


def tick(*states: str) -> Field:
    return Field("v", FieldType.CHECKBOX, on_states=states)


def dated(pattern: str, kind: str = "date") -> Field:
    return text(DateFormat(DatePattern(pattern), kind))


def numbered(decimals: int, style: int = 0) -> Field:
    return text(NumberFormat(NumberStyle(decimals, style)))


def percent(decimals: int = 0, style: int = 0) -> Field:
    return text(PercentFormat(NumberStyle(decimals, style)))


def moved(value: Value, old: Field, new: Field) -> Carried:
    return carry({"v": value}, template(old), template(new))


@pytest.mark.parametrize(
    ("value", "old", "new", "expected"),
    [
        ("De Boom", text(), text(), "De Boom"),
        ("01-02-2024", dated("dd-mm-yyyy"), dated("yyyy-mm-dd"), "2024-02-01"),
        ("03-04-2024", dated("dd-mm-yyyy"), dated("mm/dd/yyyy"), "04/03/2024"),
        ("1/2/24", dated("m/d/yy"), dated("d mmmm yyyy"), "2 January 2024"),
        ("01-02-2024", dated("dd-mm-yyyy"), dated("mm/yyyy"), "02/2024"),
        ("14:05", dated("HH:MM", "time"), dated("h:MM tt", "time"), "2:05 pm"),
        ("01-02-2024", dated("dd-mm-yyyy"), text(), "01-02-2024"),
        ("01-02-2024", text(), dated("dd-mm-yyyy"), "01-02-2024"),
        ("19.25", numbered(2, 3), numbered(3, 2), "19.25"),
        ("1234", numbered(0, 2), numbered(0, 0), "1234"),
        ("1.234", numbered(3, 0), numbered(3, 2), "1.234"),
        ("1234.5", numbered(2, 2), text(), "1.234,50"),
        ("0.25", percent(), percent(2, 3), "0.25"),
        ("1.25", percent(0, 2), percent(0, 2), "1.25"),
        ("a", choice(("a", "Appel")), choice(("a", "Appels"), ("b", "Appel")), "a"),
        ("a", choice(("a", "Appel")), choice(("1", "Peer"), ("2", "Appel")), "2"),
        ("a", choice(("a", "Appel")), choice(("p", "Peer"), editable=True), "Appel"),
        ("a", choice(("a", "Appel")), text(), "Appel"),
        ("Appel", text(), choice(("a", "Appel")), "a"),
        ("a", choice(("a", "Appel")), choice(("a", "Appel"), multi_select=True), ("a",)),
        (("a",), choice(("a", "Appel"), multi_select=True), choice(("a", "Appel")), "a"),
        ("ja", radio("ja", "nee"), radio("nee", "ja"), "ja"),
        ("0", radio("0", "1", shown=(("ja", "Ja"), ("nee", "Nee"))), radio("nee", "ja"), "ja"),
        ("ja", radio("ja", "nee"), choice(("ja", "Jazeker"), ("nee", "Nee")), "ja"),
        (True, tick("Ja"), tick("On"), True),
        (True, tick("Ja"), tick("Nee", "Ja"), "Ja"),
        ("Ja", tick("Nee", "Ja"), tick("Ja"), True),
        (True, tick("ja"), radio("ja", "nee"), "ja"),
        ("ja", radio("ja", "nee"), tick("ja"), True),
        (False, tick("Ja"), tick("On"), False),
        (True, tick("Ja"), text(), "Ja"),
    ],
)
def test_a_value_keeps_its_meaning(value: Value, old: Field, new: Field, expected: Value) -> None:
    assert moved(value, old, new) == Carried({"v": expected}, ())


@pytest.mark.parametrize(
    ("value", "old", "new", "code", "shown"),
    [
        ("g", choice(("g", "Groen")), choice(("r", "Rood")), "not_in_options", "Groen"),
        ("nee", radio("ja", "nee"), tick("ja"), "not_in_options", "nee"),
        (True, tick("Ja"), tick("a", "b"), "not_in_options", "Ja"),
        ("een\ntwee", text(multiline=True), text(), "line_break", "een\ntwee"),
        ("01-02", dated("dd-mm"), dated("mm/yy"), "not_a_date", "01-02"),
        ("01-02-2024", dated("dd-mm-yyyy"), dated("HH:MM", "time"), "not_a_time", "01-02-2024"),
        ("25", numbered(0), percent(), "not_a_number", "25"),
        ("0.25", percent(), numbered(2), "not_a_number", "25%"),
        (("a", "b"), choice(("a", "A"), ("b", "B"), multi_select=True),
         choice(("a", "A"), ("b", "B")), "one_only", "A\nB"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_listed_and_left_out(
    value: Value, old: Field, new: Field, code: str, shown: str
) -> None:
    carried = moved(value, old, new)
    assert carried.values == {}
    assert [(each.field, each.code, each.shown) for each in carried.problems] == [
        ("v", code, shown)
    ]


@pytest.mark.parametrize(
    ("value", "old", "new", "code", "kept"),
    [
        ("x" * 30, text(), text(max_len=20), "max_len", "x" * 30),
        ("12.345", numbered(3), numbered(2), "too_many_decimals", "12.345"),
        ("veel", text(), numbered(0), "not_a_number", "veel"),
        ("abc", text(), text(MaskFormat(("99",))), "mask", "abc"),
        ("31-13-2024", dated("dd-mm-yyyy"), dated("dd-mm-yyyy"), "not_a_date", "31-13-2024"),
    ],
)
def test_a_text_that_can_be_mended_stays_as_typed(
    value: Value, old: Field, new: Field, code: str, kept: str
) -> None:
    carried = moved(value, old, new)
    assert carried.values == {"v": kept}
    found = [(each.code, each.shown) for each in carried.problems]
    assert found == [(code, shown_value(old, value))]


def test_of_several_selections_those_that_fit_come_over() -> None:
    old = choice(("a", "Appel"), ("b", "Peer"), multi_select=True)
    carried = moved(("a", "b"), old, choice(("a", "Appel"), multi_select=True))
    assert carried.values == {"v": ("a",)}
    assert [(each.code, each.shown) for each in carried.problems] == [("not_in_options", "Peer")]


def test_a_field_that_is_gone_or_fixed_now() -> None:
    other = replace(text(), name="other")
    gone = carry({"v": "words"}, template(replace(text(), label="Vroeger")), template(other))
    assert [(each.code, each.label, each.shown) for each in gone.problems] == [
        ("gone", "Vroeger", "words")
    ]
    fixed = moved("words", text(), text(read_only=True))
    assert (fixed.values, [each.code for each in fixed.problems]) == ({}, ["read_only"])
    sums = text(calculation=SimpleCalculation("SUM", ("other",)))
    assert [each.code for each in moved("5", text(), sums).problems] == ["read_only"]
    assert moved(False, tick("Ja"), replace(text(), name="other")).problems == ()


def test_nobodys_answers_are_nobodys_loss() -> None:
    calculated = text(calculation=SimpleCalculation("SUM", ("other",)))
    other = template(replace(text(), name="other"))
    for old in (calculated, text(read_only=True), replace(text(read_only=True), system=True)):
        assert carry({"v": "9"}, template(old), other) == Carried({}, ())
    assert carry({"v": "", "w": ()}, template(text()), other) == Carried({}, ())


def test_problems_come_in_the_old_forms_order() -> None:
    old = template(*(replace(text(), name=name) for name in "cab"))
    carried = carry(dict.fromkeys("abc", "words"), old, template(text()))
    assert [each.field for each in carried.problems] == ["c", "a", "b"]


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs"]), max_size=12),
    st.booleans(),
    st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
)
FIELDS = st.sampled_from(
    [
        text(), text(max_len=3), text(multiline=True), dated("dd-mm-yyyy"), dated("mm/yy"),
        dated("HH:MM", "time"), numbered(0), numbered(2, 3), percent(), tick("a"), tick("a", "b"),
        radio("a", "b"), choice(("a", "A"), ("b", "B")), text(read_only=True),
        choice(("a", "A"), ("c", "C"), multi_select=True), choice(("a", "A"), editable=True),
    ]
)  # fmt: skip


@given(VALUES, FIELDS, FIELDS)
def test_nothing_is_lost_and_nothing_breaks(value: Value, old: Field, new: Field) -> None:
    """Whatever a draft holds comes over, or is listed; what came over without a word is right."""
    carried = moved(value, old, new)
    if old.fillable and value not in ("", (), False):
        assert "v" in carried.values or carried.problems
    if not carried.problems and "v" in carried.values:
        problems = examine(template(new), carried.values, Stage.DRAFT, TODAY).problems
        assert problems == ()


@given(VALUES, FIELDS)
def test_to_the_same_edition_what_is_right_goes_unchanged(value: Value, field: Field) -> None:
    same = template(field)
    kept = examine(same, {"v": value}, Stage.DRAFT, TODAY)
    if not kept.problems and field.fillable:
        assert carry(kept.values, same, same) == Carried(kept.values, ())


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_day_stays_the_day(day: date) -> None:
    moment = datetime(day.year, day.month, day.day)
    patterns = ["dd-mm-yyyy", "yyyy-mm-dd", "m/d/yy", "d mmm yyyy", "dddd d mmmm yyyy"]
    value: Value = DatePattern(patterns[0]).show(moment)
    for before, after in zip(patterns, [*patterns[1:], patterns[0]], strict=True):
        value = moved(value, dated(before), dated(after)).values["v"]
    assert value == DatePattern(patterns[0]).show(moment)
