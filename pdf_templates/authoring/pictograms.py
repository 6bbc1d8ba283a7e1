"""Small drawings for marks that are on: our own lines, in a square of 24 units.

Each is white on a navy tile, except ``CHECK``, which stands alone. All are paths, so that no symbol
font is needed. ISO 32000-2, 8.5.
"""

from __future__ import annotations

from dataclasses import dataclass

from pdf_templates.authoring import style
from pdf_templates.authoring.drawing import number, numbers

_GRID = 24.0
_CORNER = 5.0
_KAPPA = 0.5523


@dataclass(frozen=True, slots=True)
class Pictogram:
    """``strokes`` and ``fills`` are paths in the square's units, y upwards."""

    strokes: tuple[str, ...] = ()
    fills: tuple[str, ...] = ()
    tile: bool = True
    width: float = 1.7

    def content(self, size: float) -> bytes:
        """The drawing in a square of ``size`` points."""
        scale = number(size / _GRID)
        ink = style.WHITE if self.tile else style.NAVY
        parts = [f"q {scale} 0 0 {scale} 0 0 cm"]
        if self.tile:
            parts.append(f"{numbers(*style.NAVY)} rg {_tile()} f")
        parts.append(f"{numbers(*ink)} rg {numbers(*ink)} RG {number(self.width)} w 1 J 1 j")
        parts += [f"{path} S" for path in self.strokes]
        parts += [f"{path} f" for path in self.fills]
        return "\n".join([*parts, "Q"]).encode("ascii")


def _line(*points: tuple[float, float]) -> str:
    (x, y), *rest = points
    return " ".join([f"{numbers(x, y)} m", *(f"{numbers(*each)} l" for each in rest)])


def _closed(*points: tuple[float, float]) -> str:
    return _line(*points) + " h"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"{numbers(x, y, width, height)} re"


def _circle(x: float, y: float, radius: float) -> str:
    return _ellipse(x, y, radius, radius)


def _ellipse(x: float, y: float, across: float, up: float) -> str:
    k, m = across * _KAPPA, up * _KAPPA
    return " ".join(
        (
            f"{numbers(x + across, y)} m",
            f"{numbers(x + across, y + m, x + k, y + up, x, y + up)} c",
            f"{numbers(x - k, y + up, x - across, y + m, x - across, y)} c",
            f"{numbers(x - across, y - m, x - k, y - up, x, y - up)} c",
            f"{numbers(x + k, y - up, x + across, y - m, x + across, y)} c h",
        )
    )


def _curve(start: tuple[float, float], *beziers: tuple[float, ...]) -> str:
    return " ".join([f"{numbers(*start)} m", *(f"{numbers(*each)} c" for each in beziers)])


def _tile() -> str:
    s, r = _GRID, _CORNER
    k = r * (1 - _KAPPA)
    return " ".join(
        (
            f"{numbers(r, 0)} m {numbers(s - r, 0)} l",
            f"{numbers(s - k, 0, s, k, s, r)} c {numbers(s, s - r)} l",
            f"{numbers(s, s - k, s - k, s, s - r, s)} c {numbers(r, s)} l",
            f"{numbers(k, s, 0, s - k, 0, s - r)} c {numbers(0, r)} l",
            f"{numbers(0, k, k, 0, r, 0)} c h",
        )
    )


CHECK = Pictogram((_line((3, 12.5), (9, 6), (21, 19)),), tile=False, width=3.4)

