"""What a form's pages say around its fields: headings, explanations, the words beside a button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


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
    beside a button, by field name and on-state."""

    sections: tuple[Section, ...] = ()
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    captions: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
