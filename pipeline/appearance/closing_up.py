"""Closes up what stands on a page around the boxes that were filled in: pure geometry, in points.

A page is a tree of parts, as its structure elements are. Within a part the others stand in rows,
one below the other. A part whose boxes are all empty is left out, a row of which nothing stays
vanishes with the white above it, and a row is as high as the highest that stands in it. Marks that
are alike (check boxes with their captions) move up into the places of those that were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model.geometry import Rect

_TOUCHING = 1.0
"""Points that two rows may overlap by: a descender reaches into the line below it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A structure element, or a piece of its content.

    ``key`` tells pieces apart, for the caller who knows what they are; it is ``None`` for an
    element, which has ``parts``. ``box`` says that the piece is a field's box, ``mark`` that it is
    a check box or radio button.
    """

    rect: Rect
    key: int | None = None
    box: bool = False
    mark: bool = False
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Part:
        """An element around ``parts``, of which there is at least one."""
        kids = tuple(parts)
        rect = kids[0].rect
        for kid in kids[1:]:
            rect = Rect(
                min(rect.x0, kid.rect.x0), min(rect.y0, kid.rect.y0),
                max(rect.x1, kid.rect.x1), max(rect.y1, kid.rect.y1),
            )  # fmt: skip
        return cls(rect, parts=kids)

    def pieces(self) -> Iterator[Part]:
        if self.key is not None:
            yield self
        for part in self.parts:
            yield from part.pieces()

    def boxes(self) -> Iterator[Part]:
        return (piece for piece in self.pieces() if piece.box)


@dataclass(frozen=True, slots=True)
class Need:
    """What a box that is not empty needs: its ``height``, and by how much the first line of its
    text stands higher than the template has it: a label beside it goes with it."""

    height: float
    lift: float = 0.0


Needs = Mapping[int, Need]
"""By the boxes' keys; a box without an entry is empty."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a piece goes: ``right`` of its place, its upper edge ``down`` from that of what holds
    it; ``height`` is that of a box from now on."""

    right: float
    down: float
    height: float

    def within(self, right: float, down: float) -> Move:
        return Move(self.right + right, self.down + down, self.height)


@dataclass(frozen=True, slots=True)
class Row:
    """``gap`` is the white above it; ``has_box`` tells a row of answers from a heading."""

    gap: float
    height: float
    moves: Mapping[int, Move]
    has_box: bool


@dataclass(frozen=True, slots=True)
class _Seat:
    """A part in the place of another one: ``right`` and ``down`` of it."""

    part: Part
    right: float = 0.0
    down: float = 0.0


def stays(part: Part, needs: Needs) -> bool:
    """Words without boxes stay; boxes stay where one of them is filled in."""
    boxes = [box.key for box in part.boxes()]
    return not boxes or any(key in needs for key in boxes)


def closed_rows(part: Part, needs: Needs) -> list[Row]:
    """The rows of ``part`` that are left, from the top down; the first has no gap."""
    given = _rows(part.parts or (part,))
    seats = _seated(given, needs)
    rows: list[Row] = []
    for number, (row, seated) in enumerate(zip(given, seats, strict=True)):
        if not seated:
            continue
        gap = _bottom(given[number - 1]) - _top(row) if rows else 0.0
        rows.append(_closed(seated, _top(row), gap, needs))
    return rows


def _closed(seats: list[_Seat], top: float, gap: float, needs: Needs) -> Row:
    lift = max((_lift(seat.part, needs) for seat in seats), default=0.0)
    height, moves, has_box = 0.0, dict[int, Move](), False
    for seat in seats:
        down = top - seat.part.rect.y1 + seat.down
        boxed = any(True for _ in seat.part.boxes())
        if not boxed:
            down -= lift
        has_box = has_box or boxed
        own_height, own = _arranged(seat.part, needs)
        height = max(height, down + own_height)
        moves |= {key: move.within(seat.right, down) for key, move in own.items()}
    return Row(gap, height, moves, has_box)


def _arranged(part: Part, needs: Needs) -> tuple[float, dict[int, Move]]:
    """A part's height and its pieces' moves from its upper edge."""
    if part.key is not None:
        need = needs.get(part.key) if part.box else None
        height = part.rect.height if need is None else need.height
        return height, {part.key: Move(0.0, 0.0, height)}
    down, moves = 0.0, dict[int, Move]()
    for row in closed_rows(part, needs):
        down += row.gap
        moves |= {key: move.within(0.0, down) for key, move in row.moves.items()}
        down += row.height
    return down, moves


def _lift(part: Part, needs: Needs) -> float:
    """That of the box that a part begins with, if it begins with one."""
    first = next(part.pieces(), None)
    if first is None or first.key is None or not first.box:
        return 0.0
    need = needs.get(first.key)
    return 0.0 if need is None else need.lift


def _rows(parts: Iterable[Part]) -> list[list[Part]]:
    """Parts that stand beside each other, from the top down."""
    rows: list[list[Part]] = []
    for part in sorted(parts, key=lambda each: -each.rect.y1):
        if rows and part.rect.y1 > _bottom(rows[-1]) + _TOUCHING:
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def _seated(rows: list[list[Part]], needs: Needs) -> list[list[_Seat]]:
    """Who stands in which row. A run of rows of marks fills up in order."""
    seated: list[list[_Seat]] = [[] for _ in rows]
    run: list[int] = []
    for number, row in enumerate([*rows, []]):
        if row and all(_is_mark(part) for part in row):
            run.append(number)
            continue
        places = [
            (at, place) for at in run for place in sorted(rows[at], key=lambda each: each.rect.x0)
        ]
        kept = [place for _, place in places if stays(place, needs)]
        for part, (at, place) in zip(kept, places, strict=False):
            down = part.rect.y1 - place.rect.y1
            seated[at].append(_Seat(part, place.rect.x0 - part.rect.x0, down))
        run = []
        for part in row:
            if stays(part, needs):
                seated[number].append(_Seat(part))
    return seated


def _is_mark(part: Part) -> bool:
    boxes = list(part.boxes())
    return len(boxes) == 1 and boxes[0].mark


def _top(row: list[Part]) -> float:
    return max(part.rect.y1 for part in row)


def _bottom(row: list[Part]) -> float:
    return min(part.rect.y0 for part in row)


def stacked_height(rows: Iterable[Row]) -> float:
    """Rows with the gaps between them; the first one's gap does not count."""
    listed = list(rows)
    return sum(row.height for row in listed) + sum(row.gap for _, row in pairwise(listed))
