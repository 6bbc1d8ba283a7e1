"""Where a widget's drawing goes on its page. ISO 32000-2, 12.5.5."""

from __future__ import annotations

from math import cos, radians, sin

import pikepdf

from pipeline.model.field import Widget
from pipeline.model.geometry import Rect
from pipeline.pdf.objects import reals, rect

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def rotation_matrix(widget: Widget) -> Matrix:
    """From the unturned box to the widget's rectangle at the origin, by MK's R. Table 192."""
    width, height = widget.rect.width, widget.rect.height
    match widget.style.rotation:
        case 90:
            return (0, 1, -1, 0, width, 0)
        case 180:
            return (-1, 0, 0, -1, width, height)
        case 270:
            return (0, -1, 1, 0, 0, height)
        case _:
            return IDENTITY


def placed(widget: Widget) -> Matrix:
    """From the unturned box to its place on the page."""
    a, b, c, d, e, f = rotation_matrix(widget)
    return (a, b, c, d, e + widget.rect.x0, f + widget.rect.y0)


def stream_placement(stream: pikepdf.Stream, place: Rect) -> Matrix | None:
    """The matrix A of algorithm 8: the stream's transformed box onto the rectangle."""
    box = rect(stream.get("/BBox"))
    if box is None:
        return None
    given = reals(stream.get("/Matrix"))
    matrix: Matrix = given if len(given) == 6 else IDENTITY
    corners = [_apply(matrix, x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if width <= 0 or height <= 0:
        return None
    across, up = place.width / width, place.height / height
    return (across, 0, 0, up, place.x0 - min(xs) * across, place.y0 - min(ys) * up)


def upright(place: Rect, page_rotation: int) -> Matrix:
    """A turn about the upper left corner, for a NoRotate annotation. 12.5.3, table 167."""
    angle = radians(page_rotation)
    c, s = cos(angle), sin(angle)
    x, y = place.x0, place.y1
    return (c, s, -s, c, x - c * x + s * y, y - s * x - c * y)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
