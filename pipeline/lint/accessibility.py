"""What readers with a screen reader or a keyboard need. ISO 14289-1 (PDF/UA-1), 7.1 and 7.18."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject
from pipeline.model.field import Field, Widget
from pipeline.model.geometry import Page, Rect

_MOST_NAMED = 3
_SOURCES = "docx?|odt|fodt|rtf|indd|xdp|xlsx?|pptx?|pages|pdf"
_FILE_NAME = re.compile(
    rf"microsoft \w+ ?- .*|.*\.({_SOURCES})|(untitled|naamloos|document) ?\d*", re.IGNORECASE
)
"""What Word, a printer driver or a program library put where nobody wrote a title."""


def accessibility_findings(subject: Subject) -> Iterator[Finding]:
    document = subject.survey.document
    if not document.tagged:
        yield Finding("no_tags")
    else:
        if not document.marked:
            yield Finding("not_marked")
        yield from _untagged(subject)
    if not document.language:
        yield Finding("no_language")
    if not document.title:
        yield Finding("no_title")
    if _FILE_NAME.fullmatch(document.title):
        yield Finding("title_is_file_name", data={"title": document.title})
    if document.title and not document.displays_title:
        yield Finding("title_not_displayed")
    with_boxes = sorted({widget.page for _, widget in subject.seen_widgets()})
    unset = [page for page in with_boxes if not document.tab_orders[page]]
    if unset:
        yield Finding("tab_order_unset", data={"pages": _page_list(unset)})
    for page in with_boxes:
        yield from _jumps(subject, subject.template.pages[page])


def _untagged(subject: Subject) -> Iterator[Finding]:
    tagged = {
        (box.page, box.order)
        for facts in subject.survey.fields.values()
        for box in facts.boxes
        if box.tagged
    }
    for field in subject.template.fields:
        bare = [
            widget
            for widget in field.widgets
            if widget.visible and (widget.page, widget.order) not in tagged
        ]
        if bare:
            yield at_field("untagged_box", field, bare[0])


def _jumps(subject: Subject, page: Page) -> Iterator[Finding]:
    """Where the tab order goes back: up in the same column, or to the left on the same line."""
    placed = sorted(
        (
            (field, widget)
            for field in subject.seen
            for widget in field.widgets
            if widget.visible and widget.page == page.number
        ),
        key=lambda each: each[1].order,
    )
    jumps: list[tuple[Field, Field, Widget]] = [
        (before, after, there)
        for (before, here), (after, there) in pairwise(placed)
        if before is not after and _goes_back(page.shown(here.rect), page.shown(there.rect))
    ]
    if jumps:
        told = [f"{after.name} after {before.name}" for before, after, _ in jumps[:_MOST_NAMED]]
        more = len(jumps) - _MOST_NAMED
        yield Finding(
            "tab_order_jumps",
            jumps[0][1].name,
            page.number,
            jumps[0][2].rect,
            {"jumps": "; ".join(told) + (f"; and {more} more" if more > 0 else "")},
        )


def _goes_back(here: Rect, there: Rect) -> bool:
    """A column begun at its top, to the right of all that was, is no jump."""
    same_line = min(here.y1, there.y1) - max(here.y0, there.y0) > 0.5 * min(
        here.height, there.height
    )
    if same_line:
        return there.x1 <= here.x0 + 1
    return there.y1 <= here.y0 + 1 and there.x0 < here.x1


def _page_list(pages: list[int]) -> str:
    """Page numbers from 1, runs in short: ``1, 3-5``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][1] == page:
            runs[-1][1] = page + 1
        else:
            runs.append([page + 1, page + 1])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
