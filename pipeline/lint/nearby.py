"""The words on the page that most likely name a field: a suggestion, for a person to judge."""

from __future__ import annotations

import re

from pipeline.lint.subject import Subject
from pipeline.lint.survey import Words
from pipeline.model.field import Field, FieldType
from pipeline.model.geometry import Rect

_FARTHEST, _FARTHEST_LED = 220.0, 460.0
_FARTHEST_ABOVE = 40.0
_UNEVEN = 4.0
_LONGEST = 90
"""Points, and characters. ``_LED`` is for words from which dots lead to the box."""

_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff]")
_LEADERS = re.compile(r"(?:\s*[._…]){4,}.*$|\s*[▶►→].*$")
_LEADER = re.compile(r"[\s.…]*[.…][\s.…]*")
"""Dots that lead the eye to a number, in a piece with the words or in one of their own."""

_MARKS = " :;.*_…-–▶►→☐□"

_BLANK = re.compile(r"_{3,}")
"""A line to write on, printed as a part of a sentence."""


def suggested_label(subject: Subject, field: Field) -> str:
    """The nearest text: for a single button on its right, else on the left, above, or in the box
    itself; in a printed sentence what stands before its blank. Empty where there is none."""
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
    pieces = subject.survey.words.get(page.number, ())
    leaders = [
        each.place
        for each in pieces
        if each.place.x1 <= box.x0 + 1
        and each.place.y0 < box.y1
        and each.place.y1 > box.y0
        and _LEADER.fullmatch(each.text)
    ]
    lines = [each for each in pieces if _WORD.search(each.text)]
    blank = next((each for each in pieces if _runs_through(each, box)), None)
    if blank is not None and alone and _WORD.search(before := _before_blank(blank, box, barriers)):
        return _shortened(before)
    near: list[tuple[float, Words]] = []
    for line in lines:
        distance = _distance(line.place, box, kind, _leads(leaders, line.place))
        if distance is not None and not _is_between(line.place, box, barriers):
            near.append((distance, line))
    if not near:
        return ""
    _, nearest = min(near, key=lambda each: (each[0], each[1].text))
    return _shortened(_whole_heading(nearest, box, lines))


def _runs_through(line: Words, box: Rect) -> bool:
    """Whether a box stands on a blank of a printed sentence."""
    place = line.place
    level = place.y0 < box.y1 and place.y1 > (box.y0 + box.y1) / 2
    beneath = place.x0 <= box.x0 + 3 and place.x1 >= (box.x0 + box.x1) / 2
    return level and beneath and _BLANK.search(line.text) is not None


def _before_blank(line: Words, box: Rect, barriers: list[Rect]) -> str:
    """The words before the blank that a box stands on: as many blanks come before as boxes do."""
    earlier = [
        each
        for each in barriers
        if line.place.x0 - 3 <= each.x0 and each.x1 <= box.x0 + 3 and _runs_through(line, each)
    ]
    parts = _BLANK.split(line.text)
    return parts[len(earlier)] if len(earlier) < len(parts) - 1 else ""


def _leads(leaders: list[Rect], line: Rect) -> bool:
    """Whether one of the dots before the box goes on where the words on its left end."""
    middle = (line.y0 + line.y1) / 2
    return any(line.x1 <= dot.x0 + 1 and dot.y0 <= middle <= dot.y1 for dot in leaders)


def _whole_heading(line: Words, box: Rect, lines: list[Words]) -> str:
    """A heading above a column may take several lines: those above it within the box's width."""
    text, top = line.text, line.place
    if line.place.y1 > box.y0 + 3:
        return text
    for _ in range(2):
        above = [
            each
            for each in lines
            if -2 <= top.y0 - each.place.y1 <= 0.4 * top.height
            and abs(each.place.height - top.height) <= 0.2 * top.height
            and box.x0 - 4 <= each.place.x0
            and each.place.x1 <= box.x1 + 4
        ]
        if len(above) != 1:
            break
        text, top = f"{above[0].text} {text}", above[0].place
    return text


def _around(places: list[Rect]) -> Rect:
    return Rect(
        min(each.x0 for each in places),
        min(each.y0 for each in places),
        max(each.x1 for each in places),
        max(each.y1 for each in places),
    )


def _distance(line: Rect, box: Rect, kind: FieldType, led: bool) -> float | None:
    """How far, in points that weigh the direction; ``None`` where it names no such box."""
    middle = (line.y0 + line.y1) / 2
    outside = max(0.0, box.y0 - middle, middle - box.y1)
    beside = outside <= _UNEVEN or line.y0 <= (box.y0 + box.y1) / 2 <= line.y1
    button = kind in (FieldType.CHECKBOX, FieldType.RADIO)
    if beside and line.x1 <= box.x0 + 3:
        gap = box.x0 - line.x1
        if led:
            return 4 + 2 * outside + gap / 100 if gap <= _FARTHEST_LED else None
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
    left, right = _between((line.x0, line.x1), (box.x0, box.x1))
    upper, lower = _between((line.y0, line.y1), (box.y0, box.y1))
    gap = Rect(left, upper, right, lower)
    return left < right and upper < lower and any(gap.meets(each) for each in barriers)


def _between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The way from one to the other where they are apart, else what they share."""
    inner = sorted((max(one[0], other[0]), min(one[1], other[1])))
    return inner[0], inner[1]


def _shortened(words: str) -> str:
    words = _LEADERS.sub("", words.lstrip(_MARKS)).strip(_MARKS)
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0].rstrip(" ,;") + " …"
