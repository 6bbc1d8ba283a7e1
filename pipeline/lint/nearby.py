"""The words on the page that most likely name a field: a suggestion, for a person to judge."""

from __future__ import annotations

import re

from pipeline.lint.subject import Subject
from pipeline.lint.survey import Words
from pipeline.model.field import Field, FieldType
from pipeline.model.geometry import Rect

_FARTHEST = 220.0
_FARTHEST_ABOVE = 40.0
_UNEVEN = 4.0
_LONGEST = 90
"""Points, and characters."""

_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff]")
_LEADERS = re.compile(r"(?:\s*[._…]){4,}.*$")
"""Dots that lead the eye to a number."""


def suggested_label(subject: Subject, field: Field) -> str:
    """The nearest text: for a single button on its right, else on the left, above, or in the box
    itself; empty where there is none."""
    seen = [each for each in field.widgets if each.visible]
    if not seen:
        return ""
    page = subject.template.pages[seen[0].page]
    alone = field.type not in (FieldType.CHECKBOX, FieldType.RADIO) or len(field.on_states) < 2
    own = seen[:1] if alone else [each for each in seen if each.page == page.number]
    box = _around([page.shown(each.rect) for each in own])
    barriers = [
        page.shown(each.rect)
        for _, each in subject.seen_widgets()
        if each.page == page.number and not any(each is one for one in own)
    ]
    kind = field.type if alone else FieldType.TEXT
    near: list[tuple[float, str]] = []
    for line in _words(subject, page.number):
        distance = _distance(line.place, box, kind)
        if distance is not None and not _is_between(line.place, box, barriers):
            near.append((distance, line.text))
    words = min(near, default=(0.0, ""))[1]
    return _shortened(words)


def _around(places: list[Rect]) -> Rect:
    return Rect(
        min(each.x0 for each in places),
        min(each.y0 for each in places),
        max(each.x1 for each in places),
        max(each.y1 for each in places),
    )


def _distance(line: Rect, box: Rect, kind: FieldType) -> float | None:
    """How far, in points that weigh the direction; ``None`` where it names no such box."""
    middle = (line.y0 + line.y1) / 2
    outside = max(0.0, box.y0 - middle, middle - box.y1)
    beside = outside <= _UNEVEN or line.y0 <= (box.y0 + box.y1) / 2 <= line.y1
    button = kind in (FieldType.CHECKBOX, FieldType.RADIO)
    if beside and line.x1 <= box.x0 + 3:
        gap = box.x0 - line.x1
        return gap + 2 * outside + (6 if button else 0) if gap <= _FARTHEST else None
    if beside and button and line.x0 >= box.x1 - 3:
        gap = line.x0 - box.x1
        return gap + 2 * outside if gap <= _FARTHEST else None
    above = box.y0 - line.y1
    if not button and line.x0 < box.x1 and line.x1 > box.x0 - 4 and -3 <= above <= _FARTHEST_ABOVE:
        return 8 + 2 * max(0.0, above) + max(0.0, line.x0 - box.x0) / 4
    inside = line.x0 >= box.x0 - 1 and line.x1 <= box.x1 + 1 and box.y0 - 1 <= middle <= box.y1
    return 30.0 if inside else None


def _is_between(line: Rect, box: Rect, barriers: list[Rect]) -> bool:
    """Whether another box stands between the two, whose name the words rather are."""
    gap = Rect(
        min(line.x1, box.x1) if line.x1 <= box.x0 else max(line.x0, box.x0),
        min(line.y1, box.y0) if line.y1 <= box.y0 else max(line.y0, box.y0),
        max(box.x0, min(line.x0, box.x1)),
        box.y0 if line.y1 <= box.y0 else min(line.y1, box.y1),
    )
    if line.x0 >= box.x1:
        gap = Rect(box.x1, gap.y0, line.x0, gap.y1)
    return gap.x0 < gap.x1 and gap.y0 < gap.y1 and any(gap.meets(each) for each in barriers)


def _words(subject: Subject, page: int) -> list[Words]:
    """What can be a name: dots, lines and bare numbers cannot."""
    pieces = subject.survey.words.get(page, ())
    return [each for each in pieces if _WORD.search(each.text)]


def _shortened(words: str) -> str:
    words = _LEADERS.sub("", words).strip(" :;.*_…-–▶►→☐□").strip()
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0].rstrip(" ,;") + " …"
