"""Font dictionaries: what the pages and the fields of one document refer to.

Page text is written in glyph numbers (Type 0, Identity-H); what people fill in is written in
WinAnsi through a simple TrueType font. Both share one font program. ISO 32000-2, 9.6.3, 9.7, 9.9.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pdf_templates.authoring import fonts
from pdf_templates.authoring.fonts import Face

FORM_FONT = "FpSans"
"""Resource name of the simple font in the AcroForm's /DR."""

_NONSYMBOLIC = 1 << 5

_STRETCHES = {3: "/Condensed", 4: "/SemiCondensed"}
"""FontStretch by the font's own width class. ISO 32000-2, table 120."""


class FontSet:
    """The faces that one document uses and the glyphs that it took from each."""

    def __init__(self, pdf: Pdf, typed: Iterable[int] | None = None) -> None:
        """``typed`` are the code points that people may type: those of COVERAGE by default."""
        self.form = fonts.regular()
        self._typed = fonts.covered() if typed is None else typed
        self._form_names = {self.form.name: FORM_FONT}
        self._pdf = pdf
        self._used: dict[str, set[int]] = {}
        self._faces: dict[str, Face] = {}
        self._names: dict[str, str] = {}
        self.resources = pdf.make_indirect(Dictionary())
        """The /Font dictionary that every page and appearance stream shares."""
        self.form_resources = pdf.make_indirect(Dictionary())
        self.use(self.form, [])

    def use(self, face: Face, glyphs: list[int]) -> str:
        """The face's resource name; ``glyphs`` will be embedded."""
        if face.name not in self._faces:
            self._faces[face.name] = face
            self._names[face.name] = f"F{len(self._names) + 1}"
        self._used.setdefault(face.name, set()).update(glyphs)
        return self._names[face.name]

    def form_font(self, face: Face) -> str:
        """The resource name by which fields are set in ``face``, as far as WinAnsi goes."""
        self.use(face, [face.cmap[ord(_win_ansi(code))] for code in range(32, 256)])
        short = face.name.removeprefix("OpenSans-")
        return self._form_names.setdefault(face.name, FORM_FONT + short)

    def embed(self) -> None:
        """Write all fonts; call once, when everything is drawn."""
        for name, face in self._faces.items():
            shared = face is self.form
            covered = self._typed if shared else ()
            program, held = face.subset(self._used[name], covered)
            file = Stream(self._pdf, program)
            file.Length1 = len(program)
            base = name if shared else f"{_subset_tag(name, program)}+{name}"
            descriptor = self._pdf.make_indirect(_descriptor(face, base, file))
            self.resources[f"/{self._names[name]}"] = self._type0(face, base, descriptor, held)
            if name in self._form_names:
                stretch = _STRETCHES.get(face.font["OS/2"].usWidthClass)
                if stretch:
                    descriptor.FontStretch = Name(stretch)
                simple = self._simple(face, base, descriptor)
                self.resources[f"/{self._form_names[name]}"] = simple
                self.form_resources[f"/{self._form_names[name]}"] = simple

    def _type0(self, face: Face, base: str, descriptor: Object, held: list[int]) -> Object:
        widths = Array()
        for first, run in _runs(held):
            widths.append(first)
            widths.append(Array([face.widths[glyph] for glyph in run]))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{base}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=descriptor,
            CIDToGIDMap=Name.Identity,
            DW=1000,
            W=widths,
        )
        mapping = [(g, chr(face.code_points[g])) for g in held if g in face.code_points]
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{base}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([self._pdf.make_indirect(descendant)]),
                ToUnicode=Stream(self._pdf, _to_unicode(mapping, digits=4)),
            )
        )

    def _simple(self, face: Face, base: str, descriptor: Object) -> Object:
        characters = {code: _win_ansi(code) for code in range(32, 256)}
        glyph = {code: face.cmap[ord(character)] for code, character in characters.items()}
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name(f"/{base}"),
                Encoding=Name.WinAnsiEncoding,
                FirstChar=32,
                LastChar=255,
                Widths=Array([face.widths[glyph[code]] for code in range(32, 256)]),
                FontDescriptor=descriptor,
                ToUnicode=Stream(self._pdf, _to_unicode(list(characters.items()), digits=2)),
            )
        )


def _win_ansi(code: int) -> str:
    """WinAnsiEncoding; its unused codes above 127 are bullets. ISO 32000-2, annex D.2."""
    if code == 127:
        return "\N{BULLET}"
    return bytes([code]).decode("cp1252", errors="replace").replace("\ufffd", "\N{BULLET}")


def _descriptor(face: Face, base: str, file: Stream) -> Dictionary:
    font = face.font
    scale = 1000 / font["head"].unitsPerEm
    box = [font["head"].xMin, font["head"].yMin, font["head"].xMax, font["head"].yMax]
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{base}"),
        FontFamily=b"Open Sans",
        FontWeight=font["OS/2"].usWeightClass,
        Flags=_NONSYMBOLIC,
        FontBBox=Array([round(value * scale) for value in box]),
        ItalicAngle=0,
        Ascent=round(font["hhea"].ascent * scale),
        Descent=round(font["hhea"].descent * scale),
        CapHeight=round(font["OS/2"].sCapHeight * scale),
        XHeight=round(font["OS/2"].sxHeight * scale),
        StemV=round(50 + font["OS/2"].usWeightClass / 10),
        FontFile2=file,
    )


def _subset_tag(name: str, program: bytes) -> str:
    """Six capitals that follow from the contents. ISO 32000-2, 9.9.2."""
    digest = hashlib.sha256(name.encode() + program).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _runs(numbers: list[int]) -> list[tuple[int, list[int]]]:
    """Consecutive numbers together, as a /W array wants them. ISO 32000-2, 9.7.4.3."""
    runs: list[tuple[int, list[int]]] = []
    for number in numbers:
        if runs and number == runs[-1][0] + len(runs[-1][1]):
            runs[-1][1].append(number)
        else:
            runs.append((number, [number]))
    return runs


def _to_unicode(mapping: list[tuple[int, str]], digits: int) -> bytes:
    """A ToUnicode CMap; at most 100 entries a block. ISO 32000-2, 9.10.3."""
    top = "F" * digits
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        f"1 begincodespacerange <{'0' * digits}> <{top}> endcodespacerange",
    ]
    for start in range(0, len(mapping), 100):
        block = mapping[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        for code, character in block:
            lines.append(f"<{code:0{digits}X}> <{character.encode('utf-16-be').hex().upper()}>")
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
