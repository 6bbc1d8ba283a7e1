"""Checks raw values against a template and reports every problem at once.

What can be seen only when the text is set (does it fit its box, does a font have its characters)
is added by ``pipeline.flow``; everything else a template or its form.toml demands is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.errors import FieldProblem
from pipeline.model.calculation import recalculate
from pipeline.model.conditions import Answer, holds
from pipeline.model.dates import iso_date
from pipeline.model.field import Field, FieldType, Value, is_empty
from pipeline.model.formats import DateFormat, FormatError, NumberFormat, PercentFormat
from pipeline.model.kinds import KINDS
from pipeline.model.numbers import decimal_of
from pipeline.model.template import Template
from pipeline.model.text import length, normalised

OFF = "Off"
"""The appearance state of a button that is not on. ISO 32000-2, 12.7.5.2.3."""


class Stage(StrEnum):
    """A draft may have gaps; what is final may not."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Examined:
    """``values`` are kept values where right, as typed where wrong; problems in page order."""

    values: dict[str, Value]
    problems: tuple[FieldProblem, ...]


def examine(template: Template, raw: Mapping[str, object], stage: Stage, today: date) -> Examined:
    """A name that ``raw`` lacks has the template's own value; an empty one was cleared."""
    values: dict[str, Value] = {}
    problems = [FieldProblem(name, "unknown_field") for name in raw if name not in template.by_name]
    for field in template.fields:
        if not field.holds_data:
            if not _means_nothing(raw.get(field.name)):
                problems.append(FieldProblem(field.name, "not_fillable"))
            continue
        value, problem = _field_value(template, field, raw)
        if value is not None:
            values[field.name] = value
        if problem is not None:
            problems.append(problem)
    recalculate(template.fields, template.calculation_order, values)
    if stage is Stage.FINAL:
        problems += _missing(template, values, {problem.field for problem in problems}, today)
        problems += _complaints(template, values, today)
    return Examined(values, in_page_order(template, problems))


def in_page_order(template: Template, problems: Iterable[FieldProblem]) -> tuple[FieldProblem, ...]:
    place = template.place_of
    return tuple(sorted(problems, key=lambda problem: place.get(problem.field, -1)))


def _means_nothing(value: object) -> bool:
    return value is None or value in ("", False) or value == [] or value == ()


def _field_value(
    template: Template, field: Field, raw: Mapping[str, object]
) -> tuple[Value | None, FieldProblem | None]:
    """The value to keep (as typed where it is wrong) and what is wrong with it."""
    own = field.value
    if field.calculation is not None:
        return own, None
    given = raw.get(field.name, own)
    if field.name not in raw or given == own or _same_list(given, own):
        return _unanswered(field) if is_empty(own) else own, None
    if field.read_only:
        if _means_nothing(given) and is_empty(own):
            return _unanswered(field), None
        return own, FieldProblem(field.name, "read_only")
    try:
        return _parse(template, field, given), None
    except FormatError as error:
        kept = _as_typed(given)
        return kept, FieldProblem(field.name, error.code, error.data)


def _same_list(given: object, own: Value | None) -> bool:
    return isinstance(given, list) and isinstance(own, tuple) and tuple(given) == own


def _unanswered(field: Field) -> Value | None:
    return False if field.type is FieldType.CHECKBOX else None


def _as_typed(given: object) -> Value | None:
    if isinstance(given, str):
        return given or None
    if isinstance(given, bool):
        return given
    if isinstance(given, list | tuple):
        return tuple(str(each) for each in given)
    return None if given is None else str(given)


def _parse(template: Template, field: Field, given: object) -> Value | None:
    match field.type:
        case FieldType.CHECKBOX:
            return _parse_checkbox(field, given)
        case FieldType.RADIO:
            return _parse_radio(field, given)
        case FieldType.CHOICE:
            return _parse_choice(template, field, given)
        case _:
            return _parse_text(template, field, given)


def _parse_checkbox(field: Field, given: object) -> Value:
    several = len(field.on_states) > 1
    if isinstance(given, str):
        if given in field.on_states:
            return given if several else True
        if given in ("", OFF):
            return False
        exported = _exported(field, given)
        if exported is not None:
            return exported if several else True
        if given.lower() in ("true", "false"):
            given = given.lower() == "true"
    if given is None or given is False:
        return False
    if given is True:
        return field.on_states[0] if several else True
    if not isinstance(given, str):
        raise FormatError("wrong_type", wanted="checkbox")
    raise FormatError("not_in_options", value=given, options=list(field.on_states))


