"""What can be chosen: options of choice fields, states of buttons. ISO 32000-2, 12.7.5.2, .4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.model.field import Field, FieldType

RICH_TEXT, FILE_SELECT = 1 << 25, 1 << 20
"""Field flags of text fields. Table 231."""


def option_findings(subject: Subject) -> Iterator[Finding]:
    for field in subject.template.fields:
        facts = subject.facts(field)
        match field.type:
            case FieldType.CHOICE:
                yield from _options(field)
            case FieldType.RADIO:
                yield from _radio(field)
                yield from _drawn_states(subject, field)
            case FieldType.CHECKBOX:
                yield from _drawn_states(subject, field)
            case FieldType.SIGNATURE:
                yield at_field("signature_dropped" if facts.signed else "signature_field", field)
            case FieldType.TEXT:
                if facts.flags & RICH_TEXT:
                    yield at_field("rich_text", field)
                if facts.flags & FILE_SELECT:
                    yield at_field("file_select", field)


def _options(field: Field) -> Iterator[Finding]:
    if not field.options:
        if field.fillable and not field.editable:
            yield at_field("no_options", field)
        return
    alike = _twice(option.export for option in field.options if option.export.strip())
    if alike:
        yield at_field("option_duplicate_export", field, options=alike)
    shown = {(option.display, option.export) for option in field.options}
    alike = _twice(display for display, _ in shown if display.strip())
    if alike:
        yield at_field("option_duplicate_display", field, options=alike)
    nameless = [each.display for each in field.options if not each.export and each.display.strip()]
    if nameless:
        yield at_field("option_without_export", field, options=", ".join(nameless))


def _twice(values: Iterator[str]) -> str:
    return ", ".join(f"“{value}”" for value, count in Counter(values).items() if count > 1)


def _radio(field: Field) -> Iterator[Finding]:
    if len(field.widgets) == 1:
        yield at_field("radio_one_button", field)
    if field.in_unison:
        return
    counts = Counter(widget.on_state for widget in field.widgets)
    alike = [state for state, count in counts.items() if state is not None and count > 1]
    for state in alike:
        second = [each for each in field.widgets if each.on_state == state][1]
        yield at_field("equal_on_states", field, second, state=state, count=counts[state])


def _drawn_states(subject: Subject, field: Field) -> Iterator[Finding]:
    boxes = [box for box in subject.facts(field).boxes if box.page is not None]
    places = {(each.page, each.order): each for each in field.widgets}
    for box in boxes:
        widget = places.get((box.page or 0, box.order))
        if not box.states:
            yield at_field("no_on_state", field, widget)
        elif box.states[0] == "":
            yield at_field("empty_on_state", field, widget)
        elif len(box.states) > 1:
            yield at_field("several_on_states", field, widget, states=", ".join(box.states))
