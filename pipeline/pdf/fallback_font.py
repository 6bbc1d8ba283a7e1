"""The typeface for what a field's own font cannot write: several faces, shaped with HarfBuzz."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.appearance.direction import levels_of_lines
from pipeline.appearance.stream import number
from pipeline.appearance.typeface import Glyph, Part, Shown
from pipeline.pdf.face_choice import FaceChoice, Stretch
from pipeline.pdf.faces import Face
from pipeline.pdf.plain_words import PlainWords, plain_characters, plain_width
from pipeline.pdf.shaping import advance, letter_reach, shape

_FIRST_CODE = re.compile(rb"(<[0-9a-f]{4})(?=[0-9a-f])")
_MOST_WIDTHS = 50_000
_MOST_CODES = 1 << 16


class Codes:
    """The codes of one face's glyphs in one document: the glyph's number, and a new one for each
    further text that the same glyph stands for, with whatever is drawn with it."""

    def __init__(self, glyph_count: int) -> None:
        self.glyphs: dict[int, Glyph] = {}
        self._codes: dict[tuple[int, str, tuple[Part, ...], int], int] = {}
        self._next = glyph_count

    def code(self, glyph: int, text: str, parts: tuple[Part, ...] = (), advance: int = 0) -> int:
        known = self._codes.get((glyph, text, parts, advance))
        if known is not None:
            return known
        code = glyph
        if glyph in self.glyphs and len(self.glyphs) < _MOST_CODES - 1:
            code = self._free()
        self.glyphs[code] = Glyph(glyph, text, parts, advance)
        self._codes[glyph, text, parts, advance] = code
        return code

    def _free(self) -> int:
        """The next code that no glyph has, beginning above the face's glyphs."""
        while self._next in self.glyphs or self._next % _MOST_CODES == 0:
            self._next = (self._next + 1) % _MOST_CODES
        return self._next


class FallbackFont:
    """A typeface made of several faces: each stretch of text from the first that has it."""

    def __init__(
        self, faces: FaceChoice | Sequence[Face], widths: dict[str, float] | None = None
    ) -> None:
        self.choice = faces if isinstance(faces, FaceChoice) else FaceChoice(faces)
        self._widths: dict[str, float] = {} if widths is None else widths
        self._codes: dict[str, Codes] = {}
        self._before: tuple[tuple[str, bytes], ...] = ()
        self._first = self.choice.faces[0]
        self._plain = plain_characters(self._first)
        self._words = PlainWords(self._first, self._codes_of(self._first).code)

    @property
    def faces(self) -> tuple[Face, ...]:
        return self.choice.faces

    def for_document(self) -> FallbackFont:
        """The same faces, with codes for one document; what was measured is still known."""
        return FallbackFont(self.choice, self._widths)

    def glyphs(self) -> dict[str, dict[int, Glyph]]:
        """What was shown, by face and code."""
        return {key: codes.glyphs for key, codes in self._codes.items() if codes.glyphs}

    def missing(self, content: str) -> str:
        plain = self._plain.issuperset(content.replace("\n", ""))
        return "" if plain else self.choice.missing(content)

    def width(self, content: str) -> float:
        if self._plain.issuperset(content):
            return plain_width(self._first, content)
        known = self._widths.get(content)
        if known is None:
            known = sum(
                advance(face, run, backwards) / face.units
                for face, run, backwards in self._runs(content)
            )
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            self._widths[content] = known
        return known

    def reach(self, content: str) -> tuple[float, float]:
        """How far the glyphs reach below and above the baseline, in units of the size."""
        reaches = [
            (below / face.units, above / face.units)
            for face, run, backwards in self._runs(content)
            for letter in shape(face, run, backwards)
            for below, above in [letter_reach(face, letter)]
        ]
        return min((low for low, _ in reaches), default=0), max(
            (high for _, high in reaches), default=0
        )

    def show(self, content: str, size: float, levels: bytes | None = None) -> Shown:
        """Two-byte codes, each glyph moved where the shaper moved it."""
        if not levels and self._plain.issuperset(content):
            return self._told_apart(((self._first.key, self._words.shown(content)),))
        if levels is None:
            (levels,) = levels_of_lines([content])
        hanging = 0
        if levels and levels[-1] % 2:
            # The space that a fitted line keeps at its end stands at the left, before the line.
            hanging = len(content) - len(content.rstrip(" "))
        shown = []
        for face, parts in groupby(self._runs(content, levels), key=lambda stretch: stretch[0]):
            shown.append((face.key, self._run(face, parts, size, hanging)))
            hanging = 0
        return self._told_apart(tuple(shown))

    def _told_apart(self, runs: tuple[tuple[str, bytes], ...]) -> Shown:
        """A line as it is, but for a second one in succession that is the same.

        PDFium takes equal texts whose letters reach into each other for one that was printed
        twice, and reads it once. That it is shown in two parts makes no difference to be seen.
        """
        if runs and runs == self._before:
            (key, body), *others = runs
            runs = ((key, _FIRST_CODE.sub(rb"\1>] TJ [<", body, count=1)), *others)
        self._before = runs
        return Shown(runs)

    def _run(self, face: Face, stretches: Iterable[Stretch], size: float, hanging: int) -> bytes:
        """One array, however many scripts and directions: what is one thing is read as one.

        The first ``hanging`` letters stand to the left of where the line begins.
        """
        scale = 1000 / face.units
        codes = self._codes_of(face)
        parts: list[bytes] = []
        rise = 0
        letters = [
            letter for _, run, backwards in stretches for letter in shape(face, run, backwards)
        ]
        if hanging:
            parts.append(number(sum(letter.advance for letter in letters[:hanging]) * scale))
        for letter in letters:
            code = codes.code(letter.number, letter.text, letter.parts, letter.width)
            if letter.up != rise:
                rise = letter.up
                parts.append(b"] TJ " + number(rise / face.units * size) + b" Ts [")
            moved = letter.right * scale
            natural = letter.width or face.font.get_glyph_h_advance(letter.number)
            kern = (letter.advance - natural) * scale - moved
            if moved:
                parts.append(number(-moved))
            parts.append(b"<%04x>" % code)
            if kern:
                parts.append(number(-kern))
        body = b"[" + b" ".join(parts).replace(b"> <", b"") + b"] TJ"
        if rise:
            body += b" 0 Ts"
        return body.replace(b"[] TJ ", b"")

    def _codes_of(self, face: Face) -> Codes:
        if face.key not in self._codes:
            self._codes[face.key] = Codes(face.glyph_count)
        return self._codes[face.key]

    def _runs(self, content: str, levels: bytes | None = None) -> list[Stretch]:
        return self.choice.stretches(content, levels)
