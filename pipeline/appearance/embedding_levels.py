"""The embedding level of each character of a paragraph. Unicode Standard Annex 9, 3.3.

All its rules from P2 to I2: marks that embed, override and isolate, numbers, pairs of brackets,
neutrals. An even level goes from left to right, an odd one from right to left. What is made of
levels on a line (rules L1 and L2) is in ``direction``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.appearance.brackets import bracket_pairs

_MOST_LEVELS = 125
_EMBEDDINGS = {"LRE": "", "RLE": "", "LRO": "L", "RLO": "R"}
_ISOLATES = ("LRI", "RLI", "FSI")
REMOVED = frozenset(("BN", "PDF", *_EMBEDDINGS))
"""Classes that the other rules do not see. Rule X9."""

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "PDI", *_ISOLATES))


def bidi_class(char: str) -> str:
    """The character's class; one that is not assigned counts as a letter from left to right."""
    return unicodedata.bidirectional(char) or "L"


def paragraph_level(classes: Sequence[str]) -> int:
    """1 where the first strong character outside isolates goes from right to left, else 0.
    Rules P2 and P3."""
    return _first_strong(classes) or 0


def embedding_levels(chars: Sequence[str], classes: Sequence[str], base: int) -> list[int]:
    """A level for each character; those that rule X9 removes have their neighbour's."""
    ends = _isolate_ends(classes)
    levels, kinds = _explicit(classes, ends, base)
    kept = [at for at, each in enumerate(classes) if each not in REMOVED]
    for sequence in list(_sequences(classes, levels, kept, ends, base)):
        resolved = _at(kinds, sequence)
        _resolve_weak(resolved, sequence.start)
        _resolve_brackets(_at(chars, sequence), _at(classes, sequence), resolved, sequence)
        _resolve_neutrals(resolved, sequence)
        for at, kind in zip(sequence.places, resolved, strict=True):
            if levels[at] % 2 == 0:
                levels[at] += {"L": 0, "R": 1}.get(kind, 2)
            else:
                levels[at] += 0 if kind == "R" else 1
    for at, each in enumerate(classes):
        if each in REMOVED:
            levels[at] = levels[at - 1] if at else base
    return levels


def _first_strong(classes: Sequence[str], begin: int = 0) -> int | None:
    """The level of the first strong character, up to the end of the isolate that holds it."""
    depth = 0
    for each in classes[begin:]:
        if each in _ISOLATES:
            depth += 1
        elif each == "PDI":
            if depth == 0 and begin:
                return None
            depth = max(0, depth - 1)
        elif each in _STRONG and depth == 0:
            return 0 if each == "L" else 1
    return None


