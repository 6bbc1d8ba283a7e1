"""A tagged page as a tree of parts: its structure elements with what they own on the page.

ISO 32000-2, 14.7. A block is a child of the first element, from the root down, that has several
children with content: of ``Document``, as a rule, and the blocks are its ``Sect`` elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.appearance.closing_up import Part
from pipeline.model.field import Field, FieldType, Widget
from pipeline.model.template import Template
from pipeline.pdf.content_pieces import Instruction, Piece, read_pieces
from pipeline.pdf.field_tree import page_annotations
from pipeline.pdf.objects import (
    ObjectId,
    dictionary,
    get_dictionary,
    integer,
    object_id,
)
from pipeline.pdf.structure import kids_of

_DEEPEST = 64
_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)

Box = tuple[Field, Widget, pikepdf.Object]
"""A field, its widget and the annotation that this is in the PDF."""


class Untagged(ValueError):
    """Why a page cannot be taken apart, in English."""


@dataclass(frozen=True)
class TaggedPage:
    """``pieces`` and ``boxes`` are what the parts' keys stand for: a key below the number of pieces
    is a piece of content, the others are boxes. ``elements`` leads from a box's key to the
    structure element that holds it, ``owners`` from a piece's."""

    page: pikepdf.Page
    instructions: list[Instruction]
    pieces: list[Piece]
    boxes: list[Box]
    blocks: list[Part]
    owners: Mapping[int, pikepdf.Object]

    def box(self, key: int) -> Box:
        return self.boxes[key - len(self.pieces)]

    def is_box(self, key: int) -> bool:
        return key >= len(self.pieces)


def read_tagged_page(pdf: pikepdf.Pdf, template: Template) -> TaggedPage:
    """The only page of a tagged form. Raises ``Untagged``."""
    root = get_dictionary(pdf.Root, "/StructTreeRoot")
    if root is None:
        raise Untagged("is not tagged")
    if len(pdf.pages) != 1:
        raise Untagged(f"has {len(pdf.pages)} pages, one is possible")
    page = pdf.pages[0]
    instructions, pieces = read_pieces(page)
    if any(piece.in_text and not piece.fixed for piece in pieces):
        raise Untagged("has marked content that begins inside a text object")
    boxes = _boxes(page, template)
    reader = _Reader(pieces, boxes)
    blocks = reader.blocks(root)
    if not any(True for block in blocks for _ in block.boxes()):
        raise Untagged("has no field in its structure tree")
    return TaggedPage(page, instructions, pieces, boxes, blocks, reader.owners)


def _boxes(page: pikepdf.Page, template: Template) -> list[Box]:
    annotations = page_annotations(page)
    return [
        (field, widget, annotations[widget.order])
        for field in template.fields
        for widget in field.widgets
        if widget.page == 0 and widget.rect.width > 0 and widget.rect.height > 0
    ]


class _Reader:
    def __init__(self, pieces: Sequence[Piece], boxes: Sequence[Box]) -> None:
        self.owners: dict[int, pikepdf.Object] = {}
        self._pieces = pieces
        self._content = {
            piece.content_id: at for at, piece in enumerate(pieces) if piece.content_id is not None
        }
        self._artifacts = _artifacts(pieces)
        self._boxes: dict[ObjectId | None, list[int]] = {}
        for number, (_, _, annotation) in enumerate(boxes, len(pieces)):
            self._boxes.setdefault(object_id(annotation), []).append(number)
        self._all_boxes = boxes

    def blocks(self, root: pikepdf.Object) -> list[Part]:
        """The parts of the first element that has several."""
        parts = self._parts(root, 0)
        while len(parts) == 1 and parts[0].parts:
            parts = list(parts[0].parts)
        return parts

    def _parts(self, element: pikepdf.Object, depth: int) -> list[Part]:
        if depth > _DEEPEST:
            raise Untagged("has a structure tree that is too deep")
        parts: list[Part] = []
        for kid in kids_of(element):
            held = dictionary(kid)
            if held is None or held.get("/Type") == "/MCR":
                number = kid if held is None else held.get("/MCID")
                parts += self._words(integer(number, -1), element)
            elif held.get("/Type") == "/OBJR":
                parts += self._box(dictionary(held.get("/Obj")), element)
            else:
                inner = self._parts(held, depth + 1)
                if inner:
                    parts.append(Part.of(inner))
        return parts

    def _words(self, content_id: int, element: pikepdf.Object) -> Iterator[Part]:
        """Marked content with the artifacts around it."""
        at = self._content.get(content_id)
        if at is None:
            return
        for number in (at, *self._artifacts.get(at, ())):
            self.owners[number] = element
            rect = self._pieces[number].rect
            if rect is not None:
                yield Part(rect, number)

    def _box(self, annotation: pikepdf.Object | None, element: pikepdf.Object) -> Iterator[Part]:
        if annotation is None:
            return
        for key in self._boxes.get(object_id(annotation), ()):
            self.owners[key] = element
            field, widget, _ = self._all_boxes[key - len(self._pieces)]
            yield Part(widget.rect, key, box=True, mark=field.type in _BUTTONS)


def _artifacts(pieces: Sequence[Piece]) -> dict[int, list[int]]:
    """An artifact goes with the marked content before it; at the start, with that after it."""
    found: dict[int, list[int]] = {}
    before: int | None = None
    waiting: list[int] = []
    for at, piece in enumerate(pieces):
        if piece.content_id is not None:
            before = at
            if waiting:
                found[at], waiting = waiting, []
        elif not piece.fixed and before is None:
            waiting.append(at)
        elif not piece.fixed and before is not None:
            found.setdefault(before, []).append(at)
    return found
