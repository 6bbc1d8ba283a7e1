"""How a field's answer stands in a native control: which control, what it holds and offers."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.display import shown_text, typed_text
from pipeline.model.field import Field, FieldType, Option, Value
from pipeline.model.formats import NumberFormat, PercentFormat
from pipeline.model.numbers import decimal_of
from pipeline.model.validation import OFF
from web.forms import is_asked


def control_kind(field: Field) -> str:
    match field.type:
        case FieldType.CHECKBOX:
            return "boxes"
        case FieldType.RADIO:
            return "radio"
        case FieldType.CHOICE if field.editable:
            return "combo"
        case FieldType.CHOICE:
            return "select" if field.combo else "list"
    if field.password:
        return "password"
    return "area" if field.multiline else "text"


def text_in_control(field: Field, value: object, as_typed: bool) -> str:
    """What stands in a text input: as a person types it; what is fixed, as the page shows it."""
    if isinstance(value, bool) or not isinstance(value, str | tuple | list):
        return ""
    if isinstance(value, str) and (as_typed or _is_no_number(field, value)):
        return value
    kept: Value = value if isinstance(value, str) else tuple(str(one) for one in value)
    return typed_text(field, kept) if is_asked(field) else shown_text(field, kept)


def _is_no_number(field: Field, value: str) -> bool:
    """A PDF's own value may be none although its format asks for one."""
    return isinstance(field.format, NumberFormat | PercentFormat) and decimal_of(value) is None


def chosen_states(field: Field, value: object) -> tuple[str, ...]:
    """The on-states or export values that are on."""
    if field.type is FieldType.CHECKBOX and value is True:
        return field.on_states[:1]
    if field.type is FieldType.TEXT or isinstance(value, bool):
        return ()
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) and value not in ("", OFF) else ()


def options_offered(field: Field, chosen: tuple[str, ...]) -> Iterator[Option]:
    """What the list offers; a value that is not in it is shown as well, so as not to be lost."""
    yield from field.options
    known = {option.export for option in field.options}
    if field.type is FieldType.CHOICE and not field.editable:
        yield from (Option(each, each) for each in chosen if each not in known)
