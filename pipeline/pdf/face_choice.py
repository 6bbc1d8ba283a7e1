"""Which face sets which stretch of a text.

A letter and its marks are set by one face or not at all: a mark of another face would stand
anywhere. Characters that nobody sees go with the letter before them, so that they join or part
letters as they are meant to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

import uharfbuzz as hb

from pipeline.appearance.direction import visual_runs
from pipeline.appearance.graphemes import split_graphemes
from pipeline.pdf.faces import Face
from pipeline.pdf.font_files import FontFiles

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""Characters that need no glyph: Unicode's Default_Ignorable_Code_Point, as the shaper has it."""

_MOST_KNOWN = 20_000
_HIGHEST_PILE = 7
"""Marks in succession on a letter: what is written anywhere has fewer, and a higher pile would
reach over the lines above and below."""

_SYLLABLES = frozenset(("Hira", "Kana", "Bopo"))
"""Scripts that stand among ideographs everywhere, and that fonts treat as those."""

Stretch = tuple[Face, str, bool]
"""(face, text as it is read, whether that goes from right to left)."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A letter with its marks: what of it is ``visible``, the first ``face`` that has that, its
    ``script``; one that ``is_loose`` (a space, a digit, what is not seen) stays with the face of
    what precedes."""

    visible: str
    face: Face | None
    script: str
    is_loose: bool


class FaceChoice:
    """``faces`` in the order of preference, then those of ``further`` that some text needed."""

    def __init__(self, faces: Sequence[Face], further: FontFiles | None = None) -> None:
        self._faces = tuple(faces)
        self._further = further
        self._known: dict[str, _Known] = {}

    @property
    def faces(self) -> tuple[Face, ...]:
        opened = () if self._further is None else tuple(self._further.opened.values())
        return self._faces + opened

    def missing(self, content: str) -> str:
        """The first character that no face has, with its letter if it is a mark."""
        for grapheme in split_graphemes(content):
            visible = self._of(grapheme).visible
            if visible.strip("\n") and self._of(visible).face is None:
                lengths = range(1, len(visible))
                short = bisect_left(
                    lengths, True, key=lambda length: self._of(visible[:length]).face is None
                )
                return visible[: short + 1]
        return ""

    def stretches(self, content: str, levels: bytes | None = None) -> list[Stretch]:
        """Stretches of one face, script and direction, from left to right. ``levels`` as for
        ``visual_runs``."""
        found: list[Stretch] = []
        for run, backwards in visual_runs(content, levels):
            parts = [(face, part, backwards) for face, part in self._in_one_direction(run)]
            found += reversed(parts) if backwards else parts
        return found

    def _in_one_direction(self, content: str) -> Iterator[tuple[Face, str]]:
        face, script, text = None, "", ""
        for grapheme in split_graphemes(content):
            known = self._of(grapheme)
            own = known.face or face or self._faces[0]
            if face is not None and known.is_loose and face.has(known.visible):
                own = face
            if own is not face or (script and known.script and known.script != script):
                if face is not None and text:
                    yield face, text
                face, script, text = own, "", ""
            script = known.script or script
            text += grapheme
        if face is not None and text:
            yield face, text

    def _of(self, grapheme: str) -> _Known:
        known = self._known.get(grapheme)
        if known is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            known = self._known[grapheme] = self._look_up(grapheme)
        return known

    def _look_up(self, grapheme: str) -> _Known:
        visible = _INVISIBLE.sub("", grapheme)
        face = None
        if visible and not _is_piled(visible):
            face = next((face for face in self._faces if face.has(visible)), None)
            if face is None and self._further is not None:
                face = self._further.face_of(visible)
        is_loose = not visible or visible.isspace() or visible.isdecimal()
        return _Known(visible, face, _script(grapheme), is_loose)


def _is_piled(letter: str) -> bool:
    marks = "".join("m" if category(char).startswith("M") else " " for char in letter)
    return "m" * (_HIGHEST_PILE + 1) in marks


def _script(grapheme: str) -> str:
    """The script that the shaper must know, or nothing for what is written in all."""
    buffer = hb.Buffer()
    buffer.add_str(grapheme)
    buffer.guess_segment_properties()
    script = buffer.script or ""
    return "Hani" if script in _SYLLABLES else script
