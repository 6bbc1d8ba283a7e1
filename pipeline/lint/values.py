"""What fields hold already: answers in a template, and values that the field itself refuses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.model.field import Field, FieldType, Value, is_empty
from pipeline.model.formats import FormatError
from pipeline.model.text import length

_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)
_OFF = ("", "Off")
_MOST_NAMED = 5


def value_findings(subject: Subject) -> Iterator[Finding]:
    for field in subject.template.fields:
        if not field.holds_data or field.calculation is not None:
            continue
        yield from _held(subject, field, field.value, "value")
        yield from _held(subject, field, field.default, "default")
        if _is_strange_default(subject, field):
            yield at_field("default_not_option", field, value=_default(subject, field))
    yield from _answers(subject)


def _held(subject: Subject, field: Field, value: Value | None, what: str) -> Iterator[Finding]:
    if not isinstance(value, str) or is_empty(value) or field.type is not FieldType.TEXT:
        return
    limit = subject.max_len(field)
    if limit is not None and length(value) > limit:
        yield at_field(f"{what}_too_long", field, limit=limit, length=length(value))
        return
    refusal = _refusal(field, value)
    if refusal:
        yield at_field(f"{what}_refused", field, value=value, why=refusal)


def _refusal(field: Field, value: str) -> str:
    """The code of what is wrong with ``value``, as for an answer that a person types."""
    if "\n" in value and not field.multiline:
        return "line_break"
    kept = value
    if field.format is not None and value.strip():
        try:
            kept = field.format.parse(value)
        except FormatError as error:
            return error.code
    if field.range is not None and not field.range.holds(kept):
        return "out_of_range"
    return ""


def _is_strange_default(subject: Subject, field: Field) -> bool:
    """A default that is none of the options or states."""
    if field.type in _BUTTONS:
        default = subject.facts(field).default
        known = {*field.on_states, *(option.export for option in field.options), *_OFF}
        return default is not None and default not in known
    if field.type is FieldType.CHOICE and not field.editable:
        chosen = (field.default,) if isinstance(field.default, str) else field.default
        offered = {each for option in field.options for each in (option.export, option.display)}
        return isinstance(chosen, tuple) and not offered.issuperset(chosen)
    return False


def _default(subject: Subject, field: Field) -> str:
    if field.type in _BUTTONS:
        return subject.facts(field).default or ""
    return ", ".join(field.default) if isinstance(field.default, tuple) else str(field.default)


def _answers(subject: Subject) -> Iterator[Finding]:
    """By page: an answer that the form's own default is not was somebody's."""
    pages: dict[int | None, list[Field]] = defaultdict(list)
    for field in subject.template.fields:
        held = field.value not in (None, "", (), False)
        if held and field.fillable and field.value != field.default:
            pages[field.page].append(field)
    for page, fields in pages.items():
        named = ", ".join(each.name for each in fields[:_MOST_NAMED])
        more = len(fields) - _MOST_NAMED
        if more > 0:
            named += f" and {more} more"
        yield Finding("holds_answers", page=page, data={"count": len(fields), "fields": named})
