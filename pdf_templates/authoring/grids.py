"""Check boxes in columns, and tables of radio buttons."""

from __future__ import annotations

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import CheckGrid, RadioTable
from pdf_templates.authoring.fields import Checkbox, Radio
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.rows import (
    caption_type,
    label_type,
    marked_words,
    note_height,
    note_width,
    wrap_note,
)
from pdf_templates.authoring.structure import Element

_CAPTION_INDENT = style.BUTTON_SIZE + 4.5


class CheckGridLayout:
    gap = 5.0
    keeps_next = False
    _ROW = 15.5

    def __init__(self, grid: CheckGrid) -> None:
        self._grid = grid
        self._column = (style.WIDTH + style.GUTTER) / grid.columns
        fields, columns = grid.fields, grid.columns
        self._rows = [fields[at : at + columns] for at in range(0, len(fields), columns)]
        room = self._column - style.GUTTER - _CAPTION_INDENT
        self._captions = {s.name: caption_type().wrap(marked_words(s), room) for s in grid.fields}
        self._above = [spec for spec in grid.fields if spec.note and not self._beside(spec)]

    def _beside(self, spec: Checkbox) -> bool:
        """With one column the instruction stands behind the caption, where it fits."""
        if self._grid.columns > 1:
            return False
        caption = _CAPTION_INDENT + caption_type().width(marked_words(spec))
        return caption + 10 + note_width(spec.note) <= style.WIDTH

    def _row_height(self, row: tuple[Checkbox, ...]) -> float:
        lines = max(len(self._captions[spec.name]) for spec in row)
        return self._ROW + (lines - 1) * caption_type().leading

    @property
    def height(self) -> float:
        notes = len(self._above) * (note_height(1) + 2)
        label = label_type().leading if self._grid.label else 0.0
        return notes + label + sum(self._row_height(row) for row in self._rows)

    def draw(self, page: PageBuilder, top: float) -> None:
        for spec in self._above:
            rect = (
                style.LEFT,
                top - note_height(1),
                note_width(spec.note),
                note_height(1),
            )
            page.note(page.section, spec, [spec.note], rect)
            top -= note_height(1) + 2
        if self._grid.label:
            page.words(page.section.add("P"), style.LEFT, top, [self._grid.label], label_type())
            top -= label_type().leading
        for row in self._rows:
            for column, spec in enumerate(row):
                self._draw_box(page, spec, style.LEFT + column * self._column, top)
            top -= self._row_height(row)

    def _draw_box(self, page: PageBuilder, spec: Checkbox, x: float, top: float) -> None:
        group = page.section.add("Div")
        size, type_ = style.BUTTON_SIZE, caption_type()
        middle = top - self._ROW / 2
        page.checkbox(group, spec, (x, middle - size / 2, size, size))
        words_x = x + _CAPTION_INDENT
        lines = self._captions[spec.name]
        page.words(group.add("P"), words_x, middle + type_.leading / 2, lines, type_)
        if spec.note and self._beside(spec):
            note_x = words_x + type_.width(lines[0]) + 10
            height = note_height(1)
            rect = (note_x, middle - height / 2, note_width(spec.note), height)
            page.note(group, spec, [spec.note], rect)


class RadioTableLayout:
    """Column heads are the options; each row's header is the group's label."""

    gap = 6.0
    keeps_next = False
    _HEAD = 15.0
    _ROW = 16.5
    _LABEL_SHARE = 0.46

    def __init__(self, table: RadioTable) -> None:
        self._table = table
        self._options = table.fields[0].options
        if any(spec.options != self._options for spec in table.fields):
            raise ValueError(f"the rows of {table.head!r} have different options")
        self._notes = [spec for spec in table.fields if spec.note]
        self._label_width = style.WIDTH * self._LABEL_SHARE
        self._column = style.WIDTH * (1 - self._LABEL_SHARE) / len(self._options)

    @property
    def height(self) -> float:
        notes = len(self._notes) * (note_height(1) + 3)
        return notes + self._HEAD + len(self._table.fields) * self._ROW

    def draw(self, page: PageBuilder, top: float) -> None:
        for spec in self._notes:
            lines = wrap_note(spec.note, style.WIDTH)
            rect = (
                style.LEFT,
                top - note_height(1),
                note_width(spec.note),
                note_height(1),
            )
            page.note(page.section, spec, lines, rect)
            top -= note_height(1) + 3
        self._draw_ground(page, top)
        table = page.section.add("Table")
        self._draw_head(page, table.add("TR"), top)
        top -= self._HEAD
        for spec in self._table.fields:
            self._draw_row(page, table.add("TR"), spec, top)
            top -= self._ROW

    def _draw_ground(self, page: PageBuilder, top: float) -> None:
        rows = len(self._table.fields)
        with page.canvas.artifact():
            page.canvas.fill_rect(
                style.LEFT, top - self._HEAD, style.WIDTH, self._HEAD, style.CALCULATED
            )
            for index in range(rows):
                y = top - self._HEAD - (index + 1) * self._ROW
                page.canvas.line(style.LEFT, y, style.RIGHT, y, style.HAIRLINE, 0.5)

    def _centre(self, column: int) -> float:
        return style.LEFT + self._label_width + (column + 0.5) * self._column

    def _draw_head(self, page: PageBuilder, tr: Element, top: float) -> None:
        type_ = label_type()
        top -= (self._HEAD - type_.leading) / 2
        head = tr.add("TH", scope="Column")
        page.words(head.add("P"), style.LEFT + 5, top, [f"{self._table.head} *"], type_)
        for column, option in enumerate(self._options):
            x = self._centre(column) - type_.width(option.display) / 2
            cell = tr.add("TH", scope="Column")
            page.words(cell.add("P"), x, top, [option.display], type_)

    def _draw_row(self, page: PageBuilder, tr: Element, spec: Radio, top: float) -> None:
        type_, size = self._row_type(), style.BUTTON_SIZE
        middle = top - self._ROW / 2
        head = tr.add("TH", scope="Row")
        page.words(
            head.add("P"),
            style.LEFT + 5,
            middle + type_.leading / 2,
            [spec.printed],
            type_,
        )
        group = page.radio_group(spec)
        for column, option in enumerate(spec.options):
            x = self._centre(column) - size / 2
            cell = tr.add("TD")
            page.radio_button(cell, spec, group, option, (x, middle - size / 2, size, size))

    @staticmethod
    def _row_type() -> Type:
        return Type(fonts.condensed(), 8.4, 10.0, style.INK)
