"""Latin text in one face, set word by word: the same words come again and again.

Every word is shaped like any other text, but once for all documents. What joins, turns or stacks
its letters is for ``FallbackFont``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.appearance.stream import number
from pipeline.appearance.typeface import Part
from pipeline.pdf.faces import Face
from pipeline.pdf.shaping import Letter, shape

_WORDS = re.compile(r"[^ ]+ *| +")
_PLAIN = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u1e00-\u1eff"
    "\u2010-\u2015\u2018-\u201e\u2020-\u2026\u20ac]"
)
"""Letters of the Latin script, and what stands among them, that are characters of their own."""

CodeOf = Callable[[int, str, tuple[Part, ...], int], int]
"""(glyph number, its text, what is drawn with it, their advance) → its code in a document."""


@lru_cache(maxsize=16)
def plain_characters(face: Face) -> frozenset[str]:
    """What ``face`` sets by one glyph on the baseline, whatever stands beside it."""
    found = {chr(code) for code in face.characters if _PLAIN.match(chr(code))}
    return frozenset(
        char
        for char in found
        if [letter.up for letter in shape(face, char, backwards=False)] == [0]
    )


def plain_width(face: Face, content: str) -> float:
    """In units of the font size."""
    return sum(_word(face, word).advance for word in _WORDS.findall(content)) / face.units


class PlainWords:
    """The words of one document as a content stream shows them."""

    def __init__(self, face: Face, code_of: CodeOf) -> None:
        self._face = face
        self._code_of = code_of
        self._written: dict[str, bytes] = {}

    def shown(self, content: str) -> bytes:
        """The operator TJ with its array. ISO 32000-2, table 107."""
        written = self._written
        parts = []
        for word in _WORDS.findall(content):
            known = written.get(word)
            if known is None:
                known = written[word] = self._elements(_word(self._face, word).letters)
            parts.append(known)
        return b"[" + b" ".join(parts).replace(b"> <", b"") + b"] TJ"

    def _elements(self, letters: tuple[Letter, ...]) -> bytes:
        """Codes, and the room between them where it is not the font's own."""
        scale = 1000 / self._face.units
        parts: list[bytes] = []
        for letter in letters:
            code = self._code_of(letter.number, letter.text, letter.parts, letter.width)
            moved = letter.right * scale
            natural = letter.width or _advance(self._face, letter.number)
            kern = (letter.advance - natural) * scale - moved
            if moved:
                parts.append(number(-moved))
            parts.append(b"<%04x>" % code)
            if kern:
                parts.append(number(-kern))
        return b" ".join(parts).replace(b"> <", b"")


@dataclass(frozen=True, slots=True)
class _Word:
    """``advance`` in units of the face."""

    letters: tuple[Letter, ...]
    advance: int


@lru_cache(maxsize=50_000)
def _word(face: Face, word: str) -> _Word:
    letters = tuple(shape(face, word, backwards=False))
    return _Word(letters, sum(letter.advance for letter in letters))


@cache
def _advance(face: Face, glyph: int) -> int:
    return int(face.font.get_glyph_h_advance(glyph))
