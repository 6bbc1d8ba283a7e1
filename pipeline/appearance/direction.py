"""The order in which text of two directions stands on a line. Unicode Standard Annex 9.

Implicit directions only: marks that embed, override or isolate are passed over, as are pairs of
brackets (rule N0). What an answer in a form needs is there: words in Hebrew or Arabic among Latin
ones, with numbers that keep their own order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = ("EN", "AN")
_REMOVED = ("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def is_right_to_left(char: str) -> bool:
    return unicodedata.bidirectional(char) in ("R", "AL")


def has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(is_right_to_left(char) for char in text)


def base_level(text: str) -> int:
    """1 where the first strong character goes from right to left, else 0. Rules P2 and P3."""
    for char in text:
        strong = _STRONG.get(unicodedata.bidirectional(char))
        if strong is not None:
            return 1 if strong == "R" else 0
    return 0


def visual_runs(text: str) -> list[tuple[str, bool]]:
    """Stretches of one direction as they stand from left to right: (text as it is read, whether
    that goes from right to left)."""
    if not has_right_to_left(text):
        return [(text, False)] if text else []
    levels = _levels([unicodedata.bidirectional(char) for char in text], base_level(text))
    order = _visual_order(levels)
    runs: list[tuple[str, bool]] = []
    for _, group in groupby(enumerate(order), key=lambda each: _run_key(each, levels)):
        places = [place for _, place in group]
        backwards = levels[places[0]] % 2 == 1
        runs.append(("".join(text[at] for at in sorted(places)), backwards))
    return runs


def reading_order(units: Sequence[str]) -> list[str]:
    """Glyphs' texts, given from left to right, in the order they are read.

    Which direction the whole line has cannot be seen; most of its letters decide.
    """
    letters = [_STRONG.get(unicodedata.bidirectional(unit[:1] or " ")) for unit in units]
    if "R" not in letters:
        return list(units)
    base = 1 if letters.count("R") >= letters.count("L") else 0
    classes = [unicodedata.bidirectional(unit[:1] or " ") for unit in units]
    if base:
        # Seen from the right, as it is read: the rules look at what came before.
        order = _visual_order(_levels(classes[::-1], 1))
        return [units[len(units) - 1 - at] for at in reversed(order)]
    return [units[at] for at in _visual_order(_levels(classes, 0))]


def _run_key(place: tuple[int, int], levels: Sequence[int]) -> tuple[int, int]:
    """The same for neighbours on the line that are neighbours in the text, too."""
    at, char = place
    level = levels[char]
    return level, char + at if level % 2 else char - at


def _levels(classes: Sequence[str], base: int) -> list[int]:
    """The embedding level of each character. Rules W1 to I2, and L1."""
    start = "R" if base else "L"
    kinds = _neutrals_resolved(_numbers_resolved(_weak_resolved(classes, start), start), start)
    levels = []
    for kind in kinds:
        if base % 2 == 0:
            levels.append(base + {"L": 0, "R": 1}.get(kind, 2))
        else:
            levels.append(base + (0 if kind == "R" else 1))
    at = len(levels)
    while at and classes[at - 1] in ("WS", "BN"):
        at -= 1
        levels[at] = base
    return levels


def _weak_resolved(classes: Sequence[str], start: str) -> list[str]:
    """W1 to W3: marks are as their letter, numbers after Arabic letters are Arabic."""
    kinds: list[str] = []
    strong = start
    for each in classes:
        kind = each
        if kind == "NSM" or kind in _REMOVED:
            kind = kinds[-1] if kinds else start
        elif kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds.append(kind)
    return [_STRONG.get(kind, kind) for kind in kinds]


def _numbers_resolved(kinds: list[str], start: str) -> list[str]:
    """W4 to W7: what belongs to a number; European numbers among Latin are Latin."""
    kinds = list(kinds)
    for at in range(1, len(kinds) - 1):
        before, after = kinds[at - 1], kinds[at + 1]
        if before == after and (
            (kinds[at] == "ES" and before == "EN") or (kinds[at] == "CS" and before in _NUMBERS)
        ):
            kinds[at] = before
    groups = [list(group) for _, group in groupby(range(len(kinds)), key=lambda at: kinds[at])]
    for number, group in enumerate(groups):
        beside = [kinds[groups[n][0]] for n in (number - 1, number + 1) if 0 <= n < len(groups)]
        if kinds[group[0]] == "ET" and "EN" in beside:
            for at in group:
                kinds[at] = "EN"
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _neutrals_resolved(kinds: list[str], start: str) -> list[str]:
    """N1 and N2: between two of one direction as they, else as the line."""
    resolved: list[str] = []
    groups = [
        (neutral, list(group))
        for neutral, group in groupby(kinds, key=lambda kind: kind not in ("L", "R", *_NUMBERS))
    ]
    for number, (neutral, group) in enumerate(groups):
        if not neutral:
            resolved += group
            continue
        before = _direction(groups[number - 1][1][-1]) if number else start
        after = _direction(groups[number + 1][1][0]) if number + 1 < len(groups) else start
        resolved += [before if before == after else start] * len(group)
    return resolved


def _direction(kind: str) -> str:
    return "L" if kind == "L" else "R"


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
