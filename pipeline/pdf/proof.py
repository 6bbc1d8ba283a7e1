"""Proves that a flattened PDF says what was submitted, before anybody gets it.

PDFium, which wrote none of it, opens the document: every text must be found in its own box, every
mark must be drawn where its button is on and nowhere else, and nothing of the form may be left.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from pipeline.appearance.compose import Appearance, Composed
from pipeline.appearance.direction import has_right_to_left, visual_runs
from pipeline.errors import FieldProblem, ProofError
from pipeline.model.field import Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.template import Template
from pipeline.pdf import pdfium as reader
from pipeline.pdf.states import FlatPdf, ProvenPdf

_SLACK = 1.5
_MARK_SHARE = 0.01
_SCALE = 2.0


def prove(flat: FlatPdf, blank: FlatPdf, template: Template, composed: Composed) -> ProvenPdf:
    """``flat`` itself, proven; ``blank`` is the same template flattened without any value.

    Raises ``ProofError`` with a problem for each field that is not as submitted.
    """
    by_page: dict[int, list[Appearance]] = defaultdict(list)
    for appearance in composed.appearances:
        if appearance.paints:
            by_page[appearance.widget.page].append(appearance)
    problems: list[FieldProblem] = []
    with reader.opened(flat) as document:
        problems += _leftovers(document, template)
        for number, appearances in sorted(by_page.items()):
            page = document[number]
            problems += _texts(page, template.pages[number].rotation, appearances)
            problems += _marks(page, blank, template.pages[number], appearances)
            page.close()
    if problems:
        raise ProofError(problems)
    return ProvenPdf(flat)


def _leftovers(document: pdfium.PdfDocument, template: Template) -> list[FieldProblem]:
    problems = []
    if len(document) != len(template.pages):
        problems.append(FieldProblem("", "page_count", {"found": len(document)}))
    if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
        problems.append(FieldProblem("", "form_left"))
    return problems


def _texts(
    page: pdfium.PdfPage, page_rotation: int, appearances: list[Appearance]
) -> list[FieldProblem]:
    problems = []
    text_page = page.get_textpage()
    for appearance in appearances:
        if not appearance.text:
            continue
        place = appearance.widget.rect.grown(_SLACK)
        found = text_page.get_text_bounded(place.x0, place.y0, place.x1, place.y1)
        turned = page_rotation != 0 or appearance.widget.style.rotation != 0
        if _box_says(found, appearance, turned):
            continue
        # PDFium's own idea of a line can leave out what stands in the box: ask for each character.
        placed = _characters_in(text_page, place)
        found = "".join(each.char for each in placed)
        if not _box_says(found, appearance, turned) and not _stands(found, placed, appearance):
            problems.append(
                FieldProblem(appearance.field, "not_found_in_box", {"found": found[:200]})
            )
    text_page.close()
    return problems


def says(found: str, wanted: str) -> bool:
    """Whether ``found`` holds ``wanted``, white space and invisible characters aside."""
    return _bare(wanted) in _bare(found)


def _stands(found: str, placed: list[_Placed], appearance: Appearance) -> bool:
    """Whether text from right to left is there: readers give it in an order of their own, so each
    stretch of one direction is looked for where its characters stand."""
    if not has_right_to_left(appearance.text) or appearance.layout is None:
        return False
    lines = appearance.layout.lines
    standing: list[list[tuple[float, str]]] = [[] for _ in lines]
    for each in placed:
        along, height = _in_box(each, appearance.widget)
        nearest = min(range(len(lines)), key=lambda at: abs(lines[at].baseline - height))
        standing[nearest].append((along, each.char))
    read = _unmirrored(_bare(found))
    for line, chars in zip(lines, standing, strict=True):
        forwards, backwards = (
            _unmirrored(_bare("".join(char for _, char in order)))
            for order in (
                sorted(chars, key=lambda each: each[0]),
                sorted(chars, key=lambda each: -each[0]),
            )
        )
        for run, turned in visual_runs(line.text):
            for word in _unmirrored(run).split():
                seen = backwards + "\n" + read if turned else forwards
                if _bare(word) not in seen:
                    return False
    return True


def _in_box(each: _Placed, widget: Widget) -> tuple[float, float]:
    """Along the line and up from the box's foot, as the turned box reads."""
    box = widget.rect
    match widget.style.rotation:
        case 90:
            return each.y - box.y0, box.x1 - each.x
        case 180:
            return box.x1 - each.x, box.y1 - each.y
        case 270:
            return box.y1 - each.y, each.x - box.x0
        case _:
            return each.x - box.x0, each.y - box.y0


def _unmirrored(text: str) -> str:
    """Readers disagree on which way a bracket or a quotation mark turns from right to left."""
    return "".join(
        "|" if char in "<>" or unicodedata.category(char) in ("Ps", "Pe", "Pi", "Pf") else char
        for char in text
    )


def _box_says(found: str, appearance: Appearance, turned: bool) -> bool:
    """In a turned box PDFium reads the lines in another order: there, each must be found."""
    if says(found, appearance.text):
        return True
    lines = appearance.layout.lines if turned and appearance.layout is not None else ()
    return bool(lines) and all(says(found, line.text) for line in lines)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character and where its baseline begins, in user space."""

    char: str
    x: float
    y: float


def _characters_in(text_page: pdfium.PdfTextPage, place: Rect) -> list[_Placed]:
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        if place.contains((left + right) / 2, (bottom + top) / 2):
            pdfium_c.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
            char = chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, index))
            found.append(_Placed(char, x.value, y.value))
    return found


def _bare(text: str) -> str:
    # PDFium writes U+FFFE for a hyphen at a line's end.
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )


def _marks(
    page: pdfium.PdfPage, blank: FlatPdf, shown_page: Page, appearances: list[Appearance]
) -> list[FieldProblem]:
    buttons = [each for each in appearances if each.state is not None]
    if not buttons:
        return []
    seen = reader.picture(page, _SCALE)
    places = tuple(button.widget.rect for button in buttons)
    shown = [each for each in appearances if each.text or each.state not in (None, "Off")]
    problems = []
    for button, empty in zip(buttons, _blank_boxes(blank, shown_page, places), strict=True):
        box = reader.crop(seen, shown_page, button.widget.rect)
        marked = reader.changed_share(box, empty) >= _MARK_SHARE
        if button.state != "Off":
            if not marked:
                problems.append(FieldProblem(button.field, "mark_not_drawn"))
        elif marked and not any(each.widget.rect.meets(button.widget.rect) for each in shown):
            problems.append(FieldProblem(button.field, "mark_drawn"))
    return problems


@lru_cache(maxsize=512)
def _blank_boxes(blank: FlatPdf, page: Page, places: tuple[Rect, ...]) -> tuple[Image.Image, ...]:
    """What the boxes look like before anything is filled in: the same for every document."""
    with reader.opened(blank) as document:
        picture = reader.picture(document[page.number], _SCALE)
    return tuple(reader.crop(picture, page, place) for place in places)
