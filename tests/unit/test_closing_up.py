"""Parts, rows and columns as numbers alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import pytest

from pipeline.appearance.closing_up import Need, Part, closed_rows, stays
from pipeline.appearance.columns import Columns
from pipeline.model.geometry import Rect

_keys = count()


def words(x: float, top: float, height: float = 10, width: float = 50) -> Part:
    return Part(Rect(x, top - height, x + width, top), next(_keys))


def box(x: float, top: float, height: float = 10, width: float = 100, mark: bool = False) -> Part:
    return Part(Rect(x, top - height, x + width, top), next(_keys), box=True, mark=mark)


def key(part: Part) -> int:
    assert part.key is not None
    return part.key


def needs(boxes: Iterable[Part], height: float = 10, lift: float = 0) -> dict[int, Need]:
    return {key(each): Need(height, lift) for each in boxes}


def block(x: float, top: float, lines: int = 1) -> tuple[Part, Part, list[Part]]:
    """A heading with boxes below it, two points between each."""
    heading = words(x, top)
    boxes = [box(x, top - 12 * (at + 1)) for at in range(lines)]
    return Part.of([heading, *boxes]), heading, boxes


def test_a_row_is_as_high_as_its_highest_part_needs() -> None:
    label, text, below = words(0, 100), box(60, 100), words(0, 85)
    first, second = closed_rows(Part.of([label, text, below]), needs([text], height=40))
    assert (first.height, second.gap) == (40, 5)
    assert first.moves[key(label)].down == 0


def test_a_label_keeps_to_the_first_line_of_the_text_beside_it() -> None:
    label, text = words(0, 98), box(60, 100)
    (row,) = closed_rows(Part.of([label, text]), needs([text], lift=1.5))
    assert row.moves[key(label)].down == pytest.approx(2 - 1.5)
    assert row.moves[key(text)].down == 0


def test_a_label_above_its_text_does_not_move_with_the_size() -> None:
    label, text = words(0, 112), box(0, 100)
    first, _ = closed_rows(Part.of([label, text]), needs([text], lift=1.5))
    assert first.moves[key(label)].down == 0


def test_a_row_that_vanishes_takes_its_white_along() -> None:
    parts = [box(0, top) for top in (100, 80, 60)]
    rows = closed_rows(Part.of(parts), needs([parts[0], parts[2]]))
    assert [row.gap for row in rows] == [0, 10]
    rows = closed_rows(Part.of(parts), needs(parts[1:]))
    assert [row.gap for row in rows] == [0, 10]


def test_words_stay_unless_all_boxes_around_them_are_empty() -> None:
    whole, _, boxes = block(0, 100, 2)
    assert stays(whole, needs(boxes[:1]))
    assert not stays(whole, {})
    assert stays(words(0, 10), {})


def test_marks_fill_up_row_by_row() -> None:
    marks = [
        Part.of([box(x, top, width=10, mark=True), words(x + 12, top)])
        for top in (100, 80)
        for x in (0, 100)
    ]
    kept = [next(marks[at].boxes()) for at in (1, 2, 3)]
    first, second = closed_rows(Part.of(marks), needs(kept))
    assert [first.moves[key(each)].right for each in kept[:2]] == [-100, 100]
    assert second.moves[key(kept[2])].right == -100
    assert second.gap == 10


@pytest.fixture
def page() -> tuple[Columns, list[list[Part]]]:
    """A band, then two blocks in each of two columns."""
    made = [block(x, top, 2) for x in (0, 150) for top in (400, 340)]
    band = Part(Rect(0, 420, 250, 450), next(_keys))
    columns = Columns.of([band, *(each[0] for each in made)])
    assert columns is not None
    return columns, [boxes for _, _, boxes in made]


def test_columns_are_found_beside_what_reaches_over_them(
    page: tuple[Columns, list[list[Part]]],
) -> None:
    columns, _ = page
    assert [(each.left, each.right) for each in columns.columns] == [(0, 100), (150, 250)]
    assert [number for _, number in columns.blocks] == [0, 0, 1, 1]
    assert (columns.top, columns.bottom, columns.gap) == (400, 306, 26)


def test_columns_are_even_and_blocks_stay_whole_where_they_can(
    page: tuple[Columns, list[list[Part]]],
) -> None:
    columns, boxes = page
    flow = columns.flow(needs([each for block in boxes for each in block]), 1.0)
    rights = [flow.places[key(block[0])].right for block in boxes]
    assert flow.fits
    assert rights == [0, 0, 0, 0]
    tall = {**needs(boxes[0], height=60), **needs(boxes[1]), **needs(boxes[2]), **needs(boxes[3])}
    flow = columns.flow(tall, 0.1)
    assert flow.places[key(boxes[1][0])].right == 150, "the tall block stands alone"
    assert flow.over > 0


def test_a_heading_never_ends_a_column(page: tuple[Columns, list[list[Part]]]) -> None:
    columns, boxes = page
    for height in range(5, 60, 5):
        flow = columns.flow(needs([each for b in boxes for each in b], height=height), 0.5)
        for part, _ in columns.blocks:
            heading, first = part.parts[0], part.parts[1]
            assert flow.places[key(heading)].top > flow.places[key(first)].top


def test_nothing_overlaps(page: tuple[Columns, list[list[Part]]]) -> None:
    columns, boxes = page
    flow = columns.flow(needs([each for b in boxes for each in b], height=17), 0.5)
    pieces = [piece for part, _ in columns.blocks for piece in part.pieces()]
    placed = []
    for piece in pieces:
        place = flow.places[key(piece)]
        left = piece.rect.x0 + place.right
        placed.append(Rect(left, place.top - place.height, left + 50, place.top))
    for at, one in enumerate(placed):
        assert not any(one.grown(-0.01).meets(other) for other in placed[at + 1 :])


def test_room_that_is_left_opens_the_white_between_blocks(
    page: tuple[Columns, list[list[Part]]],
) -> None:
    columns, boxes = page
    small = columns.flow(needs([each for b in boxes for each in b], height=5), 0.5)
    lowest = [
        min(small.places[key(each)].top - 5 for each in (*boxes[at], *boxes[at + 1]))
        for at in (0, 2)
    ]
    assert lowest[0] == pytest.approx(lowest[1])
    assert lowest[0] >= columns.bottom - 0.01
