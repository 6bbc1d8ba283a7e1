"""A form as its PDF declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.model.definition import FormDefinition
from pipeline.model.field import Field
from pipeline.model.geometry import Page, Rect


@dataclass(frozen=True, slots=True)
class Instruction:
    """Words that show on the screen and in no PDF that leaves. ``for_field`` where the PDF says."""

    page: int
    rect: Rect
    text: str
    for_field: str | None = None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something a field declares that Formpress does not honour; ``what`` says it in English."""

    field: str
    what: str


@dataclass(frozen=True)
class Template:
    """Everything the stages need to know of a template; ``digest`` is SHA-256 of its bytes, hex.

    ``fields`` are in the order a person meets them: by page, then by place in the tab order.
    ``calculation_order`` are names, as /CO lists them (ISO 32000-2, table 224).
    """

    digest: str
    pages: tuple[Page, ...]
    fields: tuple[Field, ...]
    instructions: tuple[Instruction, ...] = ()
    calculation_order: tuple[str, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    notices: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    tagged: bool = False
    definition: FormDefinition = field(default_factory=FormDefinition)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _data_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.holds_data)

    def data_fields(self) -> tuple[Field, ...]:
        """The fields that a submission has values for, in order."""
        return self._data_fields

    @cached_property
    def fillable_names(self) -> frozenset[str]:
        """The fields that a person may set."""
        return frozenset(field.name for field in self.fields if field.fillable)

    @cached_property
    def unfilled(self) -> Template:
        """The same template with nothing in the fields that a person may set."""
        filled = [field for field in self.fields if field.fillable and field.value is not None]
        if not filled:
            return self
        emptied = {field.name: replace(field, value=None) for field in filled}
        return replace(self, fields=tuple(emptied.get(each.name, each) for each in self.fields))

    @cached_property
    def shown_names(self) -> frozenset[str]:
        """The fields that a final PDF shows somewhere."""
        return frozenset(field.name for field in self.fields if field.painted_widgets())

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """A field's place among all, by its name."""
        return {field.name: number for number, field in enumerate(self.fields)}
