"""Tables of boxes: a row header, its explanation, one box a column."""

from __future__ import annotations

from dataclasses import dataclass

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import FieldLine, FieldTable
from pdf_templates.authoring.fields import FieldSpec
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.rows import label_type, marked, note_height, note_width, wrap_note
from pdf_templates.authoring.structure import Element
from pdf_templates.authoring.words import small_type

_HEAD = 15.0
_INDENT = 5.0
_PADDING = 2.0
_HEAD_SHARE = 0.4
"""Of the width, for the row headers of a table without explanations."""
_HEAD_WIDTH = style.WIDTH / 4
"""Of the row headers beside explanations, points."""
_BOX = 64.0
_NOTE_GAP = 1.0


@dataclass(frozen=True, slots=True)
class _Row:
    line: FieldLine
    head: list[str]
    words: list[str]
    notes: dict[str, list[str]]
    band: float
    """Height of what stands on one line with the boxes; instructions may stand below it."""
    height: float


class FieldTableLayout:
    gap = 6.0
    keeps_next = False

    def __init__(self, table: FieldTable) -> None:
        self._table = table
        self._explained = any(line.words for line in table.lines)
        if self._explained and not all(line.words for line in table.lines):
            raise ValueError(f"only some rows of {table.heads} are explained")
        self._columns = max(len(line.fields) for line in table.lines)
        expected = self._columns + (2 if self._explained else 1)
        if len(table.heads) != expected:
            raise ValueError(f"a table of {expected} columns has the heads {table.heads}")
        if self._explained:
            self._head_width = _HEAD_WIDTH
            self._first = style.WIDTH - self._columns * (_BOX + style.GUTTER) + style.GUTTER
            self._step = _BOX + style.GUTTER
        else:
            self._head_width = self._first = style.WIDTH * _HEAD_SHARE
            self._step = (style.WIDTH - self._first) / self._columns
        self._rows = [self._measured(line) for line in table.lines]

    @property
    def _words_width(self) -> float:
        return self._first - self._head_width - 2 * style.GUTTER

    def _measured(self, line: FieldLine) -> _Row:
        head = label_type().wrap(_head_words(line), self._head_width - _INDENT - style.GUTTER)
        words = small_type().wrap(line.words, self._words_width) if line.words else []
        room = self._words_width if self._explained else self._step - _BOX - style.GUTTER
        notes = {spec.name: wrap_note(spec.note, room) for spec in line.fields if spec.note}
        heights = [note_height(len(lines)) for lines in notes.values()]
        written = len(words) * small_type().leading
        band = max(style.BOX_HEIGHT, len(head) * label_type().leading, written)
        if not heights:
            height = band
        elif self._explained and not self._note_beside_words(words, notes):
            height = (band + written) / 2 + sum(each + _NOTE_GAP for each in heights)
        else:
            height = band = max(band, *heights)
        return _Row(line, head, words, notes, band, height + 2 * _PADDING)

    def _note_beside_words(self, words: list[str], notes: dict[str, list[str]]) -> bool:
        """Whether a single short instruction has room behind a single line of words."""
        if len(words) != 1 or [len(lines) for lines in notes.values()] != [1]:
            return False
        (lines,) = notes.values()
        needed = small_type().width(words[0]) + style.GUTTER + note_width(lines[0])
        return needed <= self._words_width

    @property
    def height(self) -> float:
        return _HEAD + sum(row.height for row in self._rows)

    def draw(self, page: PageBuilder, top: float) -> None:
        self._draw_ground(page, top)
        table = page.section.add("Table")
        self._draw_heads(page, table.add("TR"), top)
        top -= _HEAD
        for row in self._rows:
            self._draw_row(page, table.add("TR"), row, top)
            top -= row.height

    def _draw_ground(self, page: PageBuilder, top: float) -> None:
        with page.canvas.artifact():
            page.canvas.fill_rect(style.LEFT, top - _HEAD, style.WIDTH, _HEAD, style.CALCULATED)
            y = top - _HEAD
            for row in self._rows:
                y -= row.height
                page.canvas.line(style.LEFT, y, style.RIGHT, y, style.HAIRLINE, 0.5)

    def _draw_heads(self, page: PageBuilder, tr: Element, top: float) -> None:
        type_ = label_type()
        places = [style.LEFT + _INDENT]
        if self._explained:
            places.append(style.LEFT + self._head_width)
        places += [self._x(column) for column in range(self._columns)]
        top -= (_HEAD - type_.leading) / 2
        for x, words in zip(places, self._table.heads, strict=True):
            cell = tr.add("TH", scope="Column")
            page.words(cell.add("P"), x, top, [words], type_)

    def _x(self, column: int) -> float:
        return style.LEFT + self._first + column * self._step

    def _draw_row(self, page: PageBuilder, tr: Element, row: _Row, top: float) -> None:
        middle = top - _PADDING - row.band / 2
        head = tr.add("TH", scope="Row").add("P")
        type_ = _row_type() if not self._explained else label_type()
        page.words(
            head, style.LEFT + _INDENT, middle + len(row.head) * type_.leading / 2, row.head, type_
        )
        if self._explained:
            self._draw_words(page, tr.add("TD"), row, middle)
        for column, spec in enumerate(row.line.fields):
            cell = tr.add("TD")
            x = self._x(column)
            rect = (x, middle - style.BOX_HEIGHT / 2, _BOX, style.BOX_HEIGHT)
            if spec.note and not self._explained:
                lines = row.notes[spec.name]
                note_top = middle + note_height(len(lines)) / 2
                self._draw_note(page, cell, spec, lines, x + _BOX + style.GUTTER, note_top)
            page.text_field(cell, spec, rect, at_right=True)

    def _draw_words(self, page: PageBuilder, cell: Element, row: _Row, middle: float) -> None:
        x = style.LEFT + self._head_width
        words = len(row.words) * small_type().leading
        page.words(cell.add("P"), x, middle + words / 2, row.words, small_type())
        top = middle - words / 2 - _NOTE_GAP
        if self._note_beside_words(row.words, row.notes):
            x += small_type().width(row.words[0]) + style.GUTTER
            top = middle + note_height(1) / 2
        for spec in row.line.fields:
            if spec.note:
                lines = row.notes[spec.name]
                self._draw_note(page, cell, spec, lines, x, top)
                top -= note_height(len(lines)) + _NOTE_GAP

    @staticmethod
    def _draw_note(
        page: PageBuilder, cell: Element, spec: FieldSpec, lines: list[str], x: float, top: float
    ) -> None:
        height = note_height(len(lines))
        width = max(note_width(line) for line in lines)
        page.note(cell, spec, lines, (x, top - height, width, height))


def _head_words(line: FieldLine) -> str:
    """The header bears the mark where every box of its row must be filled in."""
    marks = {spec.need.mark for spec in line.fields}
    return marked(line.head, marks.pop() if len(marks) == 1 else "")


def _row_type() -> Type:
    return Type(fonts.condensed(), 8.4, style.LABEL_LEADING, style.INK)
