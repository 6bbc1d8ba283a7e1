"""Whether a text stands in its box, by where each character is, not by how a reader orders them.

Readers give what goes from right to left, or lies turned, in orders of their own, and differ on the
side of a letter that its marks are on. What stands from left to right on a line is no matter of
opinion: the rules that set it say so (Unicode Standard Annex 9, L2). Characters that one glyph
stands for have one place; among those no order can be seen, and none is asked for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.appearance.direction import visual_runs
from pipeline.appearance.layout import Line

_SAME_PLACE = 0.01
"""Points."""

_FOLDED = {0xFFFE: "-", 0x0002: "-", 0x00AD: "-", 0x2044: "/"}
"""PDFium writes U+FFFE for a hyphen at a line's end, and takes fractions apart with a slash."""

Found = tuple[float, float, str]
"""(how far along its line a character begins, how high its line stands, the character)."""


def stands(lines: Sequence[Line], found: Iterable[Found]) -> bool:
    """Whether each of ``lines`` is among ``found``, whole and in its order from left to right."""
    rows = [
        (height, "".join(_standing(line) for line in sorted(row, key=lambda each: each.x)))
        for height, row in groupby(lines, key=lambda each: each.baseline)
    ]
    placed: list[list[tuple[float, str]]] = [[] for _ in rows]
    for along, height, char in found:
        nearest = min(range(len(rows)), key=lambda at: abs(rows[at][0] - height))
        placed[nearest].append((along, char))
    return all(_holds(_glyphs(row), wanted) for row, (_, wanted) in zip(placed, rows, strict=True))


def _standing(line: Line) -> str:
    runs = visual_runs(line.text, line.levels)
    return "".join(_folded(run[::-1] if backwards else run) for run, backwards in runs)


def _glyphs(placed: list[tuple[float, str]]) -> list[str]:
    """From left to right, the characters of each place in one order."""
    glyphs: list[str] = []
    last = float("-inf")
    for along, char in sorted(placed, key=lambda each: each[0]):
        folded = _folded(char)
        if glyphs and along - last < _SAME_PLACE:
            glyphs[-1] += folded
        else:
            glyphs.append(folded)
        last = along
    return ["".join(sorted(glyph)) for glyph in glyphs if glyph]


def _holds(glyphs: Sequence[str], wanted: str) -> bool:
    """Whether ``wanted`` stands somewhere among ``glyphs``, with nothing between."""
    return not wanted or any(_begins(glyphs, at, wanted) for at in range(len(glyphs)))


def _begins(glyphs: Sequence[str], at: int, wanted: str) -> bool:
    reached = 0
    while reached < len(wanted):
        if at == len(glyphs):
            return False
        end = reached + len(glyphs[at])
        if "".join(sorted(wanted[reached:end])) != glyphs[at]:
            return False
        reached, at = end, at + 1
    return True


def _folded(text: str) -> str:
    """Without white space and what nobody sees; whole letters taken apart. Readers disagree on
    which way a bracket or a quotation mark turns from right to left: each is a bar."""
    return "".join(
        "|" if char in "<>" or unicodedata.category(char) in ("Ps", "Pe", "Pi", "Pf") else char
        for char in unicodedata.normalize("NFKD", text.translate(_FOLDED)).translate(_FOLDED)
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")
    )
