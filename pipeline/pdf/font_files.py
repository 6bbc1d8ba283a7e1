"""Faces of the font files that the settings name, and of those that the machine has.

They are looked into when a text has a character that no packaged face has, and never before.
Which face sets a character depends on the files alone: those that are named come first, in their
order; then the machine's, upright and regular ones before others, by name.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from struct import unpack_from
from threading import Lock

import uharfbuzz as hb

from pipeline.errors import SettingsError
from pipeline.pdf.faces import Face, covers, load_face

VARIABLE = "FORMPRESS_FONTS"
"""Font files and folders, separated as PATH is. Every process reads it where it needs it."""

_SUFFIXES = frozenset((".ttf", ".otf", ".ttc", ".otc"))
_COLOURED = frozenset(("COLR", "CBDT", "sbix", "SVG "))
_OUTLINES = frozenset(("glyf", "CFF ", "CFF2"))
_RESTRICTED, _NO_SUBSETS, _BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
_SECONDS_TO_LIST = 30

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FontFace:
    """A face of a font file that may be used, and what it has; the file is opened when it is."""

    path: Path
    index: int
    name: str
    rank: tuple[float, float, float]
    characters: hb.Set


class FontFiles:
    """The faces beyond the packaged ones. ``named`` are files and folders, ``machine`` lists files.

    ``opened`` are the faces that some text has needed so far, by key.
    """

    def __init__(self, named: Sequence[Path], machine: Callable[[], Iterable[Path]]) -> None:
        self.opened: dict[str, Face] = {}
        self._named = tuple(named)
        self._machine = machine
        self._lock = Lock()

    def face_of(self, text: str) -> Face | None:
        """The first face that has a letter with its marks. Raises ``SettingsError`` for a named
        file that cannot be used."""
        for candidates, prefix in ((self._of_settings, "FpN"), (self._of_machine, "FpM")):
            for number, candidate in enumerate(candidates):
                if covers(candidate.characters, text):
                    return self._open(f"{prefix}{number}", candidate)
        return None

    def _open(self, key: str, candidate: FontFace) -> Face:
        with self._lock:
            if key not in self.opened:
                self.opened[key] = _opened(key, candidate)
            return self.opened[key]

    @cached_property
    def _of_settings(self) -> list[FontFace]:
        return [found for path in self._named for found in named_faces(path)]

    @cached_property
    def _of_machine(self) -> list[FontFace]:
        return _sorted(_usable(self._machine(), logging.INFO))


def named_faces(path: Path) -> list[FontFace]:
    """What a file or folder of the settings holds. A file that cannot be used raises
    ``SettingsError``; in a folder it is passed over, with a line in the log."""
    if path.is_dir():
        return _sorted(_usable(_fonts_in(path), logging.WARNING))
    try:
        return _candidates(path)
    except UnusableFont as error:
        raise SettingsError(variable=VARIABLE, why=f"{path}: {error}") from error


class UnusableFont(Exception):
    """Why a font file cannot be used, in words."""


def _candidates(path: Path) -> list[FontFace]:
    """The faces of a font file or collection. Raises ``UnusableFont``."""
    try:
        blob = hb.Blob.from_file_path(str(path))
        faces = [hb.Face(blob, index) for index in range(hb.Face(blob).count)]
    except (OSError, ValueError, hb.HarfBuzzError) as error:
        raise UnusableFont("cannot be read") from error
    if not faces:
        raise UnusableFont("is not a font file")
    return [_candidate(path, face) for face in faces]


def _candidate(path: Path, face: hb.Face) -> FontFace:
    tables = frozenset(face.table_tags)
    if not tables & _OUTLINES or "cmap" not in tables or not face.glyph_count:
        raise UnusableFont("has no outlines")
    if tables & _COLOURED:
        raise UnusableFont("has coloured glyphs, which a PDF font cannot hold")
    reason = _forbidden(bytes(face.reference_table("OS/2").data))
    if reason:
        raise UnusableFont(reason)
    name = face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem
    if name.startswith("LastResort"):
        raise UnusableFont("stands in for characters that it does not have")
    font = hb.Font(face)
    rank = (
        abs(font.get_style_value(hb.StyleTag.WEIGHT) - 400),
        abs(font.get_style_value(hb.StyleTag.SLANT_ANGLE))
        + font.get_style_value(hb.StyleTag.ITALIC),
        abs(font.get_style_value(hb.StyleTag.WIDTH) - 100),
    )
    return FontFace(path, face.index, name, rank, face.unicodes)


def _forbidden(os2: bytes) -> str:
    """What the font's permissions (OS/2 fsType) say against a subset in a PDF, or nothing.

    Where an old font gives several, the least restrictive one holds.
    """
    permissions = unpack_from(">H", os2, 8)[0] if len(os2) >= 10 else 0
    if permissions & 0x000E == _RESTRICTED:
        return "its licence forbids embedding (OS/2 fsType)"
    if permissions & (_NO_SUBSETS | _BITMAPS_ONLY):
        return "its licence forbids embedding a part of its outlines (OS/2 fsType)"
    return ""


def _opened(key: str, candidate: FontFace) -> Face:
    blob = hb.Blob.from_file_path(str(candidate.path))
    return load_face(key, candidate.name, blob, candidate.index)


def _usable(paths: Iterable[Path], level: int) -> Iterator[FontFace]:
    for path in paths:
        try:
            yield from _candidates(path)
        except UnusableFont as error:
            _log.log(level, "%s is not used: %s", path, error)


def _sorted(candidates: Iterable[FontFace]) -> list[FontFace]:
    return sorted(candidates, key=lambda each: (each.rank, each.name, str(each.path), each.index))


def _fonts_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)


def machine_fonts() -> list[Path]:
    """The font files that fontconfig knows of; where it is not, those in the usual folders."""
    lister = shutil.which("fc-list")
    if lister is not None:
        try:
            listed = subprocess.run(
                [lister, "--format=%{file}\n"],
                capture_output=True,
                timeout=_SECONDS_TO_LIST,
                check=True,
            ).stdout.decode("utf-8", "surrogateescape")
        except (OSError, subprocess.SubprocessError) as error:
            _log.info("fc-list: %s", error)
        else:
            paths = {Path(line) for line in listed.splitlines()}
            return sorted(path for path in paths if path.suffix.lower() in _SUFFIXES)
    return [path for folder in _usual_folders() if folder.is_dir() for path in _fonts_in(folder)]


def _usual_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    data = os.environ.get("XDG_DATA_HOME") or home / ".local/share"
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", home / ".fonts", Path(data) / "fonts")
    return [Path(folder) for folder in folders]


def further_faces() -> FontFiles:
    """Those of the environment and the machine, the same for the whole process."""
    return _further_faces(os.environ.get(VARIABLE, ""))


def forget() -> None:
    """For tests: what was found is looked for anew."""
    _further_faces.cache_clear()


@cache
def _further_faces(named: str) -> FontFiles:
    return FontFiles(font_paths(named), machine_fonts)


def font_paths(named: str) -> tuple[Path, ...]:
    """The paths in the setting's text, which may be a JSON list."""
    try:
        paths = json.loads(named) if named.startswith("[") else named.split(os.pathsep)
    except ValueError as error:
        raise SettingsError(variable=VARIABLE, why=f"is no JSON list: {error}") from error
    return tuple(Path(path).expanduser().absolute() for path in paths if path)
