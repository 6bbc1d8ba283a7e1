"""Font programs for faces whose outlines are cubic: CID-keyed, in the Compact Font Format.

A CIDFont of type 0 has no map from codes to glyphs as one of type 2 has: its program's own charset
says which glyph is which CID (ISO 32000-2, 9.7.4.2). So the program is made anew, with the
codes as its CIDs and a glyph for each, whatever the font file is: keyed by name or by CID, or a
variable font's second edition of the format, which PDF does not know. Adobe Technical Note 5176.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from io import BytesIO
from typing import Any

from fontTools.cffLib import (
    CFFFontSet,
    CharStrings,
    FDArrayIndex,
    FDSelect,
    FontDict,
    GlobalSubrsIndex,
    PrivateDict,
    TopDict,
    TopDictIndex,
)
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from pipeline.appearance.typeface import Glyph, GlyphsByCode
from pipeline.pdf.faces import Face, advance_of

_UNITS = 1000
"""Units to the em: those that the format means unless it says otherwise."""


def cid_keyed_program(name: str, face: Face, glyphs: GlyphsByCode) -> bytes:
    """A program with the outlines of ``glyphs``, each a CID that is its code."""
    outlines = {0: _outline(face, Glyph(0, ""))}
    outlines |= {code: _outline(face, glyph) for code, glyph in glyphs.items()}
    codes = sorted(outlines)
    fonts = CFFFontSet()
    fonts.major, fonts.minor = 1, 0
    fonts.fontNames = [name]
    fonts.GlobalSubrs = GlobalSubrsIndex()
    fonts.topDictIndex = TopDictIndex()
    fonts.topDictIndex.append(_top(fonts.GlobalSubrs, [(code, outlines[code]) for code in codes]))
    out = BytesIO()
    fonts.compile(out, TTFont())
    return out.getvalue()


def _top(subroutines: Any, outlines: Iterable[tuple[int, Any]]) -> Any:
    """The dictionary of a font that has one part; (CID, charstring) in the order of the CIDs."""
    cids, charstrings = zip(*outlines, strict=True)
    private = PrivateDict()
    private.defaultWidthX = private.nominalWidthX = 0
    part = FontDict()
    part.Private = private
    top = TopDict()
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = max(cids) + 1
    top.GlobalSubrs = subroutines
    top.charset = [".notdef", *(f"cid{cid:05}" for cid in cids[1:])]
    top.FDArray = FDArrayIndex()
    top.FDArray.append(part)
    top.FDSelect = FDSelect(format=3)
    top.FDSelect.gidArray = [0] * len(cids)
    top.CharStrings = CharStrings(None, top.charset, subroutines, None, top.FDSelect, top.FDArray)
    for name, charstring in zip(top.charset, charstrings, strict=True):
        charstring.private, charstring.globalSubrs = private, subroutines
        charstring.fdSelectIndex = 0
        top.CharStrings[name] = charstring
    return top


def _outline(face: Face, glyph: Glyph) -> Any:
    """A charstring, without hints; a variable font's in its default shape."""
    scale = _UNITS / face.units
    pen = T2CharStringPen(round(advance_of(face, glyph) * scale), None)
    for number, right, up in [(glyph.number, 0, 0), *map(astuple, glyph.parts)]:
        moved = TransformPen(pen, (scale, 0, 0, scale, right * scale, up * scale))
        face.font.draw_glyph_with_pen(number, moved)
    return pen.getCharString()
