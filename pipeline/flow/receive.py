"""From any PDF that came back to raw values: its fields, its embedded data, or its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.appearance.direction import has_right_to_left
from pipeline.appearance.line_breaks import SOFT_HYPHEN
from pipeline.errors import FieldProblem, NoFields
from pipeline.extract.box_lines import BoxText
from pipeline.extract.page_characters import page_characters
from pipeline.extract.page_marks import read_marks
from pipeline.extract.page_text import read_boxes
from pipeline.flow.catalogue import Form
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.limits import Limits
from pipeline.model.template import Template
from pipeline.model.validation import Stage, examine
from pipeline.pdf.embedded_values import read_values, visible_values
from pipeline.pdf.form_values import FormValues, form_values
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.sound_copy import MOST_READ, sound_copy
from pipeline.pdf.template_reader import template_of


@dataclass(frozen=True, slots=True)
class FieldReading:
    """Where a value was read and how sure that is, 0 to 1."""

    source: str
    confidence: float


@dataclass(frozen=True)
class Received:
    """``source`` is acroform, embedded or page_text; ``problems`` name what is not as it should be.

    ``values`` has no empty answers; a checkbox that could be read is ``True`` or ``False``.
    """

    source: str
    values: dict[str, Value]
    fields: dict[str, FieldReading]
    problems: tuple[FieldProblem, ...]


def receive(form: Form, data: bytes, limits: Limits) -> Received:
    """The values that ``data`` holds for ``form``.

    Raises what ``open_pdf`` raises, and ``NoFields`` for a PDF that has nothing of this form.
    """
    with open_pdf(data, limits, only_read=True) as pdf:
        found = _of_fields(form.template, form_values(pdf, limits, form.template.by_name))
        if found is not None:
            return _from_fields(form.template, *found)
        if len(pdf.pages) < len(form.template.pages):
            raise NoFields(reason="other_document")
        embedded = read_values(pdf)
        sound = sound_copy(pdf, MOST_READ)
    return _from_pages(form, sound, embedded)


def edition_of(data: bytes, limits: Limits) -> str | None:
    """The digest of the template that a definitive PDF says it was made from.

    ``None`` for what still is a form, which is read by the names of its fields, and for what says
    nothing. Raises what ``open_pdf`` raises.
    """
    with open_pdf(data, limits, only_read=True) as pdf:
        if "/AcroForm" in pdf.Root:
            return None
        embedded = read_values(pdf)
    return None if embedded is None else embedded[0]


def receive_alone(data: bytes, limits: Limits) -> Received:
    """The values of a PDF of which no template is at hand: it is its own. Raises ``NoFields``."""
    with open_pdf(data, limits, only_read=True) as pdf:
        try:
            template = template_of(pdf, "", None, limits)
        except NoFields:
            embedded = read_values(pdf)
            if embedded is None:
                raise
            values = embedded[1]
            readings = {name: FieldReading("embedded", 0.9) for name in values}
            return Received("embedded", values, readings, ())
    raw = {
        field.name: _as_ours(field, field.value)
        for field in template.data_fields()
        if field.value is not None
    }
    return _from_fields(template, raw, _of_xfa("xfa_differs" in template.notices))


def _of_fields(
    template: Template, form: FormValues
) -> tuple[dict[str, object], list[FieldProblem]] | None:
    """Raw values for the template's fields; ``None`` where the form has none of these."""
    raw: dict[str, object] = {}
    strange: list[FieldProblem] = []
    ours, fillable = template.by_name, template.fillable_names
    known = False
    for name, (_, value) in form.held.items():
        if name in fillable:
            known = True
            if value is not None:
                raw[name] = _as_ours(ours[name], value) if isinstance(value, tuple) else value
        elif name in ours:
            known = True
        elif value and form.holds_data(name):
            strange.append(FieldProblem(name, "unknown_field"))
    return (raw, [*strange, *_of_xfa(form.differs_from_xfa())]) if known else None


def _of_xfa(differs: bool) -> list[FieldProblem]:
    return [FieldProblem("", "xfa_differs", {}, "warning")] if differs else []


