"""The faces that come with Formpress, from packages, so that every machine sets the same glyphs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import uharfbuzz as hb

_PACKAGED = (
    ("fontpkg_open_sans", "OpenSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)


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

    @property
    def glyph_count(self) -> int:
        return int(self.blob_face.glyph_count)


@cache
def packaged_faces() -> tuple[Face, ...]:
    """Latin, Greek, Cyrillic, Hebrew; Arabic."""
    found: list[Face] = []
    for package, file in _PACKAGED:
        data = (files(package) / "files" / file).read_bytes()
        found.append(load_face(f"FpF{len(found)}", file.partition("[")[0], data))
    return tuple(found)


def load_face(key: str, name: str, data: bytes) -> Face:
    face = hb.Face(data)
    return Face(key, name, data, face, hb.Font(face), frozenset(face.unicodes))
