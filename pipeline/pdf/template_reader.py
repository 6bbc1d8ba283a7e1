"""Reads a PDF's form into the model: fields, limits, formats, calculations, instructions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pikepdf

from pipeline.errors import DynamicXfa, NoFields, TooLarge
from pipeline.model.definition import FormDefinition
from pipeline.model.field import Field, FieldType, Option, Value, Widget
from pipeline.model.geometry import Page, Rect
from pipeline.model.limits import Limits
from pipeline.model.template import Instruction, NotUnderstood, Template
from pipeline.pdf.field_actions import read_actions
from pipeline.pdf.field_tree import FieldNode, find_fields, is_widget, page_annotations
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
from pipeline.pdf.widget_reader import HIDDEN, NO_ROTATE, NO_VIEW, PRINT, on_state, read_widget

READ_ONLY, REQUIRED, NO_EXPORT = 1 << 0, 1 << 1, 1 << 2
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
COMBO, EDIT, MULTI_SELECT = 1 << 17, 1 << 18, 1 << 21
"""Field flags. ISO 32000-2, tables 227, 229, 231 and 233."""

_LETTER = Rect(0, 0, 612, 792)


@dataclass(frozen=True, slots=True)
class FieldDictionary:
    """A terminal field with the PDF objects that hold it: for the code that writes them."""

    field: Field
    node: FieldNode


def read_template(
    data: bytes, definition: FormDefinition | None = None, limits: Limits | None = None
) -> Template:
    """The template that ``data`` is. Raises the errors of ``open_pdf`` and ``NoFields``."""
    limits = limits or Limits()
    with open_pdf(data, limits) as pdf:
        return template_of(pdf, hashlib.sha256(data).hexdigest(), definition, limits)


def template_of(
    pdf: pikepdf.Pdf, digest: str, definition: FormDefinition | None, limits: Limits
) -> Template:
    read = read_fields(pdf)
    if len(read) > limits.max_fields:
        raise TooLarge(what="fields", limit=limits.max_fields, found=len(read))
    if not read:
        raise DynamicXfa() if "xfa" in _notices(pdf) else NoFields()
    definition = definition or FormDefinition()
    fields = tuple(each.field for each in read)
    not_understood = [*_document_scripts(pdf)]
    for each in read:
        not_understood += [
            NotUnderstood(each.field.name, what)
            for what in (
                *read_actions(each.node, each.field.type).not_understood,
                *_stubborn_boxes(pdf, each),
            )
        ]
    return Template(
        digest=digest,
        pages=tuple(_page(number, page) for number, page in enumerate(pdf.pages)),
        fields=fields,
        instructions=(*_annotated_instructions(pdf), *_field_instructions(fields)),
        calculation_order=_calculation_order(pdf, read),
        not_understood=tuple(not_understood),
        notices=tuple(_notices(pdf)),
        title=definition.title or _title(pdf),
        language=definition.language or text(pdf.Root.get("/Lang")) or "",
        tagged="/StructTreeRoot" in pdf.Root,
        definition=definition,
    )


def read_fields(pdf: pikepdf.Pdf) -> list[FieldDictionary]:
    """Every terminal field with its objects, in the order that a person meets them."""
    form = dictionary(pdf.Root.get("/AcroForm"))
    found: list[FieldDictionary] = []
    for node in find_fields(pdf):
        field = _field(node, form)
        if field is not None:
            found.append(FieldDictionary(field, node))
    return found


def _field(node: FieldNode, form: pikepdf.Object | None) -> Field | None:
    kind = text(inherited(node.object, "/FT"))
    flags = integer(inherited(node.object, "/Ff"))
    field_type = _type(kind, flags)
    if field_type is None:
        return None
    button = field_type in (FieldType.CHECKBOX, FieldType.RADIO)
    widgets: list[Widget] = []
    states: dict[str, None] = {}
    for number, widget_node in enumerate(node.widgets):
        fallback = "Yes" if field_type is FieldType.CHECKBOX else f"Choice{number + 1}"
        if button:
            states[on_state(widget_node.object, fallback)] = None
        widget = read_widget(widget_node, field_type, form, fallback)
        if widget is not None:
            widgets.append(widget)
    actions = read_actions(node, field_type)
    choice = field_type is FieldType.CHOICE
    text_field = field_type is FieldType.TEXT
    maximum = integer(inherited(node.object, "/MaxLen"), -1) if text_field else -1
    options = _options(node, field_type, tuple(states))
    return Field(
        name=node.name,
        type=field_type,
        label=" ".join((text(_first(node, "/TU")) or "").split()),
        required=bool(flags & REQUIRED),
        read_only=bool(flags & READ_ONLY),
        no_export=bool(flags & NO_EXPORT),
        multiline=text_field and bool(flags & MULTILINE),
        password=text_field and bool(flags & PASSWORD),
        comb=text_field
        and bool(flags & COMB)
        and not flags & (MULTILINE | PASSWORD)
        and maximum > 0,
        max_len=maximum if maximum > 0 else None,
        options=options,
        on_states=tuple(states),
        multi_select=choice and bool(flags & MULTI_SELECT) and not flags & COMBO,
        editable=choice and bool(flags & COMBO) and bool(flags & EDIT),
        combo=choice and bool(flags & COMBO),
        format=actions.format,
        range=actions.range,
        calculation=actions.calculation,
        value=_value(node, field_type, tuple(states), options, "/V"),
        default=_value(node, field_type, tuple(states), options, "/DV"),
        widgets=tuple(widgets),
    )


def _type(kind: str | None, flags: int) -> FieldType | None:
    if kind == "Btn":
        if flags & PUSH_BUTTON:
            return FieldType.BUTTON
        return FieldType.RADIO if flags & RADIO else FieldType.CHECKBOX
    return {"Tx": FieldType.TEXT, "Ch": FieldType.CHOICE, "Sig": FieldType.SIGNATURE}.get(
        kind or ""
    )


def _first(node: FieldNode, key: str) -> pikepdf.Object | None:
    """``key`` of the field, else of an ancestor's or a widget's dictionary that has it."""
    for each in (*node.objects, *(widget.object for widget in node.widgets)):
        value = inherited(each, key)
        if value is not None:
            return value
    return None


def _options(node: FieldNode, field_type: FieldType, states: tuple[str, ...]) -> tuple[Option, ...]:
    """A choice's options; for a button, what each of ``states`` stands for. Tables 230 and 234.

    A button's entries are in the order of its Kids, which need not be that of the pages.
    """
    if field_type is FieldType.CHOICE:
        return tuple(_option(entry) for entry in array(inherited(node.object, "/Opt")))
    named: dict[str, Option] = {}
    for holder in node.objects:
        kids = array(holder.get("/Kids")) or [holder]
        for kid, entry in zip(kids, array(inherited(holder, "/Opt")), strict=False):
            if dictionary(kid) is not None:
                named.setdefault(on_state(kid), _option(entry))
    return tuple(named.get(state, Option(state, state)) for state in states) if named else ()


def _option(entry: object) -> Option:
    pair = array(entry)
    if len(pair) >= 2:
        return Option(text(pair[0]) or "", text(pair[1]) or "")
    export = text(pair[0] if pair else entry) or ""
    return Option(export, export)


def _value(
    node: FieldNode,
    field_type: FieldType,
    states: tuple[str, ...],
    options: tuple[Option, ...],
    key: str,
) -> Value | None:
    """V or DV as a raw value; ``None`` where there is none."""
    held = _first(node, key)
    if field_type in (FieldType.CHECKBOX, FieldType.RADIO):
        return _button_value(node, field_type, states, options, held, key)
    if field_type is FieldType.CHOICE:
        chosen = array(held) or ([] if held is None else [held])
        values = tuple(value for each in chosen if (value := text(each)))
        multi = integer(inherited(node.object, "/Ff")) & MULTI_SELECT
        if multi and not integer(inherited(node.object, "/Ff")) & COMBO:
            return values or None
        return values[0] if values else None
    if field_type is FieldType.TEXT:
        found = text(held)
        return found.replace("\r\n", "\n").replace("\r", "\n") if found else None
    return None


def _button_value(
    node: FieldNode,
    field_type: FieldType,
    states: tuple[str, ...],
    options: tuple[Option, ...],
    held: object,
    key: str,
) -> Value | None:
    """V where it names a state; else what the widgets' own states (AS) show."""
    state = text(held)
    if state is not None and state not in states:
        exports = [option.export for option in options]
        state = states[exports.index(state)] if state in exports else state
    if key == "/V" and (state is None or (state not in states and state != "Off")):
        shown = [text(widget.object.get("/AS")) for widget in node.widgets]
        state = next((each for each in shown if each in states), state)
    on = state in states
    if field_type is FieldType.RADIO:
        return state if on else None
    if len(states) > 1:
        return state if on else (None if held is None else False)
    return on if on or held is not None else None


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


