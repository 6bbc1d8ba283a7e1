"""Letters as a person counts them: what one cell of a comb holds, and no line break parts.

Near the extended grapheme clusters of Unicode Standard Annex 29, without emoji (no font of a PDF
has them) and with every sign that joins two consonants to one (Khmer and Burmese as well).
"""

from __future__ import annotations

import unicodedata

_FIRST_COMBINING = "\u0300"
_MARKS = ("Mn", "Me", "Mc")
_ZERO_WIDTH_JOINER = "\u200d"
_UNSEEN = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2070)))
)
_ADDED = _UNSEEN | frozenset("\u0e33\u0eb3\uff9e\uff9f")
"""What belongs to the letter before it: what nobody sees, the vowel AM of Thai and Lao, the voicing
marks of half-width kana."""

_JOINING = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2")
"""The viramas that join a consonant to the one after them."""

_LEADING_VOWELS = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")
_FOLLOWING = frozenset("\u0e30\u0e32\u0e2f\u0e45\u0e46\u0eb0\u0eb2\u0eaf\u0ec6")
"""Thai and Lao vowels that are written before the consonant they follow, and vowels and signs that
never begin a word."""


def split_graphemes(text: str) -> list[str]:
    """Base characters with what follows and belongs to them."""
    if text.isascii() or (max(text) < _FIRST_COMBINING and "\u00ad" not in text):
        return list(text)
    graphemes: list[str] = []
    for char in text:
        if graphemes and _belongs(char, graphemes[-1]):
            graphemes[-1] += char
        else:
            graphemes.append(char)
    return graphemes


def _belongs(char: str, before: str) -> bool:
    if before == "\n":
        return False
    if char < _FIRST_COMBINING:
        return char == "\u00ad"
    category = unicodedata.category(char)
    if category in _MARKS or char in _ADDED:
        return True
    last = before[-1]
    if last == _ZERO_WIDTH_JOINER:
        return category == "So" or before[-2:-1] in _JOINING
    if last in _JOINING:
        return category == "Lo" and ord(char) >> 7 == ord(last) >> 7
    return _is_jamo_after(char, before)


def _is_jamo_after(char: str, before: str) -> bool:
    """Whether a Korean vowel or final consonant, written for itself, goes on with a syllable."""
    if not "\u1160" <= char <= "\u11ff":
        return False
    return "\u1100" <= before[0] <= "\u11ff" or "\uac00" <= before[0] <= "\ud7a3"


def unbreakable(text: str) -> list[str]:
    """Graphemes, and Thai and Lao ones with the vowels that they cannot be parted from: what stays
    together where a word has to be broken that is longer than its line."""
    pieces: list[str] = []
    for grapheme in split_graphemes(text):
        if pieces and (grapheme[0] in _FOLLOWING or pieces[-1][-1] in _LEADING_VOWELS):
            pieces[-1] += grapheme
        else:
            pieces.append(grapheme)
    return pieces
