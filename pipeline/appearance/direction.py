"""The order in which text of two directions stands on a line. Unicode Standard Annex 9.

A paragraph's direction is that of its first strong letter, unless the caller knows it: a line that
was broken off a paragraph goes as the paragraph does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate, groupby

from pipeline.appearance.brackets import bracket_pairs
from pipeline.appearance.embedding_levels import (
    REMOVED,
    bidi_class,
    embedding_levels,
    paragraph_level,
)

_MAY_TURN = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Where all characters are that make a line go from right to left anywhere."""

_ENDING = (" ", ".", ",", ":", ";", "!", "?", "\u2026", ")", "]", "}", "\u060c", "\u061b", "\u061f")
"""What a line seldom begins with."""

_TURNING = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
_TRAILING = frozenset(("WS", "LRI", "RLI", "FSI", "PDI", *REMOVED))
_EXPLICIT = frozenset(("LRI", "RLI", "FSI", "PDI", *REMOVED))


def is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def has_right_to_left(text: str) -> bool:
    """Whether any of ``text`` may stand in another order than it is read in."""
    return _MAY_TURN.search(text) is not None and any(
        unicodedata.bidirectional(char) in _TURNING for char in text
    )


def base_level(text: str) -> int:
    """1 where the first strong character goes from right to left, else 0. Rules P2 and P3."""
    if text.isascii():
        return 0
    return paragraph_level([bidi_class(char) for char in text])


def levels_of_lines(lines: Sequence[str]) -> list[bytes]:
    """The level of each character of a paragraph's ``lines``, which are joined the paragraph.

    The paragraph's own direction holds for each of them, and so do its marks that embed; only what
    stands at a line's end is looked at line by line. Empty where the paragraph goes from left to
    right throughout. Rules P2 to L1.
    """
    text = lines[0] if len(lines) == 1 else "".join(lines)
    if text.isascii() or not has_right_to_left(text):
        return [b""] * len(lines)
    classes = [bidi_class(char) for char in text]
    base = paragraph_level(classes)
    levels = embedding_levels(text, classes, base)
    found, at = [], 0
    for line in lines:
        end = at + len(line)
        found.append(bytes(_at_line_s_end(levels[at:end], classes[at:end], base)))
        at = end
    return found


def visual_runs(text: str, levels: bytes | None = None) -> list[tuple[str, bool]]:
    """Stretches of one direction as they stand from left to right: (text as it is read, whether
    that goes from right to left). ``levels`` as ``levels_of_lines`` gives them, where ``text`` is
    but a line of a paragraph."""
    if levels is None:
        (levels,) = levels_of_lines([text])
    if not levels:
        return [(text, False)] if text else []
    order = _visual_order(levels)
    runs: list[tuple[str, bool]] = []
    for _, group in groupby(enumerate(order), key=lambda each: _run_key(each, levels)):
        places = [place for _, place in group]
        backwards = levels[places[0]] % 2 == 1
        runs.append(("".join(text[at] for at in sorted(places)), backwards))
    return runs


def visual_places(graphemes: Sequence[str]) -> list[tuple[int, bytes]]:
    """For each of the ``graphemes`` of a line the place from the left at which it stands, and the
    levels of its characters, none where it goes from left to right."""
    (levels,) = levels_of_lines(["".join(graphemes)])
    if not levels:
        return [(place, b"") for place in range(len(graphemes))]
    starts = [0, *accumulate(len(each) for each in graphemes)]
    order = _visual_order([levels[start] for start in starts[:-1]])
    places = {at: place for place, at in enumerate(order)}
    return [
        (places[at], bytes([levels[starts[at]]]) * len(each) if levels[starts[at]] % 2 else b"")
        for at, each in enumerate(graphemes)
    ]


def reading_order(units: Sequence[str], base: int | None = None) -> list[str]:
    """Glyphs' texts, given from left to right, in the order they are read.

    ``base`` is the level of the paragraph, where that is known. It cannot be seen: the order is
    right by which the text would stand as it does; where both directions would do so, or neither,
    it is the one that begins with no space or full stop, then the one in which more brackets belong
    together; else most of the letters decide.
    """
    if base or (base is not None and has_right_to_left("".join(units))):
        return _read_from(units, base)
    if not has_right_to_left("".join(units)):
        return list(units)
    classes = [bidi_class(unit[:1] or " ") for unit in units]
    rightwards = sum(each in ("R", "AL") for each in classes)
    likely = 1 if rightwards >= classes.count("L") else 0
    guesses = [_read_from(units, base) for base in (likely, 1 - likely)]
    return min(
        guesses,
        key=lambda read: (
            not _stands_as(read, units),
            read[0].startswith(_ENDING),
            -len(bracket_pairs(read, ["ON"] * len(read))),
        ),
    )


def _read_from(units: Sequence[str], base: int) -> list[str]:
    """The rules turn what stands into what is read, as they turn what is read into what stands.

    From right to left, what stands is looked at from its right end: the rules ask what came before.
    """
    seen = list(units[::-1]) if base else list(units)
    levels = _line_levels(*_without_marks(seen), base)
    order = _visual_order(levels)
    return [seen[at] for at in (reversed(order) if base else order)]


def _without_marks(units: Sequence[str]) -> tuple[list[str], list[str]]:
    """(first characters, their classes); marks do not say on a line what they said in the text."""
    firsts = [unit[:1] or " " for unit in units]
    classes = [bidi_class(first) for first in firsts]
    return firsts, ["BN" if each in _EXPLICIT else each for each in classes]


def _stands_as(read: Sequence[str], units: Sequence[str]) -> bool:
    firsts = [unit[:1] or " " for unit in read]
    classes = [bidi_class(first) for first in firsts]
    levels = _line_levels(firsts, classes, paragraph_level(classes))
    return [read[at] for at in _visual_order(levels)] == list(units)


def _run_key(place: tuple[int, int], levels: Sequence[int]) -> tuple[int, int]:
    """The same for neighbours on the line that are neighbours in the text, too."""
    at, char = place
    level = levels[char]
    return level, char + at if level % 2 else char - at


def _line_levels(chars: Sequence[str], classes: Sequence[str], base: int) -> list[int]:
    return _at_line_s_end(embedding_levels(chars, classes, base), classes, base)


def _at_line_s_end(levels: list[int], classes: Sequence[str], base: int) -> list[int]:
    """What stands at a line's end, or before a separator, goes as the paragraph. Rule L1."""
    trailing = True
    for at in range(len(levels) - 1, -1, -1):
        if classes[at] in ("B", "S"):
            trailing = True
        elif classes[at] not in _TRAILING:
            trailing = False
        if trailing:
            levels[at] = base
    return levels


def _visual_order(levels: Sequence[int]) -> list[int]:
    """The characters' places from left to right. Rule L2."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order
