"""Formats: parse what was typed, show it, read it back; masks; ranges."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.dates import DatePattern
from pipeline.model.formats import (
    SPECIAL_MASKS,
    DateFormat,
    FormatError,
    MaskFormat,
    NumberFormat,
    PercentFormat,
    Range,
)
from pipeline.model.numbers import NumberStyle

KOMMA = NumberFormat(NumberStyle(2, 3))
PERCENT = PercentFormat(NumberStyle(1, 2))
DATE = DateFormat(DatePattern("dd-mm-yyyy"))


def refusal(parse: object, text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(FormatError) as caught:
        parse(text)
    return caught.value.code, caught.value.data


def test_a_number_is_kept_raw_and_shown_formatted() -> None:
    assert KOMMA.parse("19,25") == "19.25"
    assert KOMMA.show("19.25") == "19,25"
    assert KOMMA.read("19,25") == "19.25"
    assert KOMMA.typed("19.25") == "19,25"


def test_zero_is_a_number() -> None:
    assert KOMMA.parse("0") == "0"
    assert KOMMA.show("0") == "0,00"
    assert KOMMA.read("0,00") == "0"


def test_decimals_beyond_the_format_are_refused_not_rounded() -> None:
    assert refusal(KOMMA.parse, "0,755") == ("too_many_decimals", {"limit": 2})
    assert KOMMA.parse("0,750") == "0.75"


def test_decimals_of_a_long_number_count_too() -> None:
    assert refusal(KOMMA.parse, "9" * 30 + ",005") == ("too_many_decimals", {"limit": 2})


def test_what_is_no_number_says_so() -> None:
    assert refusal(KOMMA.parse, "1.234,56") == ("not_a_number", {"text": "1.234,56"})


def test_a_value_that_is_no_number_is_shown_as_it_is() -> None:
    assert KOMMA.show("n.v.t.") == "n.v.t."
    assert KOMMA.read("n.v.t.") == "n.v.t."


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [("0,25", "0.25", "25,0%"), ("25%", "0.25", "25,0%"), ("12,5 %", "0.125", "12,5%")],
)
def test_a_percentage_is_kept_as_a_fraction(typed: str, kept: str, shown: str) -> None:
    assert PERCENT.parse(typed) == kept
    assert PERCENT.show(kept) == shown
    assert PERCENT.read(shown) == kept
    assert PERCENT.parse(PERCENT.typed(kept)) == kept


def test_a_date_is_kept_as_its_field_writes_it() -> None:
    assert DATE.parse("1/2/2026") == "01-02-2026"
    code, data = refusal(DATE.parse, "31-02-2026")
    assert (code, data["pattern"]) == ("not_a_date", "dd-mm-yyyy")
    assert refusal(DateFormat(DatePattern("HH:MM"), "time").parse, "25:00")[0] == "not_a_time"


@pytest.mark.parametrize(
    ("special", "typed", "kept"),
    [
        (0, "12345", "12345"),
        (1, "123456789", "12345-6789"),
        (1, "12345-6789", "12345-6789"),
        (2, "5551234", "555-1234"),
        (2, "800 555 1234", "(800) 555-1234"),
        (2, "(800) 555-1234", "(800) 555-1234"),
        (3, "123456789", "123-45-6789"),
    ],
)
def test_special_formats_are_masks(special: int, typed: str, kept: str) -> None:
    mask = MaskFormat(SPECIAL_MASKS[special])
    assert mask.parse(typed) == kept
    assert mask.parse(kept) == kept


@pytest.mark.parametrize(
    ("mask", "text"),
    [
        ("99999", "1234"),
        ("99999", "123456"),
        ("99999", "1234a"),
        ("AA-9", "a1-9"),
        ("9", "²"),
        ("9", "٣"),
    ],
)
def test_what_does_not_fit_the_mask_is_refused(mask: str, text: str) -> None:
    assert refusal(MaskFormat((mask,)).parse, text)[0] == "mask"


def test_mask_signs_stand_for_kinds_of_characters() -> None:
    assert MaskFormat(("AO9X",)).parse("bc4#") == "bc4#"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_reading_undoes_showing(number: Decimal) -> None:
    raw = KOMMA.parse(f"{number:f}")
    assert KOMMA.read(KOMMA.show(raw)) == raw
    assert KOMMA.parse(KOMMA.typed(raw)) == raw


def test_a_range_includes_its_ends() -> None:
    both = Range(Decimal(0), Decimal(200))
    assert both.holds("0")
    assert both.holds("200")
    assert both.holds("200.00")
    assert not both.holds("-0.01")
    assert not both.holds("200.01")


def test_a_range_may_be_open() -> None:
    assert Range(Decimal(1), None).holds("1000000")
    assert Range(None, Decimal(1)).holds("-1000000")
    assert Range(Decimal(1), None).as_json() == {"minimum": "1", "maximum": None}


@pytest.mark.parametrize("raw", ["0.125", "1.125", "0.5", "-0.125", "12.345"])
def test_a_kept_percentage_is_read_as_it_was_kept(raw: str) -> None:
    """Dutch separators: a point could be taken for one between thousands."""
    assert PercentFormat(NumberStyle(1, 2)).parse(raw) == raw


def test_no_group_begins_with_a_zero() -> None:
    style = NumberStyle(2, 2)
    assert style.parse("0.125") == Decimal("0.125")
    assert style.parse("1.125") == Decimal("1125")