def is_screen_only(annotation: pikepdf.Object) -> bool:
    """Visible, not printing, neither a widget nor a link: an instruction."""
    if is_widget(annotation) or annotation.get("/Subtype") in ("/Link", "/Popup"):
        return False
    flags = integer(annotation.get("/F"))
    return not flags & PRINT and not flags & (HIDDEN | NO_VIEW)


def _annotated_instructions(pdf: pikepdf.Pdf) -> list[Instruction]:
    found: list[Instruction] = []
    for number, page in enumerate(pdf.pages):
        for annotation in page_annotations(page):
            place = rect(annotation.get("/Rect"))
            words = (text(annotation.get("/Contents")) or "").strip()
            if place is not None and words and is_screen_only(annotation):
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
    form = dictionary(pdf.Root.get("/AcroForm"))
    names = {
        identity: each.field.name
        for each in read
        for holder in (*each.node.objects, *(w.object for w in each.node.widgets))
        if (identity := object_id(holder)) is not None
    }
    listed = [
        names.get(identity, "")
        for entry in (array(form.get("/CO")) if form is not None else [])
        if dictionary(entry) is not None and (identity := object_id(entry)) is not None
    ]
    calculated = [each.field.name for each in read if each.field.calculation is not None]
    return tuple(dict.fromkeys(name for name in [*listed, *calculated] if name in calculated))


