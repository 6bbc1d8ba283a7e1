"""Which brackets belong together. Unicode Standard Annex 9, BD14 to BD16."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_MOST_OPEN = 63


def bracket_pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """The places of (opening, closing), in the order of the opening ones. BD16.

    Only a neutral character is a bracket: ``kinds`` are the classes, after overrides.
    """
    pairs: list[tuple[int, int]] = []
    awaited: list[tuple[str, int]] = []
    for at, (char, kind) in enumerate(zip(chars, kinds, strict=True)):
        if kind != "ON":
            continue
        closing = closing_bracket(char)
        if closing:
            if len(awaited) == _MOST_OPEN:
                break
            awaited.append((closing, at))
            continue
        char = unicodedata.normalize("NFC", char)
        for number in range(len(awaited) - 1, -1, -1):
            if awaited[number][0] == char:
                pairs.append((awaited[number][1], at))
                del awaited[number:]
                break
    return sorted(pairs)


@lru_cache(maxsize=1024)
def closing_bracket(char: str) -> str:
    """The bracket that closes ``char``, or nothing where that opens none.

    The standard's list follows from the characters' other properties: a closing bracket is the
    first one after its opening one, but for two pairs that cross.
    """
    char = unicodedata.normalize("NFC", char)
    if len(char) != 1 or unicodedata.category(char) != "Ps" or not unicodedata.mirrored(char):
        return ""
    if char in "\u298d\u298f":
        return {"\u298d": "\u2990", "\u298f": "\u298e"}[char]
    following = (chr(ord(char) + step) for step in (1, 2))
    return next((each for each in following if unicodedata.category(each) == "Pe"), "")
