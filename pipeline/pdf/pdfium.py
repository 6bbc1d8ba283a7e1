"""The home of pypdfium2: rendering, and reading back what another library wrote.

PDFium keeps global state and must be used by one thread at a time; every use takes ``LOCK``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import sqrt
from threading import RLock

import pypdfium2 as pdfium
from PIL import Image, ImageChops

from pipeline.errors import NotAPdf
from pipeline.model.geometry import Page, Rect

LOCK = RLock()

_MOST_PIXELS = 40_000_000


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, for the one thread that has the lock. Raises ``NotAPdf``."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise NotAPdf(reason="damaged") from error
        try:
            yield document
        finally:
            document.close()


def picture(page: pdfium.PdfPage, scale: float) -> Image.Image:
    """The page as a person sees it, ``scale`` pixels a point, annotations included.

    A page larger than any paper gets fewer: a picture has its memory's bounds. One without an
    area is a white pixel.
    """
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        return Image.new("RGB", (1, 1), "white")
    scale = min(scale, sqrt(_MOST_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    drawn = bitmap.to_pil()
    image: Image.Image = drawn.copy() if drawn.mode == "RGB" else drawn.convert("RGB")
    bitmap.close()
    return image


def png(data: bytes, number: int, scale: float) -> bytes:
    """Page ``number`` (from 0) as a PNG file."""
    return page_file(data, number, scale, "PNG")


def page_file(data: bytes, number: int, scale: float, kind: str) -> bytes:
    """Page ``number`` (from 0) as a file of few colours, without loss: PNG or WEBP."""
    with opened(data) as document:
        page = document[number]
        image = picture(page, scale)
        page.close()
    return _file(image, kind)


def part_file(data: bytes, page: Page, place: Rect, scale: float) -> bytes:
    """A PNG of ``place`` alone (user space, points), as the page shows it."""
    shown = page.shown(place)
    width, height = page.shown_size
    edges = (shown.x0, height - shown.y1, width - shown.x1, shown.y0)
    with opened(data) as document:
        drawn = document[page.number]
        bitmap = drawn.render(
            scale=scale,
            crop=tuple(max(0.0, each) for each in edges),
            may_draw_forms=False,
            rev_byteorder=True,
        )
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        drawn.close()
    return _file(image, "PNG")


def _file(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    few = image.quantize(128, dither=Image.Dither.NONE)
    if kind == "PNG":
        few.save(out, "PNG")
    else:
        few.convert("RGB").save(out, "WEBP", lossless=True, method=4, quality=40)
    return out.getvalue()


def crop(image: Image.Image, page: Page, place: Rect, inset: float = 0.0) -> Image.Image:
    """The part of a page's picture that ``place`` (user space, points) covers."""
    across = image.width / page.shown_size[0]
    down = image.height / page.shown_size[1]
    shown = page.shown(place)
    return image.crop(
        (
            round((shown.x0 + inset) * across),
            round((shown.y0 + inset) * down),
            round((shown.x1 - inset) * across),
            round((shown.y1 - inset) * down),
        )
    )


def changed_share(one: Image.Image, other: Image.Image, threshold: int = 64) -> float:
    """The share of pixels, 0 to 1, that differ in any colour by ``threshold`` of 255 or more."""
    if 0 in one.size or 0 in other.size:
        return 0.0
    if one.size != other.size:
        other = other.resize(one.size)
    red, green, blue = ImageChops.difference(one, other).split()
    greatest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    changed = sum(greatest.histogram()[threshold:])
    return changed / (one.width * one.height)
