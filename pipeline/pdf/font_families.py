"""Fonts of one family that are narrower than each other, as their descriptors say.

ISO 32000-2, table 120: FontFamily, FontStretch, FontWeight.
"""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf

from pipeline.pdf.fonts import default_fonts
from pipeline.pdf.objects import get_dictionary, real, text

_STRETCHES = (
    "UltraCondensed", "ExtraCondensed", "Condensed", "SemiCondensed", "Normal",
    "SemiExpanded", "Expanded", "ExtraExpanded", "UltraExpanded",
)  # fmt: skip

_Cut = tuple[str, float, float]
"""Family, weight and slant: what fonts that may stand in for each other have in common."""


def narrower_fonts(pdf: pikepdf.Pdf) -> Mapping[str, tuple[str, ...]]:
    """For each of the form's default resources those that are the same but narrower, the widest
    of them first."""
    found = {
        name: described
        for name, font in default_fonts(pdf).items()
        if (described := _described(font)) is not None
    }
    return {
        name: tuple(
            other
            for other, (other_cut, other_stretch) in sorted(
                found.items(), key=lambda each: -each[1][1]
            )
            if other_cut == cut and other_stretch < stretch
        )
        for name, (cut, stretch) in found.items()
    }


def _described(font: pikepdf.Object) -> tuple[_Cut, int] | None:
    descriptor = get_dictionary(font, "/FontDescriptor")
    family = None if descriptor is None else text(descriptor.get("/FontFamily"))
    if descriptor is None or not family:
        return None
    stretch = text(descriptor.get("/FontStretch")) or "Normal"
    if stretch not in _STRETCHES:
        return None
    weight = real(descriptor.get("/FontWeight"), 400.0)
    return (family, weight, real(descriptor.get("/ItalicAngle"))), _STRETCHES.index(stretch)
