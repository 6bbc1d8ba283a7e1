"""The interface's font in the characters, weights and widths that nearly every page needs.

A tenth of the whole font's bytes. The stylesheet names both, each with its ``unicode-range``: a
browser asks for the whole font when a character outside this part comes up.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from threading import Lock

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from pipeline.errors import StorageError
from pipeline.store.files import Files

_KEY = "fonts/open-sans-latin-1.woff"
"""Counted up when something else is to be in it."""
CHARACTERS = (
    (0x20, 0x17F), (0x2010, 0x2027), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC),
    (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212),
)  # fmt: skip
"""First and last of each range: app.css says the same, and tests/web compares them."""
_AXES = {"wght": (400, 700), "wdth": (85, 100)}
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
_one_at_a_time = Lock()


def latin_web_font(files: Files, source: Path) -> bytes:
    """WOFF, made once from the variable font ``source`` and kept in ``files``."""
    with _one_at_a_time:
        with suppress(StorageError):
            if files.exists(_KEY):
                return files.get(_KEY)
        made = _subset(source)
        files.put(_KEY, made)
        return made


def _subset(source: Path) -> bytes:
    options = Options()
    options.layout_features = _FEATURES
    options.hinting = False
    options.notdef_outline = True
    with TTFont(source) as font:
        subsetter = Subsetter(options)
        subsetter.populate(
            unicodes=[code for first, last in CHARACTERS for code in range(first, last + 1)]
        )
        subsetter.subset(font)
        part = instantiateVariableFont(font, _AXES, inplace=True)
        part.flavor = "woff"
        out = BytesIO()
        part.save(out)
    return out.getvalue()
