"""Content streams: numbers, frames, marks; read by eye of a parser, painted in tests/pdf."""

from __future__ import annotations

import pytest

from pipeline.appearance import stream
from pipeline.model.field import Style


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, b"0"), (-0.0001, b"0"), (1.5, b"1.5"), (1e-7, b"0"), (123456.7891, b"123456.789"),
     (-3.0, b"-3")],
)  # fmt: skip
def test_numbers_have_no_exponent(value: float, written: bytes) -> None:
    assert stream.number(value) == written


def test_a_box_without_colours_has_no_frame() -> None:
    assert stream.frame(100, 20, Style(border_width=1)) == b""


@pytest.mark.parametrize(
    ("colour", "operator"),
    [((0.5,), b"0.5 g"), ((1.0, 0.0, 0.0), b"1 0 0 rg"), ((0.0, 0.0, 0.0, 1.0), b"0 0 0 1 k")],
)
def test_background_in_the_colour_space_of_its_count(
    colour: tuple[float, ...], operator: bytes
) -> None:
    assert operator + b" 0 0 100 20 re f" in stream.frame(100, 20, Style(background=colour))


def test_border_styles() -> None:
    solid = stream.frame(100, 20, Style(border_colour=(0.0,), border_width=2))
    assert b"1 1 98 18 re S" in solid
    dashed = Style(border_colour=(0.0,), border_width=2, border_style="D")
    assert b"[3] 0 d" in stream.frame(100, 20, dashed)
    under = Style(border_colour=(0.0,), border_width=2, border_style="U")
    assert b"0 1 m 100 1 l S" in stream.frame(100, 20, under)


def test_comb_dividers_stand_between_the_cells() -> None:
    drawn = stream.comb_lines(100, 20, 4, Style(border_colour=(0.0,), border_width=1))
    assert [each for each in (b"25 0 m", b"50 0 m", b"75 0 m") if each in drawn] == [
        b"25 0 m",
        b"50 0 m",
        b"75 0 m",
    ]
    assert drawn.count(b" l S") == 3
    assert stream.comb_lines(100, 20, 4, Style()) == b""


@pytest.mark.parametrize("caption", ["", "4", "l", "8", "u", "n", "H", "?"])
@pytest.mark.parametrize("radio", [True, False])
def test_every_mark_paints(caption: str, radio: bool) -> None:
    drawn = stream.mark(16, 16, Style(caption=caption), radio)
    assert drawn.startswith(b"q\n")
    assert drawn.rstrip().endswith(b"Q")
    assert drawn.split()[-2] in (b"f", b"S")


def test_a_cross_is_stroked_in_the_text_s_colour() -> None:
    assert b"1 0 0 RG" in stream.mark(16, 16, Style(caption="8", colour="1 0 0 rg"), False)
