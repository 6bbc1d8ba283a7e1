"""The conditions of form.toml: grammar, typed comparison, errors that say where."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.condition_grammar import ConditionError, parse_condition
from pipeline.model.conditions import Answers, holds, names_in

TODAY = date(2026, 11, 24)
ANSWERS: Answers = {
    "on": True,
    "off": False,
    "gap": "",
    "town": "Łódź",
    "zero": Decimal(0),
    "count": Decimal("19.25"),
    "day": date(2024, 2, 29),
    "group.a": False,
    "group.b": True,
    "list": ("a", "b"),
    "a-b": "x",
    "with space": "y",
}


def says(condition: str) -> bool:
    return holds(parse_condition(condition), ANSWERS, TODAY)


@pytest.mark.parametrize(
    "condition",
    [
        "on",
        "filled(town)",
        "empty(gap)",
        "empty(nothing)",
        "not off",
        "not not on",
        "filled(zero)",
        "zero = 0",
        "town = 'Łódź'",
        "town != 'Maastricht'",
        "count = 19.25",
        "count > 19",
        "count >= 19.25 and count <= 19.25",
        "off or on",
        "on and (off or town = 'Łódź')",
        "not (on and off)",
        "off and off or on",
        "on or off and off",
        "day = day",
        "day < today",
        "day + 1 year < today",
        "day + 900 days < today",
        "today - 1 day < today",
        "day + 1 month > day",
        "group.*",
        "filled(group.*)",
        "list = 'a'",
        "list != 'c'",
        "a-b = 'x'",
        "[with space] = 'y'",
        "day != town",
    ],
)
def test_holds(condition: str) -> None:
    assert says(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "off",
        "nothing",
        "empty(zero)",
        "nothing = 'x'",
        "nothing != 'x'",
        "nothing < 3",
        "town < 3",
        "count = '19.25'",
        "on < 3",
        "day > today",
        "list = 'c'",
        "list < 'c'",
        "empty(group.*)",
        "none.*",
    ],
)
def test_does_not_hold(condition: str) -> None:
    assert not says(condition)


def test_a_month_ends_where_the_calendar_ends_it() -> None:
    answers: Answers = {"end": date(2026, 1, 31), "leap": date(2024, 2, 29)}
    assert holds(parse_condition("end + 1 month = leap + 2 years"), answers, TODAY)
    assert holds(parse_condition("leap - 1 year = leap + 12 months - 2 years"), answers, TODAY)


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("", "ends too early"),
        ("a =", "ends too early"),
        ("a = 'x", "cannot read"),
        ("a and", "ends too early"),
        ("(a", "')' is missing"),
        ("a b", "unexpected 'b'"),
        ("filled a", "'(' is missing"),
        ("filled('a')", "a field name is missing"),
        ("'a'", "a comparison is missing"),
        ("today", "a comparison is missing"),
        ("a < day + 3", "a count of days, months or years is missing"),
        ("a < day + x days", "a count of days, months or years is missing"),
        ("a = = b", "unexpected '='"),
        ("a ~ b", "cannot read"),
        ("and", "unexpected 'and'"),
    ],
)
def test_an_error_says_what_and_where(condition: str, complaint: str) -> None:
    with pytest.raises(ConditionError, match=re.escape(complaint)):
        parse_condition(condition)


def test_every_name_is_found() -> None:
    condition = parse_condition("a = b + 1 day and not filled(c) or (d.* and 'x' = [e f])")
    assert list(names_in(condition)) == ["a", "b", "c", "d.*", "e f"]


def test_far_dates_do_not_crash() -> None:
    assert says("day + 9999999 days > today")
    assert says("day + 99999 years > today")
    assert says("day - 3000 years < today")
    assert says("day - 9999999 days < today")


def test_deep_brackets_do_not_crash() -> None:
    with pytest.raises(ConditionError):
        parse_condition("(" * 20_000 + "a" + ")" * 20_000)


@given(st.text(alphabet="a.b*='[] ()<>!+-1day not and or filled(empty)today", max_size=50))
def test_any_text_is_a_condition_or_a_condition_error(text: str) -> None:
    try:
        condition = parse_condition(text)
    except ConditionError:
        return
    holds(condition, ANSWERS, TODAY)
