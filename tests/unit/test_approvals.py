"""``[[approval]]`` of form.toml, and the rules of what an approver judges."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FormDefinitionError
from pipeline.flow.documents import form_of
from pipeline.model.approvals import (
    approval_of,
    is_given_by_hand,
    judged_digest,
    later_fields,
    says_no,
    without_answers,
)
from pipeline.model.definition import parse_definition
from pipeline.model.field import Value
from pipeline.model.limits import Limits
from tests.store.approval_form import DEFINITION, route_form

ONE = '[[approval]]\nid = "mr"\ntitle = "MR"\nverdict = "advice"\n'
TEMPLATE = route_form().template
ANSWERS: dict[str, Value] = {"school": "De Boom", "pupils": "19", "double": "38", "open": True}


def test_what_it_may_say() -> None:
    council, board = parse_definition(DEFINITION).approvals
    assert (council.id, council.title) == ("council", "Advies van de raad")
    assert council.ask == "Lees het plan en geef uw advies."
    assert council.fields == ("advice", "advice_note", "advice_name", "advice_day")
    assert council.refuses == ("negative",)
    assert (board.after, board.role, board.date) == (("council",), "agreed_role", "")


@pytest.mark.parametrize(
    ("text", "where", "line", "why"),
    [
        ("approval = 3", "approval", 1, "[[approval]]"),
        ('[[approval]]\ntitle = "x"\nverdict = "a"', "approval[1].id", 1, "is missing"),
        ('[[approval]]\nid = "a"\nverdict = "a"', "approval[1].title", 1, "is missing"),
        ('[[approval]]\nid = "a"\ntitle = "x"', "approval[1].verdict", 1, "is missing"),
        (ONE + "remark = 3", "approval[1].remark", 5, "must be str"),
        (ONE + 'after = "mr"', "approval[1].after", 5, "must be a list"),
        (ONE + 'who = "x"', "approval[1].who", 5, "no such setting"),
        (ONE + 'after = ["mr"]', "approval[1].after", 5, "stands before"),
        (ONE + 'name = "advice"', "approval[1].name", 5, "another use"),
        (ONE + ONE, "approval[2].id", 6, "twice"),
        (ONE + ONE.replace('"mr"', '"b"'), "approval[2].verdict", 8, "another use"),
        (ONE.replace('"mr"', '"M R"'), "approval[1].id", 2, "small letters"),
        (ONE.replace('"mr"', f'"{"x" * 33}"'), "approval[1].id", 2, "small letters"),
    ],
)
def test_mistakes_name_their_line_and_key(text: str, where: str, line: int, why: str) -> None:
    with pytest.raises(FormDefinitionError, match=re.escape(why)) as caught:
        parse_definition(text)
    assert caught.value.data["where"] == where
    assert caught.value.data["file"] == f"form.toml:{line}"


@pytest.mark.parametrize(
    ("old", "new", "where", "why"),
    [
        ('verdict = "advice"', 'verdict = "advise"', "approval[1].verdict", "no field 'advise'"),
        ('verdict = "advice"', 'verdict = "school"', "approval[1].verdict", "radio buttons"),
        ('date = "advice_day"', 'date = "school"', "approval[1].date", "format of a date"),
        ('remark = "advice_note"', 'remark = "open"', "approval[1].remark", "a text field"),
        ('name = "advice_name"', 'name = "double"', "approval[1].name", "nobody can fill in"),
        ('refuses = ["negative"]', 'refuses = ["no"]', "approval[1].refuses", "has no 'no'"),
    ],
)
def test_fields_that_do_not_fit_their_use(old: str, new: str, where: str, why: str) -> None:
    with pytest.raises(FormDefinitionError, match=re.escape(why)) as caught:
        definition = parse_definition(DEFINITION.replace(old, new))
        form_of(route_form().pdf, "route", definition, Limits())
    assert caught.value.data["where"] == where


def digest(approval_id: str, **changed: Value) -> str:
    approval = approval_of(TEMPLATE, approval_id)
    assert approval is not None
    return judged_digest(TEMPLATE, approval, {**ANSWERS, **changed})


def test_each_judges_what_people_answered_and_what_came_before() -> None:
    assert digest("council") != digest("council", school="De Beuk")
    assert digest("council") != digest("council", open=False)
    assert digest("council") == digest("council", advice="negative", agreed=True)
    assert digest("board") != digest("board", advice="negative")
    assert digest("board") == digest("board", agreed=True, agreed_name="Bo")


def test_what_nobody_answered_is_no_answer() -> None:
    assert digest("council") == digest("council", double="39"), "calculated"
    assert digest("council", open=False) == digest("council", open="")
    assert digest("council", school="0") != digest("council", school="")


@given(st.dictionaries(st.sampled_from(["school", "pupils"]), st.text()), st.randoms())
def test_the_order_of_values_does_not_count(texts: dict[str, str], random: object) -> None:
    names = list(texts)
    random.shuffle(names)  # type: ignore[attr-defined]
    approval = TEMPLATE.definition.approvals[0]
    other = {name: texts[name] for name in names}
    assert judged_digest(TEMPLATE, approval, texts) == judged_digest(TEMPLATE, approval, other)


def test_whose_fields_are_whose() -> None:
    council, board = TEMPLATE.definition.approvals
    assert later_fields(TEMPLATE, council) == {*council.fields, *board.fields}
    assert later_fields(TEMPLATE, board) == set(board.fields)


@pytest.mark.parametrize(
    ("approval_id", "verdict", "no"),
    [
        ("council", "positive", False),
        ("council", "remarks", False),
        ("council", "negative", True),
        ("board", "true", False),
        ("board", "false", True),
    ],
)
def test_which_verdicts_stop_the_route(approval_id: str, verdict: str, no: bool) -> None:
    approval = approval_of(TEMPLATE, approval_id)
    assert approval is not None
    assert says_no(TEMPLATE, approval, verdict) is no


@pytest.mark.parametrize(
    ("approval_id", "values", "given"),
    [
        ("council", {}, False),
        ("council", {"advice": "positive"}, True),
        ("council", {"advice": "negative"}, False),
        ("board", {"agreed": False}, False),
        ("board", {"agreed": True}, True),
    ],
)
def test_what_counts_as_filled_in_by_hand(
    approval_id: str, values: dict[str, Value], given: bool
) -> None:
    approval = approval_of(TEMPLATE, approval_id)
    assert approval is not None
    assert is_given_by_hand(TEMPLATE, approval, values) is given


def test_clearing_leaves_the_order_and_a_box_off() -> None:
    values: dict[str, Value] = {"agreed_name": "Bo", "agreed": True, "school": "De Boom"}
    cleared = without_answers(TEMPLATE, ("agreed", "agreed_name"), values)
    assert list(cleared.items()) == [("school", "De Boom"), ("agreed", False)]
