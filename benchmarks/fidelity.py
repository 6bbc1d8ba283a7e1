"""Whether a document says what was submitted, by PDFium and box by box, whoever made it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchmarks.subjects import TEXTUAL, Subject
from pipeline.model.display import shown_text
from pipeline.model.geometry import Rect

_SLACK = 1.5
"""Points that a character may stand outside its box."""

ASCII, WINANSI, BEYOND = "ASCII", "é ’ €", "Łódź"
CLASSES = (ASCII, WINANSI, BEYOND)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """``found`` and ``sought`` texts by class; widgets and form that were left."""

    found: dict[str, int]
    sought: dict[str, int]
    widgets: int
    form: bool
    encrypted: bool

    def share(self, kind: str) -> float | None:
        return self.found[kind] / self.sought[kind] if self.sought[kind] else None

    @property
    def complete(self) -> bool:
        return self.found == self.sought


def judge(output: bytes, subject: Subject) -> Fidelity:
    """Where widgets are left, their appearances count as shown: they are flattened first."""
    found, sought = dict.fromkeys(CLASSES, 0), dict.fromkeys(CLASSES, 0)
    document: Any = pdfium.PdfDocument(output)
    widgets = 0
    form = document.get_formtype() != pdfium_c.FORMTYPE_NONE
    encrypted = pdfium_c.FPDF_GetSecurityHandlerRevision(document) >= 0
    places = _places(subject)
    for number in range(len(document)):
        page = document[number]
        left = _widgets(page)
        widgets += left
        if left:
            pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_PRINT)
            page.close()
            page = document[number]
        text_page = page.get_textpage()
        for texts, place in places.get(number, []):
            kind = _class_of(texts[0])
            sought[kind] += 1
            found[kind] += _stands_in(text_page, place, texts)
        text_page.close()
        page.close()
    document.close()
    return Fidelity(found, sought, widgets, form, encrypted)


def _places(subject: Subject) -> dict[int, list[tuple[tuple[str, ...], Rect]]]:
    """By page: a text as submitted, as its format shows it, and its box."""
    places: dict[int, list[tuple[tuple[str, ...], Rect]]] = {}
    for entry in subject.entries:
        if entry.kind not in TEXTUAL:
            continue
        field = subject.form.template.by_name[entry.name]
        for widget in field.painted_widgets()[:1]:
            shown = shown_text(field, entry.value)
            texts = (shown, str(entry.value)) if entry.kind == "text" else (shown,)
            places.setdefault(widget.page, []).append((texts, widget.rect.grown(_SLACK)))
    return places


def _class_of(text: str) -> str:
    if text.isascii():
        return ASCII
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return BEYOND
    return WINANSI


def _stands_in(text_page: Any, place: Rect, texts: tuple[str, ...]) -> bool:
    bounded = _bare(text_page.get_text_bounded(place.x0, place.y0, place.x1, place.y1))
    if any(_bare(text) in bounded for text in texts):
        return True
    single = _bare("".join(_characters(text_page, place)))
    return any(_bare(text) in single for text in texts)


def _characters(text_page: Any, place: Rect) -> list[str]:
    found = []
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        if place.contains((left + right) / 2, (bottom + top) / 2):
            found.append(chr(pdfium_c.FPDFText_GetUnicode(text_page, index)))
    return found


def _bare(text: str) -> str:
    """Without white space and control characters; a hyphen at a line's end is a hyphen."""
    text = unicodedata.normalize("NFKC", text.replace("\ufffe", "-").replace("\x02", "-"))
    return "".join(
        char for char in text if not char.isspace() and unicodedata.category(char)[0] != "C"
    )


def _widgets(page: Any) -> int:
    left = 0
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        left += pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return left
