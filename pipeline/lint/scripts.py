"""Scripts that are not run, and calculations that cannot come out. ISO 32000-2, 12.6.3, 12.7.3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.model.field import Field, FieldType

_CODES: Mapping[str, str] = {
    "format script": "format_script",
    "keystroke script": "keystroke_script",
    "validation script": "validation_script",
    "calculation script": "calculation_script",
    "script on activation": "activation_script",
    "document script": "document_script",
    "a box that does not turn with its page": "no_rotate",
    "a value that is none of its options": "value_not_option",
}
"""What the template reader did not understand, by its words."""


def script_findings(subject: Subject) -> Iterator[Finding]:
    template = subject.template
    for each in template.not_understood:
        code = _CODES.get(each.what, "not_honoured")
        field = template.by_name.get(each.field)
        if field is None:
            yield Finding(code, each.field or None, data={"what": each.what})
        else:
            yield at_field(code, field, what=each.what)
    document = subject.survey.document
    told = any(_CODES.get(each.what) == "document_script" for each in template.not_understood)
    if document.opening_script and not told:
        yield Finding("document_script")
    for page in document.page_scripts:
        yield Finding("page_script", page=page)
    for field in template.fields:
        if field.type is FieldType.BUTTON and field.visible:
            yield at_field("push_button", field)
        elif subject.facts(field).event_scripts:
            yield at_field("event_script", field)


def calculation_findings(subject: Subject) -> Iterator[Finding]:
    template = subject.template
    calculated = [field for field in template.fields if field.calculation is not None]
    operands = {field.name: _operands(subject, field) for field in calculated}
    listed = subject.survey.document.calculation_order
    place = {name: at for at, name in enumerate(template.calculation_order)}
    for field in calculated:
        assert field.calculation is not None
        known = template.by_name
        unknown = [
            name
            for name in dict.fromkeys(field.calculation.fields)
            if name not in known and not any(each.startswith(f"{name}.") for each in known)
        ]
        for name in unknown:
            yield at_field("calculation_unknown_field", field, other=name)
        circle = _circle(field.name, operands)
        if circle:
            yield at_field("calculation_circle", field, circle=" → ".join(circle))
            continue
        late = [
            name for name in operands[field.name]
            if place.get(name, -1) > place.get(field.name, -1)
        ]  # fmt: skip
        if field.name not in listed:
            yield at_field("calculation_not_in_order", field)
        elif late:
            yield at_field("calculation_too_early", field, other=", ".join(late))
        if not field.read_only and field.visible:
            yield at_field("calculated_not_read_only", field)


def _operands(subject: Subject, field: Field) -> tuple[str, ...]:
    """The fields that a calculation takes; a name above fields stands for all of them."""
    assert field.calculation is not None
    found: dict[str, None] = {}
    for name in field.calculation.fields:
        below = [each for each in subject.template.by_name if each.startswith(f"{name}.")]
        found.update(dict.fromkeys(below or [name]))
    return tuple(found)


def _circle(start: str, operands: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from a calculated field back to itself, if there is one."""
    before: dict[str, str] = {}
    pending = [start]
    while pending:
        name = pending.pop()
        for operand in operands.get(name, ()):
            if operand == start:
                way = [start, name]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way)) if name != start else (start, start)
            if operand not in before:
                before[operand] = name
                pending.append(operand)
    return ()
