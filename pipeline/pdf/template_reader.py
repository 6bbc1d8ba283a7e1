"""Reads a PDF's form into the model: pages, fields, calculation order, instructions."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pikepdf

from pipeline.errors import DynamicXfa, NoFields, TooLarge
from pipeline.model.definition import FormDefinition
from pipeline.model.field import Field
from pipeline.model.geometry import Page, Rect
from pipeline.model.limits import Limits
from pipeline.model.template import Instruction, NotUnderstood, Template
from pipeline.pdf.field_reader import FieldDictionary, read_fields
from pipeline.pdf.field_tree import is_widget, page_annotations
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import (
    array,
    dictionary,
    get_dictionary,
    inherited,
    integer,
    object_id,
    rect,
    text,
)
from pipeline.pdf.optional_content import OptionalContent
from pipeline.pdf.widget_reader import HIDDEN, NO_ROTATE, NO_VIEW, PRINT
from pipeline.pdf.xfa import has_xfa, xfa_says_more

_LETTER = Rect(0, 0, 612, 792)


def read_template(
    data: bytes, definition: FormDefinition | None = None, limits: Limits | None = None
) -> Template:
    """The template that ``data`` is. Raises the errors of ``open_pdf`` and ``NoFields``."""
    limits = limits or Limits()
    with open_pdf(data, limits, only_read=True) as pdf:
        return template_of(pdf, hashlib.sha256(data).hexdigest(), definition, limits)


def template_of(
    pdf: pikepdf.Pdf, digest: str, definition: FormDefinition | None, limits: Limits
) -> Template:
    read = read_fields(pdf)
    if len(read) > limits.max_fields:
        raise TooLarge(what="fields", limit=limits.max_fields, found=len(read))
    if not read:
        raise DynamicXfa() if has_xfa(pdf) else NoFields()
    definition = definition or FormDefinition()
    pages = tuple(_page(number, page) for number, page in enumerate(pdf.pages))
    fields = tuple(_of_system(_on_paper(each.field, pages), definition) for each in read)
    not_understood = [*_document_scripts(pdf)]
    for each in read:
        not_understood += [
            NotUnderstood(each.field.name, what)
            for what in (
                *each.not_understood,
                *_stubborn_boxes(pages, each),
            )
        ]
    return Template(
        digest=digest,
        pages=pages,
        fields=fields,
        instructions=(*_annotated_instructions(pdf), *_field_instructions(fields)),
        calculation_order=_calculation_order(pdf, read),
        not_understood=tuple(not_understood),
        notices=tuple(_notices(pdf, fields)),
        title=definition.title or _title(pdf),
        language=definition.language or text(pdf.Root.get("/Lang")) or "",
        tagged="/StructTreeRoot" in pdf.Root,
        definition=definition,
    )


def _page(number: int, page: pikepdf.Page) -> Page:
    media = rect(inherited(page.obj, "/MediaBox")) or _LETTER
    crop = rect(inherited(page.obj, "/CropBox")) or media
    box = Rect(
        max(media.x0, crop.x0), max(media.y0, crop.y0),
        min(media.x1, crop.x1), min(media.y1, crop.y1),
    )  # fmt: skip
    if box.width <= 0 or box.height <= 0:
        box = media if media.width > 0 and media.height > 0 else _LETTER
    return Page(number, box, integer(inherited(page.obj, "/Rotate")) % 360 // 90 * 90)


def _on_paper(field: Field, pages: tuple[Page, ...]) -> Field:
    """What lies beside its page is seen by nobody."""
    if all(pages[each.page].box.meets(each.rect) for each in field.widgets if each.visible):
        return field
    return replace(
        field,
        widgets=tuple(
            each
            if pages[each.page].box.meets(each.rect)
            else replace(each, visible=False, prints=False)
            for each in field.widgets
        ),
    )


def _of_system(field: Field, definition: FormDefinition) -> Field:
    return replace(field, system=True) if field.name in definition.system else field


def is_screen_only(annotation: pikepdf.Object) -> bool:
    """Visible, not printing, neither a widget nor a link: an instruction."""
    if is_widget(annotation) or annotation.get("/Subtype") in ("/Link", "/Popup"):
        return False
    flags = integer(annotation.get("/F"))
    return not flags & PRINT and not flags & (HIDDEN | NO_VIEW)


def _annotated_instructions(pdf: pikepdf.Pdf) -> list[Instruction]:
    found: list[Instruction] = []
    layers = OptionalContent.of(pdf)
    for number, page in enumerate(pdf.pages):
        for annotation in page_annotations(page):
            if not is_screen_only(annotation) or not layers.shows(annotation):
                continue
            place = rect(annotation.get("/Rect"))
            words = (text(annotation.get("/Contents")) or "").strip()
            if place is not None and words:
                name = text(annotation.get("/NM")) or ""
                target = name.removeprefix("instruction:") if ":" in name else None
                found.append(Instruction(number, place, words, target))
    return found


def _field_instructions(fields: tuple[Field, ...]) -> list[Instruction]:
    return [
        Instruction(widget.page, widget.rect, field.value)
        for field in fields
        if field.is_instruction and isinstance(field.value, str)
        for widget in field.widgets
        if widget.visible
    ]


def _calculation_order(pdf: pikepdf.Pdf, read: list[FieldDictionary]) -> tuple[str, ...]:
    """/CO, then the calculated fields that it forgot. ISO 32000-2, table 224."""
    calculated = [each.field.name for each in read if each.field.calculation is not None]
    form = dictionary(pdf.Root.get("/AcroForm"))
    if form is None or not calculated:
        return tuple(calculated)
    names = {
        identity: each.field.name
        for each in read
        if each.field.calculation is not None
        for holder in each.node.dictionaries()
        if (identity := object_id(holder)) is not None
    }
    listed = [
        names.get(identity, "")
        for entry in array(form.get("/CO"))
        if dictionary(entry) is not None and (identity := object_id(entry)) is not None
    ]
    return tuple(dict.fromkeys(name for name in [*listed, *calculated] if name in calculated))


def _stubborn_boxes(pages: tuple[Page, ...], read: FieldDictionary) -> list[str]:
    """NoRotate on a turned page: the box is elsewhere than its /Rect says. 12.5.3, table 167."""
    turned = any(
        widget.page is not None
        and pages[widget.page].rotation
        and integer(widget.object.get("/F")) & NO_ROTATE
        for widget in read.node.widgets
    )
    return ["a box that does not turn with its page"] if turned else []


def _document_scripts(pdf: pikepdf.Pdf) -> list[NotUnderstood]:
    names = get_dictionary(pdf.Root, "/Names")
    if names is not None and "/JavaScript" in names:
        return [NotUnderstood("", "document script")]
    return []


def _notices(pdf: pikepdf.Pdf, fields: tuple[Field, ...]) -> list[str]:
    form = dictionary(pdf.Root.get("/AcroForm"))
    notices: list[str] = []
    if has_xfa(pdf):
        notices.append("xfa")
        if xfa_says_more(pdf, (field.value for field in fields)):
            notices.append("xfa_differs")
    if "/Perms" in pdf.Root:
        notices.append("usage_rights")
    if form is not None and integer(form.get("/SigFlags")) & 1:
        notices.append("signatures")
    return notices


def _title(pdf: pikepdf.Pdf) -> str:
    information = dictionary(pdf.trailer.get("/Info"))
    return (text(information.get("/Title")) or "").strip() if information is not None else ""
