"""Reads what the fields of a form hold, and no more of them than that takes.

``field_reader`` says the same of every field, with all else that there is to know of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf

from pipeline.errors import DynamicXfa, TooLarge
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.limits import Limits
from pipeline.pdf.field_node import ORDINARY, Ancestry, FieldNode
from pipeline.pdf.field_reader import read_field
from pipeline.pdf.field_tree import FieldTree
from pipeline.pdf.objects import dictionary, integer, short_string, text
from pipeline.pdf.value_reader import (
    BUTTONS,
    OFF,
    PUSH_BUTTON,
    chosen,
    type_of,
    value_of,
    with_line_feeds,
)
from pipeline.pdf.widget_reader import has_appearance
from pipeline.pdf.xfa import has_xfa, xfa_says_more

_V, _AS, _FT, _FF = pikepdf.Name.V, pikepdf.Name.AS, pikepdf.Name.FT, pikepdf.Name.Ff
_PARENT = pikepdf.Name.Parent
_TEXTUAL = (FieldType.TEXT, FieldType.CHOICE)
_WITHOUT_DATA = (FieldType.BUTTON, FieldType.SIGNATURE)

Held = tuple[FieldType, Value | None]
"""``None`` where a field holds nothing, or never could."""


def form_values(
    pdf: pikepdf.Pdf, limits: Limits, known: Mapping[str, Field] | None = None
) -> FormValues:
    """What the form holds. Raises ``TooLarge``, and ``DynamicXfa`` where only an XFA engine could
    say it."""
    found = FormValues(pdf, known)
    if len(found.held) > limits.max_fields:
        raise TooLarge(what="fields", limit=limits.max_fields, found=len(found.held))
    if not found.held and has_xfa(pdf):
        raise DynamicXfa()
    return found


class FormValues:
    """``held``: what each field is and holds, by name, in the document's own order.

    ``known`` are the fields of the template that this is thought to be filled in from. What is
    said of them there need not be read again.
    """

    def __init__(self, pdf: pikepdf.Pdf, known: Mapping[str, Field] | None = None) -> None:
        self._pdf = pdf
        self._tree = FieldTree(pdf)
        self.held: dict[str, Held] = {}
        known = known or {}
        for name, found in self._tree.fields.items():
            ours = known.get(name)
            if isinstance(found, FieldNode):
                held = _of_known_button(found.object, ours)
            else:
                held = _of_plain(found[0], found[2], ours)
            held = held or self._of_node(self._tree.node(name))
            if held is not None:
                self.held[name] = held

    def holds_data(self, name: str) -> bool:
        """Whether a submission could have a value for the field."""
        node = self._tree.node(name)
        self._tree.place_widgets(node)
        read = read_field(node, dictionary(self._pdf.Root.get("/AcroForm")))
        return read is not None and read.field.holds_data

    def differs_from_xfa(self) -> bool:
        """Whether an XFA copy of the form says what no field does."""
        return has_xfa(self._pdf) and xfa_says_more(
            self._pdf, (value for _, value in self.held.values())
        )

    def _of_node(self, node: FieldNode) -> Held | None:
        self._tree.place_widgets(node)
        field_type = type_of(node)
        return None if field_type is None else (field_type, value_of(node, field_type))


def _of_plain(node: pikepdf.Object, above: Ancestry | None, ours: Field | None) -> Held | None:
    """A plain field at once, in the cases that most are; ``None`` where it takes more thought."""
    field_type = _plain_type(node, above) if ours is None else ours.type
    if field_type in _WITHOUT_DATA:
        return field_type, None
    if _V not in node:
        inherits = _PARENT in node if above is None else above.get("/V") is not None
        empty = not inherits and (field_type in _TEXTUAL or _is_off(node, field_type))
        return (field_type, None) if field_type is not None and empty else None
    if field_type is FieldType.TEXT:
        words = short_string(node, "/V", ORDINARY)
        return None if words is None else (field_type, with_line_feeds(words))
    if field_type is FieldType.CHOICE:
        flags = _plain_flags(node, above)
        return None if flags is None else (field_type, chosen(node.get("/V"), flags))
    if field_type is FieldType.CHECKBOX and ours is None:
        state = text(node.get("/V"))
        if state == OFF:
            return field_type, False
        return (field_type, True) if state and has_appearance(node, state) else None
    return _of_known_button(node, ours)


def _is_off(node: pikepdf.Object, field_type: FieldType | None) -> bool:
    return field_type is FieldType.CHECKBOX and (_AS not in node or node.get("/AS") == "/Off")


def _plain_type(node: pikepdf.Object, above: Ancestry | None) -> FieldType | None:
    kind = node.get("/FT") if above is None or _FT in node else above.get("/FT")
    if kind == "/Tx":
        return FieldType.TEXT
    if kind == "/Ch":
        return FieldType.CHOICE
    if kind == "/Btn":
        flags = _plain_flags(node, above)
        if flags == 0:
            return FieldType.CHECKBOX
        return FieldType.BUTTON if flags is not None and flags & PUSH_BUTTON else None
    return None


def _plain_flags(node: pikepdf.Object, above: Ancestry | None) -> int | None:
    """``None`` for a root that might inherit them."""
    if _FF in node:
        return integer(node.get("/Ff"))
    if above is None:
        return None if _PARENT in node else 0
    return integer(above.get("/Ff"))


def _of_known_button(node: pikepdf.Object, ours: Field | None) -> Held | None:
    """A state that our template has needs no looking for in the appearances."""
    if ours is None or ours.type not in BUTTONS or _V not in node:
        return None
    radio = ours.type is FieldType.RADIO
    state = text(node.get("/V"))
    if state == OFF:
        return ours.type, None if radio else False
    if state in ours.on_states:
        return ours.type, state if radio or len(ours.on_states) > 1 else True
    return None
