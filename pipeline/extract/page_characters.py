"""Tells where each character of a PDF stands: the home of pdfplumber."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO

import pdfplumber
from pdfminer.pdfparser import PDFException
from pdfplumber.page import Page as ShownPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.appearance.direction import is_right_to_left
from pipeline.appearance.typeface import NO_TEXT
from pipeline.errors import NotAPdf
from pipeline.model.geometry import Page, Rect

_VARIABLE_TEXT = "Tx"
"""The marked content that a form's variable text stands in. ISO 32000-2, 12.7.4.3."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character in shown space: points, origin at the page's upper left.

    ``variable`` says that it is still marked as the text of a field, in the way that it was set:
    a program that draws the page anew takes the mark away.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    variable: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def page_characters(data: bytes, pages: tuple[Page, ...]) -> list[list[Char]]:
    """The characters of each page, scaled to the template's page sizes. Raises ``NotAPdf``."""
    found: list[list[Char]] = []
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for shown, page in zip(pdf.pages, pages, strict=False):
                found.append(_characters(shown, page))
                shown.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], MemoryError):
            raise MemoryError from error
        raise NotAPdf(reason="damaged") from error
    except (
        PDFException, MalformedPDFException, ValueError, KeyError, TypeError, AttributeError,
    ) as error:  # fmt: skip
        raise NotAPdf(reason="damaged") from error
    return found


def _characters(shown: ShownPage, page: Page) -> list[Char]:
    crop = _shown_crop(shown)
    if crop.width <= 0 or crop.height <= 0:
        return []
    width, height = page.shown_size
    across, down = width / crop.width, height / crop.height
    left, top = float(shown.bbox[0]) + crop.x0, float(shown.bbox[1]) + crop.y0
    found = [
        Char(
            text,
            (char["x0"] - left) * across,
            (char["x1"] - left) * across,
            (char["top"] - top) * down,
            (char["bottom"] - top) * down,
            char["size"] * down,
            char.get("tag") == _VARIABLE_TEXT,
        )
        for char in shown.chars
        if (text := char["text"].replace(NO_TEXT, ""))
    ]
    return _with_marks(found)


def _with_marks(chars: list[Char]) -> list[Char]:
    """Marks joined to their letters: where a mark is drawn says nothing of where it belongs.

    It follows its letter in the content stream; from right to left it stands before it.
    """
    joined: list[Char] = []
    ahead = ""
    for at, char in enumerate(chars):
        if unicodedata.combining(char.text[0]):
            following = next(
                (
                    chars[later].text
                    for later in range(at, len(chars))
                    if not unicodedata.combining(chars[later].text[0])
                ),
                "",
            )
            if is_right_to_left(following[:1] or " "):
                ahead = char.text + ahead
                continue
            if joined and not joined[-1].text.isspace():
                joined[-1] = replace(joined[-1], text=joined[-1].text + char.text)
                continue
        joined.append(replace(char, text=char.text + ahead) if ahead else char)
        ahead = ""
    return joined


def _shown_crop(shown: ShownPage) -> Rect:
    """The crop box in the turned page's own space. pdfplumber counts from the media box, and its
    own crop box is wrong on a turned page."""
    media = Rect.of(*shown.page_obj.mediabox)
    crop = Rect.of(*shown.page_obj.cropbox)
    seen = Rect(
        max(media.x0, crop.x0), max(media.y0, crop.y0),
        min(media.x1, crop.x1), min(media.y1, crop.y1),
    )  # fmt: skip
    if seen.width <= 0 or seen.height <= 0:
        seen = media
    return Page(0, media, shown.rotation // 90 * 90 % 360).shown(seen)
