"""A font file as HarfBuzz sees it, and the faces that come with Formpress.

Those come from packages, so that every machine sets the same glyphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

import uharfbuzz as hb

from pipeline.appearance.typeface import Glyph

_PACKAGED = (
    ("fontpkg_open_sans", "OpenSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
    ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf"),
)
"""(package, file), in the order of preference; a package that is not installed is passed over."""


@dataclass(frozen=True, eq=False)
class Face:
    """One face of a font file. ``key`` is its resource name in every document."""

    key: str
    name: str
    blob_face: hb.Face
    font: hb.Font
    characters: frozenset[int]

    @property
    def units(self) -> int:
        return int(self.blob_face.upem)

    @property
    def glyph_count(self) -> int:
        return int(self.blob_face.glyph_count)

    def has(self, text: str) -> bool:
        return covers(self.characters, text)

    @property
    def is_true_type(self) -> bool:
        """Whether its outlines are TrueType's; else they are those of the Compact Font Format."""
        return "glyf" in self.blob_face.table_tags


def advance_of(face: Face, glyph: Glyph) -> int:
    """How far the pen goes on after ``glyph``, in units of the face."""
    return glyph.advance or int(face.font.get_glyph_h_advance(glyph.number))


def covers(characters: Container[int], text: str) -> bool:
    """Whether ``text`` can be set as it is, composed, or of its parts: the shaper does either."""
    if all(ord(char) in characters for char in text):
        return True
    if text.isascii():
        return False
    return any(
        all(ord(char) in characters for char in unicodedata.normalize(form, text))
        for form in ("NFC", "NFD")
    )


@cache
def packaged_faces() -> tuple[Face, ...]:
    """Latin, Greek, Cyrillic, Hebrew; Arabic; if installed, rarer Latin, Greek and Cyrillic."""
    found: list[Face] = []
    for package, file in _PACKAGED:
        if find_spec(package) is not None:
            data = (files(package) / "files" / file).read_bytes()
            found.append(load_face(f"FpF{len(found)}", file.partition("[")[0], data))
    return tuple(found)


def load_face(key: str, name: str, data: bytes | hb.Blob, index: int = 0) -> Face:
    """The face ``index`` of a collection, or the only one; a variable font in its default shape.

    ``name`` becomes a PostScript name: what of it cannot stand in one is left out.
    """
    face = hb.Face(data, index)
    plain = re.sub(r"[^A-Za-z0-9-]", "", name) or key
    return Face(key, plain, face, hb.Font(face), frozenset(face.unicodes))
