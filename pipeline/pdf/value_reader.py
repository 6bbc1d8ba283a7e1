"""Makes raw values of what a field holds (V, DV). ISO 32000-2, 12.7.4 and 12.7.5.

Both readers of forms ask here: that of templates, and that which wants values only.
"""

from __future__ import annotations

from functools import cached_property

import pikepdf

from pipeline.model.field import FieldType, Option, Value
from pipeline.pdf.field_node import FieldNode
from pipeline.pdf.objects import array, dictionary, integer, text
from pipeline.pdf.widget_reader import appearance_states, has_appearance, on_state

RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
COMBO, MULTI_SELECT = 1 << 17, 1 << 21
"""Field flags. ISO 32000-2, tables 229 and 233."""

OFF = "Off"
"""The appearance state of a button that is not on. ISO 32000-2, 12.7.5.2.3."""

BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)
"""What has on-states."""


class States:
    """A button's on-states: ``of_widgets`` in widget order, ``names`` each once.

    Buttons of one on-state are one answer, in unison or not. Worked out when asked for: to list
    the states of an appearance takes reading every stream in it.
    """

    def __init__(self, node: FieldNode, field_type: FieldType) -> None:
        self._node = node
        self._type = field_type

    @cached_property
    def _drawn(self) -> list[list[str]]:
        return [appearance_states(widget.object) for widget in self._node.widgets]

    @cached_property
    def of_widgets(self) -> list[str]:
        return [
            states[0] if states else self._unnamed(number)
            for number, states in enumerate(self._drawn, 1)
        ]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.of_widgets))

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self.of_widgets).union(*self._drawn)

    def __contains__(self, state: object) -> bool:
        """Also a second state of a widget, which no name stands for, is one."""
        return state in self._all

    def _unnamed(self, number: int) -> str:
        """For a button that nothing was drawn for: what V calls it, else what viewers do."""
        if self._type is FieldType.RADIO:
            return f"Choice{number}"
        held = self._node.first_text("/V")
        return held if held and held != OFF else "Yes"


def type_of(node: FieldNode) -> FieldType | None:
    """What the field's FT and Ff make it; ``None`` where it has no type that there is."""
    kind = node.first("/FT")
    if kind == "/Tx":
        return FieldType.TEXT
    match text(kind):
        case "Tx":
            return FieldType.TEXT
        case "Btn":
            flags = integer(node.entry("/Ff"))
            if flags & PUSH_BUTTON:
                return FieldType.BUTTON
            return FieldType.RADIO if flags & RADIO else FieldType.CHECKBOX
        case "Ch":
            return FieldType.CHOICE
        case "Sig":
            return FieldType.SIGNATURE
        case _:
            return None


def value_of(
    node: FieldNode, field_type: FieldType, states: States | None = None, key: str = "/V"
) -> Value | None:
    """V or DV as a raw value; ``None`` where there is none. A button's widgets must be placed."""
    if field_type is FieldType.TEXT:
        return _text_value(node, key)
    if field_type is FieldType.CHOICE:
        return chosen(node.first(key), integer(node.entry("/Ff")))
    if field_type is FieldType.CHECKBOX or field_type is FieldType.RADIO:
        return _button_value(node, field_type, states or States(node, field_type), key)
    return None


def _text_value(node: FieldNode, key: str) -> str | None:
    return with_line_feeds(node.first_text(key))


def with_line_feeds(words: str | None) -> str | None:
    if words and "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return words or None


def chosen(held: pikepdf.Object | None, flags: int) -> Value | None:
    several = array(held) or ([] if held is None else [held])
    values = tuple(value for each in several if (value := text(each)))
    if flags & MULTI_SELECT and not flags & COMBO:
        return values or None
    return values[0] if values else None


def _button_value(node: FieldNode, field_type: FieldType, states: States, key: str) -> Value | None:
    held = node.first_text(key)
    radio = field_type is FieldType.RADIO
    if held == OFF or held == "":
        return None if radio else False
    state = _state(node, states, held, key == "/V")
    if radio:
        return state
    if state is None and (held is None or node.widgets):
        return None if held is None else False
    return state if len(node.widgets) > 1 and len(states.names) > 1 else True


def _state(node: FieldNode, states: States, held: str | None, is_value: bool) -> str | None:
    """What V names, itself or by what it stands for; else what the widgets' own AS show."""
    if held is not None:
        if any(has_appearance(widget.object, held) for widget in node.widgets) or held in states:
            return held
        exported = _exported(node, states).get(held)
        if exported is not None:
            return exported
    shown = (text(widget.object.get("/AS")) for widget in node.widgets if "/AS" in widget.object)
    candidates = [each for each in shown if each and each != OFF] if is_value else []
    return next((each for each in candidates if each in states), None)


def options_of(node: FieldNode, field_type: FieldType, states: States) -> tuple[Option, ...]:
    """A choice's options; for a button, what each of its states stands for. Tables 230 and 234."""
    if field_type is FieldType.CHOICE:
        return tuple(_option(entry) for entry in array(node.entry("/Opt")))
    named = _kids_options(node, states)
    if not named:
        return ()
    return tuple(
        named[state][0] if state in named else Option(state, state) for state in states.names
    )


def _exported(node: FieldNode, states: States) -> dict[str, str]:
    """States by what they stand for: some programs write that into V."""
    named = _kids_options(node, states)
    found: dict[str, str] = {}
    for state in states.names:
        for option in named.get(state, ()):
            found.setdefault(option.export, state)
    return found


def _kids_options(node: FieldNode, states: States) -> dict[str, list[Option]]:
    """A button's options by state; they are in the order of its Kids, not in that of the pages."""
    pairs = zip(node.widgets, states.of_widgets, strict=True)
    known = {widget.object.objgen: state for widget, state in pairs if widget.object.is_indirect}
    named: dict[str, list[Option]] = {}
    for holder, entries in node.holders("/Opt"):
        if entries is None:
            continue
        kids = array(holder.get("/Kids")) or [holder]
        for kid, entry in zip(kids, array(entries), strict=False):
            if dictionary(kid) is not None:
                state = known.get(kid.objgen) or on_state(kid)
                named.setdefault(state, []).append(_option(entry))
    return named


def _option(entry: object) -> Option:
    pair = array(entry)
    if len(pair) >= 2:
        return Option(text(pair[0]) or "", text(pair[1]) or "")
    export = text(pair[0] if pair else entry) or ""
    return Option(export, export)
