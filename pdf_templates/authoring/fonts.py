"""Static faces of Open Sans: measured and shaped while drawing, subset and embedded at the end.

Glyph numbers stay those of the variable font through instancing and subsetting, so a page can be
written before anybody knows which glyphs the whole document needs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import fontpkg_open_sans
import uharfbuzz
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCE = Path(fontpkg_open_sans.ROOT) / "files" / "OpenSans[wdth,wght].ttf"

COVERAGE = (
    range(0x0020, 0x0590),  # Latin with its extensions, combining marks, Greek, Cyrillic
    range(0x1E00, 0x2000),  # Vietnamese and polytonic Greek
    range(0x2000, 0x2500),  # punctuation, currency, arrows and operators
)
"""The code points that people may type: names and words in European scripts."""

_FEATURES = {"kern": True, "liga": False, "clig": False, "calt": False, "locl": False}


@dataclass(frozen=True, slots=True)
class Glyph:
    """``advance`` is what the shaper says, kerning included, in thousandths of the size."""

    number: int
    advance: float
    width: int


class Face:
    """One static instance. ``weight`` and ``width`` are design coordinates (wght, wdth)."""

    def __init__(self, name: str, weight: float, width: float) -> None:
        self.name = name
        self._program = _static_instance(weight, width)
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(self._program))

    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def font(self) -> TTFont:
        return TTFont(io.BytesIO(self._program), recalcTimestamp=False)

    @cached_property
    def cmap(self) -> dict[int, int]:
        """Code point to glyph number."""
        best: dict[int, str] = self.font.getBestCmap()
        return {code: self.font.getGlyphID(name) for code, name in best.items()}

    @cached_property
    def code_points(self) -> dict[int, int]:
        """Glyph number to the code point it stands for: the lowest of several."""
        return {glyph: code for code, glyph in sorted(self.cmap.items(), reverse=True)}

    @cached_property
    def widths(self) -> list[int]:
        """Glyph widths by glyph number, in thousandths of the size."""
        scale = 1000 / self.font["head"].unitsPerEm
        metrics = self.font["hmtx"].metrics
        return [round(metrics[name][0] * scale) for name in self.font.getGlyphOrder()]

    def shape(self, text: str) -> list[Glyph]:
        missing = {char for char in text if ord(char) not in self.cmap}
        if missing:
            raise ValueError(f"{self.name} has no glyph for {sorted(missing)} in {text!r}")
        if not text:
            return []
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._shaper, buffer, _FEATURES)
        scale = 1000 / self.font["head"].unitsPerEm
        return [
            Glyph(info.codepoint, position.x_advance * scale, self.widths[info.codepoint])
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    @lru_cache(maxsize=20_000)  # noqa: B019  faces live as long as the process
    def width(self, text: str, size: float) -> float:
        """Width of a line of ``text`` in points."""
        return sum(glyph.advance for glyph in self.shape(text)) * size / 1000

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """Lines of at most ``width`` points, broken at spaces; one long word may stick out."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def subset(
        self, glyphs: Iterable[int], unicodes: Iterable[int] = ()
    ) -> tuple[bytes, list[int]]:
        """The font program with these glyphs only, and the numbers of the glyphs it holds."""
        font = TTFont(io.BytesIO(self._program), recalcTimestamp=False)
        options = _options(layout_features=[])
        options.drop_tables += ["GPOS", "GSUB", "GDEF", "STAT", "gasp", "DSIG"]
        subsetter = Subsetter(options)
        subsetter.populate(gids=sorted(set(glyphs)), unicodes=sorted(set(unicodes)))
        subsetter.subset(font)
        held = {font.getGlyphID(name) for name in subsetter.glyphs_retained}
        return _saved(font), sorted(held)


def regular() -> Face:
    return _face("OpenSans-Regular", 400, 100)


def condensed() -> Face:
    """Captions, notes and small explanations."""
    return _face("OpenSans-SemiCondensed", 400, 88)


def label() -> Face:
    return _face("OpenSans-SemiCondensedSemiBold", 600, 88)


def bold() -> Face:
    return _face("OpenSans-Bold", 700, 100)


def covered() -> Iterator[int]:
    """The code points of COVERAGE that Open Sans has."""
    cmap = regular().cmap
    return (code for block in COVERAGE for code in block if code in cmap)


@lru_cache
def _face(name: str, weight: float, width: float) -> Face:
    return Face(name, weight, width)


@lru_cache
def _covered_variable_font() -> bytes:
    """The variable font without the scripts that no form needs; instancing it is quick."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    subsetter = Subsetter(_options(layout_features=["kern", "mark", "mkmk", "ccmp"]))
    codes = [code for block in COVERAGE for code in block if code in font.getBestCmap()]
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return _saved(font)


def _static_instance(weight: float, width: float) -> bytes:
    font = TTFont(io.BytesIO(_covered_variable_font()), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, {"wght": weight, "wdth": width}, inplace=True)
    return _saved(font)


def _options(layout_features: list[str]) -> Options:
    options = Options()
    options.retain_gids = True
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = layout_features
    return options


def _saved(font: TTFont) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
