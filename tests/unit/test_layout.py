"""Setting text in a box: size, wrapping, quadding, comb cells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.appearance.graphemes import split_graphemes
from pipeline.appearance.layout import (
    CAP_HEIGHT,
    LARGEST_AUTOMATIC,
    LEADING,
    Box,
    Layout,
    lay_out_comb,
    lay_out_line,
    lay_out_lines,
)
from pipeline.appearance.typeface import Shown
from pipeline.model.field import Quadding, Style

AUTOMATIC = Style(font_size=0)
TEN = Style(font_size=10)
SMALLEST = 4.0


class HalfEms:
    """Every character is half an em wide, a soft hyphen as well; combining marks are not."""

    def width(self, text: str) -> float:
        return 0.5 * (len(split_graphemes(text)) + text.count("\u00ad"))

    def show(self, text: str, size: float, levels: bytes | None = None) -> Shown:
        return Shown(())

    def missing(self, text: str) -> str:
        return ""


FACE = HalfEms()


def line(text: str, width: float = 104, height: float = 20, style: Style = TEN) -> Layout:
    return lay_out_line(text, FACE, Box.of(width, height, style), style, SMALLEST)


def lines(text: str, width: float = 104, height: float = 100, style: Style = TEN) -> Layout:
    return lay_out_lines(text, FACE, Box.of(width, height, style), style, SMALLEST)


def comb(text: str, cells: int = 10, width: float = 100, style: Style = TEN) -> Layout:
    return lay_out_comb(text, FACE, Box.of(width, 20, style), style, cells, SMALLEST)


def texts(layout: Layout) -> list[str]:
    return [each.text for each in layout.lines]


def test_an_automatic_size_is_at_most_twelve() -> None:
    assert line("a", height=100, style=AUTOMATIC).size == LARGEST_AUTOMATIC
    assert lines("a", style=AUTOMATIC).size == LARGEST_AUTOMATIC


def test_an_automatic_size_fits_the_height() -> None:
    low = line("a", height=10, style=AUTOMATIC)
    assert low.size < 10
    assert low.fits


def test_a_fixed_size_is_used_as_it_is() -> None:
    found = line("abc")
    assert (found.size, found.fits) == (10, True)


def test_a_long_line_gets_smaller_by_quarter_points_until_it_fits() -> None:
    found = line("x" * 25)
    assert found.fits
    assert found.size == 8.0
    assert (found.size / 0.25).is_integer()
    assert FACE.width("x" * 25) * found.size <= 100


def test_at_the_smallest_legible_size_it_does_not_fit() -> None:
    assert line("x" * 50).fits
    assert line("x" * 50).size == SMALLEST
    assert not line("x" * 51).fits


def test_a_box_lower_than_the_smallest_size_is_filled_to_its_height() -> None:
    found = line("a", height=3)
    assert found.fits
    assert found.size <= 3 / 0.9


@pytest.mark.parametrize(
    ("quadding", "x"), [(Quadding.LEFT, 2), (Quadding.CENTRED, 44.5), (Quadding.RIGHT, 87)]
)
def test_quadding_of_a_line(quadding: Quadding, x: float) -> None:
    style = replace(TEN, quadding=quadding)
    assert line("abc", style=style).lines[0].x == pytest.approx(x)


def test_capitals_stand_in_the_middle_of_a_line() -> None:
    found = line("A", height=30)
    assert found.lines[0].baseline + CAP_HEIGHT * found.size / 2 == pytest.approx(15)


def test_lines_break_at_spaces_that_stay_with_the_line() -> None:
    assert texts(lines("aaaa bbbb cccc dddd eeee ffff")) == ["aaaa bbbb cccc dddd ", "eeee ffff"]


def test_lines_break_after_hyphens() -> None:
    assert texts(lines("aaaaaaaaaa-bbbbbbbbbbbbbb")) == ["aaaaaaaaaa-", "bbbbbbbbbbbbbb"]


def test_a_person_s_line_breaks_are_kept() -> None:
    assert texts(lines("a\n\nb\n")) == ["a", "", "b", ""]


def test_a_word_longer_than_its_line_is_broken_anywhere() -> None:
    found = lines("x" * 45)
    assert texts(found) == ["x" * 20, "x" * 20, "x" * 5]


def test_a_mark_is_never_parted_from_its_letter() -> None:
    word = "e\u0301" * 30
    assert texts(lines(word)) == ["e\u0301" * 20, "e\u0301" * 10]


def test_lines_stand_a_leading_apart_from_the_top_down() -> None:
    found = lines("a\nb\nc")
    first, second, third = (each.baseline for each in found.lines)
    assert first - second == pytest.approx(LEADING * found.size)
    assert second - third == pytest.approx(LEADING * found.size)
    assert first > 80


def test_each_line_is_quadded_without_the_space_at_its_end() -> None:
    style = replace(TEN, quadding=Quadding.RIGHT)
    found = lines("aaaa bbbb cccc dddd eeee", style=style)
    assert found.lines[0].x == pytest.approx(104 - 2 - 19 * 5)


def test_many_lines_get_smaller_together() -> None:
    found = lines("\n".join("x" * 12), height=100)
    assert found.fits
    assert found.size < 10
    assert not lines("\n".join("x" * 40), height=100).fits


def test_one_line_in_a_low_box_stands_in_the_middle() -> None:
    found = lines("A", height=16)
    assert found.lines[0].baseline + CAP_HEIGHT * found.size / 2 == pytest.approx(8)


def test_comb_characters_stand_in_the_middle_of_their_cells() -> None:
    found = comb("abc")
    centres = [each.x + FACE.width(each.text) * found.size / 2 for each in found.lines]
    assert centres == pytest.approx([5, 15, 25])


@pytest.mark.parametrize(
    ("quadding", "first"), [(Quadding.LEFT, 5), (Quadding.CENTRED, 35), (Quadding.RIGHT, 75)]
)
def test_comb_quadding_moves_by_whole_cells(quadding: Quadding, first: float) -> None:
    found = comb("abc", style=replace(TEN, quadding=quadding))
    assert found.lines[0].x + 2.5 == pytest.approx(first)


def test_comb_cells_hold_graphemes() -> None:
    assert texts(comb("e\u0301a")) == ["e\u0301", "a"]
    assert comb("e\u0301" * 10).fits
    assert not comb("a" * 11).fits


def test_a_comb_character_is_no_wider_than_its_cell() -> None:
    found = comb("abc", cells=25)
    assert FACE.width("a") * found.size <= 4
    assert found.fits


@given(
    text=st.text(alphabet="ab é-\u2013/\n", max_size=120),
    width=st.floats(20, 300),
    height=st.floats(12, 200),
    size=st.sampled_from([0.0, 7.0, 10.0, 18.0]),
)
def test_no_line_is_wider_than_its_box_and_nothing_is_lost(
    text: str, width: float, height: float, size: float
) -> None:
    style = Style(font_size=size)
    box = Box.of(width, height, style)
    found = lay_out_lines(text, FACE, box, style, SMALLEST)
    for each in found.lines:
        assert (
            FACE.width(each.text.rstrip(" ")) * found.size
            <= max(box.room, FACE.width(each.text[:1]) * found.size) + 1e-6
        )
    assert "".join(texts(found)) == text.replace("\n", "")
    if found.fits and found.lines and len(found.lines) > 1:
        assert found.lines[-1].baseline >= -1e-6


def test_a_soft_hyphen_is_seen_only_where_its_word_is_broken() -> None:
    assert texts(lines("Donau\u00addampf\u00adschiff\u00adfahrten")) == [
        "Donaudampfschiff\u00ad",
        "fahrten",
    ]
    assert texts(line("Zap\u00adfen")) == ["Zapfen"]
    assert texts(lines("Zapfen\u00ad")) == ["Zapfen"]
    assert texts(comb("Zap\u00adf")) == ["Z", "a", "p", "f"]
    assert texts(line("\u00ad")) == [""]


def test_the_hyphen_needs_room_too() -> None:
    assert texts(lines("x" * 20 + "\u00ad" + "y" * 5))[0] != "x" * 20 + "\u00ad"
    assert texts(lines("x" * 19 + "\u00ad" + "y" * 5))[0] == "x" * 19 + "\u00ad"


def test_ideographs_are_broken_anywhere_but_at_their_signs() -> None:
    found = texts(lines("字" * 19 + "（字字）。" + "字" * 3))
    assert found == ["字" * 19, "（字字）。字字字"]
    assert texts(lines("字" * 19 + "字。字")) == ["字" * 19, "字。字"]


def test_thai_vowels_stay_with_their_letters() -> None:
    found = texts(lines("ก" * 19 + "เกา" + "ก" * 5))
    assert found == ["ก" * 19, "เกา" + "ก" * 5]


def test_lines_keep_their_paragraph_s_direction() -> None:
    """Also one that begins with Latin letters; another paragraph has its own."""
    found = lines("אבגדהוז חטיכלמנסע abc אב, def.\nabc אב.")
    levels = {each.text: each.levels for each in found.lines}
    assert levels == {
        "אבגדהוז חטיכלמנסע ": b"\1" * 18,
        "abc אב, def.": b"\2\2\2" + b"\1" * 5 + b"\2\2\2\1",
        "abc אב.": b"\0" * 4 + b"\1\1\0",
    }
    assert all(each.levels == b"" for each in lines("abc\ndef").lines)


def test_a_comb_is_read_from_right_to_left() -> None:
    found = comb("אב(ג")
    assert [each.x for each in found.lines] == pytest.approx([32.5, 22.5, 12.5, 2.5])
    assert [each.levels for each in found.lines] == [b"\1"] * 4
    assert [each.levels for each in comb("a(ב").lines] == [b"", b"", b"\1"]


@pytest.mark.parametrize(
    "graphemes",
    ["e\u0301|a", "น้ำ", "क्षे|त्र", "ខ្មែ|រ", "ម|ន", "\u1112\u1161\u11ab|\u1100", "က္က|မ", "م|ی\u200c|خ",
     "a\u00ad|b", "क|ष", "เ|ก", "ก|า"],
)  # fmt: skip
def test_graphemes(graphemes: str) -> None:
    assert split_graphemes(graphemes.replace("|", "")) == graphemes.split("|")


class Counting(HalfEms):
    def __init__(self) -> None:
        self.measured = 0

    def width(self, text: str) -> float:
        self.measured += len(text)
        return super().width(text)


def test_a_word_without_an_end_is_measured_a_few_times_and_not_once_a_line() -> None:
    face, letters = Counting(), 20_000
    layout = lay_out_lines("a" * letters, face, Box.of(104, 100, TEN), TEN, SMALLEST)
    assert not layout.fits
    assert "".join(texts(layout)) == "a" * letters
    assert face.measured < 100 * letters
