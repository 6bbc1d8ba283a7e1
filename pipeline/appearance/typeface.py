"""What layout and streams need of a font: widths, and how to show a text. No PDF library here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Shown:
    """Text ready for a content stream.

    ``runs`` are (font resource name, bytes that go between ``Tf`` and the next font change).
    ``glyphs`` are the glyphs used of each embedded face with the text each stands for: what the
    document's subset and its ToUnicode must hold.
    """

    runs: tuple[tuple[str, bytes], ...]
    glyphs: Mapping[str, Mapping[int, str]] = field(default_factory=lambda: MappingProxyType({}))


class Typeface(Protocol):
    """Widths are in units of the font size (1.0 = one em)."""

    def width(self, text: str) -> float: ...

    def show(self, text: str, size: float) -> Shown: ...

    def missing(self, text: str) -> str:
        """The first character that cannot be set, or an empty string."""
        ...