WHEELCHAIR = Pictogram(
    (
        _curve((9, 13.5), (4, 12.5, 3.6, 4.6, 10, 3.9), (13, 3.6, 15, 5.4, 15.3, 8)),
        _line((10, 16.5), (10.4, 10), (15.5, 10), (17.8, 5), (19.8, 5.6)),
        _line((10.3, 13.6), (14.6, 13.6)),
    ),
    (_circle(9.8, 19.6, 1.9),),
)
LIFT = Pictogram(
    (_box(4.5, 3.8, 15, 16.4), _line((12, 3.8), (12, 20.2))),
    (
        _closed((6.2, 12.8), (10.2, 12.8), (8.2, 16.4)),
        _closed((13.8, 11.2), (17.8, 11.2), (15.8, 7.6)),
    ),
)
TOILET = Pictogram(
    (
        _box(5.2, 12.2, 3.4, 8),
        _curve((5.2, 12.2), (5.6, 7.4, 8, 6.6, 10, 6.4)),
        _line((10, 6.4), (9.2, 3.6), (15.6, 3.6), (15.2, 6.6)),
        _curve((15.2, 6.6), (17.6, 7.6, 18.8, 9.6, 18.8, 12.2)),
        _line((5.2, 12.2), (19.6, 12.2)),
    ),
)
CARE = Pictogram(
    (
        _line((3.6, 4.4), (3.6, 17)),
        _line((3.6, 7.6), (20.4, 7.6), (20.4, 4.4)),
        _curve((20.4, 7.6), (20.4, 11.4, 18.4, 12, 16.4, 12)),
        _line((16.4, 12), (9.6, 12), (9.6, 7.6)),
    ),
    (_circle(6.6, 10.9, 1.7), _box(15.3, 15, 2, 5.6), _box(13.5, 16.8, 5.6, 2)),
)
HEADPHONES = Pictogram(
    (_curve((5, 10), (4.6, 22.4, 19.4, 22.4, 19, 10)),),
    (_box(3.6, 4.6, 4, 7.4), _box(16.4, 4.6, 4, 7.4)),
)
ARMCHAIR = Pictogram(
    (
        _line((7, 12.4), (7, 18)),
        _curve((7, 18), (7, 19.8, 7.6, 20.2, 9, 20.2)),
        _line((9, 20.2), (15, 20.2)),
        _curve((15, 20.2), (16.4, 20.2, 17, 19.8, 17, 18)),
        _line((17, 18), (17, 12.4)),
        _closed((4, 13), (7, 13), (7, 9.6), (17, 9.6), (17, 13), (20, 13), (20, 5.8), (4, 5.8)),
        _line((6, 5.8), (6, 3.4)),
        _line((18, 5.8), (18, 3.4)),
    ),
)
TALK = Pictogram(
    (
        _closed((3.4, 20), (15.4, 20), (15.4, 12), (9, 12), (6, 9.4), (6, 12), (3.4, 12)),
        _line((18, 15), (20.6, 15), (20.6, 7), (18.6, 7), (18.6, 4.2), (15.4, 7), (9.6, 7)),
    ),
)
GYM = Pictogram(
    (
        _circle(12, 12, 8.2),
        _curve((5.6, 17), (9.4, 14.6, 9.4, 9.4, 5.6, 7)),
        _curve((18.4, 17), (14.6, 14.6, 14.6, 9.4, 18.4, 7)),
        _line((12, 3.8), (12, 20.2)),
    ),
)
EAR = Pictogram(
    (
        _curve((4.6, 14), (4.4, 22.4, 15.4, 22.4, 15.2, 14.2), (15.1, 10.8, 11.8, 10, 11.6, 7),
               (11.4, 2.8, 5.6, 2.8, 6, 7.2)),
        _curve((7.8, 14), (7.8, 18.2, 12, 18.2, 12, 14.4)),
        _curve((17.2, 8.6), (19.4, 11.4, 19.4, 15.6, 17.6, 18.6)),
        _curve((19.8, 6.4), (22.6, 10.4, 22.6, 16.6, 20.2, 20.6)),
    ),
    width=1.6,
)  # fmt: skip
SCREEN = Pictogram(
    (_box(3.4, 8, 17.2, 11.8), _line((12, 8), (12, 4.2)), _line((7.6, 4.2), (16.4, 4.2))),
    (
        _closed(
            (9.4, 17), (9.4, 10.8), (11, 12.2), (12.2, 10), (13.4, 10.6), (12.3, 12.8), (14.4, 13)
        ),
    ),
)
SENSES = Pictogram(
    (
        _line((12, 20.6), (12, 3.4)),
        _line((3.4, 12), (20.6, 12)),
        _line((6.4, 17.6), (17.6, 6.4)),
        _line((6.4, 6.4), (17.6, 17.6)),
    ),
    (_circle(12, 12, 2.6),),
)
FENCE = Pictogram(
    (
        _line((4.8, 3.8), (4.8, 16.6), (6.4, 19.4), (8, 16.6), (8, 3.8)),
        _line((10.4, 3.8), (10.4, 16.6), (12, 19.4), (13.6, 16.6), (13.6, 3.8)),
        _line((16, 3.8), (16, 16.6), (17.6, 19.4), (19.2, 16.6), (19.2, 3.8)),
        _line((3, 8), (21, 8)),
        _line((3, 13.6), (21, 13.6)),
    ),
    width=1.4,
)
BLOCKS = Pictogram(
    (_box(3.8, 4.2, 7.4, 7.4), _box(12.8, 4.2, 7.4, 7.4), _box(8.3, 13.2, 7.4, 7.4)),
)
TEDDY = Pictogram(
    (_circle(12, 11.2, 7.2), _curve((9.2, 8.6), (10.4, 6.6, 13.6, 6.6, 14.8, 8.6))),
    (
        _circle(5.9, 17.9, 2.7), _circle(18.1, 17.9, 2.7),
        _circle(9.4, 12.8, 1.2), _circle(14.6, 12.8, 1.2), _circle(12, 10.2, 1.2),
    ),
)  # fmt: skip
CLOCK = Pictogram((_circle(12, 12, 8.4), _line((12, 17), (12, 12), (15.8, 9.6))), width=1.9)
