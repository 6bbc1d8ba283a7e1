"""Embeds what a document uses of a face, as one Type 0 font. ISO 32000-2, 9.7.

Glyph numbers are kept in the subset, so a content stream can be written before the subset is made.
"""

from __future__ import annotations

import pikepdf
import uharfbuzz as hb

from pipeline.appearance.typeface import GlyphsByCode
from pipeline.pdf.faces import Face


def embed(pdf: pikepdf.Pdf, face: Face, glyphs: GlyphsByCode) -> pikepdf.Object:
    """A Type 0 font with just ``glyphs``, as an indirect object."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set({each.number for each in glyphs.values()})
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        {_tag(name) for name in ("GSUB", "GPOS", "GDEF", "STAT", "name", "post", "cmap")}
    )
    wanted.pin_all_axes_to_default(face.blob_face)
    program = hb.subset(face.blob_face, wanted).blob.data
    scale = 1000 / face.units
    name = pikepdf.Name("/" + _subset_tag(glyphs) + "+" + face.name)
    extents = face.font.get_font_extents("ltr")
    descriptor = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=[-600, -400, 1800, 1200],
            ItalicAngle=0,
            Ascent=round(extents.ascender * scale),
            Descent=round(extents.descender * scale),
            CapHeight=714,
            StemV=80,
            FontFile2=pdf.make_stream(program, Length1=len(program)),
        )
    )
    widths: list[object] = []
    for code, glyph in sorted(glyphs.items()):
        advance = round(face.font.get_glyph_h_advance(glyph.number) * scale)
        widths += [code, pikepdf.Array([advance])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=1000,
        W=pikepdf.Array(widths),
        CIDToGIDMap=_glyph_map(pdf, glyphs),
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
        )
    )


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def _glyph_map(pdf: pikepdf.Pdf, glyphs: GlyphsByCode) -> pikepdf.Object:
    """Code → glyph number: itself, unless a glyph has a second code. ISO 32000-2, table 115."""
    if all(code == glyph.number for code, glyph in glyphs.items()):
        return pikepdf.Name.Identity
    numbers = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        numbers[2 * code : 2 * code + 2] = glyph.number.to_bytes(2, "big")
    return pdf.make_stream(bytes(numbers))


def _subset_tag(glyphs: GlyphsByCode) -> str:
    """Six capital letters that tell subsets apart. ISO 32000-2, 9.9.2."""
    value = sum((each.number + 1) * 2654435761 for each in glyphs.values()) % 26**6
    letters = []
    for _ in range(6):
        value, digit = divmod(value, 26)
        letters.append(chr(65 + digit))
    return "".join(letters)


def _to_unicode(glyphs: GlyphsByCode) -> bytes:
    """Code → text, so that what was set can be read, searched and copied. ISO 32000-2, 9.10.3."""
    entries = [
        b"<%04x> <%s>" % (code, glyph.text.encode("utf-16-be").hex().encode())
        for code, glyph in sorted(glyphs.items())
    ]
    blocks = [
        b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block))
        for at in range(0, len(entries), 100)
        if (block := entries[at : at + 100])
    ]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            b"1 begincodespacerange <0000> <ffff> endcodespacerange",
            *blocks,
            b"endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )
