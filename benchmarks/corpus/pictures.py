"""Our final pages beside the same values in PDFium's own form filler, for eyes to compare."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from benchmarks.corpus.filling import fill_in
from pipeline.errors import FormpressError
from pipeline.flow import documents
from pipeline.flow.documents import Form, typed_text
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission

TEN = (
    "codeforamerica_vita-min__f1040-TY2021", "codeforamerica_vita-min__az8879-TY2024",
    "codeforamerica_vita-min__nj1040v-TY2024", "ustaxes_UsTaxes__OR-40-V",
    "pikepdf_pikepdf__form_dd0293", "apache_pdfbox__AcroFormsRotation",
    "mozilla_pdf.js__annotation-choice-widget", "Hopding_pdf-lib__fancy_fields",
    "chinapandaman_PyPDFForm__sample_template_sejda_complex", "py-pdf_pypdf__FormTestFromOo",
)  # fmt: skip
"""Ten forms that differ: combs, radio groups, turned pages, list boxes, makers of all kinds."""

_SCALE, _MOST_PAGES, _GAP = 1.5, 6, 12


def draw(paths: Sequence[Path], folder: Path, tell: Callable[[str], None]) -> None:
    """One PNG a page: ours on the left, PDFium's on the right."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        try:
            form = documents.open_form(path, Limits())
            submission = fill_in(form).submission
            final = documents.finish_open(form, submission)
        except FormpressError as error:
            tell(f"{path.stem}: {error}")
            continue
        pages = range(min(_MOST_PAGES, len(form.template.pages)))
        pairs = zip(_drawn(final, pages), _filled_by_pdfium(form, submission, pages), strict=True)
        for number, (ours, theirs) in enumerate(pairs, 1):
            name = f"{path.stem}-{number}.png"
            _beside(ours, theirs).save(folder / name)
            tell(name)


def _beside(ours: Image.Image, theirs: Image.Image) -> Image.Image:
    size = (ours.width + _GAP + theirs.width, max(ours.height, theirs.height))
    both = Image.new("RGB", size, (120, 120, 160))
    both.paste(ours, (0, 0))
    both.paste(theirs, (ours.width + _GAP, 0))
    return both


def _drawn(data: bytes, pages: range) -> Iterator[Image.Image]:
    document = pdfium.PdfDocument(data)
    for number in pages:
        yield document[number].render(scale=_SCALE).to_pil().convert("RGB")
    document.close()


def _filled_by_pdfium(form: Form, submission: Submission, pages: range) -> Iterator[Image.Image]:
    """As a person would: a click into each field, and typing."""
    document = pdfium.PdfDocument(form.pdf)
    document.init_forms()
    for number in pages:
        page = document[number]
        for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
            if pdfium_c.FPDFAnnot_GetSubtype(annotation) == pdfium_c.FPDF_ANNOT_WIDGET:
                _enter(document.formenv, page, annotation, form, submission)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
        yield page.render(scale=_SCALE, may_draw_forms=True).to_pil().convert("RGB")
    document.close()


def _enter(environment: Any, page: Any, annotation: Any, form: Form, given: Submission) -> None:
    field = form.template.by_name.get(_name_of(environment, annotation))
    if field is None or not field.fillable or field.name not in given.values:
        return
    value = given.values[field.name]
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO):
        _press(environment, page, annotation, _is_on(field, annotation, value))
    elif pdfium_c.FORM_SetFocusedAnnot(environment, annotation):
        _type(environment, page, field, value)
        pdfium_c.FORM_ForceToKillFocus(environment)


def _type(environment: Any, page: Any, field: Field, value: Value) -> None:
    exports = [option.export for option in field.options]
    chosen = value if isinstance(value, tuple) else (str(value),)
    if field.type is FieldType.CHOICE and all(each in exports for each in chosen):
        for index, export in enumerate(exports):
            if export in chosen or field.multi_select:
                pdfium_c.FORM_SetIndexSelected(environment, page, index, export in chosen)
        return
    text = typed_text(field, value).replace("\n", "\r\n")
    raw = text.encode("utf-16-le") + b"\0\0"
    wide = ctypes.cast(ctypes.create_string_buffer(raw), pdfium_c.FPDF_WIDESTRING)
    pdfium_c.FORM_SelectAllText(environment, page)
    pdfium_c.FORM_ReplaceSelection(environment, page, wide)


def _is_on(field: Field, annotation: Any, value: Value) -> bool:
    """By the nearest widget: PDFium tells a button's export value, not its state."""
    x, y = _middle(annotation)
    nearest = min(
        field.widgets,
        key=lambda each: (
            abs(each.rect.x0 + each.rect.x1 - 2 * x) + abs(each.rect.y0 + each.rect.y1 - 2 * y)
        ),
    )
    return value is True or value == nearest.on_state


def _press(environment: Any, page: Any, annotation: Any, on: bool) -> None:
    """In its middle, unless it is as it should be."""
    if bool(pdfium_c.FPDFAnnot_IsChecked(environment, annotation)) is on:
        return
    x, y = _middle(annotation)
    pdfium_c.FORM_OnMouseMove(environment, page, 0, x, y)
    pdfium_c.FORM_OnLButtonDown(environment, page, 0, x, y)
    pdfium_c.FORM_OnLButtonUp(environment, page, 0, x, y)


def _middle(annotation: Any) -> tuple[float, float]:
    place = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, place)
    return (place.left + place.right) / 2, (place.bottom + place.top) / 2


def _name_of(environment: Any, annotation: Any) -> str:
    length = pdfium_c.FPDFAnnot_GetFormFieldName(environment, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    wide = ctypes.cast(buffer, pdfium_c.POINTER(pdfium_c.FPDF_WCHAR))
    pdfium_c.FPDFAnnot_GetFormFieldName(environment, annotation, wide, length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
