"""What stands on a page, from top to bottom, without a coordinate in sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pdf_templates.authoring.fields import Checkbox, FieldSpec, Radio

FULL = Fraction(1)
THREE_QUARTERS = Fraction(3, 4)
TWO_THIRDS = Fraction(2, 3)
HALF = Fraction(1, 2)
THIRD = Fraction(1, 3)
QUARTER = Fraction(1, 4)
SIXTH = Fraction(1, 6)


@dataclass(frozen=True, slots=True)
class Title:
    """The cover's title block; its title is the document's only H1."""

    title: str
    subtitle: str
    tagline: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A navy bar; H2, and an entry of the outline."""

    text: str


@dataclass(frozen=True, slots=True)
class Subsection:
    """A heading below the section's. ``aside`` explains in lighter type, on the same line."""

    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``lead`` is set in semibold before the text."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A tinted panel of explanation; ``numbered`` makes the paragraphs an ordered list."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The cover's table of contents: (part, page number), in two columns."""

    title: str
    entries: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A field in a row. ``box_width`` in points, where a box is narrower than its share."""

    field: FieldSpec
    share: Fraction
    box_width: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class CheckGrid:
    """Check boxes with their captions at the right, row by row; ``label`` stands above them."""

    fields: tuple[Checkbox, ...]
    columns: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class RadioTable:
    """Radio groups that share their options: one row a group, one column an option."""

    head: str
    fields: tuple[Radio, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One row of a field table: its header, what explains it, its fields from left to right."""

    head: str
    fields: tuple[FieldSpec, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Boxes in columns under common heads; the last row may bear the sums of those above.

    ``heads`` name the row headers, the explanations where rows have ``words``, and each column of
    boxes. Instructions stand beside their boxes, or under the words.
    """

    heads: tuple[str, ...]
    lines: tuple[FieldLine, ...]


Block = (
    Title
    | Section
    | Subsection
    | Paragraph
    | Panel
    | Contents
    | Row
    | CheckGrid
    | RadioTable
    | FieldTable
)


@dataclass(frozen=True, slots=True)
class PagePlan:
    """``running_head`` stands at the top right of every page but the cover."""

    running_head: str
    blocks: tuple[Block, ...]

    def fields(self) -> Iterator[FieldSpec]:
        """In reading order."""
        for block in self.blocks:
            if isinstance(block, Row):
                yield from (cell.field for cell in block.cells)
            elif isinstance(block, CheckGrid | RadioTable):
                yield from block.fields
            elif isinstance(block, FieldTable):
                for line in block.lines:
                    yield from line.fields


@dataclass(frozen=True, slots=True)
class FormPlan:
    """``folder`` is the form's name under ``pdf_templates/``; ``created`` an XMP date."""

    folder: str
    title: str
    short_title: str
    edition: str
    subject: str
    created: str
    pages: tuple[PagePlan, ...]

    def fields(self) -> tuple[FieldSpec, ...]:
        return tuple(field for page in self.pages for field in page.fields())


def at(share: Fraction, field: FieldSpec, *, box_width: float | None = None) -> Cell:
    return Cell(field, share, box_width)


def row(*cells: Cell) -> Row:
    return Row(cells)


def full(field: FieldSpec) -> Row:
    """A row of its own."""
    return Row((Cell(field, FULL),))


def rows_of(columns: int, fields: Sequence[FieldSpec]) -> tuple[Row, ...]:
    """Equal cells, ``columns`` a row."""
    share = Fraction(1, columns)
    return tuple(
        Row(tuple(Cell(field, share) for field in fields[start : start + columns]))
        for start in range(0, len(fields), columns)
    )
