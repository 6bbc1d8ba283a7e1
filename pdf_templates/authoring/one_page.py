"""What stands on a one-page, from top to bottom: a form that is filled from another one's answers.

Its boxes have no frames, since nobody writes in them by hand: what is seen is the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from pdf_templates.authoring.fields import Checkbox, FieldSpec, Text
from pdf_templates.authoring.pictograms import Pictogram


class Role(Enum):
    """How an answer is set."""

    TEXT = auto()
    NAME = auto()
    ASIDE = auto()
    KEYWORD = auto()
    LEAD = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """A text, with its label at the left if it has one; ``field.lines`` is how high its empty box
    is."""

    field: Text
    label: str = ""
    role: Role = Role.TEXT

    def fields(self) -> Iterator[FieldSpec]:
        yield self.field


@dataclass(frozen=True, slots=True)
class Keywords:
    """Short texts side by side."""

    answers: tuple[Answer, ...]

    def fields(self) -> Iterator[FieldSpec]:
        for answer in self.answers:
            yield from answer.fields()


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together and vanish together."""

    answers: tuple[Answer, ...]

    def fields(self) -> Iterator[FieldSpec]:
        for answer in self.answers:
            yield from answer.fields()


@dataclass(frozen=True, slots=True)
class Mark:
    """Shown where the box is on: a picture, its words beside it. ``on_state`` as the answer has
    it."""

    field: Checkbox
    pictogram: Pictogram
    on_state: str


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks in columns; ``label`` stands above them, or at their left."""

    marks: tuple[Mark, ...]
    columns: int
    label: str = ""

    def fields(self) -> Iterator[FieldSpec]:
        for mark in self.marks:
            yield mark.field


Item = Answer | Keywords | Group | Marks


@dataclass(frozen=True, slots=True)
class OnePageBlock:
    """A heading (H2) with what belongs to it; ``label_width`` is the room for labels, points."""

    title: str
    items: tuple[Item, ...]
    label_width: float = 0.0

    def fields(self) -> Iterator[FieldSpec]:
        for item in self.items:
            yield from item.fields()


@dataclass(frozen=True, slots=True)
class Band:
    """The head of the page: a kicker above the school's name, labelled facts at the right."""

    kicker: str
    name: Text
    facts: tuple[Answer, ...]

    def fields(self) -> Iterator[FieldSpec]:
        yield self.name
        for fact in self.facts:
            yield from fact.fields()


@dataclass(frozen=True, slots=True)
class OnePagePlan:
    """``columns`` hold the blocks as the empty template shows them; ``origin`` is the last line."""

    title: str
    subject: str
    created: str
    band: Band
    columns: tuple[tuple[OnePageBlock, ...], ...]
    origin: Text

    def fields(self) -> tuple[FieldSpec, ...]:
        blocks = (block for column in self.columns for block in column)
        return (
            *self.band.fields(),
            *(each for block in blocks for each in block.fields()),
            self.origin,
        )
