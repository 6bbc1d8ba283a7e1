"""A template without its widgets, made by pikepdf alone: none of our own reading or flattening."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin
from typing import Any

import pikepdf

from pipeline.model.geometry import Rect

_HIDDEN, _PRINT, _NO_ROTATE, _NO_VIEW = 1 << 1, 1 << 2, 1 << 4, 1 << 5
_FIELD_TYPES = ("/Tx", "/Btn", "/Ch", "/Sig")


@dataclass(frozen=True, slots=True)
class RawWidget:
    """A widget as its page lists it; ``shown`` is the box where it is seen. Table 167, NoRotate.

    ``identity`` is the same for one that several pages list, (0, 0) for a direct dictionary.
    """

    page: int
    rect: Rect
    shown: Rect
    identity: tuple[int, int]


def without_widgets(template: bytes) -> bytes:
    """The pages as they print: links and printing annotations stay."""
    out = BytesIO()
    with pikepdf.open(BytesIO(template)) as pdf, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for page in pdf.pages:
            kept = [each for each in _annotations(page) if not _goes(each)]
            if "/Annots" in page.obj:
                page.obj["/Annots"] = pikepdf.Array(kept)
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


def raw_widgets(template: bytes) -> list[RawWidget]:
    """All widgets of fields that the pages list, as pikepdf sees them."""
    with pikepdf.open(BytesIO(template)) as pdf:
        return [
            widget for number, page in enumerate(pdf.pages) for widget in _widgets(number, page)
        ]


def _widgets(number: int, page: pikepdf.Page) -> Iterator[RawWidget]:
    turned = _rotation(page)
    for annotation in _annotations(page):
        corners = annotation.get("/Rect")
        if annotation.get("/Subtype") != "/Widget" or not isinstance(corners, pikepdf.Array):
            continue
        try:
            rect = Rect.of(*(float(each) for each in corners))
        except (TypeError, ValueError):
            continue
        kept_upright = turned and _flags(annotation) & _NO_ROTATE
        shown = _upright(rect, turned) if kept_upright else rect
        if _field_type(annotation) in _FIELD_TYPES:
            yield RawWidget(number, rect, shown, annotation.objgen)


def _annotations(page: pikepdf.Page) -> list[Any]:
    listed = page.obj.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return []
    return [each for each in listed if isinstance(each, pikepdf.Dictionary)]


def _goes(annotation: Any) -> bool:
    """A widget, or for the screen only: seen there, and no Print flag. A link has no look."""
    kind = annotation.get("/Subtype")
    if kind == "/Widget":
        return True
    if kind in ("/Link", "/Popup"):
        return False
    return not _flags(annotation) & (_PRINT | _HIDDEN | _NO_VIEW)


def _flags(annotation: Any) -> int:
    flags = annotation.get("/F", 0)
    return int(flags) if isinstance(flags, int) else 0


def _field_type(annotation: Any) -> str:
    node, seen = annotation, 0
    while isinstance(node, pikepdf.Dictionary) and seen < 50:
        if "/FT" in node:
            return str(node["/FT"])
        node, seen = node.get("/Parent"), seen + 1
    return ""


def _rotation(page: pikepdf.Page) -> int:
    node: Any = page.obj
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            break
        if "/Rotate" in node:
            return int(node["/Rotate"]) % 360
        node = node.get("/Parent")
    return 0


def _upright(rect: Rect, turned: int) -> Rect:
    """``rect`` turned about its upper left corner."""
    c, s = cos(radians(turned)), sin(radians(turned))
    points = [
        (rect.x0 + c * x - s * y, rect.y1 + s * x + c * y)
        for x in (0, rect.width)
        for y in (0, -rect.height)
    ]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def not_among(widgets: Sequence[RawWidget], known: Set[tuple[int, Rect]]) -> list[RawWidget]:
    """Widgets that are known on none of the pages that list them."""
    read = {each.identity for each in widgets if (each.page, each.rect) in known}
    return [
        each
        for each in widgets
        if (each.page, each.rect) not in known
        and (each.identity == (0, 0) or each.identity not in read)
    ]


def shown_boxes(
    widgets: Sequence[RawWidget], painted: Mapping[int, Sequence[Rect]]
) -> dict[int, list[Rect]]:
    """``painted`` by page, where they are seen: one kept upright lies elsewhere, and one that
    several pages list is seen on each."""
    boxes = {page: list(rects) for page, rects in painted.items()}
    shows = {
        each.identity
        for each in widgets
        if each.rect in painted.get(each.page, ()) and each.identity != (0, 0)
    }
    for each in widgets:
        if each.identity in shows or each.rect in painted.get(each.page, ()):
            boxes.setdefault(each.page, []).append(each.shown)
    return boxes
