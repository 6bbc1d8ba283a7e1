"""Content stream operators, as text. Points, origin at the lower left. ISO 32000-2, 8 and 9."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pdf_templates.authoring import style
from pdf_templates.authoring.embedding import FontSet
from pdf_templates.authoring.fonts import Face
from pdf_templates.authoring.style import Colour

_KERNING_THRESHOLD = 0.5
"""Thousandths; below it an adjustment only makes the stream longer."""


def number(value: float) -> str:
    """Shortest form with at most three decimals."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def numbers(*values: float) -> str:
    return " ".join(number(value) for value in values)


class Canvas:
    """A content stream that grows. Text is shaped, and its glyphs are noted for embedding."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._operators: list[str] = []

    def bytes(self) -> bytes:
        return "\n".join(self._operators).encode("ascii")

    def raw(self, operators: str) -> None:
        self._operators.append(operators)

    @contextmanager
    def marked(self, tag: str, mcid: int) -> Iterator[None]:
        """Marked content that a structure element owns. ISO 32000-2, 14.7.5.2."""
        self.raw(f"/{tag} <</MCID {mcid}>> BDC")
        yield
        self.raw("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What a screen reader passes over. ISO 32000-2, 14.8.2.2."""
        self.raw(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self.raw("EMC")

    def fill_rect(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self.raw(f"{numbers(*colour)} rg {numbers(x, y, width, height)} re f")

    def frame(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """A box to write in; its line lies within the rectangle. White asks for an answer, a tint
        says that the form fills it in itself."""
        inset = style.BORDER_WIDTH / 2
        inner = numbers(x + inset, y + inset, width - 2 * inset, height - 2 * inset)
        colours = f"{numbers(*fill)} rg {numbers(*style.LINE)} RG"
        self.raw(f"{colours} {number(style.BORDER_WIDTH)} w {inner} re B")

    def dividers(self, x: float, y: float, width: float, height: float, cells: int) -> None:
        """Lines between comb cells. ISO 32000-2, table 228."""
        for cell in range(1, cells):
            at = x + width * cell / cells
            self.line(at, y, at, y + height, style.LINE, style.BORDER_WIDTH)

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: Colour, width: float
    ) -> None:
        self.raw(
            f"{numbers(*colour)} RG {number(width)} w {numbers(x0, y0)} m {numbers(x1, y1)} l S"
        )

    def text(self, x: float, y: float, text: str, face: Face, size: float, colour: Colour) -> float:
        """One line with its baseline at ``y``; gives its width in points."""
        glyphs = face.shape(text)
        name = self._fonts.use(face, [glyph.number for glyph in glyphs])
        pieces = ["<"]
        for glyph in glyphs:
            pieces.append(f"{glyph.number:04X}")
            adjustment = glyph.width - glyph.advance
            if abs(adjustment) > _KERNING_THRESHOLD:
                pieces.append(f">{number(round(adjustment))}<")
        pieces.append(">")
        self.raw(
            f"BT /{name} {number(size)} Tf {numbers(*colour)} rg "
            f"{numbers(x, y)} Td [{''.join(pieces).replace('<>', '')}] TJ ET"
        )
        return face.width(text, size)
