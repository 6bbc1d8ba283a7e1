"""Sets text in a box: one line, wrapped lines, comb cells; and the one rule for its size.

**The size rule.** A size of 0 in the default appearance is automatic: at most 12 points. A fixed
size is the most that is used. From there a text that does not fit its box gets smaller in steps
of a quarter point until it does. Smaller than the form's smallest legible size it does not get:
then it does not fit, and validation says so. A box that is itself lower than the smallest size
allows is filled to its height.

Lines stand 1.2 times the size apart; a line needs 0.92 above its baseline and 0.23 below. Wrapped
lines begin at the top of the box, but one line alone in a box without room for a second stands,
like every single line, with its capital letters in the middle. Automatic size and quadding:
ISO 32000-2, 12.7.4.3; comb: table 231.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from pipeline.appearance.direction import levels_of_lines, visual_places
from pipeline.appearance.graphemes import split_graphemes
from pipeline.appearance.line_breaks import SOFT_HYPHEN
from pipeline.appearance.typeface import Typeface
from pipeline.appearance.wrapping import measured, without_soft_hyphens, wrapped
from pipeline.model.field import Quadding, Style

LARGEST_AUTOMATIC = 12.0
STEP = 0.25
LEADING = 1.2
ASCENT = 0.92
CAP_HEIGHT = 0.7
FULL_HEIGHT = 1.15
"""From the foot of a ``g`` to the head of an ``Á``, in units of the size."""

TIGHT_HEIGHT = 0.98
"""The same for letters without accents: what a fixed size may fill of a box, as in print."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where text may stand: the widget's box in its own space, in points, less the border."""

    width: float
    height: float
    inset_x: float
    inset_y: float

    @classmethod
    def of(cls, width: float, height: float, style: Style) -> Box:
        border = max(1.0, style.border_width)
        if style.border_style in ("B", "I"):
            border *= 2
        return cls(width, height, min(2 * border, width / 4), min(border, height / 6))

    @property
    def room(self) -> float:
        return self.width - 2 * self.inset_x


@dataclass(frozen=True, slots=True)
class Line:
    """``x`` and ``baseline`` in points from the box's lower left corner.

    ``levels`` are the embedding levels of its characters, as its paragraph gives them; none where
    all of that goes from left to right. Unicode Standard Annex 9.
    """

    text: str
    x: float
    baseline: float
    levels: bytes = b""


@dataclass(frozen=True, slots=True)
class Layout:
    """``fits`` is false where even the smallest size was too large."""

    size: float
    lines: tuple[Line, ...]
    fits: bool = True


def lay_out_line(text: str, face: Typeface, box: Box, style: Style, smallest: float) -> Layout:
    """One line, centred in height, quadded."""
    text = _without_soft_hyphens(text)
    width = face.width(text)
    by_height = (
        (box.height - 2 * box.inset_y) / LEADING
        if not style.font_size
        else box.height / TIGHT_HEIGHT
    )
    by_width = box.room / width if width else by_height
    most = min(style.font_size or LARGEST_AUTOMATIC, by_height)
    size, fits = _settle(min(most, by_width), most, smallest)
    x = _quadded(width * size, box, style.quadding)
    baseline = box.height / 2 - CAP_HEIGHT / 2 * size
    (levels,) = levels_of_lines([text])
    return Layout(size, (Line(text, x, baseline, levels),), fits)


