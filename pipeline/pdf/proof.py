"""Proves that a flattened PDF says what was submitted, before anybody gets it.

PDFium, which wrote none of it, opens the document: every text must be found in its own box, every
mark must be drawn where its button is on and nowhere else, and nothing of the form may be left.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from pipeline.appearance.compose import Appearance, Composed
from pipeline.errors import FieldProblem, ProofError
from pipeline.model.geometry import Rect
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
    with reader.opened(flat) as document, reader.opened(blank) as empty:
        problems += _leftovers(document, template)
        for number, appearances in sorted(by_page.items()):
            page = document[number]
            problems += _texts(page, template.pages[number].rotation, appearances)
            problems += _marks(page, empty[number], template, appearances)
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
        found = _characters_in(text_page, place)
        if not _box_says(found, appearance, turned):
            problems.append(
                FieldProblem(appearance.field, "not_found_in_box", {"found": found[:200]})
            )
    text_page.close()
    return problems


def says(found: str, wanted: str) -> bool:
    """Whether ``found`` holds ``wanted``, white space and invisible characters aside.

    Scripts written from right to left come back in the reader's own order: their characters are
    compared as a set with counts.
    """
    seen, sought = _bare(found), _bare(wanted)
    if sought in seen:
        return True
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in sought):
        return all(seen.count(char) >= sought.count(char) for char in set(sought))
    return False


def _box_says(found: str, appearance: Appearance, turned: bool) -> bool:
    """In a turned box PDFium reads the lines in another order: there, each must be found."""
    if says(found, appearance.text):
        return True
    lines = appearance.layout.lines if turned and appearance.layout is not None else ()
    return bool(lines) and all(says(found, line.text) for line in lines)


def _characters_in(text_page: pdfium.PdfTextPage, place: Rect) -> str:
    found = []
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        if place.contains((left + right) / 2, (bottom + top) / 2):
            found.append(chr(pdfium_c.FPDFText_GetUnicode(text_page.raw, index)))
    return "".join(found)


def _bare(text: str) -> str:
    # PDFium writes U+FFFE for a hyphen at a line's end.
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )


def _marks(
    page: pdfium.PdfPage,
    empty: pdfium.PdfPage,
    template: Template,
    appearances: list[Appearance],
) -> list[FieldProblem]:
    buttons = [each for each in appearances if each.state is not None]
    if not buttons:
        return []
    seen, blank = reader.picture(page, _SCALE), reader.picture(empty, _SCALE)
    shown = [each for each in appearances if each.text or each.state not in (None, "Off")]
    problems = []
    for button in buttons:
        marked = _is_marked(seen, blank, template, button)
        if button.state != "Off":
            if not marked:
                problems.append(FieldProblem(button.field, "mark_not_drawn"))
        elif marked and not any(each.widget.rect.meets(button.widget.rect) for each in shown):
            problems.append(FieldProblem(button.field, "mark_drawn"))
    return problems


def _is_marked(
    seen: Image.Image, blank: Image.Image, template: Template, button: Appearance
) -> bool:
    page = template.pages[button.widget.page]
    place = button.widget.rect
    share = reader.changed_share(reader.crop(seen, page, place), reader.crop(blank, page, place))
    return share >= _MARK_SHARE
