"""The forms that are measured, each with the values that go into it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.drawing import ONE_PAGE, PROFILE_PAGE, draw
from pdf_templates.authoring import fonts
from pipeline.flow.documents import Form, form_of, open_form
from pipeline.model.definition import FormDefinition
from pipeline.model.display import shown_text
from pipeline.model.field import FieldType
from pipeline.model.limits import Limits

_ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to set, as the peers are told: ``value`` text, an on-state or export, or ``True``.

    ``shown`` is what the page is to say, for the peers that would print the export value;
    ``states`` are the on-states of a button, in widget order.
    """

    name: str
    kind: str
    value: str | bool
    shown: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """A form as Formpress knows it, and raw values by field name."""

    name: str
    form: Form
    values: dict[str, object]

    @property
    def pdf(self) -> bytes:
        return self.form.pdf

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What there is to set; boxes that stay off and empty fields are left out."""
        return tuple(self._entries())

    def _entries(self) -> Iterator[Entry]:
        for field in self.form.template.data_fields():
            value = self.values.get(field.name)
            if not field.fillable or not isinstance(value, str | bool) or not value:
                continue
            shown = shown_text(field, value) if field.type is FieldType.CHOICE else str(value)
            yield Entry(field.name, field.type.value, value, shown, field.on_states)

    @property
    def summary(self) -> str:
        """Its size in words."""
        template = self.form.template
        boxes = sum(len(field.widgets) for field in template.fields)
        return f"{len(template.pages)} pages, {len(template.fields)} fields, {boxes} widgets"


def profile(scale: int = 1) -> Subject:
    """12 pages with 300 fields, times ``scale``."""
    return _drawn(
        "profile" if scale == 1 else f"profile × {scale}", *draw(PROFILE_PAGE, 12 * scale)
    )


def many_fields(count: int) -> Subject:
    """``count`` fields, 25 a page."""
    return _drawn(f"{count:,} fields", *draw(PROFILE_PAGE, count // 25))


def onepage() -> Subject:
    return _drawn("onepage", *draw(ONE_PAGE, 1))


def bao() -> Subject:
    """A tagged template with formats and calculations, as the repository brings it."""
    values = json.loads((_ROOT / "tests/profiles/bao-2024/realistic.json").read_text("utf-8"))
    return Subject("bao-2024", open_form(_ROOT / "pdf_templates/bao-2024", Limits()), values)


def kept(name: str, folder: Path) -> Subject:
    """A subject that ``keep`` wrote: opened without drawing anything."""
    values = json.loads((folder / "values.json").read_text("utf-8"))
    return _drawn(name, (folder / "form.pdf").read_bytes(), values)


def keep(subject: Subject, folder: Path) -> None:
    (folder / "form.pdf").write_bytes(subject.pdf)
    (folder / "values.json").write_text(json.dumps(subject.values), "utf-8")


def peer_font() -> bytes:
    """A TrueType font for the peers that can be given one: the forms' own, all of it."""
    program, _ = fonts.regular().subset([], fonts.covered())
    return program


def _drawn(name: str, pdf: bytes, values: dict[str, object]) -> Subject:
    return Subject(name, form_of(pdf, "drawn", FormDefinition(), Limits()), values)


TEXTUAL = (FieldType.TEXT.value, FieldType.CHOICE.value)
"""Kinds of entries whose value is a text on the page."""
