"""Boxes on a page's grid of pixels: near ones are drawn together and cut apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.geometry import Page, Rect

BYTES = 4
"""Bytes of a pixel: blue, green, red and one that says nothing."""

_MOST_PIXELS = 4_000_000
_PANEL = 32_768
_WASTE = 4_800
"""Pixels that are drawn for nothing sooner than that PDFium is called once more."""


@dataclass(frozen=True, slots=True)
class PixelBox:
    """Pixels from the upper left of the page as it is shown, ``scale`` of them a point."""

    left: int
    top: int
    width: int
    height: int
    scale: float

    @property
    def area(self) -> int:
        return self.width * self.height

    def around(self, other: PixelBox) -> PixelBox:
        """The smallest box with both in it; they have one scale."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        bottom = max(self.top + self.height, other.top + other.height)
        return PixelBox(left, top, right - left, bottom - top, self.scale)

    def cut_from(self, panel: PixelBox, pixels: bytes) -> bytes:
        """This box's part of the ``pixels`` of a ``panel`` around it."""
        if panel == self:
            return pixels
        row, length = panel.width * BYTES, self.width * BYTES
        start = (self.top - panel.top) * row + (self.left - panel.left) * BYTES
        end = start + self.height * row
        return b"".join([pixels[at : at + length] for at in range(start, end, row)])


def pixel_box(page: Page, place: Rect, scale: float) -> PixelBox:
    """``place`` (user space, points) on the shown page; a huge one gets fewer pixels a point."""
    shown = page.shown(place)
    area = max(1.0, (shown.width * scale) * (shown.height * scale))
    if area > _MOST_PIXELS:
        scale *= (_MOST_PIXELS / area) ** 0.5
    return PixelBox(
        round(shown.x0 * scale),
        round(shown.y0 * scale),
        max(1, round(shown.width * scale)),
        max(1, round(shown.height * scale)),
        scale,
    )


def gathered(boxes: Sequence[PixelBox]) -> list[PixelBox]:
    """For each box the panel that it is drawn with: itself, or one around near boxes."""
    panels: list[PixelBox] = []
    joined: list[list[int]] = []
    for number, box in enumerate(boxes):
        for at, panel in enumerate(panels):
            both = panel.around(box)
            if (
                panel.scale == box.scale
                and both.area <= _PANEL
                and both.area - panel.area - box.area <= _WASTE
            ):
                panels[at] = both
                joined[at].append(number)
                break
        else:
            panels.append(box)
            joined.append([number])
    found = {number: panels[at] for at, numbers in enumerate(joined) for number in numbers}
    return [found[number] for number in range(len(boxes))]
