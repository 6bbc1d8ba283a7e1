"""Text as glyphs in their places: the home of HarfBuzz's shaper.

A letter becomes one glyph with its marks and dots: they are put together here, and the font that is
embedded has them as one. Whoever reads the document then finds each letter whole and in its place;
marks that were drawn for themselves would be taken for characters of their own, or for spaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz as hb

from pipeline.appearance.line_breaks import SOFT_HYPHEN
from pipeline.appearance.typeface import Part
from pipeline.pdf.faces import Face

_FEATURES = {"liga": False, "clig": False, "dlig": False}
"""Ligatures are off: each glyph then stands for its own characters when the text is read back."""

_LANGUAGE = "und"
"""None: the machine's own must not decide on the shape of a letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph by its ``number``, the ``parts`` drawn with it, and the ``text`` that they stand for.

    ``right`` and ``up`` are how far it stands from the pen, ``advance`` how far the pen goes on,
    ``width`` how far the letter reaches where that is more than its glyph does, else 0: all in
    units of the face.
    """

    number: int
    parts: tuple[Part, ...]
    text: str
    right: int
    up: int
    advance: int
    width: int = 0


def shape(face: Face, run: str, backwards: bool) -> list[Letter]:
    """Letters from left to right; ``run`` is of one script and direction."""
    buffer = _shaped(face, run, backwards)
    shaped = zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
    clusters = [
        (start, list(glyphs)) for start, glyphs in groupby(shaped, key=lambda each: each[0].cluster)
    ]
    starts = sorted(start for start, _ in clusters)
    ends = dict(zip(starts, [*starts[1:], len(run)], strict=True))
    return [_letter(face, run[start : ends[start]], glyphs) for start, glyphs in clusters]


def advance(face: Face, run: str, backwards: bool) -> int:
    """How far the letters of ``run`` go together."""
    buffer = _shaped(face, run, backwards)
    return sum(position.x_advance for position in buffer.glyph_positions or ())


def _shaped(face: Face, run: str, backwards: bool) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.add_str(run.replace(SOFT_HYPHEN, "-"))
    buffer.language = _LANGUAGE
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    hb.shape(face.font, buffer, _FEATURES)
    return buffer


def _letter(face: Face, text: str, glyphs: list[tuple[hb.GlyphInfo, hb.GlyphPosition]]) -> Letter:
    """The glyph that takes room bears the others, the first of them where several do."""
    pen = 0
    placed: list[Part] = []
    spacing: list[int] = []
    for at, (info, position) in enumerate(glyphs):
        placed.append(Part(info.codepoint, pen + position.x_offset, position.y_offset))
        pen += position.x_advance
        if position.x_advance > 0:
            spacing.append(at)
    bearer = spacing[0] if spacing else 0
    main = placed[bearer]
    parts = tuple(
        Part(part.number, part.right - main.right, part.up - main.up)
        for at, part in enumerate(placed)
        if at != bearer and _is_drawn(face, part.number)
    )
    width = pen - main.right if len(spacing) > 1 else 0
    return Letter(main.number, parts, text, main.right, main.up, pen, width)


def letter_reach(face: Face, letter: Letter) -> tuple[int, int]:
    """How far it reaches below and above the baseline."""
    drawn = [Part(letter.number, 0, 0), *letter.parts]
    found = [
        (letter.up + part.up + low, letter.up + part.up + high)
        for part in drawn
        for low, high in [_reach(face, part.number)]
    ]
    return min(low for low, _ in found), max(high for _, high in found)


@lru_cache(maxsize=8192)
def _reach(face: Face, glyph: int) -> tuple[int, int]:
    extents = face.font.get_glyph_extents(glyph)
    if extents is None:
        return 0, 0
    return extents.y_bearing + extents.height, extents.y_bearing


@lru_cache(maxsize=8192)
def _is_drawn(face: Face, glyph: int) -> bool:
    low, high = _reach(face, glyph)
    return low != high
