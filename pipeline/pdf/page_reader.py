"""What PDFium sees of a document, asked for place by place: text, characters, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import Page, Rect
from pipeline.pdf.pdfium import opened

_LONGEST = 1 << 13
_MOST_PIXELS = 4_000_000
_WHITE = 0xFFFFFFFF
_THRESHOLD = 64


@dataclass(frozen=True, slots=True)
class Placed:
    """A character and where its baseline begins, in user space."""

    char: str
    x: float
    y: float


class ReadPage:
    """An open page; ``shown`` is how the template has it."""

    def __init__(self, page: pdfium.PdfPage, shown: Page) -> None:
        self._page = page
        self._text: pdfium.PdfTextPage | None = None
        self._shown = shown
        self._size: tuple[float, float] = page.get_size()

    @property
    def rotation(self) -> int:
        return self._shown.rotation

    def close(self) -> None:
        if self._text is not None:
            self._text.close()
        self._page.close()

    def text_in(self, place: Rect) -> str:
        """What stands in ``place``, line breaks as CR LF."""
        raw = self._text_page().raw
        size, buffer = _LONGEST, _BUFFER
        while True:
            # Called with the lock that ``opened`` takes, so one buffer serves all.
            count = pdfium_c.FPDFText_GetBoundedText(
                raw, place.x0, place.y1, place.x1, place.y0, buffer, size
            )
            if count < size:
                return ctypes.string_at(buffer, 2 * count).decode("utf-16-le", "replace")
            size *= 4
            buffer = (ctypes.c_ushort * size)()

    def characters_in(self, place: Rect) -> list[Placed]:
        """One by one, those whose middle lies in ``place``."""
        text = self._text_page()
        found = []
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if place.contains((left + right) / 2, (bottom + top) / 2):
                pdfium_c.FPDFText_GetCharOrigin(text.raw, index, x, y)
                char = chr(pdfium_c.FPDFText_GetUnicode(text.raw, index))
                found.append(Placed(char, x.value, y.value))
        return found

    def picture(self, place: Rect, scale: float) -> bytes:
        """The pixels of ``place``, four bytes each, ``scale`` of them a point; of the page's own
        content, without annotations."""
        shown = self._shown.shown(place)
        area = max(1.0, (shown.width * scale) * (shown.height * scale))
        if area > _MOST_PIXELS:
            scale *= (_MOST_PIXELS / area) ** 0.5
        width = max(1, round(shown.width * scale))
        height = max(1, round(shown.height * scale))
        bitmap = pdfium_c.FPDFBitmap_Create(width, height, 0)
        try:
            pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            pdfium_c.FPDF_RenderPageBitmap(
                bitmap, self._page.raw, round(-shown.x0 * scale), round(-shown.y0 * scale),
                round(self._size[0] * scale), round(self._size[1] * scale), 0, 0,
            )  # fmt: skip
            stride = pdfium_c.FPDFBitmap_GetStride(bitmap)
            return ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), stride * height)
        finally:
            pdfium_c.FPDFBitmap_Destroy(bitmap)

    def _text_page(self) -> pdfium.PdfTextPage:
        if self._text is None:
            self._text = self._page.get_textpage()
        return self._text


class Document:
    """A document that PDFium has open, for the one thread that has its lock."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    @property
    def page_count(self) -> int:
        return len(self._document)

    @property
    def has_form(self) -> bool:
        return bool(self._document.get_formtype() != pdfium_c.FORMTYPE_NONE)

    @property
    def security_revision(self) -> int:
        """R of the security handler, or -1. ISO 32000-2, table 21."""
        return int(pdfium_c.FPDF_GetSecurityHandlerRevision(self._document.raw))

    @property
    def permissions(self) -> int:
        """The bits that a person without a password has. ISO 32000-2, table 22."""
        return int(pdfium_c.FPDF_GetDocPermissions(self._document.raw)) & 0xFFFFFFFF

    @contextmanager
    def page(self, shown: Page) -> Iterator[ReadPage]:
        page = ReadPage(self._document[shown.number], shown)
        try:
            yield page
        finally:
            page.close()


@contextmanager
def read(data: bytes) -> Iterator[Document]:
    """Raises ``NotAPdf``."""
    with opened(data) as document:
        yield Document(document)


@lru_cache(maxsize=4096)
def changed_share(one: bytes, other: bytes) -> float:
    """The share of pixels, 0 to 1, of two pictures of a place that differ in any colour by much.

    The same buttons bear the same marks in every document.
    """
    if one == other or len(one) != len(other):
        return 0.0 if one == other else 1.0
    differing = {
        at // 4
        for at, (before, after) in enumerate(zip(one, other, strict=True))
        if abs(before - after) >= _THRESHOLD
    }
    return len(differing) / (len(one) // 4)


_BUFFER = (ctypes.c_ushort * _LONGEST)()
