"""Reads a form's fields: types, flags, limits, options, values. ISO 32000-2, 12.7.4 and 12.7.5."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pikepdf

from pipeline.model.field import Field, FieldType
from pipeline.pdf.field_actions import read_actions
from pipeline.pdf.field_node import FieldNode
from pipeline.pdf.field_tree import find_fields
from pipeline.pdf.objects import dictionary, integer
from pipeline.pdf.optional_content import OptionalContent
from pipeline.pdf.value_reader import (
    BUTTONS,
    COMBO,
    MULTI_SELECT,
    OFF,
    States,
    options_of,
    type_of,
    value_of,
)
from pipeline.pdf.widget_reader import read_widget

READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
EDIT, RADIOS_IN_UNISON = 1 << 18, 1 << 25
"""Field flags. ISO 32000-2, tables 227, 229, 231 and 233."""

_STRANGE_VALUE = "a value that is none of its options"


@dataclass(frozen=True, slots=True)
class FieldDictionary:
    """A terminal field with the PDF objects that hold it: for the code that writes them.

    ``not_understood`` says in English what of it is not honoured.
    """

    field: Field
    node: FieldNode
    not_understood: tuple[str, ...] = ()


def read_fields(pdf: pikepdf.Pdf) -> list[FieldDictionary]:
    """Every terminal field with its objects, in the order that a person meets them."""
    form = dictionary(pdf.Root.get("/AcroForm"))
    layers = OptionalContent.of(pdf)
    found: list[FieldDictionary] = []
    for node in find_fields(pdf):
        read = read_field(node, form)
        if read is not None:
            found.append(_in_layers(read, layers) if layers.names else read)
    return found


def _in_layers(read: FieldDictionary, layers: OptionalContent) -> FieldDictionary:
    """What lies in a hidden layer is hidden, on the screen or on paper. ISO 32000-2, 8.11."""
    placed = [each.object for each in read.node.widgets if each.page is not None]
    widgets = tuple(
        replace(
            widget,
            visible=widget.visible and layers.shows(holder, "View"),
            prints=widget.prints and layers.shows(holder, "Print"),
        )
        for widget, holder in zip(read.field.widgets, placed, strict=True)
    )
    return replace(read, field=replace(read.field, widgets=widgets))


def read_field(node: FieldNode, form: pikepdf.Object | None) -> FieldDictionary | None:
    """``None`` where the field has no type. Its widgets must be placed."""
    field_type = type_of(node)
    if field_type is None:
        return None
    flags = integer(node.entry("/Ff"))
    button = field_type in BUTTONS
    textual = field_type in (FieldType.TEXT, FieldType.CHOICE)
    states = States(node, field_type)
    own_states = states.of_widgets if button else [None] * len(node.widgets)
    widgets = [
        widget
        for each, state in zip(node.widgets, own_states, strict=True)
        if (widget := read_widget(each, form, state, textual=textual)) is not None
    ]
    actions = read_actions(node, field_type)
    choice = field_type is FieldType.CHOICE
    text_field = field_type is FieldType.TEXT
    maximum = integer(node.entry("/MaxLen"), -1) if text_field else -1
    field = Field(
        name=node.name,
        type=field_type,
        label=" ".join((node.first_text("/TU") or "").split()),
        required=bool(flags & REQUIRED),
        read_only=bool(flags & READ_ONLY),
        # Each of several dictionaries of one name has the value, and so a button that is on.
        in_unison=field_type is FieldType.RADIO
        and (bool(flags & RADIOS_IN_UNISON) or len(node.objects) > 1),
        multiline=text_field and bool(flags & MULTILINE),
        password=text_field and bool(flags & PASSWORD),
        comb=text_field
        and bool(flags & COMB)
        and not flags & (MULTILINE | PASSWORD)
        and maximum > 0,
        max_len=maximum if maximum > 0 else None,
        options=options_of(node, field_type, states) if choice or button else (),
        on_states=states.names if button else (),
        multi_select=choice and bool(flags & MULTI_SELECT) and not flags & COMBO,
        editable=choice and bool(flags & COMBO) and bool(flags & EDIT),
        combo=choice and bool(flags & COMBO),
        format=actions.format,
        range=actions.range,
        calculation=actions.calculation,
        value=value_of(node, field_type, states),
        default=value_of(node, field_type, states, "/DV"),
        widgets=tuple(widgets),
    )
    strange = (_STRANGE_VALUE,) if _is_strange(field, node) else ()
    return FieldDictionary(field, node, (*actions.not_understood, *strange))


def _is_strange(field: Field, node: FieldNode) -> bool:
    """V that is none of the options or states. A choice keeps it until somebody chooses; a button
    is off."""
    if field.type is FieldType.CHOICE and not field.editable:
        chosen = (field.value,) if isinstance(field.value, str) else field.value
        offered = {each for option in field.options for each in (option.export, option.display)}
        return isinstance(chosen, tuple) and not offered.issuperset(chosen)
    if field.type in BUTTONS and not field.value:
        return (node.first_text("/V") or OFF) != OFF
    return False
