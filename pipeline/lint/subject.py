"""What every check is given: a template, what was surveyed of its PDF, and its typefaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.appearance.compose import Boxes
from pipeline.appearance.typeface import Typefaces
from pipeline.lint.survey import FieldFacts, Survey
from pipeline.model.field import Field, FieldType, Widget
from pipeline.model.template import Template


@dataclass(frozen=True)
class Subject:
    template: Template
    survey: Survey
    boxes: Boxes
    typefaces: Typefaces

    def facts(self, field: Field) -> FieldFacts:
        return self.survey.fields.get(field.name) or FieldFacts(field.name)

    @cached_property
    def seen(self) -> tuple[Field, ...]:
        """The fields that the online form shows."""
        return tuple(each for each in self.template.fields if each.holds_data and each.visible)

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """Those of them that a person may set."""
        return tuple(each for each in self.seen if each.fillable)

    def max_len(self, field: Field) -> int | None:
        return self.template.definition.max_len.get(field.name, field.max_len)

    def seen_widgets(self) -> Iterator[tuple[Field, Widget]]:
        """Whatever a person sees of the form on the screen, push buttons included."""
        for field in self.template.fields:
            for widget in field.widgets:
                if widget.visible:
                    yield field, widget


def is_textual(field: Field) -> bool:
    return field.type in (FieldType.TEXT, FieldType.CHOICE)
