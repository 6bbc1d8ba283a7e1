"""From blocks to places on a page: measure, stack from the top, spread what white is left."""

from __future__ import annotations

from typing import Protocol

from pdf_templates.authoring import style
from pdf_templates.authoring.page import PageBuilder

_AFTER_HEADING = 0.25
"""Share of the extra white that the gap below a heading gets."""
_MOST_EXTRA = 12.0
"""Points that a gap may grow by; a page that is emptier stays open at the bottom."""


class Placeable(Protocol):
    """A measured block. ``gap`` is the least white above it; all in points."""

    @property
    def gap(self) -> float: ...

    @property
    def height(self) -> float: ...

    @property
    def keeps_next(self) -> bool:
        """A heading: what follows stays close to it."""

    def draw(self, page: PageBuilder, top: float) -> None:
        """Draw with the upper edge at ``top``."""


class PageOverflow(ValueError):
    """The blocks are higher than the page; says by how many points."""


def place(page: PageBuilder, blocks: list[Placeable], top: float = style.CONTENT_TOP) -> None:
    gaps = [block.gap for block in blocks]
    gaps[0] = 0.0
    needed = sum(gaps) + sum(block.height for block in blocks)
    left_over = top - style.CONTENT_BOTTOM - needed
    if left_over < 0:
        raise PageOverflow(f"page {page.index + 1} is {-left_over:.1f} points too high")
    shares = [0.0 if gap == 0 else 1.0 for gap in gaps]
    for index, block in enumerate(blocks[:-1]):
        if block.keeps_next:
            shares[index + 1] *= _AFTER_HEADING
    extra = min(_MOST_EXTRA, left_over / sum(shares)) if any(shares) else 0.0
    for gap, share, block in zip(gaps, shares, blocks, strict=True):
        top -= gap + extra * share
        block.draw(page, top)
        top -= block.height
