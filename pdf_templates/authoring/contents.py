"""The cover's table of contents."""

from __future__ import annotations

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import Contents
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.structure import Element


class ContentsLayout:
    """Parts and pages in two columns, dotted leaders between them. TOC and TOCI are its tags."""

    gap = 12.0
    keeps_next = False
    _HEAD = 16.0
    _LINE = 14.0
    _COLUMN_GAP = 22.0

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._lines = -(-len(contents.entries) // 2)

    @property
    def height(self) -> float:
        return self._HEAD + self._lines * self._LINE

    def draw(self, page: PageBuilder, top: float) -> None:
        head = Type(fonts.bold(), 9.2, 13.0, style.NAVY)
        page.words(page.add_subheading(), style.LEFT, top, [self._contents.title], head)
        with page.canvas.artifact():
            y = top - self._HEAD + 1.5
            page.canvas.line(style.LEFT, y, style.RIGHT, y, style.NAVY, 0.6)
        toc = page.section.add("TOC")
        width = (style.WIDTH - self._COLUMN_GAP) / 2
        for index, (text, number) in enumerate(self._contents.entries):
            column, line = divmod(index, self._lines)
            x = style.LEFT + column * (width + self._COLUMN_GAP)
            y = top - self._HEAD - 2 - line * self._LINE
            self._draw_entry(page, toc.add("TOCI"), text, str(number), (x, y, width))

    def _draw_entry(
        self,
        page: PageBuilder,
        item: Element,
        text: str,
        number: str,
        place: tuple[float, float, float],
    ) -> None:
        x, y, width = place
        words = Type(fonts.condensed(), 8.6, self._LINE, style.INK)
        digits = Type(fonts.label(), 8.4, self._LINE, style.NAVY)
        page.words(item.add("P"), x, y, [text], words)
        number_x = x + width - digits.width(number)
        with page.canvas.artifact():
            baseline = y - self._LINE / 2 - 0.357 * words.size
            page.canvas.raw("q [0.1 2.4] 0 d 1 J")
            start = x + words.width(text) + 5
            page.canvas.line(start, baseline + 0.4, number_x - 5, baseline + 0.4, style.LINE, 0.7)
            page.canvas.raw("Q")
        page.words(item.add("P"), number_x, y, [number], digits)
