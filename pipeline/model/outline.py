"""What a form's pages say around its fields: headings, explanations, the words beside a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.model.field import Field


@dataclass(frozen=True, slots=True)
class Section:
    """Fields below one heading, in the template's order.

    ``level`` is the heading's, from 1; ``page`` counts from 0. ``texts`` are the page's own below
    the heading of a section that is divided further, ``before`` those that stand before a field,
    by its name. A section without fields has sections of its own below it; one without a title is
    what stands before the first heading.
    """

    title: str
    level: int
    page: int
    fields: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    before: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Outline:
    """``labels`` are words on the page for fields that have no alternate name; ``captions`` those
    beside a button, by field name and on-state; ``contexts`` what tells a field from others of the
    same label (``pipeline.model.telling_apart``)."""

    sections: tuple[Section, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    captions: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    contexts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def label_of(self, field: Field) -> str:
        """The alternate name, else the words beside it on the page, else the field's own name."""
        if field.label:
            return field.label
        only = field.on_states[0] if len(field.on_states) == 1 else ""
        return self.captions.get((field.name, only)) or self.labels.get(field.name) or field.name

    def full_label_of(self, field: Field) -> str:
        """The label with what tells it from others on the form's pages: no two have the same."""
        label, context = self.label_of(field), self.contexts.get(field.name, "")
        return f"{label} ({context})" if context else label
