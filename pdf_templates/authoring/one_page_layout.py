"""Draws a one-page: a band at the top, two columns of blocks, a line that says where it is from.

The empty template shows each block at a typical height. What matters of it are the order, the white
between things and the area that the columns take up: the pipeline closes the page up around the
answers (``pipeline/pdf/reflow.py``). The last box of each column reaches down to the area's foot.
"""

from __future__ import annotations

import pikepdf

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.document import finished
from pdf_templates.authoring.embedding import FontSet
from pdf_templates.authoring.one_page import (
    Answer,
    Band,
    Group,
    Item,
    Keywords,
    Marks,
    OnePageBlock,
    OnePagePlan,
    Role,
)
from pdf_templates.authoring.one_page_fields import Look, OnePageBuilder, narrow
from pdf_templates.authoring.page import Draft, Type
from pdf_templates.authoring.structure import Element

LEFT, RIGHT = 24.0, style.PAGE_WIDTH - 24.0
GUTTER = 15.0
COLUMN = (RIGHT - LEFT - GUTTER) / 2
BAND_FOOT = 770.0
COLUMNS_TOP, COLUMNS_FOOT = 760.0, 32.0
BETWEEN_BLOCKS = 10.0
INSET = 2.0
"""What the engine keeps free at the left and right of a box, points: boxes reach out by it."""

_TEXT = 10.0
_LOOKS = {
    Role.TEXT: Look(_TEXT),
    Role.NAME: Look(_TEXT, style.NAVY, 600),
    Role.ASIDE: Look(_TEXT, style.MUTED),
    Role.KEYWORD: Look(_TEXT, style.NAVY, 600, style.TINT, centred=True),
    Role.LEAD: Look(_TEXT, style.NAVY, 400),
}
_BAND_NAME = Look(21.0, style.WHITE, 700)
_BAND_FACT = Look(10.0, style.WHITE, 400)
_ORIGIN = Look(8.0, style.MUTED)
_PALE = (0.82, 0.86, 0.95)
"""On navy: a contrast of 9.7 to 1."""

_TILE, _TILE_PITCH = 13.0, 16.0
_CHECK, _CHECK_PITCH = 7.0, 11.0


def draw_one_page(plan: OnePagePlan) -> bytes:
    pdf = pikepdf.Pdf.new()
    draft = Draft(pdf, FontSet(pdf, typed=_win_ansi()))
    page = OnePageBuilder(draft, 0)
    _draw_band(page, plan.band)
    for number, blocks in enumerate(plan.columns):
        _draw_column(page, blocks, LEFT + number * (COLUMN + GUTTER))
    _draw_origin(page, plan)
    return finished(draft, [page.write()], plan)


def _win_ansi() -> list[int]:
    codes = (bytes([code]).decode("cp1252", "ignore") for code in range(32, 256))
    return [ord(char) for char in codes if char]


def _label_type() -> Type:
    return Type(fonts.label(), 8.25, 9.6, style.NAVY)


def _caption_type() -> Type:
    return Type(narrow(), 8.0, 9.6, style.INK)


def _heading_type() -> Type:
    return Type(fonts.bold(), 10.0, 12.0, style.NAVY)


def _draw_band(page: OnePageBuilder, band: Band) -> None:
    """The name's box is too low for two lines at full size: one line stands in its middle."""
    foot, top = BAND_FOOT, style.PAGE_HEIGHT
    with page.canvas.artifact():
        page.canvas.fill_rect(0, foot, style.PAGE_WIDTH, top - foot, style.NAVY)
    kicker = Type(fonts.label(), 8.5, 11.0, _PALE)
    heading = page.section.add("H1")
    page.words(heading, LEFT, top - 10, [band.kicker], kicker)
    facts_left = RIGHT - 206
    name = (LEFT - INSET, foot + 5, facts_left - LEFT - 14, 43)
    page.answer(heading, band.name, name, _BAND_NAME)
    upper = top - 22
    for fact, height in zip(band.facts, (13.5, 32.5), strict=True):
        group = page.section.add("Div")
        page.words(group.add("P"), facts_left, upper - 1.4, [fact.label], kicker)
        box = (facts_left + 50 - INSET, upper - height, 156 + 2 * INSET, height)
        page.answer(group, fact.field, box, _BAND_FACT)
        upper -= height + 1


