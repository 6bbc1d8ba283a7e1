"""What content paints on, as far as can be said without the fonts. ISO 32000-2, 8.5 and 9.4.

Lines of text are as high as their capitals and descenders; how far they reach to the right is left
open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from pipeline.model.geometry import Rect
from pipeline.pdf.objects import real
from pipeline.pdf.placement import IDENTITY, Matrix

__all__ = ["Extent", "Matrix", "multiplied"]

_ABOVE, _BELOW = 0.74, 0.22
"""Capitals and descenders, in units of the size."""

_PAINTS = frozenset(("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"))
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))


def multiplied(one: Matrix, other: Matrix) -> Matrix:
    """``one`` and then ``other``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
            e * p + f * r + t, e * q + f * s + u)  # fmt: skip


class Extent:
    """Follows a content stream; ``rect`` is what was painted on since ``forget``."""

    def __init__(self) -> None:
        self.space: Matrix = IDENTITY
        self.in_text = False
        self.rect: Rect | None = None
        self._kept: list[tuple[Matrix, float, float]] = []
        self._line: Matrix = IDENTITY
        self._size = 0.0
        self._leading = 0.0
        self._path: list[tuple[float, float]] = []

    def forget(self) -> None:
        self.rect = None

    def add(self, operator: str, given: Iterable[object]) -> None:
        operands = _numbers(given)
        match operator:
            case "q":
                self._kept.append((self.space, self._size, self._leading))
            case "Q" if self._kept:
                self.space, self._size, self._leading = self._kept.pop()
            case "cm" if len(operands) == 6:
                self.space = multiplied(_matrix(operands), self.space)
            case "m" | "l" | "c" | "v" | "y":
                self._path += zip(operands[::2], operands[1::2], strict=False)
            case "re" if len(operands) == 4:
                x, y, width, height = operands
                self._path += [(x, y), (x + width, y + height)]
            case "n":
                self._path = []
            case "Do" | "INLINE IMAGE":
                self._grow([(0, 0), (1, 0), (0, 1), (1, 1)], self.space)
            case _ if operator in _PAINTS:
                self._grow(self._path, self.space)
                self._path = []
            case _:
                self._text(operator, operands)

    def _text(self, operator: str, operands: Sequence[float]) -> None:
        match operator:
            case "BT":
                self.in_text, self._line = True, IDENTITY
            case "ET":
                self.in_text = False
            case "Tf" if operands:
                self._size = operands[-1]
            case "TL" if operands:
                self._leading = operands[0]
            case "Tm" if len(operands) == 6:
                self._line = _matrix(operands)
            case "Td" | "TD" if len(operands) == 2:
                if operator == "TD":
                    self._leading = -operands[1]
                self._next_line(operands[0], operands[1])
            case "T*":
                self._next_line(0, -self._leading)
            case _ if operator in _SHOWS:
                if operator in ("'", '"'):
                    self._next_line(0, -self._leading)
                high, low = _ABOVE * self._size, -_BELOW * self._size
                self._grow([(0, low), (1, high)], multiplied(self._line, self.space))

    def _next_line(self, right: float, up: float) -> None:
        self._line = multiplied((1, 0, 0, 1, right, up), self._line)

    def _grow(self, points: Sequence[tuple[float, float]], space: Matrix) -> None:
        a, b, c, d, e, f = space
        places = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        if self.rect is not None:
            places += [(self.rect.x0, self.rect.y0), (self.rect.x1, self.rect.y1)]
        if places:
            xs, ys = zip(*places, strict=True)
            self.rect = Rect(min(xs), min(ys), max(xs), max(ys))


def _numbers(operands: Iterable[object]) -> tuple[float, ...]:
    return tuple(number for each in operands if (number := real(each, inf)) != inf)


def _matrix(operands: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = operands
    return (a, b, c, d, e, f)
