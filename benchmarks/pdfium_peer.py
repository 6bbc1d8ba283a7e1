"""PDFium's own form filler, driven like a person would: click, type, leave."""

from __future__ import annotations

import ctypes
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from benchmarks.contenders import Contender, in_process
from benchmarks.subjects import Entry, Subject
from pipeline.model.field import Widget


def _fill(subject: Subject) -> bytes:
    by_page: dict[int, list[tuple[Entry, Widget]]] = {}
    for entry in subject.entries:
        for widget in subject.form.template.by_name[entry.name].widgets:
            if entry.kind != "radio" or widget.on_state == entry.value:
                by_page.setdefault(widget.page, []).append((entry, widget))
                break
    document: Any = pdfium.PdfDocument(subject.pdf)
    document.init_forms()
    for number in range(len(document)):
        page = document[number]
        for entry, widget in by_page.get(number, []):
            _set(document.formenv, page, entry, widget, _index(subject, entry))
        pdfium_c.FORM_ForceToKillFocus(document.formenv)
        pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_PRINT)
        page.close()
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _index(subject: Subject, entry: Entry) -> int:
    """Where a chosen export value stands in the list, or 0."""
    options = [each.export for each in subject.form.template.by_name[entry.name].options]
    return options.index(str(entry.value)) if entry.value in options else 0


def _set(form: Any, page: Any, entry: Entry, widget: Widget, index: int) -> None:
    x, y = widget.rect.x0 + 3, (widget.rect.y0 + widget.rect.y1) / 2
    if entry.kind in ("checkbox", "radio"):
        pdfium_c.FORM_OnLButtonDown(form, page, 0, x, y)
        pdfium_c.FORM_OnLButtonUp(form, page, 0, x, y)
        return
    pdfium_c.FORM_OnFocus(form, page, 0, x, y)
    if entry.kind == "choice":
        pdfium_c.FORM_SetIndexSelected(form, page, index, True)
        return
    typed = ctypes.create_string_buffer(str(entry.value).encode("utf-16-le") + b"\0\0")
    pdfium_c.FORM_SelectAllText(form, page)
    pdfium_c.FORM_ReplaceSelection(form, page, ctypes.cast(typed, ctypes.POINTER(ctypes.c_ushort)))


CONTENDERS = (Contender("pypdfium2", in_process(_fill), "AES-256"),)
