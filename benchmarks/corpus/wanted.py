"""What a final PDF must show, and where: the judges' questions."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.flow.documents import Form, shown_text
from pipeline.model.field import FieldType, Widget
from pipeline.model.geometry import Rect
from pipeline.model.submission import Submission

_PASSWORD_SIGN = "•"


@dataclass(frozen=True, slots=True)
class WantedText:
    """``text`` in ``box`` (user space, points) of ``page``, turned by MK's ``rotation``."""

    field: str
    page: int
    box: Rect
    text: str
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class WantedMark:
    """A button's box, and whether it is on."""

    field: str
    page: int
    box: Rect
    on: bool


def wanted_texts(form: Form, submission: Submission) -> list[WantedText]:
    """One for each painted widget of a text or choice field that has a value."""
    found = []
    for field in form.template.data_fields():
        text = shown_text(field, submission.values.get(field.name))
        if field.password:
            text = _PASSWORD_SIGN * len(text)
        if field.type in (FieldType.TEXT, FieldType.CHOICE) and text.strip():
            found += [
                WantedText(field.name, widget.page, widget.rect, text, widget.style.rotation)
                for widget in field.painted_widgets()
                if has_area(widget)
            ]
    return found


def wanted_marks(form: Form, submission: Submission) -> list[WantedMark]:
    """One for each painted widget of a check box or radio group."""
    found = []
    for field in form.template.data_fields():
        if field.type not in (FieldType.CHECKBOX, FieldType.RADIO):
            continue
        value = submission.values.get(field.name)
        for widget in field.painted_widgets():
            on = value is True or (isinstance(value, str) and value == widget.on_state)
            if has_area(widget):
                found.append(WantedMark(field.name, widget.page, widget.rect, on))
    return found


def painted_boxes(form: Form) -> dict[int, list[Rect]]:
    """By page, where a final PDF may differ from a page without any widget."""
    boxes: dict[int, list[Rect]] = {}
    for field in form.template.fields:
        for widget in field.painted_widgets():
            boxes.setdefault(widget.page, []).append(widget.rect)
    return boxes


def has_area(widget: Widget) -> bool:
    return widget.rect.width > 0 and widget.rect.height > 0
