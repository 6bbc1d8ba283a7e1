"""Boxes that are drawn together and cut apart show what they show alone."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from pipeline.model.geometry import Page, Rect
from pipeline.pdf.page_reader import read
from pipeline.pdf.pixel_box import BYTES, PixelBox, gathered, pixel_box

_ROUNDING = 3
"""Of 255."""

_PLACES = tuple(
    Rect(left, foot, left + 12.3, foot + 11.7)
    for left, foot in ((20.4, 30.1), (50.2, 30.1), (20.4, 50.9), (151.3, 120.6), (90.0, 60.5))
)


def _drawn(rotation: int) -> bytes:
    """Slanting lines all over a page: no two places look alike."""
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 160))
    lines = b"".join(b"%d 0 m %d 160 l S\n" % (at, 3 * at % 200) for at in range(0, 200, 4))
    page.contents_add(b"0.2 0.4 0.9 RG\n" + lines)
    page.obj.Rotate = rotation
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_what_is_cut_from_a_panel_is_what_the_box_shows_alone(rotation: int) -> None:
    shown = Page(0, Rect(0, 0, 200, 160), rotation)
    boxes = [pixel_box(shown, place, 2.0) for place in _PLACES]
    panels = gathered(boxes)
    assert len(set(panels)) < len(boxes)
    with read(_drawn(rotation)) as document, document.page(shown) as page:
        alone = [page.pixels(box) for box in boxes]
        cut = [
            box.cut_from(panel, page.pixels(panel))
            for box, panel in zip(boxes, panels, strict=True)
        ]
    assert [len(each) for each in cut] == [box.area * BYTES for box in boxes]
    for one, other in zip(cut, alone, strict=True):
        # An edge that is clipped elsewhere may be rounded another way.
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ROUNDING
    assert len(set(alone)) == len(alone)


def test_far_boxes_are_drawn_alone() -> None:
    near = [PixelBox(0, 0, 24, 24, 2.0), PixelBox(0, 40, 24, 24, 2.0)]
    far = PixelBox(900, 1200, 24, 24, 2.0)
    other_scale = PixelBox(0, 0, 24, 24, 1.5)
    around = PixelBox(0, 0, 24, 64, 2.0)
    assert gathered([*near, far, other_scale]) == [around, around, far, other_scale]


def test_a_panel_has_its_bounds() -> None:
    column = [PixelBox(0, 30 * number, 24, 24, 2.0) for number in range(200)]
    panels = gathered(column)
    assert 1 < len(set(panels)) < 10
    assert all(panel.around(box) == panel for box, panel in zip(column, panels, strict=True))


def test_a_huge_box_gets_fewer_pixels() -> None:
    box = pixel_box(Page(0, Rect(0, 0, 9000, 9000)), Rect(0, 0, 9000, 9000), 2.0)
    assert box.scale < 2.0
    assert box.area <= 4_010_000
