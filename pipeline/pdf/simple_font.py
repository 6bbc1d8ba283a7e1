"""The font that a field's default appearance names, where it is a simple font. ISO 32000-2, 9.6.

What its own encoding covers is set with it; anything else goes to the fallback faces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO

import pikepdf
from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from pdfminer.fontmetrics import FONT_METRICS

from pipeline.appearance.typeface import Shown
from pipeline.pdf.objects import array, get_dictionary, integer, real, text

STANDARD_NAMES: Mapping[str, str] = {
    "Helv": "Helvetica", "HeBo": "Helvetica-Bold", "HeOb": "Helvetica-Oblique",
    "HeBO": "Helvetica-BoldOblique", "Cour": "Courier", "CoBo": "Courier-Bold",
    "CoOb": "Courier-Oblique", "CoBO": "Courier-BoldOblique", "TiRo": "Times-Roman",
    "TiBo": "Times-Bold", "TiIt": "Times-Italic", "TiBI": "Times-BoldItalic",
}  # fmt: skip
"""Resource names that Acrobat uses for the standard 14 fonts."""


@dataclass(frozen=True)
class SimpleFont:
    """``codes`` maps a character to its code, ``widths`` a code to its width in ems.

    ``alias`` is the resource name that content streams use, so that it meets no other font of a
    page; ``resource`` the name in the default resources, ``standard`` the standard font that
    stands in where the template has no such resource.
    """

    alias: str
    resource: str
    codes: Mapping[str, int]
    widths: Mapping[int, float]
    standard: str | None = None

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset((*self.codes, "\n"))

    @cached_property
    def _advances(self) -> Mapping[str, float]:
        return {char: self.widths.get(code, 0.0) for char, code in self.codes.items()}

    @cached_property
    def _written(self) -> Mapping[int, str]:
        """Characters as a literal string writes their codes, for ``str.translate``. 7.3.4.2."""
        escapes = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\", 13: "\\r"}
        return {ord(char): escapes.get(code, chr(code)) for char, code in self.codes.items()}

    def covers(self, content: str) -> bool:
        return self._characters.issuperset(content)

    def missing(self, content: str) -> str:
        return next((char for char in content if char not in self._characters), "")

    def width(self, content: str) -> float:
        return sum(map(self._advances.__getitem__, content))

    def show(self, content: str, size: float, levels: bytes | None = None) -> Shown:
        written = content.translate(self._written).encode("latin-1")
        return Shown(((self.alias, b"(" + written + b") Tj"),))


def standard_font(base_font: str) -> SimpleFont:
    """One of the standard 14, WinAnsi encoded: what a form may name without carrying it."""
    metrics = _metrics(base_font) or _metrics("Helvetica") or {}
    codes = _codes(_base_encoding("/WinAnsiEncoding"))
    widths = {code: metrics.get(char, 0.278) for char, code in codes.items()}
    return SimpleFont(f"FpS{base_font}", "", codes, widths, base_font)


def read_simple_font(alias: str, resource: str, font: pikepdf.Object) -> SimpleFont | None:
    """``None`` where the font cannot be used by its own encoding: composite, symbolic, Type 3."""
    if font.get("/Subtype") not in ("/Type1", "/TrueType", "/MMType1"):
        return None
    base_font = (text(font.get("/BaseFont")) or "").partition("+")[2] or (
        text(font.get("/BaseFont")) or ""
    )
    if re.search(r"dingbat|symbol|wingding", base_font, re.IGNORECASE):
        return None
    descriptor = get_dictionary(font, "/FontDescriptor")
    names = _encoding(font, descriptor)
    if names is None:
        return None
    codes = _codes(names)
    widths = _widths(font, descriptor, base_font, codes)
    has_glyph = _program_coverage(descriptor)
    usable = {
        char: code
        for char, code in codes.items()
        if has_glyph(char, code) and (char in " \u00a0" or widths.get(code, 0.0) > 0)
    }
    return SimpleFont(alias, resource, usable, widths) if usable else None


def _encoding(font: pikepdf.Object, descriptor: pikepdf.Object | None) -> dict[int, str] | None:
    """Code → glyph name. ISO 32000-2, 9.6.5."""
    encoding = font.get("/Encoding")
    embedded = descriptor is not None and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
    if isinstance(encoding, pikepdf.Name):
        return dict(_base_encoding(str(encoding)))
    base = encoding.get("/BaseEncoding") if isinstance(encoding, pikepdf.Dictionary) else None
    if base is None and embedded and not isinstance(encoding, pikepdf.Dictionary):
        return None
    names = dict(_base_encoding(str(base) if base is not None else "/StandardEncoding"))
    if isinstance(encoding, pikepdf.Dictionary):
        code = 0
        for entry in array(encoding.get("/Differences")):
            if isinstance(entry, pikepdf.Name):
                names[code] = str(entry)[1:]
                code += 1
            else:
                code = integer(entry)
    return {code: name for code, name in names.items() if 0 <= code < 256}


@cache
def _base_encoding(name: str) -> Mapping[int, str]:
    if name == "/MacRomanEncoding":
        listed = dict(enumerate(MacRoman))
    elif name == "/StandardEncoding":
        listed = dict(enumerate(StandardEncoding))
    else:
        chars = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
        listed = {
            code: agl.UV2AGL.get(ord(char), f"uni{ord(char):04X}")
            for code, char in chars.items()
            if char
        }
    return {code: glyph for code, glyph in listed.items() if glyph != ".notdef"}


def _codes(names: Mapping[int, str]) -> dict[str, int]:
    codes: dict[str, int] = {}
    for code, name in names.items():
        char = agl.toUnicode(name)
        if len(char) == 1:
            codes.setdefault(char, code)
    if "\u00a0" not in codes and " " in codes:
        codes["\u00a0"] = codes[" "]
    return codes


def _widths(
    font: pikepdf.Object,
    descriptor: pikepdf.Object | None,
    base_font: str,
    codes: Mapping[str, int],
) -> dict[int, float]:
    first = integer(font.get("/FirstChar"))
    listed = {first + at: real(each) / 1000 for at, each in enumerate(array(font.get("/Widths")))}
    if listed:
        missing = real(descriptor.get("/MissingWidth")) / 1000 if descriptor is not None else 0.0
        return {code: listed.get(code, missing) for code in codes.values()}
    metrics = _metrics(base_font) or _metrics("Helvetica") or {}
    return {code: metrics.get(char, 0.5) for char, code in codes.items()}


@cache
def _metrics(base_font: str) -> Mapping[str, float] | None:
    """Widths of a standard 14 font by character, in ems; other names by their likeness."""
    name = base_font.replace(",", "-")
    if name not in FONT_METRICS:
        low = name.lower()
        family = "Helvetica"
        if "courier" in low or "mono" in low:
            family = "Courier"
        elif "times" in low or ("serif" in low and "sans" not in low):
            family = "Times"
        bold = "bold" in low
        slanted = "italic" in low or "oblique" in low
        lean = "Italic" if family == "Times" else "Oblique"
        style = ("Bold" if bold else "") + (lean if slanted else "")
        name = f"{family}-{style}" if style else ("Times-Roman" if family == "Times" else family)
    found = FONT_METRICS.get(name)
    if found is None:
        return None
    return {char: width / 1000 for char, width in found[1].items()}


def _program_coverage(descriptor: pikepdf.Object | None) -> Callable[[str, int], bool]:
    """Whether the embedded program has a glyph: a subset's encoding promises more than it holds."""
    program = descriptor.get("/FontFile2") if descriptor is not None else None
    if not isinstance(program, pikepdf.Stream):
        return lambda char, code: True
    try:
        font = TTFont(BytesIO(program.read_bytes()), lazy=True)
        tables = {(t.platformID, t.platEncID): t.cmap for t in font["cmap"].tables}
        names = set(font.getGlyphOrder()) - {".notdef"}
    except Exception:  # fontTools raises a great many kinds for a broken program
        return lambda char, code: True
    unicode_map, mac, symbol = tables.get((3, 1)), tables.get((1, 0)), tables.get((3, 0))

    def drawn(name: str | None) -> bool:
        return name in names

    def has_glyph(char: str, code: int) -> bool:
        if unicode_map is not None and drawn(unicode_map.get(ord(char))):
            return True
        if symbol is not None and (drawn(symbol.get(0xF000 + code)) or drawn(symbol.get(code))):
            return True
        return unicode_map is None and symbol is None and mac is not None and drawn(mac.get(code))

    return has_glyph