def _isolate_ends(classes: Sequence[str]) -> dict[int, int]:
    """Where each isolate that is closed ends. BD9."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for at, each in enumerate(classes):
        if each in _ISOLATES:
            open_.append(at)
        elif each == "PDI" and open_:
            ends[open_.pop()] = at
    return ends


@dataclass(frozen=True, slots=True)
class _Status:
    """An entry of the directional status stack; ``override`` is a class that all take, or none."""

    level: int
    override: str = ""
    isolate: bool = False


def _explicit(
    classes: Sequence[str], ends: dict[int, int], base: int
) -> tuple[list[int], list[str]]:
    """Levels from the marks alone, and the classes after overrides. Rules X1 to X8."""
    closed = set(ends.values())
    stack = [_Status(base)]
    levels: list[int] = []
    kinds: list[str] = []
    isolates_over = embeddings_over = 0
    for at, each in enumerate(classes):
        now = stack[-1]
        level, kind = now.level, now.override or each
        if each in _EMBEDDINGS or each in _ISOLATES:
            upwards = each in ("RLE", "RLO", "RLI")
            if each == "FSI":
                upwards = _first_strong(classes, at + 1) == 1
            above = (now.level + 1) | 1 if upwards else (now.level + 2) & ~1
            if above <= _MOST_LEVELS and not isolates_over and not embeddings_over:
                stack.append(_Status(above, _EMBEDDINGS.get(each, ""), each in _ISOLATES))
            elif each in _ISOLATES:
                isolates_over += 1
            elif not isolates_over:
                embeddings_over += 1
        elif each == "PDI":
            if isolates_over:
                isolates_over -= 1
            elif at in closed:
                embeddings_over = 0
                while not stack.pop().isolate:
                    pass
            level, kind = stack[-1].level, stack[-1].override or each
        elif each == "PDF" and not isolates_over:
            if embeddings_over:
                embeddings_over -= 1
            elif len(stack) > 1 and not now.isolate:
                stack.pop()
        levels.append(base if each == "B" else level)
        kinds.append(kind)
    return levels, kinds


@dataclass(frozen=True, slots=True)
class _Sequence:
    """An isolating run sequence: its characters' places, the directions that it embeds and that
    stand at its start and end. BD13 and X10."""

    places: list[int]
    embedding: str
    start: str
    end: str


def _sequences(
    classes: Sequence[str],
    levels: Sequence[int],
    kept: Sequence[int],
    ends: dict[int, int],
    base: int,
) -> Iterator[_Sequence]:
    runs = [list(run) for _, run in groupby(kept, key=lambda at: levels[at])]
    by_first = {run[0]: number for number, run in enumerate(runs)}
    closed = set(ends.values())
    for number, run in enumerate(runs):
        if run[0] in closed:
            continue
        places, last = list(run), number
        while (end := ends.get(places[-1])) is not None:
            last = by_first[end]
            places += runs[last]
        level = levels[places[0]]
        before = levels[runs[number - 1][-1]] if number else base
        unclosed = classes[places[-1]] in _ISOLATES
        after = levels[runs[last + 1][0]] if last + 1 < len(runs) and not unclosed else base
        yield _Sequence(
            places, _direction(level), _direction(max(level, before)), _direction(max(level, after))
        )


def _at(values: Sequence[str], sequence: _Sequence) -> list[str]:
    return [values[place] for place in sequence.places]


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _resolve_weak(kinds: list[str], start: str) -> None:
    """Marks and numbers with what belongs to them. Rules W1 to W7."""
    strong = before = start
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if before in ("PDI", *_ISOLATES) else before
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
        before = kinds[at]
        if before in _STRONG:
            strong = before
    for at in range(1, len(kinds) - 1):
        kind, before, after = kinds[at], kinds[at - 1], kinds[at + 1]
        if before == after and (
            (kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")
        ):
            kinds[at] = before
    for kind, first, end in _stretches(kinds):
        if kind == "ET":
            number = "EN" in (kinds[first - 1] if first else "", *kinds[end : end + 1])
            kinds[first:end] = ["EN" if number else "ON"] * (end - first)
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("ES", "CS"):
            kinds[at] = "ON"
        elif kind in _STRONG:
            strong = kinds[at] = _STRONG[kind]
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _stretches(kinds: Sequence[str]) -> list[tuple[str, int, int]]:
    """(kind, first place, place after the last) of neighbours that are alike."""
    groups = groupby(range(len(kinds)), key=lambda at: kinds[at])
    found = [(kind, list(places)) for kind, places in groups]
    return [(kind, places[0], places[-1] + 1) for kind, places in found]


def _resolve_brackets(
    chars: Sequence[str], classes: Sequence[str], kinds: list[str], sequence: _Sequence
) -> None:
    """A pair of brackets goes the way of what it encloses, or of what stands before. Rule N0."""
    for opening, closing in bracket_pairs(chars, kinds):
        inside = {_strength(kind) for kind in kinds[opening + 1 : closing]}
        if sequence.embedding in inside:
            direction = sequence.embedding
        elif inside & {"L", "R"}:
            before = (found for kind in reversed(kinds[:opening]) if (found := _strength(kind)))
            direction = next(before, sequence.start)
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = direction
            mark = bracket + 1
            while mark < len(kinds) and classes[mark] == "NSM":
                kinds[mark] = direction
                mark += 1


def _strength(kind: str) -> str:
    """A number counts as going from right to left, in a place where a direction is looked for."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _resolve_neutrals(kinds: list[str], sequence: _Sequence) -> None:
    """Between two of one direction as they, else as what they are embedded in. N1 and N2."""
    marked = ["" if kind in _NEUTRAL else kind for kind in kinds]
    for kind, first, end in _stretches(marked):
        if kind:
            continue
        before = _strength(kinds[first - 1]) if first else sequence.start
        after = _strength(kinds[end]) if end < len(kinds) else sequence.end
        direction = before if before == after else sequence.embedding
        kinds[first:end] = [direction] * (end - first)
