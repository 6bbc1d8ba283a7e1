"""Validation: every problem at once, in page order; what is kept, what is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.errors import FieldProblem
from pipeline.model.dates import DatePattern
from pipeline.model.field import Field, FieldType, Option, Value
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, Range, SimpleCalculation
from pipeline.model.numbers import NumberStyle
from pipeline.model.template import Template
from pipeline.model.validation import Examined, Stage, answers_of, examine
from tests.unit.small_templates import SHOWN, template

TODAY = date(2026, 11, 24)
KOMMA = NumberFormat(NumberStyle(2, 3))
DATE = DateFormat(DatePattern("dd-mm-yyyy"))
FRUIT = (Option("a", "Appel"), Option("p", "Peer"))


def text(name: str = "x", **more: object) -> Field:
    return replace(Field(name, FieldType.TEXT), **more)


def checkbox(name: str = "x", **more: object) -> Field:
    field = Field(name, FieldType.CHECKBOX, on_states=("Yes",))
    return replace(field, **more)


def radio(name: str = "x", **more: object) -> Field:
    field = Field(name, FieldType.RADIO, on_states=("red", "green"))
    return replace(field, **more)


def choice(name: str = "x", **more: object) -> Field:
    field = Field(name, FieldType.CHOICE, options=FRUIT, combo=True)
    return replace(field, **more)


def draft(form: Template, raw: Mapping[str, object]) -> Examined:
    return examine(form, raw, Stage.DRAFT, TODAY)


def final(form: Template, raw: Mapping[str, object]) -> Examined:
    return examine(form, raw, Stage.FINAL, TODAY)


def kept(field: Field, given: object, definition: str = "") -> Value | None:
    examined = draft(template(field, definition=definition), {field.name: given})
    assert examined.problems == ()
    return examined.values.get(field.name)


def refused(field: Field, given: object, definition: str = "") -> FieldProblem:
    examined = draft(template(field, definition=definition), {field.name: given})
    (problem,) = examined.problems
    assert problem.field == field.name
    return problem


def test_every_problem_at_once_in_page_order() -> None:
    form = template(
        text("missing", required=True),
        text("long", max_len=3),
        text("lines"),
        text("number", format=KOMMA),
        text("decimals", format=KOMMA),
        text("date", format=DATE),
        text("time", format=DateFormat(DatePattern("HH:MM"), "time")),
        text("masked", format=MaskFormat(("99AA",))),
        text("range", format=KOMMA, range=Range(Decimal(0), Decimal(10))),
        text("mail"),
        checkbox("box"),
        radio("radio"),
        choice("choice"),
        choice("one"),
        text("typed"),
        text("fixed", read_only=True, value="7"),
        Field("signed", FieldType.SIGNATURE),
        text("conditional"),
        text("checked"),
        definition="""
            [kinds]
            mail = "email"
            [[required_if]]
            fields = ["conditional"]
            when = "filled(checked)"
            [[check]]
            fields = ["checked"]
            when = "checked = 'wrong'"
            message = "Dit kan niet."
        """,
    )
    raw = {
        "checked": "wrong",
        "signed": "x",
        "fixed": "8",
        "typed": 3,
        "one": ["a", "p"],
        "choice": "b",
        "radio": "blue",
        "box": "Maybe",
        "mail": "info@",
        "range": "10,01",
        "masked": "12",
        "time": "25:00",
        "date": "31-02-2026",
        "decimals": "0,755",
        "number": "1.234,56",
        "lines": "a\nb",
        "long": "abcd",
        "nobody": "x",
    }
    assert [(each.field, each.code) for each in final(form, raw).problems] == [
        ("nobody", "unknown_field"),
        ("missing", "required"),
        ("long", "max_len"),
        ("lines", "line_break"),
        ("number", "not_a_number"),
        ("decimals", "too_many_decimals"),
        ("date", "not_a_date"),
        ("time", "not_a_time"),
        ("masked", "mask"),
        ("range", "out_of_range"),
        ("mail", "not_email"),
        ("box", "not_in_options"),
        ("radio", "not_in_options"),
        ("choice", "not_in_options"),
        ("one", "one_only"),
        ("typed", "wrong_type"),
        ("fixed", "read_only"),
        ("signed", "not_fillable"),
        ("conditional", "required"),
        ("checked", "check"),
    ]


def test_what_is_wrong_stands_as_it_was_typed() -> None:
    form = template(text("number", format=KOMMA), choice("fruit"), text("long", max_len=2))
    raw = {"number": "1.234,56", "fruit": "kers", "long": "abc"}
    assert draft(form, raw).values == raw


def test_a_draft_may_have_gaps() -> None:
    assert draft(template(text(required=True)), {}).problems == ()


@pytest.mark.parametrize("blank", ["", None, " ", "  \t "])
def test_blanks_do_not_answer_a_required_field(blank: object) -> None:
    problems = final(template(text(required=True)), {"x": blank}).problems
    assert [each.code for each in problems] == ["required"]


@pytest.mark.parametrize("zero", ["0", "0,00", "00"])
def test_zero_is_an_answer(zero: str) -> None:
    examined = final(template(text(required=True, format=KOMMA)), {"x": zero})
    assert examined.problems == ()
    assert examined.values == {"x": "0"}


def test_a_required_box_must_be_on() -> None:
    form = template(checkbox(required=True))
    assert [each.code for each in final(form, {"x": False}).problems] == ["required"]
    assert final(form, {"x": True}).problems == ()


def test_nobody_is_asked_for_what_he_cannot_give() -> None:
    unseen = replace(SHOWN, visible=False, prints=False)
    form = template(
        text("fixed", required=True, read_only=True),
        text("hidden", required=True, widgets=(unseen,)),
        text("total", required=True, calculation=SimpleCalculation("SUM", ("fixed",))),
    )
    assert final(form, {}).problems == ()


def test_a_wrong_answer_is_not_also_missing() -> None:
    problems = final(template(text(required=True, format=KOMMA)), {"x": "veel"}).problems
    assert [each.code for each in problems] == ["not_a_number"]


def test_length_is_counted_after_nfc_with_a_line_break_as_one() -> None:
    decomposed = unicodedata.normalize("NFD", "Zoë")
    assert kept(text(max_len=3), decomposed) == "Zoë"
    assert kept(text(max_len=3, multiline=True), "a\r\nb") == "a\nb"
    problem = refused(text(max_len=3, multiline=True), "a\r\n\r\nb")
    assert (problem.code, problem.data) == ("max_len", {"limit": 3, "length": 4})


def test_nothing_is_cut_off() -> None:
    assert refused(text(max_len=3), "abcd").code == "max_len"


def test_a_limit_of_form_toml_wins() -> None:
    limit = "[max_len]\nx = 2"
    assert refused(text(max_len=3), "abc", limit).data["limit"] == 2
    assert refused(choice(editable=True), "kers", limit).code == "max_len"


def test_a_value_stays_raw() -> None:
    assert kept(text(format=KOMMA), "19,25") == "19.25"
    assert kept(text(format=KOMMA), "19.25") == "19.25"
    assert kept(text(format=DATE), "2026-11-24") == "24-11-2026"


def test_a_kind_keeps_its_one_way_of_writing() -> None:
    assert kept(text(), "6211ab", '[kinds]\nx = "postcode_nl"') == "6211 AB"
    assert refused(text(), "6211", '[kinds]\nx = "postcode_nl"').code == "not_postcode_nl"


def test_a_range_tells_its_ends() -> None:
    field = text(format=KOMMA, range=Range(Decimal(0), Decimal(10)))
    assert kept(field, "10") == "10"
    assert refused(field, "-1").data == {"minimum": "0", "maximum": "10"}


@pytest.mark.parametrize("on", [True, "Yes", "true", "TRUE"])
def test_a_box_is_on(on: object) -> None:
    assert kept(checkbox(), on) is True


@pytest.mark.parametrize("off", [False, None, "", "Off", "false"])
def test_a_box_is_off(off: object) -> None:
    assert kept(checkbox(), off) is False


def test_a_box_with_several_states_keeps_which() -> None:
    field = checkbox(on_states=("One", "Two"))
    assert kept(field, "Two") == "Two"
    assert kept(field, True) == "One"
    assert kept(field, False) is False
    assert refused(field, "Three").code == "not_in_options"


def test_a_state_may_be_called_true() -> None:
    assert kept(checkbox(on_states=("false", "true")), "false") == "false"


def test_a_box_says_what_is_no_answer() -> None:
    assert refused(checkbox(), 3).code == "wrong_type"
    assert refused(checkbox(), ["Yes"]).code == "wrong_type"


def test_a_radio_takes_its_state_or_what_that_stands_for() -> None:
    field = radio(options=(Option("Rood", "Rood"), Option("Groen", "Groen")))
    assert kept(field, "green") == "green"
    assert kept(field, "Groen") == "green"
    assert kept(field, "") is None
    assert refused(field, "Blauw").data["options"] == ["red", "green"]
    assert refused(field, True).code == "wrong_type"


def test_of_two_states_that_stand_for_the_same_the_first_is_meant() -> None:
    field = radio(options=(Option("Ja", "Ja"), Option("Ja", "Ja")))
    assert kept(field, "Ja") == "red"


def test_a_choice_keeps_the_export_value() -> None:
    assert kept(choice(), "p") == "p"
    assert kept(choice(), "Peer") == "p"
    assert kept(choice(), "") is None
    assert refused(choice(), "Kers").data == {"value": "Kers", "options": ["a", "p"]}
    assert refused(choice(), 3).code == "wrong_type"


def test_an_editable_choice_takes_any_text() -> None:
    field = choice(editable=True)
    assert kept(field, "Kers") == "Kers"
    assert kept(field, "Appel") == "a"


def test_a_list_keeps_several_once() -> None:
    field = choice(multi_select=True, combo=False)
    assert kept(field, ["p", "Appel", "p"]) == ("p", "a")
    assert kept(field, "p") == ("p",)
    assert kept(field, []) is None


def test_what_the_template_holds_stays_where_nothing_is_given() -> None:
    form = template(text("a", value="oud"), checkbox("b", value=True), choice("c", value="zelf"))
    assert draft(form, {}).values == {"a": "oud", "b": True, "c": "zelf"}
    assert draft(form, {"a": "", "b": False, "c": ""}).values == {"b": False}


def test_an_unanswered_box_is_off_and_the_rest_is_absent() -> None:
    form = template(text("a"), checkbox("b"), radio("c"), choice("d"))
    assert draft(form, {}).values == {"b": False}


def test_a_read_only_field_may_be_repeated_but_not_changed() -> None:
    field = text(read_only=True, value="7")
    assert kept(field, "7") == "7"
    assert refused(field, "8").code == "read_only"
    assert refused(field, "").code == "read_only"
    assert kept(text(read_only=True), "") is None


def test_totals_are_worked_out_whatever_was_sent() -> None:
    total = text("c", format=KOMMA, calculation=SimpleCalculation("SUM", ("a", "b")))
    form = template(text("a", format=KOMMA), text("b", format=KOMMA), total, order=("c",))
    examined = draft(form, {"a": "1,5", "b": "2", "c": "99"})
    assert examined.values == {"a": "1.5", "b": "2", "c": "3.5"}
    assert examined.problems == ()
    assert draft(form, {"c": "99"}).values == {}


def test_a_warning_is_not_an_error() -> None:
    form = template(
        text("a", format=KOMMA),
        definition="""
            [[check]]
            level = "warning"
            fields = ["a"]
            when = "a = 0"
            message = "Echt 0?"
        """,
    )
    (problem,) = final(form, {"a": "0"}).problems
    assert (problem.level, problem.message) == ("warning", "Echt 0?")


def test_conditions_compare_numbers_and_dates() -> None:
    form = template(text("n", format=KOMMA), text("d", format=DATE), text("t"))
    values = draft(form, {"n": "9", "d": "24-11-2026", "t": "9"}).values
    assert answers_of(form, values) == {"n": Decimal(9), "d": TODAY, "t": "9"}


def test_names_that_mean_nothing_may_be_sent_empty() -> None:
    """A browser sends every input, also a button's."""
    form = template(Field("send", FieldType.BUTTON))
    assert draft(form, {"send": ""}).problems == ()
    assert draft(form, {"send": "x"}).problems[0].code == "not_fillable"
