"""The shapes that a date pattern's texts can have, for readers that know no patterns (SQL).

``d-mmm-yyyy`` writes one or two digits for the day, so it has two shapes; within a shape every
part has its fixed place and width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from pipeline.model.dates import TOKEN, DatePattern

_WIDTHS = {
    "d": (1, 2), "dd": (2,), "ddd": (3,), "dddd": (6, 7, 8, 9),
    "m": (1, 2), "mm": (2,), "mmm": (3,), "mmmm": (3, 4, 5, 6, 7, 8, 9),
    "yy": (2,), "yyyy": (4,),
}  # fmt: skip
"""Characters that ``DatePattern.show`` writes; names are English ones."""


@dataclass(frozen=True, slots=True)
class Part:
    """``token`` of the pattern, or "" and its literal ``text``; ``start`` counts from 1."""

    token: str
    text: str
    start: int
    width: int

    @property
    def is_name(self) -> bool:
        return self.token in ("ddd", "dddd", "mmm", "mmmm")


Shape = tuple[Part, ...]


def names_a_day(pattern: DatePattern) -> bool:
    """Whether its texts are calendar dates: day, month and year, and no time."""
    tokens = pattern.tokens
    days = [token for token in tokens if token in ("d", "dd")]
    months = [token for token in tokens if token[0] == "m"]
    years = [token for token in tokens if token[0] == "y"]
    others = set(tokens) - set(_WIDTHS)
    return len(days) == len(months) == len(years) == 1 and not others


def date_shapes(pattern: DatePattern) -> tuple[Shape, ...]:
    """Every shape of a pattern that ``names_a_day``."""
    pieces = list(_pieces(pattern.pattern))
    widths = [_WIDTHS[token] if token else (len(text),) for token, text in pieces]
    return tuple(_placed(pieces, chosen) for chosen in product(*widths))


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in TOKEN.finditer(pattern):
        if match.start() > at:
            yield "", pattern[at : match.start()]
        yield match.group(), ""
        at = match.end()
    if at < len(pattern):
        yield "", pattern[at:]


def _placed(pieces: list[tuple[str, str]], widths: tuple[int, ...]) -> Shape:
    parts, start = [], 1
    for (token, text), width in zip(pieces, widths, strict=True):
        parts.append(Part(token, text, start, width))
        start += width
    return tuple(parts)


def as_regex(shape: Shape) -> str:
    """A POSIX regular expression of the whole text."""
    return "^" + "".join(_regex(part) for part in shape) + "$"


def as_glob(shape: Shape) -> str:
    """The same as SQLite's GLOB."""
    return "".join(_glob(part) for part in shape)


def _regex(part: Part) -> str:
    if not part.token:
        return re.sub(r"([^A-Za-z0-9 ])", r"\\\1", part.text)
    return f"[A-Za-z]{{{part.width}}}" if part.is_name else f"[0-9]{{{part.width}}}"


def _glob(part: Part) -> str:
    if not part.token:
        return re.sub(r"([*?\[])", r"[\1]", part.text)
    return ("[A-Za-z]" if part.is_name else "[0-9]") * part.width
