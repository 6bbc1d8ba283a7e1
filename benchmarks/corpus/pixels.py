"""Whether marks are drawn, and nothing outside the boxes, by the pixels that PDFium draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from benchmarks.corpus.wanted import WantedMark, WantedText
from pipeline.model.geometry import Page, Rect

_PAGE_SCALE, _MARK_SCALE = 1.0, 2.0
"""Pixels a point: a page at 72, a mark at 144 dots an inch."""

_MOST_POINTS = 4_000
_CHANGED = 40
"""Of 255: a pixel that differs by less in every colour is the same."""

_STRAY_PIXELS = 3
_MARK_SHARE = 0.01
_MARGIN = 2.0


@contextmanager
def pictures(data: bytes, scale: float) -> Iterator[Any]:
    """A function from a page's number to its picture."""
    document = pdfium.PdfDocument(data)

    def picture(number: int) -> Image.Image:
        page = document[number]
        fitting = min(scale, _MOST_POINTS / max(page.get_size()))
        image: Image.Image = page.render(scale=fitting, may_draw_forms=False).to_pil()
        page.close()
        return image.convert("RGB")

    try:
        yield picture
    finally:
        document.close()


def changed_outside(
    final: bytes, blank: bytes, boxes: Mapping[int, Sequence[Rect]], pages: Sequence[Page]
) -> dict[int, tuple[int, Rect]]:
    """Pages that differ from the blank ones outside ``boxes`` (user space): pixels, and where.

    Where is in shown space: points, origin at the upper left.
    """
    found = {}
    with pictures(final, _PAGE_SCALE) as drawn, pictures(blank, _PAGE_SCALE) as empty:
        for page in pages:
            changed = _changes(drawn(page.number), empty(page.number))
            pen = ImageDraw.Draw(changed)
            for box in boxes.get(page.number, ()):
                x0, y0, x1, y1 = _pixels(changed, page, box.grown(_MARGIN))
                if x1 >= x0 and y1 >= y0:
                    pen.rectangle((x0, y0, x1, y1), fill=0)
            count = changed.histogram()[255]
            if count > _STRAY_PIXELS:
                found[page.number] = count, _in_points(changed, page)
    return found


def wrong_marks(
    final: bytes,
    emptied: bytes,
    marks: Sequence[WantedMark],
    pages: Sequence[Page],
    written: Sequence[WantedText] = (),
) -> list[WantedMark]:
    """Marks that are on and do not differ from the document with nothing filled in, and those
    that are off and do; what a text or another mark overlaps may differ."""
    busy = [(each.page, each.box) for each in written]
    busy += [(mark.page, mark.box) for mark in marks if mark.on]
    shares = changed_shares(final, emptied, [(each.page, each.box) for each in marks], pages)
    return [
        mark
        for mark, share in zip(marks, shares, strict=True)
        if mark.on is not (share >= _MARK_SHARE)
        and (mark.on or not any(at == mark.page and mark.box.meets(box) for at, box in busy))
    ]


def unseen(
    final: bytes, emptied: bytes, wanted: Sequence[WantedText], pages: Sequence[Page]
) -> list[WantedText]:
    """Texts in whose box nothing is to be seen that the document without values has not."""
    shares = changed_shares(final, emptied, [(each.page, each.box) for each in wanted], pages)
    return [each for each, share in zip(wanted, shares, strict=True) if share == 0]


def changed_shares(
    final: bytes, other: bytes, places: Sequence[tuple[int, Rect]], pages: Sequence[Page]
) -> list[float]:
    """Of each box's pixels, the share that differs, 0 to 1."""
    shares = [0.0] * len(places)
    with pictures(final, _MARK_SCALE) as drawn, pictures(other, _MARK_SCALE) as empty:
        for number in sorted({page for page, _ in places}):
            changes = _changes(drawn(number), empty(number))
            for index, (page, box) in enumerate(places):
                if page == number:
                    shares[index] = _share(changes, pages[number], box)
    return shares


def _changes(one: Image.Image, other: Image.Image) -> Image.Image:
    """255 where the two differ, else 0."""
    if one.size != other.size:
        return Image.new("L", one.size, 255)
    red, green, blue = ImageChops.difference(one, other).split()
    greatest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return greatest.point([0] * _CHANGED + [255] * (256 - _CHANGED))


def _share(changes: Image.Image, page: Page, box: Rect) -> float:
    x0, y0, x1, y1 = (round(each) for each in _pixels(changes, page, box))
    part = changes.crop((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
    return part.histogram()[255] / (part.width * part.height)


def _pixels(image: Image.Image, page: Page, box: Rect) -> tuple[float, float, float, float]:
    across, down = image.width / page.shown_size[0], image.height / page.shown_size[1]
    shown = page.shown(box)
    return shown.x0 * across, shown.y0 * down, shown.x1 * across, shown.y1 * down


def _in_points(changed: Image.Image, page: Page) -> Rect:
    across, down = changed.width / page.shown_size[0], changed.height / page.shown_size[1]
    x0, y0, x1, y1 = changed.getbbox() or (0, 0, 0, 0)
    return Rect(round(x0 / across), round(y0 / down), round(x1 / across), round(y1 / down))
