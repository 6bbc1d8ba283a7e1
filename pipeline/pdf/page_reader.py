"""What PDFium sees of a document, asked for place by place: text, characters, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from pipeline.errors import NotAPdf
from pipeline.model.geometry import Page, Rect
from pipeline.pdf import pdfium as reader
from pipeline.pdf.pixel_box import BYTES, PixelBox

_LONGEST = 1 << 13
_WHITE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Placed:
    """A character and where its baseline begins, in user space."""

    char: str
    x: float
    y: float


class ReadPage:
    """An open page; ``shown`` is how the template has it."""

    def __init__(self, document: pdfium.PdfDocument, shown: Page) -> None:
        self._page = pdfium_c.FPDF_LoadPage(document.raw, shown.number)
        if not self._page:
            raise NotAPdf(reason="damaged")
        self._text: object = None
        self._shown = shown

    @property
    def rotation(self) -> int:
        return self._shown.rotation

    def close(self) -> None:
        if self._text is not None:
            pdfium_c.FPDFText_ClosePage(self._text)
        pdfium_c.FPDF_ClosePage(self._page)

    @cached_property
    def text(self) -> str:
        """All that the page says, a character for each place that ``stands_in`` counts; empty
        where PDFium counts otherwise."""
        page = self._text_page
        count = pdfium_c.FPDFText_CountChars(page)
        buffer = _BUFFER if count < _LONGEST else (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(page, 0, count, buffer)
        found = ctypes.string_at(buffer, 2 * max(0, written - 1)).decode("utf-16-le", "replace")
        return found if len(found) == count else ""

    def stands_in(self, start: int, count: int, place: Rect, lines: int = 1) -> bool:
        """Whether ``count`` characters from the place ``start`` of ``text`` lie in ``place``, on
        that many ``lines`` or more that show something."""
        page = self._text_page
        pieces = pdfium_c.FPDFText_CountRects(page, start, count)
        left, top, right, bottom = _CORNERS
        for number in range(pieces):
            pdfium_c.FPDFText_GetRect(page, number, left, top, right, bottom)
            if (
                left.value < place.x0
                or right.value > place.x1
                or bottom.value < place.y0
                or top.value > place.y1
            ):
                return False
        return bool(pieces >= lines)

    def text_in(self, place: Rect) -> str:
        """What stands in ``place``, line breaks as CR LF."""
        page = self._text_page
        size, buffer = _LONGEST, _BUFFER
        while True:
            count = pdfium_c.FPDFText_GetBoundedText(
                page, place.x0, place.y1, place.x1, place.y0, buffer, size
            )
            if count < size:
                return ctypes.string_at(buffer, 2 * count).decode("utf-16-le", "replace")
            size *= 4
            buffer = (ctypes.c_ushort * size)()

    def characters_in(self, place: Rect) -> list[Placed]:
        """One by one, those whose middle lies in ``place``."""
        page = self._text_page
        found = []
        x, y = ctypes.c_double(), ctypes.c_double()
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        for index in range(pdfium_c.FPDFText_CountChars(page)):
            pdfium_c.FPDFText_GetCharBox(page, index, left, right, bottom, top)
            across, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
            if place.contains(across, up):
                pdfium_c.FPDFText_GetCharOrigin(page, index, x, y)
                char = chr(pdfium_c.FPDFText_GetUnicode(page, index))
                found.append(Placed(char, x.value, y.value))
        return found

    def pixels(self, box: PixelBox) -> bytes:
        """The pixels of ``box``, row by row, of the page's own content, without annotations."""
        bitmap = pdfium_c.FPDFBitmap_Create(box.width, box.height, 0)
        try:
            pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, box.width, box.height, _WHITE)
            across, down = self._shown.shown_size
            pdfium_c.FPDF_RenderPageBitmap(
                bitmap, self._page, -box.left, -box.top,
                round(across * box.scale), round(down * box.scale), 0, 0,
            )  # fmt: skip
            length = pdfium_c.FPDFBitmap_GetStride(bitmap) * box.height
            return ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), length)
        finally:
            pdfium_c.FPDFBitmap_Destroy(bitmap)

    @property
    def _text_page(self) -> object:
        if self._text is None:
            self._text = pdfium_c.FPDFText_LoadPage(self._page)
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
        page = ReadPage(self._document, shown)
        try:
            yield page
        finally:
            page.close()


@contextmanager
def read(data: bytes) -> Iterator[Document]:
    """Raises ``NotAPdf``."""
    with reader.opened(data) as document:
        yield Document(document)


@dataclass(frozen=True, slots=True)
class Seen:
    """The pixels of a box that others are compared with; ``digest`` tells them from others."""

    pixels: bytes
    digest: bytes

    @classmethod
    def of(cls, pixels: bytes) -> Seen:
        return cls(pixels, _digest(pixels))


def changed_share(seen: Seen, pixels: bytes) -> float:
    """The share of ``pixels``, 0 to 1, that differ from those ``seen`` in any colour by much."""
    if pixels == seen.pixels:
        return 0.0
    key = (seen.digest, _digest(pixels))
    known = _SHARES.get(key)
    if known is None:
        if len(_SHARES) >= _MOST_SHARES:
            _SHARES.clear()
        known = _SHARES[key] = _changed_share(seen.pixels, pixels)
    return known


def _digest(pixels: bytes) -> bytes:
    return blake2b(pixels, digest_size=16).digest()


def _changed_share(one: bytes, other: bytes) -> float:
    if len(one) != len(other):
        return 1.0
    size = (len(one) // BYTES, 1)
    before, after = (Image.frombytes("RGBX", size, each).convert("RGB") for each in (one, other))
    return reader.changed_share(before, after)


_MOST_SHARES = 4096
_SHARES: dict[tuple[bytes, bytes], float] = {}
"""The same buttons bear the same marks in every document."""

# Used with the lock that ``opened`` takes, so one set serves all.
_BUFFER = (ctypes.c_ushort * _LONGEST)()
_CORNERS = tuple(ctypes.c_double() for _ in range(4))