def _stubborn_boxes(pdf: pikepdf.Pdf, read: FieldDictionary) -> list[str]:
    """NoRotate on a turned page: the box is elsewhere than its /Rect says. 12.5.3, table 167."""
    turned = any(
        widget.page is not None
        and integer(widget.object.get("/F")) & NO_ROTATE
        and integer(inherited(pdf.pages[widget.page].obj, "/Rotate")) % 360
        for widget in read.node.widgets
    )
    return ["a box that does not turn with its page"] if turned else []


def _document_scripts(pdf: pikepdf.Pdf) -> list[NotUnderstood]:
    names = get_dictionary(pdf.Root, "/Names")
    if names is not None and "/JavaScript" in names:
        return [NotUnderstood("", "document script")]
    return []


def _notices(pdf: pikepdf.Pdf) -> list[str]:
    form = dictionary(pdf.Root.get("/AcroForm"))
    notices: list[str] = []
    if form is not None and "/XFA" in form:
        notices.append("xfa")
    if "/Perms" in pdf.Root:
        notices.append("usage_rights")
    if form is not None and integer(form.get("/SigFlags")) & 1:
        notices.append("signatures")
    return notices


def _title(pdf: pikepdf.Pdf) -> str:
    information = dictionary(pdf.trailer.get("/Info"))
    return (text(information.get("/Title")) or "").strip() if information is not None else ""
