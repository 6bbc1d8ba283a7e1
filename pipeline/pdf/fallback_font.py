"""The faces for text that a field's own font cannot write: shaped with HarfBuzz, embedded as one
Type 0 subset each. ISO 32000-2, 9.7.

The faces come from packages, so that every machine sets the same glyphs. Glyph numbers are kept
in the subset, so a content stream can be written before the subset is made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pikepdf
import uharfbuzz as hb

from pipeline.appearance.stream import number
from pipeline.appearance.typeface import Shown

_PACKAGED = (
    ("fontpkg_open_sans", "OpenSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
_FEATURES = {"liga": False, "clig": False, "dlig": False}
"""Ligatures are off: each glyph then stands for its own characters when the text is read back."""


@dataclass(frozen=True)
class Face:
    """One font file. ``key`` is its resource name in every document."""

    key: str
    name: str
    data: bytes
    blob_face: hb.Face
    font: hb.Font
    characters: frozenset[int]

    @property
    def units(self) -> int:
        return int(self.blob_face.upem)


@cache
def packaged_faces() -> tuple[Face, ...]:
    """The faces that come with Formpress: Latin, Greek, Cyrillic, Hebrew; Arabic."""
    found: list[Face] = []
    for package, file in _PACKAGED:
        data = (files(package) / "files" / file).read_bytes()
        found.append(load_face(f"FpF{len(found)}", file.partition("[")[0], data))
    return tuple(found)


def load_face(key: str, name: str, data: bytes) -> Face:
    face = hb.Face(data)
    return Face(key, name, data, face, hb.Font(face), frozenset(face.unicodes))


def face_from_file(key: str, path: Path) -> Face:
    """A face that the settings name, for scripts that the packaged ones lack."""
    return load_face(key, path.stem, path.read_bytes())


class FallbackFont:
    """A typeface made of several faces: each stretch of text from the first that has it."""

    def __init__(self, faces: Sequence[Face]) -> None:
        self.faces = tuple(faces)
        self._widths: dict[str, float] = {}

    def missing(self, content: str) -> str:
        for char in content:
            if char != "\n" and not _invisible(char) and self._face_of(char) is None:
                return char
        return ""

    def width(self, content: str) -> float:
        known = self._widths.get(content)
        if known is None:
            known = sum(
                info.x_advance / face.units
                for face, run in self._runs(content)
                for _, info in _shape(face, run)
            )
            if len(self._widths) > 50_000:
                self._widths.clear()
            self._widths[content] = known
        return known

    def show(self, content: str, size: float) -> Shown:
        """Glyph numbers as two-byte codes, moved where the shaper moved them."""
        runs: list[tuple[str, bytes]] = []
        glyphs: dict[str, dict[int, str]] = {}
        for face, run in self._runs(content):
            used = glyphs.setdefault(face.key, {})
            shaped = _shape(face, run)
            meanings = _meanings(run, [info.cluster for info, _ in shaped])
            parts: list[bytes] = []
            rise = 0.0
            for (info, position), meaning in zip(shaped, meanings, strict=True):
                if meaning or info.codepoint not in used:
                    used[info.codepoint] = meaning
                scale = 1000 / face.units
                if position.y_offset != rise:
                    rise = position.y_offset
                    parts.append(b"] TJ " + number(rise / face.units * size) + b" Ts [")
                moved = position.x_offset * scale
                natural = face.font.get_glyph_h_advance(info.codepoint)
                kern = (position.x_advance - natural) * scale - moved
                if moved:
                    parts.append(number(-moved))
                parts.append(b"<%04x>" % info.codepoint)
                if kern:
                    parts.append(number(-kern))
            body = b"[" + b" ".join(parts).replace(b"> <", b"") + b"] TJ"
            if rise:
                body += b" 0 Ts"
            runs.append((face.key, body.replace(b"[] TJ ", b"")))
        return Shown(tuple(runs), glyphs)

    def _face_of(self, char: str) -> Face | None:
        return next((face for face in self.faces if ord(char) in face.characters), None)

    def _runs(self, content: str) -> list[tuple[Face, str]]:
        """Stretches of one face; marks, spaces and unknown characters stay with what precedes."""
        runs: list[tuple[Face, str]] = []
        for char in content:
            if runs and ord(char) in runs[-1][0].characters and _follows(char):
                runs[-1] = (runs[-1][0], runs[-1][1] + char)
                continue
            face = self._face_of(char) or (runs[-1][0] if runs else self.faces[0])
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + char)
            else:
                runs.append((face, char))
        return runs


def embed(pdf: pikepdf.Pdf, face: Face, glyphs: Mapping[int, str]) -> pikepdf.Object:
    """A Type 0 font with just ``glyphs`` (number → text), as an indirect object."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).set(set(glyphs))
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
    for glyph in sorted(glyphs):
        advance = round(face.font.get_glyph_h_advance(glyph) * scale)
        widths += [glyph, pikepdf.Array([advance])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        DW=1000,
        W=pikepdf.Array(widths),
        CIDToGIDMap=pikepdf.Name.Identity,
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


def _shape(face: Face, run: str) -> list[tuple[hb.GlyphInfo, hb.GlyphPosition]]:
    buffer = hb.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer, _FEATURES)
    return list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))


def _meanings(run: str, clusters: list[int]) -> list[str]:
    """The text that each glyph stands for: its cluster's, given once, to the cluster's first."""
    starts = [*sorted(set(clusters)), len(run)]
    ends = dict(pairwise(starts))
    meanings: list[str] = []
    given: set[int] = set()
    for cluster in clusters:
        chars = run[cluster : ends[cluster]]
        alone = clusters.count(cluster) == len(chars)
        if alone and len(chars) > 1:
            place = sum(1 for each in meanings if each and each in chars)
            meanings.append(chars[min(place, len(chars) - 1)])
        else:
            meanings.append("" if cluster in given else chars)
        given.add(cluster)
    return meanings


def _follows(char: str) -> bool:
    return unicodedata.combining(char) != 0 or char.isspace() or char.isdecimal()


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def _subset_tag(glyphs: Mapping[int, str]) -> str:
    """Six capital letters that tell subsets apart. ISO 32000-2, 9.9.2."""
    value = sum((glyph + 1) * 2654435761 for glyph in glyphs) % 26**6
    letters = []
    for _ in range(6):
        value, digit = divmod(value, 26)
        letters.append(chr(65 + digit))
    return "".join(letters)


def _to_unicode(glyphs: Mapping[int, str]) -> bytes:
    """Glyph → text, so that what was set can be read, searched and copied. ISO 32000-2, 9.10.3."""
    entries = [
        b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())
        for glyph, text in sorted(glyphs.items())
        if text
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
