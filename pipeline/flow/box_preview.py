"""One box as the definitive PDF will have it: the same setting of text, on the same page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.appearance.compose import Appearance, Boxes, compose
from pipeline.errors import FieldProblem
from pipeline.flow.catalogue import Form
from pipeline.model.field import Field, FieldType
from pipeline.model.geometry import Rect
from pipeline.model.validation import Stage, examine
from pipeline.pdf import pdfium

_MARGIN = 0.75
"""Points around the box: its frame is in the picture, its label is not."""
_SCALE = 3.0
_WIDEST = 1_400.0
"""Pixels for a point, and pixels."""


@dataclass(frozen=True, slots=True)
class BoxPicture:
    """``png`` is ``width`` by ``height`` points. ``size`` is that of its text, in points, and
    ``preferred`` what it would be with room enough; both ``None`` for a box without text."""

    png: bytes
    width: float
    height: float
    size: float | None
    preferred: float | None
    problem: FieldProblem | None


def has_box(form: Form, name: str) -> bool:
    """Whether ``name`` is a field whose text the definitive PDF shows somewhere."""
    return name in form.template.shown_names and form.template.by_name[name].type in (
        FieldType.TEXT,
        FieldType.CHOICE,
    )


def box_picture(form: Form, name: str, raw: object) -> BoxPicture:
    """The first box of a field for which ``has_box``, with ``raw`` in it. Mistakes are told, and
    are no hindrance."""
    field = form.template.by_name[name]
    today = datetime.now(UTC).date()
    examined = examine(form.template, {name: raw}, Stage.DRAFT, today)
    places = tuple(place for place in form.boxes.places if place.field is field)
    boxes = Boxes(places, form.boxes.smallest)
    composed = compose(boxes, examined.values, form.fonts.for_document())
    shown = composed.appearances[0]
    problems = [*examined.problems, *composed.problems]
    around = _around(shown, form)
    return BoxPicture(
        pdfium.part_file(
            form.skeleton.document(composed),
            form.template.pages[shown.widget.page],
            around,
            min(_SCALE, _WIDEST / max(around.width, around.height)),
        ),
        around.width,
        around.height,
        None if shown.layout is None else shown.layout.size,
        _preferred(field, shown),
        next((each for each in problems if each.field == name and each.level == "error"), None),
    )


def _preferred(field: Field, shown: Appearance) -> float | None:
    given = shown.widget.style.font_size
    return given or None if field.type is FieldType.TEXT else None


def _around(shown: Appearance, form: Form) -> Rect:
    box = shown.widget.rect.grown(_MARGIN)
    page = form.template.pages[shown.widget.page].box
    return Rect(
        max(page.x0, box.x0), max(page.y0, box.y0), min(page.x1, box.x1), min(page.y1, box.y1)
    )
