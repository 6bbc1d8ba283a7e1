"""A page's content cut into its marked-content sequences, each with the place it takes up.

ISO 32000-2, 14.6 and 14.7.5; operators: annex A.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.model.geometry import Rect
from pipeline.pdf.content_extent import Extent, Matrix
from pipeline.pdf.objects import dictionary, integer
from pipeline.pdf.placement import IDENTITY

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

_STATE = frozenset(
    [
        "w",
        "J",
        "j",
        "M",
        "d",
        "ri",
        "i",
        "gs",
        "CS",
        "cs",
        "SC",
        "SCN",
        "sc",
        "scn",
        "G",
        "g",
        "RG",
        "rg",
        "K",
        "k",
        "Tc",
        "Tw",
        "Tz",
        "TL",
        "Tf",
        "Tr",
        "Ts",
    ]
)
"""Operators whose effect outlasts the sequence that they stand in. Annex A."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Instructions ``start`` to ``end`` of the page, with the operators that mark them.

    ``content_id`` is the MCID, ``None`` of an artifact; ``fixed`` is an artifact of the page
    as such: Pagination, Page. ``rect`` is what it paints on, as far as that is
    known; ``space`` the transformation in force where it begins.
    """

    start: int
    end: int
    content_id: int | None
    fixed: bool
    rect: Rect | None
    space: Matrix
    in_text: bool


def read_pieces(page: pikepdf.Page) -> tuple[list[Instruction], list[Piece]]:
    """All instructions, and the outermost marked-content sequences among them."""
    instructions: list[Instruction] = list(pikepdf.parse_content_stream(page))
    pieces: list[Piece] = []
    extent = Extent()
    depth, start = 0, 0
    marks: tuple[int | None, bool] | None = None
    space, in_text = IDENTITY, False
    for at, instruction in enumerate(instructions):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            if depth == 0:
                start, marks = at, _marks(instruction)
                space, in_text = extent.space, extent.in_text
                extent.forget()
            depth += 1
        elif operator == "EMC" and depth:
            depth -= 1
            if depth == 0 and marks is not None:
                content_id, fixed = marks
                rect = extent.rect
                pieces.append(Piece(start, at + 1, content_id, fixed, rect, space, in_text))
        else:
            extent.add(operator, instruction.operands)
    return instructions, pieces


def written(
    instructions: Sequence[Instruction],
    pieces: Sequence[Piece],
    moves: Mapping[int, tuple[float, float]],
    gone: frozenset[int],
) -> bytes:
    """The content with some pieces moved, by (right, up) in user space, and others taken out.

    ``moves`` and ``gone`` are numbers of pieces. What comes after a piece is painted in the state
    that the piece left behind, as before.
    """
    out: list[Instruction] = []
    at = 0
    for number, piece in enumerate(pieces):
        moved = moves.get(number, (0.0, 0.0))
        if number not in gone and moved == (0.0, 0.0):
            continue
        out += instructions[at : piece.start]
        at = piece.end
        inside = instructions[piece.start : piece.end]
        if number not in gone:
            out += [_plain("q"), _plain("cm", _shift(piece.space, moved)), *inside, _plain("Q")]
        out += _left_behind(inside)
    return pikepdf.unparse_content_stream([*out, *instructions[at:]])


def _marks(instruction: Instruction) -> tuple[int | None, bool] | None:
    """MCID, and whether it is an artifact of the page; ``None`` for other marks (14.6)."""
    operands = list(instruction.operands)
    properties = dictionary(operands[1]) if len(operands) > 1 else None
    if operands and operands[0] == pikepdf.Name.Artifact:
        kind = None if properties is None else properties.get("/Type")
        return None, kind in (pikepdf.Name.Pagination, pikepdf.Name.Page)
    if properties is None or "/MCID" not in properties:
        return None
    return integer(properties.get("/MCID")), False


def _left_behind(inside: Sequence[Instruction]) -> list[Instruction]:
    last: dict[str, Instruction] = {}
    depth = 0
    for instruction in inside:
        operator = str(instruction.operator)
        depth += (operator == "q") - (operator == "Q")
        if depth == 0 and operator in _STATE:
            last.pop(operator, None)
            last[operator] = instruction
    return list(last.values())


def _shift(space: Matrix, moved: tuple[float, float]) -> Matrix:
    """A move in user space as the current space says it: S · T · S⁻¹. 8.3.3."""
    a, b, c, d, _, _ = space
    determinant = a * d - b * c or 1.0
    right, up = moved
    across = (right * d - up * c) / determinant
    along = (up * a - right * b) / determinant
    return (1, 0, 0, 1, across, along)


def _plain(operator: str, operands: Sequence[float] = ()) -> Instruction:
    return pikepdf.ContentStreamInstruction(
        [pikepdf.Object.parse(f"{round(each, 3):f}".encode()) for each in operands],
        pikepdf.Operator(operator),
    )
