"""What stands beside a page's picture: marks for its boxes, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.lint.finding import Finding, Severity
from pipeline.lint.wording import sentence
from pipeline.model.geometry import Rect

Box = tuple[str, Rect]
"""A field's name, and where one of its widgets is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on the page with its number there; ``severity`` is that of its gravest finding."""

    number: int
    rect: Rect
    severity: Severity

    @property
    def tag(self) -> str:
        """``E1``, ``W2``, ``N3``."""
        return f"{self.severity.value[0].upper()}{self.number}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence, and the (tag, name) of each field that it holds for; none for the page's."""

    severity: Severity
    sentence: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """``others`` are the boxes of the page that nothing was found of."""

    page: int
    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]
    others: tuple[Rect, ...] = ()


def legend_of(page: int, findings: Iterable[Finding], boxes: Iterable[Rect] = ()) -> Legend:
    """Of the findings on ``page``, which has these ``boxes``; numbered from the top down."""
    here = [finding for finding in findings if finding.page == page]
    placed: dict[Box, list[Finding]] = {}
    for finding in here:
        if finding.field is not None and finding.rect is not None:
            placed.setdefault((finding.field, finding.rect), []).append(finding)
    marks = {
        box: Mark(number, box[1], min((each.severity for each in placed[box]), key=_rank))
        for number, box in enumerate(sorted(placed, key=_from_the_top), 1)
    }
    entries: dict[tuple[int, str], list[Box]] = {}
    for finding in here:
        named = entries.setdefault((_rank(finding.severity), sentence(finding)), [])
        if finding.field is not None and finding.rect is not None:
            named.append((finding.field, finding.rect))
    return Legend(
        page,
        tuple(marks.values()),
        tuple(
            Entry(
                list(Severity)[rank],
                words,
                tuple((marks[box].tag, box[0]) for box in sorted(named, key=_from_the_top)),
            )
            for (rank, words), named in sorted(entries.items(), key=lambda each: each[0][0])
        ),
        tuple(box for box in boxes if all(box != mark.rect for mark in marks.values())),
    )


def _rank(severity: Severity) -> int:
    return severity.rank


def _from_the_top(box: Box) -> tuple[float, float, str]:
    """From the top down, then from the left."""
    return -round(box[1].y1 / 4), box[1].x0, box[0]
