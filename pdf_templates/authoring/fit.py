"""How high a box must be so that a full field still fits it at the smallest size.

The promise of the form is that text never falls outside its box in the final PDF. It is kept here,
where the box is drawn: the worst case is MaxLen times the widest letter, at 6 points, lines of 1.2
times the size, between the paddings that follow from the border's width.
"""

from __future__ import annotations

import math

from pdf_templates.authoring import style
from pdf_templates.authoring.fields import FieldSpec, Text
from pdf_templates.authoring.fonts import Face

SMALLEST = 6.0
LINE_HEIGHT = 1.2
PADDING_X = 2 * style.BOX_BORDER
PADDING_Y = style.BOX_BORDER
SPARE = 0.5
"""Points that keep rounding from costing a line."""
AREA_LINE = 11.0
"""One line of a text area at 9 points."""


def inner_width(width: float) -> float:
    return width - 2 * PADDING_X


def wrapped_lines(face: Face, spec: Text, width: float) -> int:
    """Lines that the fullest text takes at the smallest size in a box of ``width`` points."""
    capacity = math.floor(inner_width(width) / face.width(spec.widest, SMALLEST))
    return math.ceil(spec.max_len / capacity)


def lines_height(lines: int) -> float:
    return lines * SMALLEST * LINE_HEIGHT + 2 * PADDING_Y + 2 * SPARE


def needs_wrapping(face: Face, spec: FieldSpec, width: float) -> bool:
    """Whether the field must be multiline (Ff bit 13) although it is meant as one line."""
    if not isinstance(spec, Text) or spec.comb:
        return False
    return spec.lines > 1 or wrapped_lines(face, spec, width) > 1


def box_height(face: Face, spec: FieldSpec, width: float) -> float:
    """Least height of the field's box, points. A text area may hold two lines more than drawn."""
    if not isinstance(spec, Text) or spec.comb:
        return style.BOX_HEIGHT
    if spec.lines > 1:
        lines = max(wrapped_lines(face, spec, width), min(spec.max_len // 2, spec.lines + 2))
        return max(spec.lines * AREA_LINE + 2 * PADDING_Y, lines_height(lines))
    wrapped = wrapped_lines(face, spec, width)
    return style.BOX_HEIGHT if wrapped == 1 else max(style.BOX_HEIGHT, lines_height(wrapped) + 1)
