"""The line breaking class of a character. Unicode Standard Annex 14, 5.

Worked out from what the standard library knows of it, and from a list for what that does not tell.
"""

from __future__ import annotations

import re
import unicodedata

_LISTED = {
    "ZW": "\u200b",
    "WJ": "\u2060\ufeff",
    "GL": "\u00a0\u034f\u035c-\u0362\u180e\u2007\u2011\u202f\u0f08\u0f0c\u0f12",
    "BA": "\t\u00ad\u058a\u05be\u0964\u0965\u0f0b\u0f34\u0f7f\u104a\u104b\u1361\u1680\u17d4\u17d5"
    "\u17d8\u2000-\u2006\u2008-\u200a\u2010\u2012\u2013\u2056\u2058-\u205b\u205d-\u205f\u3000|",
    "HY": "-",
    "B2": "\u2014\u2e3a\u2e3b",
    "IN": "\u2024-\u2026\ufe19",
    "SY": "/",
    "IS": ",.:;\u037e\u0589\u060c\u060d\u07f8\u2044\ufe10\ufe13\ufe14",
    "EX": "!?\u05c6\u061b\u061d-\u061f\u06d4\u07f9\u0f0d-\u0f11\u1802\u1803\u203d\ufe15\ufe16"
    "\ufe56\ufe57\uff01\uff1f",
    "CL": "\u3001\u3002\ufe11\ufe12\ufe50\ufe52\uff0c\uff0e\uff61\uff64",
    "CP": ")]",
    "OP": "\u00a1\u00bf",
    "QU": "\"'\u275b-\u2760",
    "NS": "\u17d6\u203c\u2047-\u2049\u3005\u301c\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085"
    "\u3087\u308e\u3095\u3096\u309b-\u309e\u30a0\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee"
    "\u30f5\u30f6\u30fb-\u30fe\u31f0-\u31ff\u303b\u303c\ufe54\ufe55\uff1a\uff1b\uff65\uff67-\uff70"
    "\uff9e\uff9f",
    "PR": "+\\\u00b1\u2116\u2212\u2213",
    "PO": "%\u00a2\u00b0\u060b\u066a\u2030-\u2037\u2103\u2109\uff05\uffe0",
}
"""Characters of a class that their other properties do not tell; ranges with a hyphen between."""

_MOST_KNOWN = 40_000


def _listed() -> dict[str, str]:
    classes = {}
    for name, characters in _LISTED.items():
        for first, last in re.findall(r"(.)(?:(?<!^)-(?!$)(.))?", characters, re.DOTALL):
            for code in range(ord(first), ord(last or first) + 1):
                classes[chr(code)] = name
    return classes


_CLASSES = _listed()


def line_break_class(char: str) -> str:
    """One of the standard's classes, simplified: marks are ``CM``, letters of scripts that need a
    dictionary ``AL``, and ideographs, kana, Korean syllables and full-width letters ``ID``."""
    known = _CLASSES.get(char)
    if known is None:
        if len(_CLASSES) > _MOST_KNOWN:
            _CLASSES.clear()
            _CLASSES.update(_listed())
        known = _CLASSES[char] = _class_of(char)
    return known


def _class_of(char: str) -> str:
    category = unicodedata.category(char)
    match category:
        case "Ps":
            return "OP"
        case "Pe":
            return "CL"
        case "Pi" | "Pf":
            return "QU"
        case "Nd":
            return "ID" if is_wide(char) else "NU"
        case "Mn" | "Mc" | "Me" | "Cf":
            return "CM"
        case "Sc":
            return "PR"
    if is_wide(char):
        return "ID"
    if "\u05d0" <= char <= "\u05f2" or "\ufb1d" <= char <= "\ufb4f":
        return "HL"
    return "AL"


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F")
