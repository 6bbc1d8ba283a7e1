"""The text that is printed on a form's pages, in pieces of lines, as PDFium reads it."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import Page, Rect
from pipeline.pdf import pdfium as reader

_MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line, up to a gap wider than a letter.

    ``place`` is in shown space, ``size`` the font's in points; ``content_id`` is the marked
    content that it belongs to, -1 where it is in none. ISO 32000-2, 14.7.5.2.
    """

    text: str
    place: Rect
    size: float
    content_id: int = -1


def printed_lines(data: bytes, pages: tuple[Page, ...]) -> list[tuple[Line, ...]]:
    """A tuple for each page, in the content's order; an unreadable page has none.

    Raises ``NotAPdf``.
    """
    found: list[tuple[Line, ...]] = []
    with reader.opened(data) as document:
        for page in pages:
            try:
                drawn = document[page.number]
            except (pdfium.PdfiumError, IndexError):
                found.append(())
                continue
            found.append(lines_of(drawn, page))
            drawn.close()
    return found


def lines_of(
    drawn: pdfium.PdfPage, page: Page, *, across_content: bool = False
) -> tuple[Line, ...]:
    """The pieces of one page. A piece ends with its marked content, unless it may go on across
    that, as words in runs of their own do. Text that is turned stays in letters."""
    text_page = drawn.get_textpage()
    pieces: list[_Piece] = []
    try:
        for number in range(min(text_page.count_chars(), _MOST_CHARACTERS)):
            char = chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, number))
            last = pieces[-1] if pieces else None
            if char.isspace() or not char.isprintable():
                if last is not None:
                    last.spaced = True
                    last.ended |= char in "\r\n"
                continue
            left, bottom, right, top = text_page.get_charbox(number, loose=True)
            place = page.shown(Rect.of(left, bottom, right, top))
            content_id = -1 if across_content else _content_id(text_page, number)
            if last is None or last.content_id != content_id or not last.goes_on(place):
                size = pdfium_c.FPDFText_GetFontSize(text_page.raw, number)
                pieces.append(_Piece(char, place, _seen_size(size, place), content_id))
            else:
                last.add(char, place)
    finally:
        text_page.close()
    return tuple(Line(each.text, each.place, each.size, each.content_id) for each in pieces)


def _content_id(text_page: pdfium.PdfTextPage, number: int) -> int:
    shown = pdfium_c.FPDFText_GetTextObject(text_page.raw, number)
    return int(pdfium_c.FPDFPageObj_GetMarkedContentID(shown)) if shown else -1


def _seen_size(size: float, place: Rect) -> float:
    """A font of size 1 in a scaled text matrix is as large as its characters."""
    return size if 0.5 * place.height <= size <= 2 * place.height else place.height / 1.36


class _Piece:
    """Characters that stand on one line, close together."""

    def __init__(self, char: str, place: Rect, size: float, content_id: int) -> None:
        self.text, self.place, self.size, self.content_id = char, place, size, content_id
        self.spaced = self.ended = False

    def goes_on(self, place: Rect) -> bool:
        if self.ended:
            return False
        height = max(1.0, self.place.height)
        level = abs(self.place.y0 - place.y0) < height / 2
        return level and -height / 2 < place.x0 - self.place.x1 < height

    def add(self, char: str, place: Rect) -> None:
        gap = self.spaced or place.x0 - self.place.x1 > self.place.height / 4
        self.text += (" " if gap else "") + char
        self.spaced = False
        one = self.place
        self.place = Rect(
            one.x0, min(one.y0, place.y0), max(one.x1, place.x1), max(one.y1, place.y1)
        )
