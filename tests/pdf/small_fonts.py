"""Small font files, drawn in code: each character a figure of its own.

A figure is a frame with a bar for each bit that is set in the character's number, so that no two
look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from fontTools.ttLib.ttCollection import TTCollection

KANJI = "山田太郎東京都港区字"

RESTRICTED, PREVIEW_AND_PRINT, EDITABLE = 0x0002, 0x0004, 0x0008
NO_SUBSETS, BITMAPS_ONLY = 0x0100, 0x0200

REGULAR, BOLD = 400, 700


def small_font(
    characters: str = KANJI,
    *,
    name: str = "SmallCJK-Regular",
    outlines: str = "glyf",
    units: int = 1000,
    permissions: int = 0,
    weight: int = REGULAR,
    same_glyph: Sequence[str] = (),
    more_glyphs: int = 0,
) -> bytes:
    """A font with ``characters``; each of ``same_glyph`` is a pair that shares the first one's.

    ``outlines`` are glyf, CFF or CFF2; ``more_glyphs`` stand before those of the characters.
    """
    cmap = {ord(char): f"figure{number}" for number, char in enumerate(characters)}
    spare = [f"spare{number}" for number in range(more_glyphs)]
    order = [".notdef", *spare, *cmap.values()]
    figures = dict.fromkeys([".notdef", *spare], 0) | {cmap[ord(c)]: ord(c) for c in characters}
    builder = FontBuilder(units, isTTF=outlines == "glyf")
    builder.setupGlyphOrder(order)
    for first, second in same_glyph:
        cmap[ord(second)] = cmap[ord(first)]
    builder.setupCharacterMap(cmap)
    if outlines == "glyf":
        builder.setupGlyf({glyph: _true_type(figures[glyph], units) for glyph in order})
    else:
        cubic = {glyph: _charstring(figures[glyph], units, outlines) for glyph in order}
        if outlines == "CFF":
            builder.setupCFF(name, {"FullName": name}, cubic, {})
        else:
            builder.setupNameTable({"familyName": name, "styleName": "Regular"})
            builder.setupFvar([("wght", 400, 400, 700, "Weight")], [])
            builder.setupCFF2(cubic)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (units, units // 20)))
    builder.setupHorizontalHeader(ascent=units * 88 // 100, descent=-units * 12 // 100)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(fsType=permissions, usWeightClass=weight, sCapHeight=units * 7 // 10)
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def collection(fonts: Sequence[bytes]) -> bytes:
    """A font collection (.ttc)."""
    whole = TTCollection()
    whole.fonts = [TTFont(BytesIO(font)) for font in fonts]
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def with_table(font: bytes, tag: str) -> bytes:
    """The font with a table more, whatever is in it."""
    whole = TTFont(BytesIO(font))
    whole[tag] = table = DefaultTable(tag)
    table.data = b"\0" * 16
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def without_table(font: bytes, tag: str) -> bytes:
    whole = TTFont(BytesIO(font), lazy=True)
    for each in (tag, "loca"):
        del whole[each]
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def _draw(pen: TTGlyphPen | T2CharStringPen, number: int, units: int) -> None:
    step = units // 20
    _box(pen, step, 0, 19 * step, step)
    for bit in range(16):
        if number >> bit & 1:
            left = (bit + 2) * step
            _box(pen, left, 2 * step, left + step // 2, 15 * step)


def _box(pen: TTGlyphPen | T2CharStringPen, x0: int, y0: int, x1: int, y1: int) -> None:
    pen.moveTo((x0, y0))
    for corner in ((x0, y1), (x1, y1), (x1, y0)):
        pen.lineTo(corner)
    pen.closePath()


def _true_type(number: int, units: int) -> object:
    pen = TTGlyphPen(None)
    _draw(pen, number, units)
    return pen.glyph()


def _charstring(number: int, units: int, outlines: str) -> object:
    pen = T2CharStringPen(None if outlines == "CFF2" else units, None, CFF2=outlines == "CFF2")
    _draw(pen, number, units)
    return pen.getCharString()