def _parse_radio(field: Field, given: object) -> Value | None:
    if given is None or given is False or given in ("", OFF):
        return None
    if not isinstance(given, str):
        raise FormatError("wrong_type", wanted="radio")
    if given in field.on_states:
        return given
    exported = _exported(field, given)
    if exported is not None:
        return exported
    raise FormatError("not_in_options", value=given, options=list(field.on_states))


def _exported(field: Field, export: str) -> str | None:
    """The first on-state of a button that, by its /Opt, stands for ``export``."""
    pairs = zip(field.options, field.on_states, strict=False)
    return next((state for option, state in pairs if option.export == export), None)


def _parse_choice(template: Template, field: Field, given: object) -> Value | None:
    chosen = [given] if isinstance(given, str) else given
    if chosen is None:
        return None
    if not isinstance(chosen, list | tuple) or not all(isinstance(one, str) for one in chosen):
        raise FormatError("wrong_type", wanted="choice")
    chosen = [one for one in chosen if one != ""]
    if not chosen:
        return None
    if len(chosen) > 1 and not field.multi_select:
        raise FormatError("one_only", count=len(chosen))
    exports = {option.export for option in field.options}
    displays = {option.display: option.export for option in field.options}
    kept: list[str] = []
    for one in chosen:
        if one in exports:
            kept.append(one)
        elif one in displays:
            kept.append(displays[one])
        elif field.editable:
            kept.append(_check_length(template, field, normalised(one)))
        else:
            raise FormatError("not_in_options", value=one, options=sorted(exports))
    return tuple(dict.fromkeys(kept)) if field.multi_select else kept[0]


def _parse_text(template: Template, field: Field, given: object) -> Value | None:
    if given is None or given is False:
        return None
    if not isinstance(given, str):
        raise FormatError("wrong_type", wanted="text")
    text = normalised(given)
    if not text.strip() and "\n" not in text:
        return None if field.format is not None or not text else text
    _check_length(template, field, text)
    if "\n" in text and not field.multiline:
        raise FormatError("line_break")
    kind = template.definition.kinds.get(field.name)
    if kind is not None:
        kept = KINDS[kind](text)
        if kept is None:
            raise FormatError(f"not_{kind}", text=text)
        text = _check_length(template, field, kept)
    if field.format is not None:
        text = field.format.parse(text)
    if field.range is not None and not field.range.holds(text):
        raise FormatError("out_of_range", **field.range.as_json())
    return text


def _check_length(template: Template, field: Field, text: str) -> str:
    limit = template.definition.max_len.get(field.name, field.max_len)
    if limit is not None and length(text) > limit:
        raise FormatError("max_len", limit=limit, length=length(text))
    return text


def _missing(
    template: Template, values: Mapping[str, Value], wrong: set[str], today: date
) -> list[FieldProblem]:
    definition = template.definition
    needed = {field.name for field in template.fields if field.required}
    needed.update(definition.required_at_submit)
    answers = answers_of(template, values)
    for rule in definition.required_if:
        if holds(rule.when, answers, today):
            needed.update(rule.fields)
    return [
        FieldProblem(field.name, "required")
        for field in template.fields
        if field.name in needed - wrong
        and field.fillable
        and field.visible
        and _is_unanswered(values.get(field.name))
    ]


def _is_unanswered(value: Value | None) -> bool:
    """Blanks are no answer where one is required, and neither is a box that is not ticked."""
    return is_empty(value) or value is False or (isinstance(value, str) and not value.strip())


def _complaints(template: Template, values: Mapping[str, Value], today: date) -> list[FieldProblem]:
    answers = answers_of(template, values)
    return [
        FieldProblem(name, "check", {}, check.level, check.message)
        for check in template.definition.checks
        if holds(check.when, answers, today)
        for name in check.fields[:1]
    ]


def answers_of(template: Template, values: Mapping[str, Value]) -> dict[str, Answer]:
    """Values as conditions compare them: numbers as numbers, dates as dates."""
    return {
        field.name: _answer(field, values[field.name])
        for field in template.data_fields()
        if field.name in values
    }


def _answer(field: Field, value: Value) -> Answer:
    if isinstance(value, str) and isinstance(field.format, NumberFormat | PercentFormat):
        number = decimal_of(value)
        return value if number is None else number
    if isinstance(value, str) and isinstance(field.format, DateFormat):
        day = iso_date(field.format.pattern, value) if field.format.kind == "date" else None
        return value if day is None else day
    return value
