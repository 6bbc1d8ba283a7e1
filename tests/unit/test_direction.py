"""Text of two directions on a line: what stands where, and how that is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.appearance.direction import base_level, reading_order, visual_runs


def on_the_line(text: str) -> str:
    """Left to right, as the characters stand."""
    return "".join(run[::-1] if backwards else run for run, backwards in visual_runs(text))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("", ""),
        ("abc 12,5", "abc 12,5"),
        ("אבג", "גבא"),
        ("אב 12,50 גד", "דג 12,50 בא"),
        ("אב abc גד", "דג abc בא"),
        ("abc אב גד def", "abc דג בא def"),
        ("abc אב 12 גד", "abc דג 12 בא"),
        ("אב 5%", "5% בא"),
        ("אב 06-123", "06-123 בא"),
        ("ab-גד", "ab-דג"),
        ("سلام 12/3", "12/3 مالس"),
        ("אב, abc.", ".abc ,בא"),
        ("12 אב", "בא 12"),
        ("12 abc", "12 abc"),
    ],
)
def test_what_stands_where(text: str, stands: str) -> None:
    assert on_the_line(text) == stands


@pytest.mark.parametrize(
    "text",
    ["abc", "אבג", "אב 12,50 גד", "אבגד abc הו", "abcd אב def", "סך הכל: 12,50", "سلام 12 كتاب"],
)
def test_a_line_is_read_back(text: str) -> None:
    assert "".join(reading_order(list(on_the_line(text)))) == text


def test_a_glyph_of_two_letters_stays_whole() -> None:
    assert reading_order(["ם", "לא", "ש"]) == ["ש", "לא", "ם"]


def test_the_first_letter_decides_on_the_line() -> None:
    assert base_level("12 אב abc") == 1
    assert base_level("12 abc אב") == 0
    assert base_level("12 - 3") == 0


@given(st.text(alphabet="ab אבג 12,.-()%سل\u0301", max_size=30))
def test_no_character_is_lost_or_turned_round_within_a_number(text: str) -> None:
    runs = visual_runs(text)
    assert sorted("".join(run for run, _ in runs)) == sorted(text)
    assert not any(backwards and run.strip().isdecimal() for run, backwards in runs)
    assert sorted("".join(reading_order(list(text)))) == sorted(text)
