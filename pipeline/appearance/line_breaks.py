"""Where a line may be broken. Unicode Standard Annex 14, without a dictionary.

The rules are those that any text people type can meet. So Chinese and Japanese are broken
between any two characters, but with no closing sign, small kana or lengthening mark at a line's
beginning and no opening one at its end; numbers and dates stay whole; addresses of the web are
broken after slashes and question marks. Thai, Lao, Khmer and Burmese are broken at spaces: to know
their words takes a dictionary, and where a stretch is longer than its line it is broken between
letters (``graphemes.unbreakable``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pipeline.appearance.line_break_classes import is_wide, line_break_class

SOFT_HYPHEN = "\u00ad"
"""Where a word may be broken; a hyphen is seen only where it is."""

_WORDS = re.compile(r"[^ ]+ *| +")
_LETTER = r"0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f'@_"
_INNER = rf"[{_LETTER}.,:;\u2019]*+"
_PLAIN_WORD = rf"\(?+[{_LETTER}]{_INNER}(?:(?<=\d)[-/](?=\d){_INNER})*+(?:\)[.,:;]*+|[!?])?+"
_PLAIN_WORDS = re.compile(rf"(?:{_PLAIN_WORD} ++)*+(?:{_PLAIN_WORD}$)?+")
"""Words in which no break is allowed and that cling to no other, by the rules below: most are."""

_SEEN_ENDINGS = ("-", "\u2010", "\u2013", "\u2014", "/", SOFT_HYPHEN, "\u200b")
_ANYWHERE = frozenset(("GL", "WJ", "ZW"))
_CLOSING = frozenset(("CL", "CP", "EX", "SY", "WJ", "ZW"))
_NOT_FIRST = frozenset((*_CLOSING, "IS", "BA", "HY", "NS", "IN"))
_LETTERS = frozenset(("AL", "HL"))
_WORDLIKE = frozenset((*_LETTERS, "NU"))
_AFTER_CLOSING_QUOTE = frozenset((*_CLOSING, "GL", "QU", "IS", ""))


def segments(paragraph: str) -> list[str]:
    """What stays together on a line, with the spaces that follow it: joined they are the text."""
    found: list[str] = []
    at, held = 0, False
    while at < len(paragraph):
        end = _plain_end(paragraph, at)
        pieces: Sequence[str] = _WORDS.findall(paragraph, at, end)
        joins = holds = False
        if not pieces:
            word = _WORDS.match(paragraph, at)
            assert word is not None
            pieces, joins, holds = _pieces(word[0])
            end = word.end()
        if found and (held or joins):
            found[-1] += pieces[0]
            pieces = pieces[1:]
        found += pieces
        at, held = end, holds
    return found


def _plain_end(paragraph: str, at: int) -> int:
    found = _PLAIN_WORDS.match(paragraph, at)
    return at if found is None else found.end()


def follows_without_space(before: str, after: str) -> bool:
    """Whether ``after`` goes on where a line that ends with ``before`` was broken, though no space
    is to be seen: after a hyphen, a dash or a slash, and among ideographs."""
    return before[-1:] in _SEEN_ENDINGS or (
        bool(before and after) and is_wide(before[-1]) and is_wide(after[0])
    )


def _stays_after_space(word: str) -> bool:
    """Whether ``word`` may not begin a line: ``!`` after a space, as the French write it."""
    if not word:
        return False
    kind = line_break_class(word[0])
    after = line_break_class(word[1]) if len(word) > 1 else ""
    if kind == "QU":
        return unicodedata.category(word[0]) == "Pf" and after in _AFTER_CLOSING_QUOTE
    return kind in _CLOSING or (kind == "IS" and after != "NU")


def _holds_after_space(word: str) -> bool:
    """Whether nothing may be parted from ``word``, whatever spaces are between: ``(``."""
    if not word:
        return False
    last = word[-1]
    kind = line_break_class(last)
    if kind == "QU" and unicodedata.category(last) == "Pi":
        return len(word) == 1 or line_break_class(word[-2]) in ("OP", "QU", "GL", "ZW")
    return kind == "OP"


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[tuple[str, ...], bool, bool]:
    """(the pieces of a word with the spaces at its end, whether it clings to a word before it,
    whether it holds one after it)."""
    bare = word.rstrip(" ")
    pieces: list[str] = []
    begin = 0
    kinds = _resolved(bare)
    for at in range(1, len(bare)):
        if _may_break(bare, kinds, at):
            pieces.append(bare[begin:at])
            begin = at
    return (*pieces, word[begin:]), _stays_after_space(bare), _holds_after_space(bare)


def _resolved(word: str) -> list[str]:
    """Classes; a mark has its letter's, and goes with it as ``CM`` does. Rules LB9 and LB10."""
    kinds: list[str] = []
    for char in word:
        kind = line_break_class(char)
        if kind == "CM":
            kind = kinds[-1] if kinds and kinds[-1] not in ("ZW", "SP") else "AL"
        kinds.append(kind)
    return kinds


def _may_break(word: str, kinds: list[str], at: int) -> bool:
    """Whether a line may end before the character ``at``, which no space is before."""
    before, after = kinds[at - 1], kinds[at]
    if line_break_class(word[at]) == "CM":
        return False  # LB9
    if before == "ZW":
        return after != "ZW"  # LB7, LB8
    if before in ("WJ", "GL") or after in _CLOSING or before == "OP":
        return False  # LB11, LB12, LB13, LB14
    if after == "GL":
        return before in ("BA", "HY")  # LB12a
    if "QU" in (before, after):
        return _may_break_at_quote(word, kinds, at)
    if after in _NOT_FIRST:
        return False  # LB15d, LB21, LB22
    if before == after == "B2" or (before in ("CL", "CP") and after == "NS"):
        return False  # LB16, LB17
    if before in ("HY", "BA") and word[at - 1] in "-\u2010" and _begins_word(kinds, at - 1):
        return after not in ("AL", "NU")  # LB20a
    if before in ("HY", "BA") and after != "HL" and kinds[at - 2 : at - 1] == ["HL"]:
        return False  # LB21a
    return not (_is_number(kinds, at) or _is_word(word, kinds, at))


def _begins_word(kinds: list[str], at: int) -> bool:
    return at == 0 or kinds[at - 1] in _ANYWHERE


def _may_break_at_quote(word: str, kinds: list[str], at: int) -> bool:
    """Only among ideographs, outside a pair whose sides can be told. Rules LB15 and LB19."""
    if kinds[at] == "QU":
        opens = unicodedata.category(word[at]) == "Pi"
        wide = is_wide(word[at - 1]) and at + 1 < len(word) and is_wide(word[at + 1])
        return opens and wide
    if unicodedata.category(word[at - 1]) == "Pf":
        return is_wide(word[at]) and at > 1 and is_wide(word[at - 2])
    return False


def _is_number(kinds: list[str], at: int) -> bool:
    """Numbers with their signs and separators. Rules LB23 to LB25."""
    before, after = kinds[at - 1], kinds[at]
    if after == "NU":
        if before == "SY":
            first = at - 1
            while first and kinds[first] in ("SY", "IS"):
                first -= 1
            return kinds[first] == "NU"
        return before in ("NU", "HY", "IS", "PR", "PO", *_LETTERS)
    if before == "NU":
        return after in ("PR", "PO", *_LETTERS)
    if after in ("PR", "PO"):
        if before in ("CL", "CP"):
            return kinds[at - 2 : at - 1] == ["NU"]
        return before in _LETTERS or (after == "PO" and before == "ID")
    if before in ("PR", "PO"):
        if after == "OP":
            return kinds[at + 1 : at + 2] == ["NU"]
        return after in _LETTERS or (before == "PR" and after == "ID")
    return False


def _is_word(word: str, kinds: list[str], at: int) -> bool:
    """Letters, and brackets that belong to a word. Rules LB21b and LB28 to LB30."""
    before, after = kinds[at - 1], kinds[at]
    if before in _WORDLIKE and (after in _WORDLIKE or after == "OP"):
        return after != "OP" or not is_wide(word[at])
    if before == "SY":
        return after == "HL"
    return (before == "IS" and after in _LETTERS) or (before == "CP" and after in _WORDLIKE)
