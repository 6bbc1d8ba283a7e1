"""The typeface for what a field's own font cannot write: several faces, shaped with HarfBuzz."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import uharfbuzz as hb

from pipeline.appearance.direction import base_level, visual_runs
from pipeline.appearance.stream import number
from pipeline.appearance.typeface import NO_TEXT, Glyph, Shown
from pipeline.pdf.faces import Face

_FEATURES = {"liga": False, "clig": False, "dlig": False}
"""Ligatures are off: each glyph then stands for its own characters when the text is read back."""

_MOST_WIDTHS = 50_000
_MOST_CODES = 1 << 16


class Codes:
    """The codes of one face's glyphs in one document: the glyph's number, and a new one for each
    further text that the same glyph stands for."""

    def __init__(self, glyph_count: int) -> None:
        self._codes: dict[tuple[int, str], int] = {}
        self._taken: set[int] = set()
        self._next = glyph_count

    def code(self, glyph: int, text: str) -> int:
        known = self._codes.get((glyph, text))
        if known is not None:
            return known
        code = glyph
        if glyph in self._taken and self._next < _MOST_CODES:
            code, self._next = self._next, self._next + 1
        self._taken.add(code)
        self._codes[glyph, text] = code
        return code


class FallbackFont:
    """A typeface made of several faces: each stretch of text from the first that has it."""

    def __init__(self, faces: Sequence[Face], widths: dict[str, float] | None = None) -> None:
        self.faces = tuple(faces)
        self._widths: dict[str, float] = {} if widths is None else widths
        self._codes = {face.key: Codes(face.glyph_count) for face in self.faces}

    def for_document(self) -> FallbackFont:
        """The same faces, with codes for one document; what was measured is still known."""
        return FallbackFont(self.faces, self._widths)

    def missing(self, content: str) -> str:
        for char in content:
            if char != "\n" and not _invisible(char) and self._face_of(char) is None:
                return char
        return ""

    def width(self, content: str) -> float:
        known = self._widths.get(content)
        if known is None:
            known = sum(
                info_position[1].x_advance / face.units
                for face, run, backwards in self._runs(content)
                for info_position in _shape(face, run, backwards)
            )
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            self._widths[content] = known
        return known

    def show(self, content: str, size: float) -> Shown:
        """Two-byte codes, each glyph moved where the shaper moved it."""
        if base_level(content):
            # The space that a fitted line keeps at its end would stand at the left and push.
            content = content.rstrip(" ")
        runs: list[tuple[str, bytes]] = []
        glyphs: dict[str, dict[int, Glyph]] = {}
        for face, run, backwards in self._runs(content):
            runs.append((face.key, self._run(face, run, backwards, size, glyphs)))
        return Shown(tuple(runs), glyphs)

    def _run(
        self,
        face: Face,
        run: str,
        backwards: bool,
        size: float,
        glyphs: dict[str, dict[int, Glyph]],
    ) -> bytes:
        used = glyphs.setdefault(face.key, {})
        shaped = _shape(face, run, backwards)
        scale = 1000 / face.units
        parts: list[bytes] = []
        rise = 0.0
        for (info, position), text in zip(shaped, _texts(run, shaped), strict=True):
            code = self._codes[face.key].code(info.codepoint, text)
            used[code] = Glyph(info.codepoint, text)
            if position.y_offset != rise:
                rise = position.y_offset
                parts.append(b"] TJ " + number(rise / face.units * size) + b" Ts [")
            moved = position.x_offset * scale
            natural = face.font.get_glyph_h_advance(info.codepoint)
            kern = (position.x_advance - natural) * scale - moved
            if moved:
                parts.append(number(-moved))
            parts.append(b"<%04x>" % code)
            if kern:
                parts.append(number(-kern))
        body = b"[" + b" ".join(parts).replace(b"> <", b"") + b"] TJ"
        if rise:
            body += b" 0 Ts"
        return body.replace(b"[] TJ ", b"")

    def _face_of(self, char: str) -> Face | None:
        return next((face for face in self.faces if _covers(face, char)), None)

    def _runs(self, content: str) -> list[tuple[Face, str, bool]]:
        """Stretches of one face and direction, from left to right: (face, text, backwards)."""
        runs: list[tuple[Face, str, bool]] = []
        for stretch, backwards in visual_runs(content):
            parts = [(face, part, backwards) for face, part in self._faces_of(stretch)]
            runs += reversed(parts) if backwards else parts
        return runs

    def _faces_of(self, content: str) -> list[tuple[Face, str]]:
        """Stretches of one face; marks, spaces and unknown characters stay with what precedes."""
        runs: list[tuple[Face, str]] = []
        for char in content:
            if runs and ord(char) in runs[-1][0].characters and _follows(char):
                runs[-1] = (runs[-1][0], runs[-1][1] + char)
                continue
            face = self._face_of(char) or (runs[-1][0] if runs else self.faces[0])
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs


def _shape(face: Face, run: str, backwards: bool) -> list[tuple[hb.GlyphInfo, hb.GlyphPosition]]:
    """Glyphs from left to right; marks keep a cluster of their own."""
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(run)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    hb.shape(face.font, buffer, _FEATURES)
    return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


def _texts(run: str, shaped: list[tuple[hb.GlyphInfo, hb.GlyphPosition]]) -> list[str]:
    """What each glyph stands for: the widest of a cluster bears its text, the others none."""
    starts = [*sorted({info.cluster for info, _ in shaped}), len(run)]
    ends = dict(pairwise(starts))
    bearers: dict[int, int] = {}
    for at, (info, position) in enumerate(shaped):
        bearer = bearers.setdefault(info.cluster, at)
        if position.x_advance > shaped[bearer][1].x_advance:
            bearers[info.cluster] = at
    return [
        run[info.cluster : ends[info.cluster]] if bearers[info.cluster] == at else NO_TEXT
        for at, (info, _) in enumerate(shaped)
    ]


def _covers(face: Face, char: str) -> bool:
    """A letter that a face lacks is set of its parts where it has those: the shaper does so."""
    if ord(char) in face.characters:
        return True
    parts = unicodedata.normalize("NFD", char)
    return len(parts) > 1 and all(ord(part) in face.characters for part in parts)


def _follows(char: str) -> bool:
    return unicodedata.combining(char) != 0 or char.isspace() or char.isdecimal()


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"
