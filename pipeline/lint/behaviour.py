"""What the online form will do with a field, in a line."""

from __future__ import annotations

from pipeline.lint.subject import Subject
from pipeline.model.display import shown_text
from pipeline.model.field import Field, FieldType
from pipeline.model.formats import (
    Calculation,
    DateFormat,
    MaskFormat,
    NumberFormat,
    PercentFormat,
    SimpleCalculation,
)

_MOST_OPTIONS = 4
_KINDS = {
    "brin": "BRIN number, like 12AB",
    "postcode_nl": "Dutch postcode, like 6211 AB",
    "phone_nl": "Dutch telephone number",
    "email": "e-mail address",
    "url": "web address",
    "house_number": "house number",
}


def behaviour(subject: Subject, field: Field) -> str:
    """What kind of input, what it takes, whether it must be answered."""
    if field.is_instruction:
        return "instruction, screen only"
    if field.system:
        return "filled in by Formpress when the form is sent"
    if field.type is FieldType.BUTTON:
        return "push button: not shown online"
    if field.type is FieldType.SIGNATURE:
        return "place to sign: left empty"
    if not field.visible:
        return "not shown" + (" (prints only)" if field.painted_widgets() else "")
    if field.calculation is not None:
        return ", ".join([f"calculated: {_sum(field.calculation)}", *_as_number(field)])
    words = [_input(subject, field)]
    if field.read_only:
        words.append("shown, cannot be changed")
    elif _is_required(subject, field):
        words.append("required")
    elif any(field.name in rule.fields for rule in subject.template.definition.required_if):
        words.append("required in some cases (form.toml)")
    return ", ".join(words)


def _is_required(subject: Subject, field: Field) -> bool:
    return field.required or field.name in subject.template.definition.required_at_submit


def _input(subject: Subject, field: Field) -> str:
    match field.type:
        case FieldType.CHECKBOX if len(field.on_states) > 1:
            return f"tick boxes, one of {_listed(field)}"
        case FieldType.CHECKBOX:
            return "tick box"
        case FieldType.RADIO:
            return f"radio buttons, one of {_listed(field)}"
        case FieldType.CHOICE if field.multi_select:
            return f"list, several of {_listed(field)}"
        case FieldType.CHOICE:
            shown = "drop-down list" if field.combo else "list"
            typed = ", or typed" if field.editable else ""
            limit = _limit(subject, field) if field.editable else ""
            return f"{shown}, one of {_listed(field)}{typed}{limit}"
    return _typed(subject, field)


def _typed(subject: Subject, field: Field) -> str:
    match field.format:
        case DateFormat():
            also = " or as 2024-02-01" if field.format.kind == "date" else ""
            how = "typed or picked" if field.format.kind == "date" else "typed"
            return f"{field.format.kind}, {how}: {field.format.pattern.pattern}{also}"
        case MaskFormat():
            return f"text like {' or '.join(field.format.masks)} (9 a digit, A a letter)"
        case NumberFormat() | PercentFormat():
            return ", ".join(_as_number(field))
    kind = subject.template.definition.kinds.get(field.name)
    if kind is not None:
        return _KINDS.get(kind, kind) + _limit(subject, field)
    if field.comb:
        return f"one line in {field.max_len} cells"
    shape = "text of several lines" if field.multiline else "one line of text"
    if field.password:
        shape = "password, kept as dots on paper"
    ranged = "" if field.range is None else ", a number " + _range(field)
    return shape + _limit(subject, field) + ranged


def _limit(subject: Subject, field: Field) -> str:
    limit = subject.max_len(field)
    return "" if limit is None else f", at most {limit} character{'s' if limit > 1 else ''}"


def _as_number(field: Field) -> list[str]:
    match field.format:
        case NumberFormat(style) if style.decimals == 0:
            words = "whole number"
        case NumberFormat(style):
            words = (
                f"number with at most {style.decimals} decimal{'s' if style.decimals > 1 else ''}"
            )
        case PercentFormat():
            words = "percentage"
        case _:
            return []
    currency = field.format.style.currency.strip()
    if currency:
        words += f" in {currency}"
    return [f"{words}, {_range(field)}" if field.range is not None else words]


def _range(field: Field) -> str:
    """``0–500``, as the field shows numbers."""
    assert field.range is not None
    low, high = (
        None if each is None else shown_text(field, each)
        for each in (field.range.as_json()["minimum"], field.range.as_json()["maximum"])
        if each is None or isinstance(each, str)
    )
    if low is not None and high is not None:
        return f"{low}–{high}"
    return f"from {low}" if low is not None else f"up to {high}" if high is not None else ""


def _sum(calculation: Calculation) -> str:
    if not isinstance(calculation, SimpleCalculation):
        return calculation.text
    names = list(calculation.fields)
    more = f" and {len(names) - _MOST_OPTIONS} more" if len(names) > _MOST_OPTIONS else ""
    return f"{calculation.operation} of {', '.join(names[:_MOST_OPTIONS])}{more}"


def _listed(field: Field) -> str:
    displays = [each.display for each in field.options]
    words = [each.strip() for each in displays or field.on_states if each.strip()]
    if not words:
        return "nothing"
    if len(words) > _MOST_OPTIONS:
        return f"{len(words)}: {', '.join(words[:_MOST_OPTIONS])} …"
    return f"{len(words)}: {', '.join(words)}"
