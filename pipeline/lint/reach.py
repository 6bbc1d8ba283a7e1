"""Fields that nobody can get at, and boxes that lie over each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.lint.survey import BoxFacts
from pipeline.model.field import Field, FieldType, Widget
from pipeline.model.geometry import Rect

_SLACK = 0.75
_LEAST_DEPTH = 2.0
_LEAST_SHARE = 0.05
"""Borders touch; what overlaps by less (points, share of the smaller box) is meant to."""

_LOST = ("off_page", "no_area", "on_no_page")
_WITHOUT_CONTROL = (FieldType.BUTTON, FieldType.SIGNATURE)

Placed = tuple[Field, Widget]


def reach_findings(subject: Subject) -> Iterator[Finding]:
    """``required_unreachable`` tells in ``why`` what the other codes are for."""
    covers = _coverings(subject)
    for field in subject.template.fields:
        if not field.holds_data or field.system:
            continue
        reasons = [_reason(subject, box) for box in subject.facts(field).boxes]
        if not field.visible:
            layers = {box.layer for box in subject.facts(field).boxes if box.layer is not None}
            data = {"layer": ", ".join(sorted(layers))} if layers else {}
            yield from _unreachable(field, _main(reasons), **data)
            continue
        covered = [covers[id(each)] for each in field.widgets if id(each) in covers]
        shown = [each for each in field.widgets if each.visible]
        if len(covered) == len(shown):
            yield from _unreachable(field, "covered", by=covered[0].name)
        lost = sum(each in _LOST for each in reasons)
        if lost:
            yield at_field("some_boxes_unreachable", field, count=lost, of=len(reasons))
        yield from _at_the_edge(subject, field)
        if field.required and field.read_only and field.calculation is None and not field.value:
            yield at_field("required_read_only", field)
    yield from _overlaps(subject, covers)


def _unreachable(field: Field, reason: str, **data: object) -> Iterator[Finding]:
    if field.required and field.fillable:
        yield at_field("required_unreachable", field, why=reason, **data)
    else:
        yield at_field(reason, field, **data)


def _reason(subject: Subject, box: BoxFacts) -> str | None:
    """Why a box is not seen."""
    if box.page is None:
        return "on_no_page"
    if box.hidden:
        return "hidden"
    if box.no_view:
        return "no_view"
    if box.layer is not None:
        return "hidden_layer_box"
    if box.rect is None or box.rect.width <= 0 or box.rect.height <= 0:
        return "no_area"
    return None if subject.template.pages[box.page].box.meets(box.rect) else "off_page"


def _main(reasons: list[str | None]) -> str:
    """The commonest; a field without any box is on no page."""
    told = Counter(each for each in reasons if each is not None)
    return told.most_common(1)[0][0] if told else "on_no_page"


def _at_the_edge(subject: Subject, field: Field) -> Iterator[Finding]:
    for widget in field.widgets:
        page = subject.template.pages[widget.page].box
        if widget.visible and not _holds(page, widget.rect, 2.0):
            yield at_field("partly_off_page", field, widget)


def _by_page(subject: Subject) -> dict[int, list[Placed]]:
    pages: dict[int, list[Placed]] = defaultdict(list)
    for field, widget in subject.seen_widgets():
        pages[widget.page].append((field, widget))
    for placed in pages.values():
        placed.sort(key=lambda each: each[1].rect.y0)
    return pages


def _meeting(subject: Subject) -> Iterator[tuple[Placed, Placed]]:
    """Pairs of boxes with an area in common; the one painted first comes first. 12.5.2."""
    for placed in _by_page(subject).values():
        for at, one in enumerate(placed):
            for other in placed[at + 1 :]:
                if other[1].rect.y0 >= one[1].rect.y1:
                    break
                if one[1].rect.meets(other[1].rect):
                    in_order = one[1].order <= other[1].order
                    yield (one, other) if in_order else (other, one)


def _coverings(subject: Subject) -> dict[int, Field]:
    """What lies wholly over a widget, by the widget's identity. Push buttons and places to sign
    are not laid over an online form."""
    found: dict[int, Field] = {}
    for (_, below), (field, above) in _meeting(subject):
        if field.type not in _WITHOUT_CONTROL and _holds(above.rect, below.rect, _SLACK):
            found[id(below)] = field
    return found


def _overlaps(subject: Subject, covers: dict[int, Field]) -> Iterator[Finding]:
    for (field, below), (other, above) in _meeting(subject):
        if id(below) in covers or not (field.holds_data or other.holds_data):
            continue
        if _overlap_much(below.rect, above.rect):
            place = (field, below) if field.holds_data else (other, above)
            against = other if field.holds_data else field
            yield at_field("overlap", *place, other=against.name)


def _overlap_much(one: Rect, other: Rect) -> bool:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min(one.width * one.height, other.width * other.height)
    return min(width, height) > _LEAST_DEPTH and width * height > _LEAST_SHARE * smaller


def _holds(outer: Rect, inner: Rect, slack: float) -> bool:
    return outer.contains(inner.x0, inner.y0, slack) and outer.contains(inner.x1, inner.y1, slack)
