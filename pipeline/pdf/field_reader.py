"""Reads a form's fields: types, flags, limits, options, values. ISO 32000-2, 12.7.4 and 12.7.5."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from pipeline.model.field import Field, FieldType, Option, Value, Widget
from pipeline.pdf.field_actions import read_actions
from pipeline.pdf.field_tree import FieldNode, find_fields
from pipeline.pdf.objects import array, dictionary, inherited, integer, text
from pipeline.pdf.widget_reader import on_state, read_widget

READ_ONLY, REQUIRED, NO_EXPORT = 1 << 0, 1 << 1, 1 << 2
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
COMBO, EDIT, MULTI_SELECT = 1 << 17, 1 << 18, 1 << 21
"""Field flags. ISO 32000-2, tables 227, 229, 231 and 233."""


@dataclass(frozen=True, slots=True)
class FieldDictionary:
    """A terminal field with the PDF objects that hold it: for the code that writes them."""

    field: Field
    node: FieldNode


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
