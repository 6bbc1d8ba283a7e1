"""How well a colour is read on another: the contrast ratio of WCAG 2.2, 1.4.3."""

from __future__ import annotations

from pipeline.lint.survey import Rgb
from pipeline.model.field import Colour

WHITE: Rgb = (1.0, 1.0, 1.0)


def rgb(colour: Colour) -> Rgb | None:
    """Grey, RGB or CMYK as a screen shows it; ``None`` for what is transparent."""
    match colour:
        case (grey,):
            return (grey, grey, grey)
        case (red, green, blue):
            return (red, green, blue)
        case (cyan, magenta, yellow, black):
            return (
                (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black),
            )  # fmt: skip
    return None


def operands(operator: str) -> Colour:
    """The numbers of a colour operator, ``0.2 0.2 1 rg``, each within 0 to 1."""
    return tuple(min(1.0, max(0.0, float(each))) for each in operator.split()[:-1])


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
