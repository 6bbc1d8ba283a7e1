"""The words that are printed for each button of a group: beside it, or above its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.model.field import Field, FieldType
from pipeline.model.geometry import Page, Rect
from pipeline.pdf.printed_lines import Line

_FARTHEST = 60.0
_LONGEST = 160
_FARTHEST_HEAD = 400.0
"""Points, and characters."""
_WORD = re.compile(r"[^\W_]")


def button_captions(
    field: Field, page: Page, lines: Sequence[Line], others: Sequence[Rect]
) -> dict[str, str]:
    """By on-state, of the buttons on ``page``; states for which nothing is printed are left out.

    ``others`` are all widgets of the page in shown space: words beyond another box are not ours.
    """
    if field.type not in (FieldType.CHECKBOX, FieldType.RADIO):
        return {}
    boxes: dict[str, Rect] = {}
    for widget in field.widgets:
        if widget.visible and widget.on_state is not None and widget.page == page.number:
            boxes.setdefault(widget.on_state, page.shown(widget.rect))
    worded = [line for line in lines if _WORD.search(line.text)]
    sides = [
        {state: found for state, box in boxes.items() if (found := side(box, worded, others))}
        for side in (_right_of, _left_of)
    ]
    # The same side for all of a group: where most have words, and closer ones.
    best = max(sides, key=lambda each: (len(each), -sum(gap for gap, _ in each.values())))
    if len(boxes) > 1 and len(best) < len(boxes) and _in_one_row(boxes.values()):
        heads = _column_heads(boxes, worded)
        if heads:
            return heads
    return {state: words for state, (_, words) in best.items()}


_Beside = tuple[float, str]
"""How far the words are from a box, in points, and the words."""


def _right_of(box: Rect, lines: Sequence[Line], others: Sequence[Rect]) -> _Beside | None:
    """A line that begins close to the box, with those that it runs on in."""
    near = [(line.place.x0 - box.x1, line) for line in lines if _is_named_by(line.place, box)]
    if not near:
        return None
    gap, first = min(near, key=lambda each: each[0])
    if _is_between(box.x1, first.place.x0, box, others):
        return None
    return gap, _shortened(" ".join(_running_on(first, box, lines, others)))


def _left_of(box: Rect, lines: Sequence[Line], others: Sequence[Rect]) -> _Beside | None:
    near = [
        (box.x0 - line.place.x1, line.text, line.place)
        for line in lines
        if _is_beside(line.place, box) and -3 <= box.x0 - line.place.x1 <= _FARTHEST
    ]
    if not near:
        return None
    gap, text, place = min(near, key=lambda each: each[0])
    return None if _is_between(place.x1, box.x0, box, others) else (gap, _shortened(text))


def _column_heads(boxes: dict[str, Rect], lines: Sequence[Line]) -> dict[str, str]:
    """The nearest words above each button that stand over its column; all, or none."""
    middles = sorted((box.x0 + box.x1) / 2 for box in boxes.values())
    pitch = min(after - before for before, after in pairwise(middles))
    heads = {}
    for state, box in boxes.items():
        middle = (box.x0 + box.x1) / 2
        over = sorted(
            (
                line
                for line in lines
                if 0 <= box.y0 - line.place.y1 + 3 <= _FARTHEST_HEAD
                and abs((line.place.x0 + line.place.x1) / 2 - middle) <= pitch / 2
                and line.place.width <= 1.5 * pitch
            ),
            key=lambda line: -line.place.y1,
        )
        if not over:
            return {}
        words = [over[0]]
        for line in over[1:]:
            if not -2 <= words[-1].place.y0 - line.place.y1 <= line.place.height * 0.6:
                break
            words.append(line)
        heads[state] = _shortened(" ".join(line.text for line in reversed(words)))
    return heads if len(set(heads.values())) == len(heads) else {}


def _running_on(
    first: Line, box: Rect, lines: Sequence[Line], others: Sequence[Rect]
) -> Iterator[str]:
    yield first.text
    last = first
    for line in sorted(lines, key=lambda each: each.place.y0):
        below = line.place.y0 - last.place.y1
        if abs(line.place.x0 - first.place.x0) > 2 or not -3 <= below < 0.5 * last.place.height:
            continue
        if abs(line.size - first.size) > 0.5:
            return
        if any(_is_named_by(line.place, each) for each in others if each != box):
            return
        yield line.text
        last = line


def _is_named_by(line: Rect, box: Rect) -> bool:
    """Whether the line begins close to the right of the box: it is that button's caption."""
    return _is_beside(line, box) and -3 <= line.x0 - box.x1 <= _FARTHEST


def _in_one_row(boxes: Iterable[Rect]) -> bool:
    tops = [box.y0 for box in boxes]
    return max(tops) - min(tops) <= 4


def _is_beside(line: Rect, box: Rect) -> bool:
    middle = (line.y0 + line.y1) / 2
    return box.y0 - 3 <= middle <= box.y1 + 3


def _is_between(left: float, right: float, box: Rect, others: Sequence[Rect]) -> bool:
    """Whether another box stands in the gap, on the same height."""
    if right - left <= 1:
        return False
    gap = Rect(left + 0.5, box.y0 + 1, right - 0.5, max(box.y0 + 1.5, box.y1 - 1))
    return any(gap.meets(each) for each in others if each != box)


def _shortened(words: str) -> str:
    words = re.sub(r"(?:\s*[._…]){4,}.*$", "", words).strip(" :;.*_…-–▶►→☐□").strip()
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0].rstrip(" ,;") + " …"
