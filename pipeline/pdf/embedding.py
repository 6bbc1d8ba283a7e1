"""Embeds what a document uses of a face, as one Type 0 font. ISO 32000-2, 9.7.

``subset`` works out what the font's objects hold, as plain data; ``embed`` makes the objects.
A code is its glyph's number in the whole face, so a content stream can be written before the
subset is made, in which glyphs have other numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from struct import unpack_from

import pikepdf
import uharfbuzz as hb

from pipeline.appearance.typeface import GlyphsByCode
from pipeline.pdf.cid_keyed import cid_keyed_program
from pipeline.pdf.faces import Face, advance_of
from pipeline.pdf.true_type import true_type_program


@dataclass(frozen=True)
class Measures:
    """A font descriptor's numbers, in thousandths of an em. ISO 32000-2, table 120.

    ``ascent`` and ``descent`` are at most an em apart: readers take that for a letter's place on
    its line, and a face with room for stacked marks would be found below the line that it is on.
    """

    bbox: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: int


@dataclass(frozen=True)
class EmbeddedFace:
    """The contents of a Type 0 font's objects.

    ``widths`` are (code, thousandths of an em), in the order of the codes. ``glyph_map`` is the
    CIDToGIDMap stream of a TrueType program; ``None`` says that ``program`` is a CID-keyed one in
    the Compact Font Format, which has the codes itself.
    """

    name: str
    program: bytes
    measures: Measures
    widths: tuple[tuple[int, int], ...]
    to_unicode: bytes
    glyph_map: bytes | None

    @property
    def subtype(self) -> str:
        """The CIDFont's. ISO 32000-2, table 115."""
        return "CIDFontType0" if self.glyph_map is None else "CIDFontType2"

    @property
    def program_key(self) -> str:
        """The font descriptor's entry for the program, whose own entries are
        ``program_entries``. ISO 32000-2, tables 124 and 125."""
        return "FontFile3" if self.glyph_map is None else "FontFile2"

    @property
    def program_entries(self) -> dict[str, object]:
        if self.glyph_map is None:
            return {"Subtype": pikepdf.Name.CIDFontType0C}
        return {"Length1": len(self.program)}


def subset(face: Face, glyphs: GlyphsByCode) -> EmbeddedFace:
    """What a document needs of ``face`` to show just ``glyphs``."""
    scale = 1000 / face.units
    name = _subset_tag(glyphs) + "+" + face.name
    if face.is_true_type:
        program, glyph_map = true_type_program(face, glyphs)
    else:
        program, glyph_map = cid_keyed_program(name, face, glyphs), None
    return EmbeddedFace(
        name=name,
        program=program,
        measures=_measures(face),
        widths=tuple(
            (code, round(advance_of(face, glyph) * scale)) for code, glyph in sorted(glyphs.items())
        ),
        to_unicode=_to_unicode(glyphs),
        glyph_map=glyph_map,
    )


def embed(pdf: pikepdf.Pdf, face: Face, glyphs: GlyphsByCode) -> pikepdf.Object:
    """A Type 0 font with just ``glyphs``, as an indirect object."""
    made = subset(face, glyphs)
    name = pikepdf.Name("/" + made.name)
    measures = made.measures
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=list(measures.bbox),
        ItalicAngle=measures.italic_angle,
        Ascent=measures.ascent,
        Descent=measures.descent,
        CapHeight=measures.cap_height,
        StemV=80,
    )
    descriptor["/" + made.program_key] = pdf.make_stream(made.program, **made.program_entries)
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name("/" + made.subtype),
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=pikepdf.Array(width_entries(made.widths)),
    )
    if made.glyph_map is not None:
        descendant.CIDToGIDMap = pdf.make_stream(made.glyph_map)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(made.to_unicode),
        )
    )


def width_entries(widths: Iterable[tuple[int, int]]) -> list[int | pikepdf.Array]:
    """The array /W: a code, then the widths from it on. ISO 32000-2, 9.7.4.3."""
    runs: list[tuple[int, list[int]]] = []
    for code, width in widths:
        if runs and code == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(width)
        else:
            runs.append((code, [width]))
    return [entry for code, run in runs for entry in (code, pikepdf.Array(run))]


@cache
def _measures(face: Face) -> Measures:
    scale = 1000 / face.units
    extents = face.font.get_font_extents("ltr")
    line = min(scale, 1000 / (extents.ascender - extents.descender or face.units))
    box = unpack_from(">4h", face.blob_face.reference_table("head").data, 36)
    capital = face.font.get_metric_position(hb.OTMetricsTag.CAP_HEIGHT)
    slant = face.font.get_style_value(hb.StyleTag.SLANT_ANGLE)
    return Measures(
        bbox=(
            round(box[0] * scale), round(box[1] * scale),
            round(box[2] * scale), round(box[3] * scale),
        ),
        ascent=round(extents.ascender * line),
        descent=round(extents.descender * line),
        cap_height=round((capital or extents.ascender) * scale),
        italic_angle=round(slant),
    )  # fmt: skip


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
