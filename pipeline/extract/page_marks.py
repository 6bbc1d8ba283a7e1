"""Tells which buttons are on by looking at the pages, as a person would.

The document and the blank template are drawn side by side; a box that differs bears a mark.
"""

from __future__ import annotations

from pipeline.model.field import Field, FieldType, Value, Widget
from pipeline.model.template import Template
from pipeline.pdf import pdfium as reader

_SCALE = 2.0
_MARK_SHARE = 0.02
_UNSURE_SHARE = 0.06
_RIM = 0.2
"""The outer part of a box that is not looked at: printers redraw thin borders in their own way."""


def read_marks(data: bytes, blank: bytes, template: Template) -> dict[str, tuple[Value, float]]:
    """(value, confidence 0 to 1) of every checkbox, and of each radio group that is answered."""
    shares: dict[str, list[tuple[Widget, float]]] = {}
    buttons = [
        field
        for field in template.data_fields()
        if field.type in (FieldType.CHECKBOX, FieldType.RADIO) and field.painted_widgets()
    ]
    pages = {widget.page for field in buttons for widget in field.painted_widgets()}
    with reader.opened(data) as document, reader.opened(blank) as empty:
        for number in sorted(pages):
            if number >= len(document):
                continue
            seen = reader.picture(document[number], _SCALE)
            base = reader.picture(empty[number], _SCALE)
            page = template.pages[number]
            for field in buttons:
                for widget in field.painted_widgets():
                    if widget.page == number:
                        rim = _RIM * min(widget.rect.width, widget.rect.height)
                        share = reader.changed_share(
                            reader.crop(seen, page, widget.rect, rim),
                            reader.crop(base, page, widget.rect, rim),
                        )
                        shares.setdefault(field.name, []).append((widget, share))
    return {
        field.name: found
        for field in buttons
        if field.name in shares and (found := _value(field, shares[field.name])) is not None
    }


def _value(field: Field, shares: list[tuple[Widget, float]]) -> tuple[Value, float] | None:
    widget, share = max(shares, key=lambda each: each[1])
    confidence = 1.0 if share >= _UNSURE_SHARE or share < _MARK_SHARE / 2 else 0.6
    if share < _MARK_SHARE:
        return (False, confidence) if field.type is FieldType.CHECKBOX else None
    if field.type is FieldType.CHECKBOX and len(field.on_states) <= 1:
        return True, confidence
    return widget.on_state or "", confidence
