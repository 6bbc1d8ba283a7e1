"""Rectangles in a page's default user space: points, origin at the lower left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """``x0 <= x1`` and ``y0 <= y1``, in points. ISO 32000-2, 7.9.5."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def of(cls, a: float, b: float, c: float, d: float) -> Rect:
        """Any two opposite corners, put in order."""
        return cls(min(a, c), min(b, d), max(a, c), max(b, d))

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def contains(self, x: float, y: float, slack: float = 0.0) -> bool:
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack

    def meets(self, other: Rect) -> bool:
        """Whether the two have an area in common."""
        return max(self.x0, other.x0) < min(self.x1, other.x1) and max(self.y0, other.y0) < min(
            self.y1, other.y1
        )

    def grown(self, by: float) -> Rect:
        return Rect(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


@dataclass(frozen=True, slots=True)
class Page:
    """``box`` is the crop box; ``rotation`` is /Rotate, clockwise, one of 0, 90, 180, 270."""

    number: int
    box: Rect
    rotation: int = 0

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height as a person sees the page, in points."""
        if self.rotation in (90, 270):
            return self.box.height, self.box.width
        return self.box.width, self.box.height

    def shown(self, rect: Rect) -> Rect:
        """``rect`` as seen on the turned page: points, origin at the upper left, y downwards."""
        left, bottom = rect.x0 - self.box.x0, rect.y0 - self.box.y0
        right, top = rect.x1 - self.box.x0, rect.y1 - self.box.y0
        width, height = self.box.width, self.box.height
        if self.rotation == 90:
            return Rect(bottom, left, top, right)
        if self.rotation == 180:
            return Rect(width - right, bottom, width - left, top)
        if self.rotation == 270:
            return Rect(height - top, width - right, height - bottom, width - left)
        return Rect(left, height - top, right, height - bottom)