def _from_fields(
    template: Template, raw: Mapping[str, object], problems: list[FieldProblem]
) -> Received:
    values, found = _checked(template, raw)
    readings = dict.fromkeys(values, FieldReading("acroform", 1.0))
    return Received("acroform", values, readings, (*problems, *found))


def _as_ours(ours: Field, value: Value) -> object:
    """A value of another tool's making in the shape of our field."""
    if isinstance(value, tuple):
        return list(value) if ours.multi_select else "\n".join(value)
    return value


def _checked(
    template: Template, raw: Mapping[str, object]
) -> tuple[dict[str, Value], tuple[FieldProblem, ...]]:
    """Raw values in their kept form. What was read stands on its own: a template's V does not."""
    examined = examine(template.unfilled, raw, Stage.DRAFT, datetime.now(UTC).date())
    values = {
        name: value
        for name, value in examined.values.items()
        if value not in ("", ()) and value is not None
    }
    return values, examined.problems


def _from_pages(form: Form, data: bytes, embedded: tuple[str, dict[str, Value]] | None) -> Received:
    template = form.template
    characters = page_characters(data, template.pages)
    boxes = read_boxes(template, characters, form.printed, form.fonts.typeface)
    marks = read_marks(data, form.blank, template)
    ours = embedded is not None and embedded[0] == template.digest
    if not ours and not boxes and not any(value for value, _ in marks.values()):
        raise NoFields(reason="nothing_found")
    raw, confidences = _page_values(template, boxes, marks)
    values, problems = _checked(template, raw)
    unsure = [
        FieldProblem(name, "unsure", {"confidence": confidence}, "warning")
        for name, confidence in confidences.items()
        if confidence < 1 and name in values
    ]
    readings = {name: FieldReading("page_text", confidences.get(name, 1.0)) for name in values}
    if embedded is not None and ours:
        known = visible_values(template, embedded[1])
        if _pages_say(template, boxes, marks, known):
            values = {**values, **known}
            readings = {name: FieldReading("embedded", 1.0) for name in values}
            return Received("embedded", values, readings, ())
        problems = (*problems, FieldProblem("", "embedded_differs", {}, "warning"))
    return Received("page_text", values, readings, (*problems, *unsure))


def _page_values(
    template: Template, boxes: Mapping[str, BoxText], marks: Mapping[str, tuple[Value, float]]
) -> tuple[dict[str, object], dict[str, float]]:
    raw: dict[str, object] = {}
    confidences: dict[str, float] = {}
    for field in template.data_fields():
        if field.name in marks:
            raw[field.name], confidences[field.name] = marks[field.name]
        elif field.name in boxes and not field.password:
            found = boxes[field.name]
            raw[field.name] = _raw_text(field, found.text)
            confidences[field.name] = 1.0 if found.certain else 0.8
    return raw, confidences


def _raw_text(field: Field, text: str) -> object:
    if field.type is FieldType.CHOICE:
        exports = {option.display: option.export for option in field.options}
        chosen = [exports.get(line, line) for line in text.split("\n")]
        return chosen if field.multi_select else exports.get(text, text)
    return text if field.format is None else field.format.read(text)


def _pages_say(
    template: Template,
    boxes: Mapping[str, BoxText],
    marks: Mapping[str, tuple[Value, float]],
    values: Mapping[str, Value],
) -> bool:
    """Whether the pages show just these values, white space aside."""
    for field in template.data_fields():
        if not field.painted_widgets() or field.password:
            continue
        value = values.get(field.name)
        if field.type in (FieldType.CHECKBOX, FieldType.RADIO):
            seen = marks.get(field.name, (None, 1.0))[0]
            if (value or None) != (seen or None):
                return False
        else:
            seen_text = boxes[field.name].text if field.name in boxes else ""
            if _bare(shown_text(field, value)) != _bare(seen_text):
                return False
    return True


def _bare(text: str) -> str:
    """Without white space and soft hyphens; where directions mix, a page does not tell the order of
    the words."""
    bare = "".join(text.replace(SOFT_HYPHEN, "").split())
    return "".join(sorted(bare)) if has_right_to_left(bare) else bare
