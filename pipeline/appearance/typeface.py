"""What layout and streams need of a font: widths, and how to show a text. No PDF library here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

NO_TEXT = "\u2060"
"""WORD JOINER: what a glyph stands for whose text another glyph bears. Invisible, and no reader
falls back to the bare code for want of an answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A further glyph, drawn with another one; how far from it, in units of the face."""

    number: int
    right: int
    up: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a face by its ``number``, and the text that it stands for in one place.

    One glyph can stand for several texts (a space and a no-break space): each then has a code of
    its own. So has a letter that is made of ``parts``: its accents, an Arabic letter's dots. Where
    those take room of their own ``advance`` is that of all together, in units of the face, else 0.
    """

    number: int
    text: str
    parts: tuple[Part, ...] = ()
    advance: int = 0


GlyphsByCode = Mapping[int, Glyph]


@dataclass(frozen=True, slots=True)
class Shown:
    """Text ready for a content stream.

    ``runs`` are (font resource name, bytes that go between ``Tf`` and the next font change).
    """

    runs: tuple[tuple[str, bytes], ...]


class Typeface(Protocol):
    """Widths are in units of the font size (1.0 = one em). A soft hyphen is a hyphen here: where
    none is to be seen none is given."""

    def width(self, text: str) -> float: ...

    def show(self, text: str, size: float, levels: bytes | None = None) -> Shown:
        """``levels`` are the embedding levels of ``text``, its own as a paragraph if not given;
        empty where all of it goes from left to right."""
        ...

    def missing(self, text: str) -> str:
        """The first character that cannot be set, or an empty string."""
        ...


class Typefaces(Protocol):
    """The typefaces of one document."""

    def typeface(self, resource: str, text: str) -> Typeface:
        """What sets ``text`` where a default appearance names the font ``resource``."""
        ...

    def glyphs(self) -> Mapping[str, GlyphsByCode]:
        """The glyphs shown so far of each embedded face, by the codes that show them: what the
        document's subset and its ToUnicode must hold."""
        ...
