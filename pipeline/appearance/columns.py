"""Sets blocks that were closed up into the columns of their page: pure geometry, in points.

Blocks follow each other down a column and on to the next one, as in a newspaper. A column may end
between two rows of a block, but not below a heading. The columns are as even as they can be, and
what room is left opens the white between the blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipeline.appearance.closing_up import Move, Needs, Part, Row, closed_rows, stays
from pipeline.model.geometry import Rect

_IN_TWO = 90.0
"""Points by which columns may be less even to keep a block in one piece."""
_WIDEST = 1.6
"""How much the white between blocks may grow, where there is room."""


@dataclass(frozen=True, slots=True)
class Column:
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The part of a page that its column blocks take up in the template, and those ``blocks``,
    each with its column; ``gap`` is the white between two blocks."""

    columns: tuple[Column, ...]
    blocks: tuple[tuple[Part, int], ...]
    top: float
    bottom: float
    gap: float

    @classmethod
    def of(cls, blocks: Sequence[Part]) -> Columns | None:
        """Blocks that reach over several columns stay where they are. ``None`` where no block is
        left then."""
        if not blocks:
            return None
        columns = _columns(blocks)
        placed = [
            (block, number)
            for block in blocks
            if (number := _column_of(block.rect, columns)) is not None
        ]
        if not placed:
            return None
        return cls(
            tuple(columns),
            tuple(placed),
            top=max(block.rect.y1 for block, _ in placed),
            bottom=min(block.rect.y0 for block, _ in placed),
            gap=_gap(placed),
        )

    def holds(self, piece: int) -> bool:
        return any(each.key == piece for block, _ in self.blocks for each in block.pieces())

    def flow(self, needs: Needs, tightest: float) -> Flow:
        """Blocks with something in them, in columns; white may shrink to ``tightest`` of what the
        template has between blocks."""
        units = [
            unit
            for block, column in self.blocks
            if stays(block, needs)
            for unit in _units(block, column, needs)
        ]
        runs = self._balanced(units, tightest)
        heights = [self._height(run, tightest) for run in runs]
        room = self.top - self.bottom
        return Flow(self._places(runs, tightest), max(heights, default=0.0) - room)

    def _balanced(self, units: list[_Unit], tightest: float) -> list[list[_Unit]]:
        count = min(len(self.columns), max(1, len(units)))
        best: tuple[float, list[list[_Unit]]] | None = None
        for breaks in combinations(range(1, len(units)), count - 1):
            edges = [0, *breaks, len(units)]
            runs = [units[start:end] for start, end in pairwise(edges)]
            tallest = max(self._height(run, tightest) for run in runs)
            cut = sum(not units[at].begins for at in breaks)
            overflow = max(0.0, tallest - (self.top - self.bottom))
            cost = tallest + cut * _IN_TWO + 1000 * overflow
            if best is None or cost < best[0] - 1e-6:
                best = cost, runs
        return [units] if best is None else best[1]

    def _height(self, run: list[_Unit], white: float) -> float:
        gaps = sum(self._gap_above(unit, white) for unit in run[1:])
        return gaps + sum(unit.height for unit in run)

    def _gap_above(self, unit: _Unit, white: float) -> float:
        return self.gap * white if unit.begins else unit.gap

    def _places(self, runs: list[list[_Unit]], tightest: float) -> dict[int, Place]:
        """Columns end at one height, as far as their white allows."""
        loosest = max((self._height(run, _WIDEST) for run in runs), default=0.0)
        goal = min(self.top - self.bottom, loosest)
        places: dict[int, Place] = {}
        for number, run in enumerate(runs):
            inner = sum(unit.begins for unit in run[1:])
            white = tightest
            if inner and self.gap > 0:
                white += (goal - self._height(run, tightest)) / (inner * self.gap)
            white = max(tightest, min(_WIDEST * 1.5, white))
            top = self.top
            for place, unit in enumerate(run):
                top -= self._gap_above(unit, white) if place else 0.0
                right = self.columns[number].left - self.columns[unit.column].left
                for key, move in unit.moves.items():
                    places[key] = Place(move.right + right, top - move.down, move.height)
                top -= unit.height
        return places


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands now: ``right`` of where it stood, its upper edge at ``top``."""

    right: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Flow:
    """``places`` of the pieces that stay; ``over`` is by how much the highest column is too high,
    where it is more than 0."""

    places: Mapping[int, Place]
    over: float

    @property
    def fits(self) -> bool:
        return self.over <= 0.01


@dataclass(frozen=True, slots=True)
class _Unit:
    """Rows that no column parts: a heading with the row below it. ``begins`` a block."""

    gap: float
    height: float
    moves: Mapping[int, Move]
    begins: bool
    column: int


def _units(block: Part, column: int, needs: Needs) -> list[_Unit]:
    groups: list[list[Row]] = []
    under_heading = False
    for row in closed_rows(block, needs):
        if under_heading:
            groups[-1].append(row)
        else:
            groups.append([row])
        under_heading = not row.has_box
    return [_unit(group, begins=at == 0, column=column) for at, group in enumerate(groups)]


def _unit(rows: list[Row], *, begins: bool, column: int) -> _Unit:
    down, moves = 0.0, dict[int, Move]()
    for number, row in enumerate(rows):
        down += row.gap if number else 0.0
        moves |= {key: move.within(0.0, down) for key, move in row.moves.items()}
        down += row.height
    return _Unit(rows[0].gap, down, moves, begins, column)


def _columns(blocks: Sequence[Part]) -> list[Column]:
    """Where blocks stand above each other, less those that reach over others side by side."""
    columns: list[Column] = []
    inside = [block.rect for block in blocks if not _reaches_over(block.rect, blocks)]
    for rect in sorted(inside, key=lambda each: each.x0):
        if columns and rect.x0 < columns[-1].right:
            last = columns.pop()
            columns.append(Column(last.left, max(last.right, rect.x1)))
        else:
            columns.append(Column(rect.x0, rect.x1))
    return columns


def _reaches_over(rect: Rect, blocks: Sequence[Part]) -> bool:
    beside = [block.rect for block in blocks if _overlap(block.rect, rect)]
    return any(not _overlap(one, other) for one, other in combinations(beside, 2))


def _overlap(one: Rect, other: Rect) -> bool:
    return max(one.x0, other.x0) < min(one.x1, other.x1)


def _column_of(rect: Rect, columns: Sequence[Column]) -> int | None:
    found = [
        number
        for number, column in enumerate(columns)
        if rect.x0 < column.right and rect.x1 > column.left
    ]
    return found[0] if len(found) == 1 else None


def _gap(placed: Sequence[tuple[Part, int]]) -> float:
    """The least white between two blocks of a column in the template."""
    gaps = [
        upper.rect.y0 - lower.rect.y1
        for (upper, column), (lower, other) in pairwise(placed)
        if column == other
    ]
    return max(0.0, min(gaps, default=0.0))
