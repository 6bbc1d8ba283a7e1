"""A PDF written anew for readers that bound nothing themselves, once its cost to them is known.

What reads pages here (pdfminer, PDFium) is given no file as it came: its cross-references may lead
anywhere, and a kilobyte of drawing can call itself a billion times.
"""

from __future__ import annotations

import re

import pikepdf

from pipeline.errors import NotAPdf, TooLarge
from pipeline.pdf.objects import ObjectId, array, dictionary, get_dictionary, inherited, object_id
from pipeline.pdf.saving import saved
from pipeline.pdf.stream_data import has_picture_filter, stream_data, unpacks_beyond

_MOST_DRAWING = 16 * 1024 * 1024
"""Bytes of content that all pages together may draw, a form XObject counted each time."""

_LARGEST_PART = 16 * 1024 * 1024
"""Bytes of a font program, a table of characters, a form XObject: pictures are not unpacked."""

_LAST_CODE = 65_535
"""Of a character in a composite font. ISO 32000-2, 9.7.3."""

_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do(?![A-Za-z])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_RANGES = re.compile(rb"begin(?:bf|cid|notdef)range(.*?)end", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>")


def sound_copy(pdf: pikepdf.Pdf) -> bytes:
    """``pdf`` with sound cross-references, unencrypted, without its metadata, which no page shows.

    Raises ``TooLarge`` and ``NotAPdf``.
    """
    try:
        _check_parts(pdf)
        drawing = _Drawing()
        for page in pdf.pages:
            drawing.add(page)
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        return saved(pdf)
    except (pikepdf.PdfError, RuntimeError, RecursionError) as error:
        raise NotAPdf(reason="damaged") from error


class _Drawing:
    """What the pages so far cost to draw, in bytes of content."""

    def __init__(self) -> None:
        self._total = 0
        self._known: dict[ObjectId, int] = {}

    def add(self, page: pikepdf.Page) -> None:
        resources = dictionary(inherited(page.obj, "/Resources"))
        contents = page.obj.get("/Contents")
        for part in array(contents) if isinstance(contents, pikepdf.Array) else [contents]:
            self._total += self._cost(part, resources, ())
            if self._total > _MOST_DRAWING:
                raise TooLarge(what="bytes of drawing", limit=_MOST_DRAWING, found=self._total)

    def _cost(
        self, part: object, resources: pikepdf.Object | None, above: tuple[ObjectId, ...]
    ) -> int:
        """Raises ``NotAPdf`` for a part that draws itself: readers see through some such circles
        and fill the memory with others."""
        if not isinstance(part, pikepdf.Stream) or part.get("/Subtype") == "/Image":
            return 0
        identity = object_id(part)
        if identity is None:
            return 0
        if identity in above:
            raise NotAPdf(reason="damaged")
        if identity not in self._known:
            data = stream_data(part, _LARGEST_PART) or b""
            own = get_dictionary(part, "/Resources") or resources
            table = get_dictionary(own, "/XObject") if own is not None else None
            names = [] if table is None else [_name(found) for found in _DRAWN.findall(data)]
            called = {
                name: self._cost(table.get(name), own, (*above, identity))
                for name in set(names)
                if table is not None
            }
            self._known[identity] = len(data) + sum(called[name] for name in names)
        return self._known[identity]


def _name(written: bytes) -> str:
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), written)
    return "/" + plain.decode("utf-8", "surrogateescape")


def _check_parts(pdf: pikepdf.Pdf) -> None:
    """Each stream's size, each table of characters: what is short may stand for what is endless."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if each.get("/Subtype") == "/Image":
                continue
            if has_picture_filter(each):
                each.write(b"")  # No page shows it, and unpacking it may cost anything.
            if unpacks_beyond(each, _LARGEST_PART):
                raise TooLarge(
                    what="bytes in a stream", limit=_LARGEST_PART, found=_LARGEST_PART + 1
                )
        if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each:
            _check_font(each)


def _check_font(font: pikepdf.Object) -> None:
    for key in ("/ToUnicode", "/Encoding"):
        table = font.get(key)
        if isinstance(table, pikepdf.Stream):
            for ranges in _RANGES.findall(stream_data(table, _LARGEST_PART) or b""):
                for first, last in _RANGE.findall(ranges):
                    _check_code(int(last, 16) - int(first, 16))
    for key in ("/W", "/W2"):
        for number in array(font.get(key)):
            _check_code(number)


def _check_code(number: object) -> None:
    if isinstance(number, int) and number > _LAST_CODE:
        raise TooLarge(what="characters in a font", limit=_LAST_CODE, found=number)
