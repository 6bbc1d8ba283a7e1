"""One thing that a template's author should know: a code, a place, and what a sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from types import MappingProxyType

from pipeline.lint.severities import SEVERITIES
from pipeline.model.field import Field, Widget
from pipeline.model.geometry import Rect


class Severity(StrEnum):
    """``error``: an answer cannot be given, kept or read, or the form contradicts itself.
    ``warning``: something is not honoured, or shuts some people out. ``note``: good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """``field`` is a fully qualified name, ``None`` for what is the document's; ``page`` counts
    from 0; ``rect`` is in the page's user space, points. ``data`` is what the sentence needs."""

    code: str
    field: str | None = None
    page: int | None = None
    rect: Rect | None = None
    data: Mapping[str, object] = dataclass_field(default_factory=lambda: MappingProxyType({}))

    @property
    def severity(self) -> Severity:
        return Severity(SEVERITIES[self.code])


def at_field(code: str, field: Field, widget: Widget | None = None, /, **data: object) -> Finding:
    """At ``widget``, else where the field is first seen, else at its first widget."""
    place = widget or next((each for each in field.widgets if each.visible), None)
    if place is None and field.widgets:
        place = field.widgets[0]
    if place is None:
        return Finding(code, field.name, data=data)
    return Finding(code, field.name, place.page, place.rect, data)
