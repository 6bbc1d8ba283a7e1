"""A PDF written anew for readers that bound nothing themselves, once its cost to them is known.

What reads pages here (pdfminer, PDFium) is given no file as it came: its cross-references may lead
anywhere, and a kilobyte of drawing can call itself a billion times.
"""

from __future__ import annotations

import re

import pikepdf

from pipeline.errors import NotAPdf, TooLarge
from pipeline.pdf.drawing_cost import LARGEST_PART, MOST_DRAWING, Drawing
from pipeline.pdf.field_tree import page_annotations
from pipeline.pdf.objects import array
from pipeline.pdf.saving import saved
from pipeline.pdf.stream_data import has_picture_filter, stream_data, unpacks_beyond

MOST_READ = 3 * 1024 * 1024
"""Bytes of content that pdfplumber reads the text of: six seconds a megabyte."""

_LAST_CODE = 65_535
"""Of a character in a composite font. ISO 32000-2, 9.7.3."""

_LONGEST_NAME = 500
"""Bytes of a font's name, which pdfplumber decodes for every character. Names of more than 127
were beyond what readers had to take. ISO 32000-1, annex C."""

_RANGES = re.compile(rb"begin(?:bf|cid|notdef)range(.*?)end", re.DOTALL)
_RANGE = re.compile(rb"<\s*([0-9A-Fa-f]+)\s*>\s*<\s*([0-9A-Fa-f]+)\s*>")


_SHOWN = {"/Type", "/Pages", "/OCProperties", "/Version"}
"""What of the catalogue matters to a page's looks and text."""

_UNSEEN = ("/A", "/AA", "/PA", "/Parent", "/Popup", "/FS", "/Sound", "/Movie", "/RichMediaContent")
"""What of an annotation does not, and may lead to anything."""


def sound_copy(pdf: pikepdf.Pdf, most_drawing: int = MOST_DRAWING) -> bytes:
    """``pdf`` with sound cross-references, unencrypted, with its pages alone: a reader that looks
    for these has no megabytes of scripts to walk through. ``pdf`` itself is of no use after it.

    Raises ``TooLarge`` and ``NotAPdf``.
    """
    try:
        check_cost(pdf, most_drawing)
        for key in set(pdf.Root.keys()) - _SHOWN:
            del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for page in pdf.pages:
            _bare(page)
        return saved(pdf)
    except (pikepdf.PdfError, RuntimeError, RecursionError) as error:
        raise NotAPdf(reason="damaged") from error


def check_cost(pdf: pikepdf.Pdf, most_drawing: int = MOST_DRAWING) -> None:
    """Whether its pages can be drawn for ``most_drawing`` bytes of content.

    What is coded as a picture and is none is emptied. Raises ``TooLarge``, and ``NotAPdf`` for
    what no reader can draw.
    """
    try:
        _check_parts(pdf)
        drawing = Drawing(most_drawing)
        for page in pdf.pages:
            drawing.add(page)
    except (pikepdf.PdfError, RuntimeError, RecursionError) as error:
        raise NotAPdf(reason="damaged") from error


def _bare(page: pikepdf.Page) -> None:
    for key in ("/AA", "/PieceInfo", "/Metadata", "/Thumb", "/B"):
        if key in page.obj:
            del page.obj[key]
    for annotation in page_annotations(page):
        for key in _UNSEEN:
            if key in annotation:
                del annotation[key]


def _check_parts(pdf: pikepdf.Pdf) -> None:
    """Each stream's size, each table of characters: what is short may stand for what is endless."""
    thumbnails = {thumb.objgen for page in pdf.pages if (thumb := page.obj.get("/Thumb"))}
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if each.get("/Subtype") == "/Image" or each.objgen in thumbnails:
                continue
            if has_picture_filter(each):
                each.write(b"")  # No page shows it, and unpacking it may cost anything.
            if unpacks_beyond(each, LARGEST_PART):
                raise TooLarge(what="bytes in a stream", limit=LARGEST_PART, found=LARGEST_PART + 1)
        if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each:
            _check_font(each)


def _check_font(font: pikepdf.Object) -> None:
    name = font.get("/BaseFont")
    if not isinstance(name, pikepdf.Name) or len(bytes(name)) > _LONGEST_NAME:
        font["/BaseFont"] = pikepdf.Name.Unknown
    for key in ("/ToUnicode", "/Encoding"):
        table = font.get(key)
        if isinstance(table, pikepdf.Stream):
            for ranges in _RANGES.findall(stream_data(table, LARGEST_PART) or b""):
                for first, last in _RANGE.findall(ranges):
                    _check_code(int(last, 16) - int(first, 16))
    for key in ("/W", "/W2"):
        for number in array(font.get(key)):
            _check_code(number)


def _check_code(number: object) -> None:
    if isinstance(number, int) and number > _LAST_CODE:
        raise TooLarge(what="characters in a font", limit=_LAST_CODE, found=number)