def _draw_column(page: OnePageBuilder, blocks: tuple[OnePageBlock, ...], x: float) -> None:
    top = COLUMNS_TOP
    for block in blocks:
        page.section = page.draft.document.add("Sect")
        last = COLUMNS_FOOT if block is blocks[-1] else None
        top = _draw_block(page, block, x, top, last) - BETWEEN_BLOCKS


def _draw_block(
    page: OnePageBuilder, block: OnePageBlock, x: float, top: float, last: float | None
) -> float:
    """The foot of the block; its last box reaches down to ``last`` where one is given."""
    heading = _heading_type()
    page.words(page.section.add("H2"), x, top + 1.4, [block.title], heading)
    with page.canvas.artifact():
        page.canvas.line(x, top - 13.2, x + COLUMN, top - 13.2, style.LINE, 0.6)
    top -= 15.2
    for item in block.items:
        foot = last if item is block.items[-1] else None
        top = _draw_item(page, page.section, item, x, top, block.label_width, foot)
    return top


def _draw_item(
    page: OnePageBuilder,
    parent: Element,
    item: Item,
    x: float,
    top: float,
    label_width: float,
    foot: float | None,
) -> float:
    match item:
        case Answer():
            return _draw_answer(page, parent, item, x, top, label_width, foot)
        case Keywords():
            return _draw_keywords(page, parent, item, x, top)
        case Group():
            group = parent.add("Div")
            for answer in item.answers:
                last = foot if answer is item.answers[-1] else None
                top = _draw_answer(page, group, answer, x, top, label_width, last)
            return top - 3
        case Marks():
            return _draw_marks(page, parent, item, x, top)


def _draw_answer(
    page: OnePageBuilder,
    parent: Element,
    answer: Answer,
    x: float,
    top: float,
    label_width: float,
    foot: float | None,
) -> float:
    look = _LOOKS[answer.role]
    height = (answer.field.lines - 1) * 1.2 * look.size + 1.15 * look.size + 2
    left = x - INSET + (label_width if answer.label else 0.0)
    if answer.label:
        parent = parent.add("Div")
        type_ = _label_type()
        lines = type_.wrap(answer.label, label_width - 4)
        baseline = top - 1 - 0.92 * look.size
        label_top = baseline + type_.leading / 2 + 0.357 * type_.size
        page.words(parent.add("P"), x, label_top, lines, type_)
        height = max(height, len(lines) * type_.leading)
    if foot is not None:
        height = top - foot
    width = x + COLUMN + INSET - left
    page.answer(parent, answer.field, (left, top - height, width, height), look)
    return top - height


def _draw_keywords(
    page: OnePageBuilder, parent: Element, item: Keywords, x: float, top: float
) -> float:
    gap, height = 5.0, 14.0
    width = (COLUMN - gap * (len(item.answers) - 1)) / len(item.answers)
    top -= 3
    for answer in item.answers:
        page.answer(parent, answer.field, (x, top - height, width, height), _LOOKS[answer.role])
        x += width + gap
    return top - height - 3


def _draw_marks(page: OnePageBuilder, parent: Element, item: Marks, x: float, top: float) -> float:
    tiled = item.marks[0].pictogram.tile
    size, pitch = (_TILE, _TILE_PITCH) if tiled else (_CHECK, _CHECK_PITCH)
    type_ = _caption_type()
    items = parent.add("L", numbering="None")
    width = COLUMN / item.columns
    top -= 2
    for number, mark in enumerate(item.marks):
        row, column = divmod(number, item.columns)
        left = x + column * width
        middle = top - row * pitch - size / 2
        entry = items.add("LI")
        page.mark(entry.add("Lbl"), mark, (left, middle - size / 2, size, size))
        words = entry.add("LBody")
        page.words(words, left + size + 3.2, middle + type_.leading / 2, [mark.field.label], type_)
    rows = -(-len(item.marks) // item.columns)
    return top - rows * pitch


def _draw_origin(page: OnePageBuilder, plan: OnePagePlan) -> None:
    page.section = page.draft.document.add("Sect")
    group = page.section.add("Div")
    page.answer(group, plan.origin, (LEFT - INSET, 12, RIGHT - LEFT + 2 * INSET, 11.5), _ORIGIN)
    with page.canvas.artifact("Pagination"):
        page.canvas.line(LEFT, 25, RIGHT, 25, style.HAIRLINE, 0.6)
