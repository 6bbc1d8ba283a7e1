"""Which layers show when a document opens. ISO 32000-2, 8.11.

What counts is the default configuration, as in every viewer that is just started: BaseState, ON and
OFF, then what the usage of a group says for the event, where the configuration applies it (AS).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pikepdf

from pipeline.pdf.objects import ObjectId, array, dictionary, get_dictionary, object_id, text

Event = Literal["View", "Print"]

_MOST_TERMS = 256
"""Of a visibility expression, which may lead to itself; what comes after them hides nothing."""


@dataclass(frozen=True)
class OptionalContent:
    """The groups of a document by their objects, and those that are off, by event."""

    names: Mapping[ObjectId, str]
    off: Mapping[Event, frozenset[ObjectId]]

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> OptionalContent:
        properties = get_dictionary(pdf.Root, "/OCProperties")
        listed = () if properties is None else array(properties.get("/OCGs"))
        groups = {
            identity: group
            for each in listed
            if (group := dictionary(each)) is not None
            and (identity := object_id(group)) is not None
        }
        state = None if properties is None else get_dictionary(properties, "/D")
        names = {identity: text(group.get("/Name")) or "?" for identity, group in groups.items()}
        if state is None:
            return cls(names, {"View": frozenset(), "Print": frozenset()})
        return cls(
            names, {"View": _off(groups, state, "View"), "Print": _off(groups, state, "Print")}
        )

    def hidden_names(self) -> dict[ObjectId, str]:
        """The groups that are off when the document opens, in their order."""
        off = self.off["View"]
        return {identity: name for identity, name in self.names.items() if identity in off}

    def shows(self, holder: pikepdf.Object, event: Event = "View") -> bool:
        """Whether the content that ``holder`` is or has shows: its /OC is a group, or a membership
        dictionary. 8.11.2."""
        content = get_dictionary(holder, "/OC") if self.names else None
        if content is None:
            return True
        if content.get("/Type") != "/OCMD":
            return object_id(content) not in self.off[event]
        expression = content.get("/VE")
        if isinstance(expression, pikepdf.Array):
            return self._holds(expression, event, iter(range(_MOST_TERMS)))
        on = [object_id(group) not in self.off[event] for group in _members(content)]
        if not on:
            return True
        match text(content.get("/P")):
            case "AllOn":
                return all(on)
            case "AnyOff":
                return not all(on)
            case "AllOff":
                return not any(on)
            case _:
                return any(on)

    def hidden_layer(self, holder: pikepdf.Object) -> str | None:
        """The name of a hidden layer that hides ``holder``; ``None`` where it shows."""
        if self.shows(holder):
            return None
        content = get_dictionary(holder, "/OC")
        assert content is not None
        hidden = self.hidden_names()
        named = [hidden.get(object_id(each) or (0, 0)) for each in (content, *_members(content))]
        return next((name for name in named if name is not None), "?")

    def _holds(self, expression: object, event: Event, terms: Iterator[int]) -> bool:
        """A visibility expression: a group, or an array that begins with And, Or or Not."""
        if not isinstance(expression, pikepdf.Array):
            group = dictionary(expression)
            return group is None or object_id(group) not in self.off[event]
        operator, *operands = array(expression) or [pikepdf.Name.And]
        held = [self._holds(each, event, terms) for each, _ in zip(operands, terms, strict=False)]
        match text(operator):
            case "Not":
                return not all(held[:1])
            case "Or":
                return any(held)
            case _:
                return all(held)


def _members(membership: pikepdf.Object) -> list[pikepdf.Object]:
    """The groups of a membership dictionary, one or several. Table 97."""
    listed = membership.get("/OCGs")
    several: list[object] = [*array(listed)] or [listed]
    return [group for each in several if (group := dictionary(each)) is not None]


def _off(
    groups: Mapping[ObjectId, pikepdf.Object], state: pikepdf.Object, event: Event
) -> frozenset[ObjectId]:
    on, off = (
        {
            object_id(group)
            for each in array(state.get(key))
            if (group := dictionary(each)) is not None
        }
        for key in ("/ON", "/OFF")
    )
    none_on = text(state.get("/BaseState")) == "OFF"
    hidden = {each for each in groups if each in off or (none_on and each not in on)}
    for usage in map(dictionary, array(state.get("/AS"))):
        if usage is None or text(usage.get("/Event")) != event:
            continue
        if event not in map(text, array(usage.get("/Category"))):
            continue
        for group in map(dictionary, array(usage.get("/OCGs"))):
            identity = None if group is None else object_id(group)
            if group is None or identity not in groups or identity is None:
                continue
            match _usage(group, event):
                case "OFF":
                    hidden.add(identity)
                case "ON":
                    hidden.discard(identity)
    return frozenset(hidden)


def _usage(group: pikepdf.Object, event: Event) -> str | None:
    """ViewState or PrintState of a group's usage dictionary. Table 100."""
    usage = get_dictionary(group, "/Usage")
    own = None if usage is None else get_dictionary(usage, "/" + event)
    return None if own is None else text(own.get(f"/{event}State"))
