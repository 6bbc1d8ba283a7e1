"""Rows of fields: instruction, label, box. Boxes of a row share one line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from pdf_templates.authoring import fit, fonts, style
from pdf_templates.authoring.blocks import Cell, Row
from pdf_templates.authoring.fields import FieldSpec, Radio
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.structure import Element

_LABEL_GAP = 1.5
_NOTE_PADDING = 3.0
_NOTE_GAP = 1.0
_BESIDE_GAP = 8.0
_LEAST_ROOM_AT_RIGHT = 200.0


def label_type() -> Type:
    return Type(fonts.label(), style.LABEL_SIZE, style.LABEL_LEADING, style.NAVY)


def note_type() -> Type:
    return Type(fonts.condensed(), style.NOTE_SIZE, style.NOTE_LEADING, style.NOTE_INK)


def caption_type() -> Type:
    return Type(fonts.condensed(), style.CAPTION_SIZE, style.CAPTION_SIZE * 1.2, style.INK)


def marked(words: str, mark: str) -> str:
    """Words with a mark; a no-break space keeps the mark from a line of its own."""
    return f"{words}\N{NO-BREAK SPACE}{mark}" if mark else words


def marked_words(spec: FieldSpec) -> str:
    """A label or caption with its field's mark."""
    return marked(spec.printed, spec.need.mark)


def note_width(text: str) -> float:
    return note_type().width(text) + 2 * _NOTE_PADDING


def note_height(lines: int) -> float:
    return lines * style.NOTE_LEADING + 2


def wrap_note(text: str, width: float) -> list[str]:
    """Lines of much the same length: the narrowest that take no more lines than the widest."""
    type_ = note_type()
    lines = type_.wrap(text, width - 2 * _NOTE_PADDING)
    if len(lines) == 1:
        return lines
    narrow, wide = 0.0, width - 2 * _NOTE_PADDING
    while wide - narrow > 1:
        middle = (narrow + wide) / 2
        if len(type_.wrap(text, middle)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return type_.wrap(text, wide)


class _NotePlace(Enum):
    """Where an instruction stands: in free space if there is any, else over the row."""

    LABEL_LINE = auto()
    RIGHT = auto()
    ABOVE = auto()


@dataclass(frozen=True, slots=True)
class _MeasuredCell:
    cell: Cell
    x: float
    width: float
    label: list[str]
    note: list[str]
    place: _NotePlace

    @property
    def box_width(self) -> float:
        return self.cell.box_width or self.width

    @property
    def note_above(self) -> bool:
        return bool(self.note) and self.place is _NotePlace.ABOVE

    @property
    def own_box_height(self) -> float:
        return fit.box_height(fonts.regular(), self.cell.field, self.box_width)


class RowLayout:
    gap = 6.0
    keeps_next = False

    def __init__(self, row: Row) -> None:
        self._cells = _measure(row)
        self._label_height = max(len(c.label) for c in self._cells) * style.LABEL_LEADING
        above = [len(c.note) for c in self._cells if c.note_above]
        self._note_height = note_height(max(above)) + 2 * _NOTE_GAP if above else 0.0
        self._box_height = max(c.own_box_height for c in self._cells)

    @property
    def height(self) -> float:
        return self._note_height + self._label_height + _LABEL_GAP + self._box_height

    def draw(self, page: PageBuilder, top: float) -> None:
        boxes_top = top - self._note_height - self._label_height - _LABEL_GAP
        for cell in self._cells:
            self._draw_cell(page, cell, boxes_top)

    def _draw_cell(self, page: PageBuilder, cell: _MeasuredCell, boxes_top: float) -> None:
        group = page.section.add("Div")
        label_top = boxes_top + _LABEL_GAP + len(cell.label) * style.LABEL_LEADING
        page.words(group.add("P"), cell.x, label_top, cell.label, label_type())
        height = self._box_height
        if cell.note:
            self._draw_note(page, group, cell, boxes_top, height)
        spec = cell.cell.field
        if isinstance(spec, Radio):
            _draw_options(page, group, spec, cell.x, boxes_top)
        else:
            page.text_field(group, spec, (cell.x, boxes_top - height, cell.box_width, height))

    def _draw_note(
        self,
        page: PageBuilder,
        group: Element,
        cell: _MeasuredCell,
        top: float,
        box: float,
    ) -> None:
        width = max(note_width(line) for line in cell.note)
        height = note_height(len(cell.note))
        x = cell.x
        match cell.place:
            case _NotePlace.LABEL_LINE:
                x, y = cell.x + cell.width - width, top + _LABEL_GAP
            case _NotePlace.RIGHT:
                x, y = cell.x + cell.width + style.GUTTER, top - (box + height) / 2
            case _NotePlace.ABOVE:
                y = top + _LABEL_GAP + self._label_height + _NOTE_GAP
        page.note(group, cell.cell.field, cell.note, (x, y, width, height))


def _measure(row: Row) -> list[_MeasuredCell]:
    edges = _edges(row)
    labels = [_label(cell, width) for cell, (_, width) in zip(row.cells, edges, strict=True)]
    above = [
        bool(cell.field.note) and not _fits_label_line(cell, label, width)
        for cell, label, (_, width) in zip(row.cells, labels, edges, strict=True)
    ]
    measured = []
    for index, (cell, label) in enumerate(zip(row.cells, labels, strict=True)):
        x, width = edges[index]
        place, room = _NotePlace.LABEL_LINE, width
        if above[index]:
            place, room = _NotePlace.ABOVE, _room_above(edges, above, index)
            if len(row.cells) == 1 and room - width > _LEAST_ROOM_AT_RIGHT:
                place, room = _NotePlace.RIGHT, room - width - style.GUTTER
        note = wrap_note(cell.field.note, room) if cell.field.note else []
        measured.append(_MeasuredCell(cell, x, width, label, note, place))
    return measured


def _label(cell: Cell, width: float) -> list[str]:
    """The label in lines; its mark stays with the last word."""
    return label_type().wrap(marked_words(cell.field), width)


def _fits_label_line(cell: Cell, label: list[str], width: float) -> bool:
    needed = label_type().width(label[0]) + _BESIDE_GAP + note_width(cell.field.note)
    return len(label) == 1 and needed <= width


def _edges(row: Row) -> list[tuple[float, float]]:
    """x and width of each cell: shares of the content width, with a gutter between cells."""
    whole = style.WIDTH + style.GUTTER
    x, edges = style.LEFT, []
    for cell in row.cells:
        width = float(cell.share) * whole
        edges.append((x, width - style.GUTTER))
        x += width
    if x > style.RIGHT + style.GUTTER + 0.01:
        raise ValueError(f"a row is too wide: {[cell.field.name for cell in row.cells]}")
    return edges


def _room_above(edges: list[tuple[float, float]], above: list[bool], index: int) -> float:
    """An instruction above a label may run on over neighbours that have none there."""
    x = edges[index][0]
    for (edge, _), taken in zip(edges[index + 1 :], above[index + 1 :], strict=True):
        if taken:
            return edge - style.GUTTER - x
    return style.RIGHT - x


def _draw_options(page: PageBuilder, group: Element, spec: Radio, x: float, top: float) -> None:
    size, type_ = style.BUTTON_SIZE, caption_type()
    field = page.radio_group(spec)
    for option in spec.options:
        middle = top - style.BOX_HEIGHT / 2
        page.radio_button(group, spec, field, option, (x, middle - size / 2, size, size))
        x += size + 4
        page.words(group.add("P"), x, middle + type_.leading / 2, [option.display], type_)
        x += type_.width(option.display) + 16
