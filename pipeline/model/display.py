"""Raw values as the page shows them, and as a person would type them."""

from __future__ import annotations

from pipeline.model.field import Field, FieldType, Value, is_empty


def shown_text(field: Field, value: Value | None) -> str:
    """The text of a text or choice field as the PDF bears it; several selections on lines."""
    if value is None or is_empty(value) or isinstance(value, bool):
        return ""
    if isinstance(value, tuple):
        return "\n".join(_display(field, one) for one in value)
    if field.type is FieldType.CHOICE:
        return _display(field, value)
    return value if field.format is None else field.format.show(value)


def typed_text(field: Field, value: Value | None) -> str:
    """The text to put into an input: the raw value with the format's own decimal separator."""
    if not isinstance(value, str):
        return shown_text(field, value)
    return value if field.format is None else field.format.typed(value)


def _display(field: Field, export: str) -> str:
    return next((each.display for each in field.options if each.export == export), export)