def lay_out_lines(text: str, face: Typeface, box: Box, style: Style, smallest: float) -> Layout:
    """Wrapped where ``line_breaks`` allows it, a word longer than the box anywhere; from the top
    down. Each paragraph has its own direction, which all its lines keep."""
    paragraphs = measured(text, face)
    height = box.height - 2 * box.inset_y
    most = min(style.font_size or LARGEST_AUTOMATIC, box.height / TIGHT_HEIGHT)
    least = min(smallest, most)

    def broken(size: float) -> list[list[str]]:
        return wrapped(paragraphs, box.room / size, face)

    def tall(count: int, size: float) -> float:
        if count == 1:
            return min(FULL_HEIGHT * size, height)
        return _tall(count, size)

    def holds(lines: list[list[str]], size: float) -> bool:
        return tall(sum(map(len, lines)), size) <= height + 0.01

    steps = floor((most - least) / STEP + 1e-6)
    size, lines = most, broken(most)
    fits = holds(lines, size)
    if not fits:
        low, high = 1, steps + 1
        while low < high:
            middle = (low + high) // 2
            size = most - middle * STEP
            if holds(broken(size), size):
                high = middle
            else:
                low = middle + 1
        fits = low <= steps
        size = most - low * STEP if fits else least
        lines = broken(size)
    if not fits:
        fits = holds(lines, size)
    top = box.height - box.inset_y - ASCENT * size
    if sum(map(len, lines)) == 1 and tall(2, size) > height:
        top = box.height / 2 - CAP_HEIGHT / 2 * size
    if SOFT_HYPHEN in text:
        lines = [without_soft_hyphens(paragraph) for paragraph in lines]
    levels = [each for paragraph in lines for each in levels_of_lines(paragraph)]
    drawn = [line for paragraph in lines for line in paragraph]
    return Layout(
        size,
        tuple(
            Line(
                line,
                _line_start(line, size, face, box, style),
                top - number * LEADING * size,
                levels[number],
            )
            for number, line in enumerate(drawn)
        ),
        fits,
    )


def lines_height(text: str, face: Typeface, width: float, style: Style, size: float) -> float:
    """How high a box of ``width`` must be for ``text`` wrapped at ``size``; all in points."""
    box = Box.of(width, 2 * size, style)
    lines = wrapped(measured(text, face), box.room / size, face)
    return _tall(sum(map(len, lines)), size) + 2 * box.inset_y


def _tall(count: int, size: float) -> float:
    return (count - 1) * LEADING * size + FULL_HEIGHT * size


def _line_start(line: str, size: float, face: Typeface, box: Box, style: Style) -> float:
    if style.quadding is Quadding.LEFT:
        return box.inset_x
    return _quadded(face.width(line.rstrip(" ")) * size, box, style.quadding)


def lay_out_comb(
    text: str, face: Typeface, box: Box, style: Style, cells: int, smallest: float
) -> Layout:
    """Each grapheme in the middle of its cell, those that go from right to left in their order;
    quadding moves by whole cells."""
    graphemes = split_graphemes(_without_soft_hyphens(text))
    cell = box.width / cells
    widest = max((face.width(each) for each in graphemes), default=0.0)
    most = min(style.font_size or LARGEST_AUTOMATIC, box.height / TIGHT_HEIGHT)
    by_width = cell / widest if widest else most
    size, fits = _settle(min(most, by_width), most, smallest)
    free = max(0, cells - len(graphemes))
    first = {Quadding.LEFT: 0, Quadding.CENTRED: free // 2, Quadding.RIGHT: free}[style.quadding]
    baseline = box.height / 2 - CAP_HEIGHT / 2 * size
    lines = tuple(
        Line(each, (first + place + 0.5) * cell - face.width(each) * size / 2, baseline, levels)
        for each, (place, levels) in zip(graphemes, visual_places(graphemes), strict=True)
    )
    return Layout(size, lines, fits and len(graphemes) <= cells)


def _without_soft_hyphens(text: str) -> str:
    return text if text.isascii() else text.replace(SOFT_HYPHEN, "")


def _settle(wanted: float, most: float, smallest: float) -> tuple[float, bool]:
    """A size on the ladder of quarter points below ``most``, and whether it is legible."""
    least = min(smallest, most)
    if wanted >= most:
        return most, True
    size = floor((wanted + 1e-6) / STEP) * STEP
    if size >= least - 1e-6:
        return size, True
    return least, wanted >= least - 1e-6


def _quadded(width: float, box: Box, quadding: Quadding) -> float:
    if quadding is Quadding.CENTRED:
        return (box.width - width) / 2
    if quadding is Quadding.RIGHT:
        return box.width - box.inset_x - width
    return box.inset_x
