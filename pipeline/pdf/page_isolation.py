"""Keeps what a page does to the graphics state away from what is painted after it. 8.4.2."""

from __future__ import annotations

import re

import pikepdf

_MAYBE = re.compile(rb"(?<![^\s\]>)])[qQ](?![^\s\[</(])")
_LARGEST = 4 * 1024 * 1024


def brackets(page: pikepdf.Page) -> tuple[bytes, bytes]:
    """What to write before and after the page's own content so that the state is as it began.

    Real pages save the state more often than they restore it, and the other way round.
    """
    lowest, last = _depths(page)
    return b"q\n" * (1 - lowest), b"\nQ" * (1 - lowest + last) + b"\n"


def is_balanced(drawing: bytes) -> bool:
    """Whether a drawing without strings restores the state as often as it saves it."""
    return b"(" not in drawing and b"BI" not in drawing and _walk(_MAYBE.findall(drawing)) == (0, 0)


def _depths(page: pikepdf.Page) -> tuple[int, int]:
    """How deep the content goes below its beginning (0 or less), and where it ends."""
    try:
        content = page.obj.get("/Contents")
        streams = list(content) if isinstance(content, pikepdf.Array) else [content]
        data = b"\n".join(each.read_bytes() for each in streams if isinstance(each, pikepdf.Stream))
    except pikepdf.PdfError:
        return 0, 0
    found = _walk(_MAYBE.findall(data))
    if found == (0, 0) or len(data) > _LARGEST:
        return found if found == (0, 0) else (0, 0)
    try:
        exact = pikepdf.parse_content_stream(page, "q Q")
    except pikepdf.PdfError:
        return 0, 0
    return _walk([str(each.operator).encode() for each in exact])


def _walk(operators: list[bytes]) -> tuple[int, int]:
    depth = lowest = 0
    for each in operators:
        depth += 1 if each == b"q" else -1
        lowest = min(lowest, depth)
    return lowest, depth
