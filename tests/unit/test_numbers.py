"""Decimal numbers: what people type, what is kept, what the page shows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.numbers import NumberStyle, decimal_of, plain

KOMMA = NumberStyle(decimals=2, sep_style=3)
"""``AFNumber_Format(2, 3, …)``: a decimal comma and no groups."""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("19,25", "19.25"),
        ("19.25", "19.25"),
        ("0,75", "0.75"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("0", "0"),
        ("-0", "0"),
        ("007,50", "7.5"),
        (" 1 234,5 ", "1234.5"),
        ("1\u00a0234", "1234"),
        ("+3", "3"),
        ("-3,10", "-3.1"),
        ("(3)", "-3"),
    ],
)
def test_a_point_and_a_comma_are_the_same_number(typed: str, kept: str) -> None:
    number = KOMMA.parse(typed)
    assert number is not None
    assert plain(number) == kept


@pytest.mark.parametrize(
    "typed",
    ["1.234,56", "1,234.56", "1,2,3", "1.2.3", "abc", "", "-", "--1", "+-1", "1e5", "NaN",
     "Infinity", "1_000", "٣", "½", "0x10", "1-2", "9" * 60],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_or_in_none_is_refused(typed: str) -> None:
    assert KOMMA.parse(typed) is None


@pytest.mark.parametrize(
    ("style", "typed", "kept"),
    [
        (NumberStyle(2, 0), "1,234.56", "1234.56"),
        (NumberStyle(2, 0), "1234.56", "1234.56"),
        (NumberStyle(2, 0), "1,234", "1234"),
        (NumberStyle(2, 0), "12,5", "12.5"),
        (NumberStyle(2, 2), "1.234,56", "1234.56"),
        (NumberStyle(2, 2), "1.234", "1234"),
        (NumberStyle(3, 2), "1.234", "1.234"),
        (NumberStyle(2, 4), "1'234.50", "1234.5"),
        (NumberStyle(2, 0, 0, "$ "), "$ 1,234.50", "1234.5"),
        (NumberStyle(2, 2, 0, " €", False), "12,50 €", "12.5"),
    ],
)
def test_groups_are_read_where_the_format_has_them(
    style: NumberStyle, typed: str, kept: str
) -> None:
    number = style.parse(typed)
    assert number is not None
    assert plain(number) == kept


@pytest.mark.parametrize(
    ("style", "raw", "shown"),
    [
        (KOMMA, "19.25", "19,25"),
        (KOMMA, "0", "0,00"),
        (KOMMA, "1234567.5", "1234567,50"),
        (NumberStyle(0, 3), "19.5", "20"),
        (NumberStyle(2, 0), "1234567.5", "1,234,567.50"),
        (NumberStyle(2, 2), "-1234.5", "-1.234,50"),
        (NumberStyle(2, 4), "1234", "1'234.00"),
        (NumberStyle(2, 0, 2), "-3", "(3.00)"),
        (NumberStyle(2, 0, 1), "-3", "-3.00"),
        (NumberStyle(2, 2, 0, "€ ", True), "5", "€ 5,00"),
        (NumberStyle(2, 2, 0, " €", False), "5", "5,00 €"),
        (NumberStyle(2, 2), "-0.001", "0,00"),
    ],
)
def test_the_page_shows_decimals_groups_sign_and_currency(
    style: NumberStyle, raw: str, shown: str
) -> None:
    assert style.show(Decimal(raw)) == shown


def test_a_long_number_is_not_rounded() -> None:
    digits = "123456789012345678901234567890.12"
    number = KOMMA.parse("-" + digits)
    assert number is not None
    assert plain(number) == "-" + digits
    assert KOMMA.show(number) == "-" + digits.replace(".", ",")
    assert KOMMA.read(KOMMA.show(number)) == number


STYLES = st.builds(
    NumberStyle,
    decimals=st.integers(0, 4),
    sep_style=st.integers(0, 4),
    neg_style=st.integers(0, 3),
    currency=st.sampled_from(["", "€ ", " €", "$", "kr ", "CHF "]),
    prepend=st.booleans(),
)
NUMBERS = st.decimals(
    min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False
)


@given(style=STYLES, number=NUMBERS)
def test_what_was_shown_is_read_back(style: NumberStyle, number: Decimal) -> None:
    kept = round(number, style.decimals)
    assert style.read(style.show(kept)) == kept


@given(style=STYLES, number=NUMBERS)
def test_what_was_shown_may_be_typed(style: NumberStyle, number: Decimal) -> None:
    """Copied from the page into the form; a grouped whole number of thousandths is two-faced."""
    kept = round(number, min(style.decimals, 2))
    if style.decimals < 3:
        assert style.parse(style.show(kept)) == kept


@given(NUMBERS)
def test_a_number_is_kept_in_one_way(number: Decimal) -> None:
    text = plain(number)
    assert decimal_of(text) == number
    assert plain(Decimal(text)) == text
    assert "E" not in text
    assert not text.startswith("-0") or "." in text
