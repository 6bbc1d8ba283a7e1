"""Rectangles as a person sees them on a turned page."""

from __future__ import annotations

import pytest

from pipeline.model.geometry import Page, Rect

BOX = Rect(10, 20, 110, 220)
"""A crop box that does not begin at the origin: 100 wide, 200 high."""


@pytest.mark.parametrize(
    ("rotation", "shown"),
    [
        (0, Rect(5, 140, 25, 190)),
        (90, Rect(10, 5, 60, 25)),
        (180, Rect(75, 10, 95, 60)),
        (270, Rect(140, 75, 190, 95)),
    ],
)
def test_shown(rotation: int, shown: Rect) -> None:
    page = Page(0, BOX, rotation)
    assert page.shown(Rect(15, 30, 35, 80)) == shown


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_whole_page_is_shown_whole(rotation: int) -> None:
    page = Page(0, BOX, rotation)
    width, height = page.shown_size
    assert page.shown(BOX) == Rect(0, 0, width, height)


def test_rectangles_meet_where_they_share_an_area() -> None:
    one = Rect(0, 0, 10, 10)
    assert one.meets(Rect(9, 9, 20, 20))
    assert one.meets(one)
    assert not one.meets(Rect(10, 0, 20, 10))
    assert not one.meets(Rect(0, 11, 10, 20))


def test_any_two_corners_make_a_rectangle() -> None:
    assert Rect.of(30, 40, 10, 20) == Rect(10, 20, 30, 40)
    assert Rect(0, 0, 10, 10).contains(10, 10)
    assert not Rect(0, 0, 10, 10).contains(11, 5)
    assert Rect(0, 0, 10, 10).contains(11, 5, slack=1)
