"""The one form that text is kept in, and its length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.text import length, normalised


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zoë", 3),
        (unicodedata.normalize("NFD", "Zoë"), 3),
        ("a\r\nb", 3),
        ("a\rb", 3),
        ("a\nb", 3),
        ("😀", 1),
        ("q\u0323\u0307", 3),
        ("", 0),
        ("a\u2028b", 3),
    ],
)
def test_length_counts_code_points_after_nfc_and_a_line_break_as_one(text: str, count: int) -> None:
    assert length(text) == count


def test_control_characters_go_and_a_tab_is_a_space() -> None:
    assert normalised("a\x00b\x0cc\td") == "abc d"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
