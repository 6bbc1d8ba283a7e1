"""Font programs for faces whose outlines are TrueType's. ISO 32000-2, 9.9.

The subset's glyphs are numbered anew, and letters that are made of parts are added as composite
glyphs; a CIDFont of type 2 has a map from codes to those numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from pipeline.appearance.typeface import Glyph, GlyphsByCode, Part
from pipeline.pdf.faces import Face

_NOT_READ = ("GSUB", "GPOS", "GDEF", "STAT", "name", "post", "cmap", "OS/2", "gasp",
             "BASE", "JSTF", "DSIG", "VORG", "vhea", "vmtx")  # fmt: skip
"""Tables that no reader of a Type 0 font looks at. ISO 32000-2, 9.9.1."""

_OFFSETS = 0x0002
"""A component's arguments are offsets."""


def true_type_program(face: Face, glyphs: GlyphsByCode) -> tuple[bytes, bytes]:
    """The program with the outlines of ``glyphs``, and the map from codes to its glyphs' numbers:
    two bytes a code. ISO 32000-2, table 115."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(
        {number for glyph in glyphs.values() for number in _numbers(glyph)}
    )
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(_tag(name) for name in _NOT_READ)
    wanted.pin_all_axes_to_default(face.blob_face)
    plan = hb.SubsetPlan(face.blob_face, wanted)
    renumbered = plan.old_to_new_glyph_mapping
    program = bytes(plan.execute().blob.data)
    numbers = {code: renumbered[glyph.number] for code, glyph in glyphs.items()}
    composed = {code: glyph for code, glyph in sorted(glyphs.items()) if glyph.parts}
    if composed:
        program, first = _with_composites(program, list(composed.values()), renumbered.__getitem__)
        numbers |= {code: first + at for at, code in enumerate(composed)}
    glyph_map = bytearray(2 * (max(glyphs, default=0) + 1))
    for code, number in numbers.items():
        glyph_map[2 * code : 2 * code + 2] = number.to_bytes(2, "big")
    return program, bytes(glyph_map)


def _numbers(glyph: Glyph) -> list[int]:
    return [glyph.number, *(part.number for part in glyph.parts)]


def _with_composites(
    program: bytes, glyphs: list[Glyph], renumbered: Callable[[int], int]
) -> tuple[bytes, int]:
    """The program with a composite glyph for each of ``glyphs``, and the first one's number."""
    font = TTFont(BytesIO(program))
    names = font.getGlyphOrder()
    first = len(names)
    outlines, metrics = font["glyf"], font["hmtx"].metrics
    for at, glyph in enumerate(glyphs):
        outline = Outline()
        outline.numberOfContours = -1
        outline.components = [
            _component(names[renumbered(part.number)], part)
            for part in (Part(glyph.number, 0, 0), *glyph.parts)
        ]
        name, main = f"composite{at}", names[renumbered(glyph.number)]
        outlines[name] = outline
        outline.recalcBounds(outlines)
        advance, bearing = metrics[main]
        shift = bearing - getattr(outlines[main], "xMin", bearing)
        metrics[name] = (glyph.advance or advance, outline.xMin + shift)
    out = BytesIO()
    font.save(out)
    return out.getvalue(), first


def _component(name: str, part: Part) -> GlyphComponent:
    component = GlyphComponent()
    component.glyphName = name
    component.x, component.y = part.right, part.up
    component.flags = _OFFSETS
    return component


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
