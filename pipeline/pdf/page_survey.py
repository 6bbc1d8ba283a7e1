"""Surveys the pages themselves, as PDFium shows them: the words, and the colour below each box."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

import pypdfium2 as pdfium
from PIL import Image

from pipeline.lint.survey import Rgb, Words
from pipeline.model.field import FieldType, Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.template import Template
from pipeline.pdf import pdfium as reader
from pipeline.pdf.printed_lines import lines_of

_SCALE = 1.0
_MOST_PIXELS = 4_000_000
_TEXTUAL = (FieldType.TEXT, FieldType.CHOICE)

PageWords = dict[int, tuple[Words, ...]]
Backgrounds = dict[tuple[int, int], Rgb]


def survey_pages(data: bytes, template: Template) -> tuple[PageWords, Backgrounds]:
    """Words of the pages that have fields, and the page's colour where a text will stand on it.

    Raises ``NotAPdf``.
    """
    words: PageWords = {}
    backgrounds: Backgrounds = {}
    seen = {
        widget.page
        for field in template.fields
        if field.holds_data
        for widget in field.widgets
        if widget.visible
    }
    boxes = _boxes_without_background(template)
    with reader.opened(data) as document:
        for number in sorted(seen):
            if number >= len(document):
                continue
            try:
                page = document[number]
            except pdfium.PdfiumError:
                continue
            words[number] = _words(page, template.pages[number])
            if boxes[number]:
                image = _content(page)
                for widget in boxes[number]:
                    shown = template.pages[number].shown(widget.rect)
                    colour = _commonest(image, shown, template.pages[number].shown_size)
                    if colour is not None:
                        backgrounds[number, widget.order] = colour
            page.close()
    return words, backgrounds


def _boxes_without_background(template: Template) -> dict[int, list[Widget]]:
    boxes: dict[int, list[Widget]] = defaultdict(list)
    for field in template.fields:
        for widget in field.widgets if field.type in _TEXTUAL else ():
            if widget.visible and not widget.style.background:
                boxes[widget.page].append(widget)
    return boxes


def _words(page: pdfium.PdfPage, shown: Page) -> tuple[Words, ...]:
    lines = lines_of(page, shown, across_content=True)
    return tuple(Words(line.text, line.place) for line in lines)


def _content(page: pdfium.PdfPage) -> Image.Image:
    """The page's own content, without annotations."""
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        return Image.new("RGB", (1, 1), "white")
    scale = min(_SCALE, sqrt(_MOST_PIXELS / max(1.0, width * height)))
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def _commonest(image: Image.Image, shown: Rect, size: tuple[float, float]) -> Rgb | None:
    """Of the pixels within a box, less its edge; ``None`` where there are none."""
    across, down = image.width / size[0], image.height / size[1]
    left, right = max(0, round((shown.x0 + 1) * across)), round((shown.x1 - 1) * across)
    upper, lower = max(0, round((shown.y0 + 1) * down)), round((shown.y1 - 1) * down)
    right, lower = min(image.width, right), min(image.height, lower)
    if left >= right or upper >= lower:
        return None
    place = image.crop((left, upper, right, lower))
    colours = place.getcolors(place.width * place.height)
    if not colours:
        return None
    _, colour = max(colours)
    assert isinstance(colour, tuple)
    return (colour[0] / 255, colour[1] / 255, colour[2] / 255)
