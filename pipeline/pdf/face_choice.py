"""Which face sets which stretch of a text.

A letter and its marks are set by one face or not at all: a mark of another face would stand
anywhere. Characters that nobody sees go with the letter before them, so that they join or part
letters as they are meant to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

import uharfbuzz as hb

from pipeline.appearance.direction import visual_runs
from pipeline.appearance.layout import split_graphemes
from pipeline.pdf.faces import Face
from pipeline.pdf.font_files import FontFiles

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
"""Characters that need no glyph: Unicode's Default_Ignorable_Code_Point, as the shaper has it."""

_MOST_CHOICES = 20_000
_SYLLABLES = frozenset(("Hira", "Kana", "Bopo"))
"""Scripts that stand among ideographs everywhere, and that fonts treat as those."""

Stretch = tuple[Face, str, bool]
"""(face, text as it is read, whether that goes from right to left)."""


class FaceChoice:
    """``faces`` in the order of preference, then those of ``further`` that some text needed."""

    def __init__(self, faces: Sequence[Face], further: FontFiles | None = None) -> None:
        self._faces = tuple(faces)
        self._further = further
        self._chosen: dict[str, Face | None] = {}

    @property
    def faces(self) -> tuple[Face, ...]:
        opened = () if self._further is None else tuple(self._further.opened.values())
        return self._faces + opened

    def missing(self, content: str) -> str:
        """The first character that no face has, with its letter if it is a mark."""
        for grapheme in split_graphemes(content):
            visible = _INVISIBLE.sub("", grapheme)
            if visible.strip("\n") and self._face_of(visible) is None:
                lengths = range(1, len(visible))
                short = bisect_left(lengths, True, key=lambda n: self._face_of(visible[:n]) is None)
                return visible[: short + 1]
        return ""

    def stretches(self, content: str, base: int | None = None) -> list[Stretch]:
        """Stretches of one face, script and direction, from left to right. ``base`` as for
        ``visual_runs``."""
        found: list[Stretch] = []
        for run, backwards in visual_runs(content, base):
            parts = [(face, part, backwards) for face, part in self._in_one_direction(run)]
            found += reversed(parts) if backwards else parts
        return found

    def _in_one_direction(self, content: str) -> Iterator[tuple[Face, str]]:
        face, script, text = None, "", ""
        for grapheme in split_graphemes(content):
            own = self._face_after(face, grapheme)
            writing = _script(grapheme)
            if own is not face or (script and writing and writing != script):
                if face is not None and text:
                    yield face, text
                face, script, text = own, "", ""
            script = writing or script
            text += grapheme
        if face is not None and text:
            yield face, text

    def _face_after(self, face: Face | None, grapheme: str) -> Face:
        """Spaces, numbers and what is not seen stay with what precedes, if its face has them."""
        visible = _INVISIBLE.sub("", grapheme)
        if face is not None and (
            not visible or ((visible.isspace() or visible.isdecimal()) and face.has(visible))
        ):
            return face
        return self._face_of(visible) or face or self._faces[0]

    def _face_of(self, visible: str) -> Face | None:
        if visible not in self._chosen:
            if len(self._chosen) > _MOST_CHOICES:
                self._chosen.clear()
            own = next((face for face in self._faces if face.has(visible)), None)
            if own is None and self._further is not None:
                own = self._further.face_of(visible)
            self._chosen[visible] = own
        return self._chosen[visible]


@lru_cache(maxsize=8192)
def _script(grapheme: str) -> str:
    """The script that the shaper must know, or nothing for what is written in all."""
    buffer = hb.Buffer()
    buffer.add_str(grapheme)
    buffer.guess_segment_properties()
    script = buffer.script or ""
    return "Hani" if script in _SYLLABLES else script
