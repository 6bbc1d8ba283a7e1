"""Whether what a field allows fits its box, by the very rule that sets it. docs/text-size.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import cycle, islice

from pipeline.appearance.compose import Boxes, Place, compose
from pipeline.appearance.layout import FULL_HEIGHT, LEADING
from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject, is_textual
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat
from pipeline.model.numbers import plain
from pipeline.model.text import normalised

COMB = 1 << 24
"""Field flag. ISO 32000-2, table 231."""

_ORDINARY = "een antwoord dat even lang is als er tekens mogen staan en dat men zo kan lezen "
_WIDEST = "W"
_LINE_BREAK_EVERY = 80
_LONGEST = 5_000
_MOST_DIGITS = 15


def box_findings(subject: Subject) -> Iterator[Finding]:
    boxes = subject.boxes
    fields = [field for field in subject.asked if is_textual(field)]
    ordinary = _not_fitting(
        subject, boxes, {each.name: _ordinary(subject, each) for each in fields}
    )
    widest = _not_fitting(subject, boxes, {each.name: _widest(subject, each) for each in fields})
    low = {place.field.name for place in boxes.places if place.paints and _is_low(boxes, place)}
    for field in fields:
        limit = subject.max_len(field)
        if field.name in ordinary | widest and field.comb and field.format is None:
            yield at_field("comb_cells_narrow", field, limit=limit, size=boxes.smallest)
        elif field.name in ordinary and field.type is FieldType.CHOICE and not field.editable:
            longest = _longest_option(field)
            yield at_field("option_does_not_fit", field, option=longest, size=boxes.smallest)
        elif field.name in ordinary:
            yield at_field("box_too_small", field, **_wanted(field, limit), size=boxes.smallest)
        elif field.name in widest:
            letters = _wanted(field, limit, ", all wide (W)")
            yield at_field("box_tight", field, **letters, size=boxes.smallest)
        if field.name in low:
            yield at_field("box_low", field, size=boxes.smallest)
        elif field.multiline and not _has_two_lines(boxes, field):
            yield at_field("multiline_one_line", field, size=boxes.smallest)
        if field.type is FieldType.TEXT:
            yield from _without_limit(subject, field)


def _without_limit(subject: Subject, field: Field) -> Iterator[Finding]:
    if subject.facts(field).flags & COMB and not field.comb:
        yield at_field("comb_without_max_len", field)
    elif (
        subject.max_len(field) is None
        and field.format is None
        and field.name not in subject.template.definition.kinds
    ):
        yield at_field("no_max_len", field)


def _not_fitting(subject: Subject, boxes: Boxes, values: Mapping[str, Value]) -> set[str]:
    composed = compose(boxes, values, subject.typefaces)
    return {each.field for each in composed.problems if each.code == "does_not_fit"}


def _wanted(field: Field, limit: int | None, letters: str = "") -> dict[str, object]:
    """What should have fitted, in words."""
    match field.format:
        case DateFormat():
            return {"what": f"a {field.format.kind} like {field.format.pattern.pattern}"}
        case MaskFormat():
            return {"what": f"an answer like {field.format.masks[-1]}"}
        case NumberFormat() | PercentFormat():
            return {"what": f"a number like {shown_text(field, _number(field, limit))}"}
    return {"what": f"{limit} characters{letters}"}


def _ordinary(subject: Subject, field: Field) -> Value:
    if field.type is FieldType.CHOICE and not field.editable:
        return _longest_option(field) if field.options else ""
    if field.format is not None:
        return _formatted(subject, field)
    return _text(subject, field, _ORDINARY)


def _widest(subject: Subject, field: Field) -> Value:
    if field.type is FieldType.CHOICE and not field.editable:
        return ""
    if isinstance(field.format, NumberFormat | PercentFormat):
        return _number(field, subject.max_len(field))
    if field.format is not None:
        return _formatted(subject, field)
    return _text(subject, field, _WIDEST)


def _text(subject: Subject, field: Field, words: str) -> str:
    """As many characters as are allowed; words of several lines have a line break now and then."""
    limit = min(subject.max_len(field) or 0, _LONGEST)
    if field.comb:
        words = words.replace(" ", "")
    text = "".join(islice(cycle(words), limit))
    if field.multiline and " " in words:
        every = _LINE_BREAK_EVERY
        text = "".join(
            "\n" if at % every == every - 1 and at < limit - 1 else char
            for at, char in enumerate(text)
        )
    return normalised(text)


def _formatted(subject: Subject, field: Field) -> str:
    match field.format:
        case DateFormat():
            return field.format.pattern.show(datetime(2028, 9, 27, 22, 58, 58))  # noqa: DTZ001
        case MaskFormat():
            return field.format.masks[-1].translate(str.maketrans("9AOX", "8WWW"))
        case NumberFormat() | PercentFormat() if field.range is not None:
            return _number(field, None)
    return ""


def _number(field: Field, limit: int | None) -> str:
    """The longest number that the range or, without one, the maximum length allows."""
    ends = () if field.range is None else (field.range.minimum, field.range.maximum)
    bounds = [plain(each) for each in ends if each is not None]
    if field.range is not None and field.range.maximum is not None:
        return max(bounds, key=lambda bound: len(shown_text(field, bound)))
    return "" if limit is None or limit > _MOST_DIGITS else "8" * limit


def _longest_option(field: Field) -> str:
    return max(field.options, key=lambda option: len(option.display)).export


def _is_low(boxes: Boxes, place: Place) -> bool:
    return is_textual(place.field) and place.size[1] < boxes.smallest * FULL_HEIGHT


def _has_two_lines(boxes: Boxes, field: Field) -> bool:
    return any(
        place.box.height - 2 * place.box.inset_y >= boxes.smallest * (LEADING + FULL_HEIGHT)
        for place in boxes.places
        if place.field is field
    )
