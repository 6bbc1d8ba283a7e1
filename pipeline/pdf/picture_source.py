"""A template as its pages are drawn for the linter: with its instructions, at a known cost."""

from __future__ import annotations

import pikepdf

from pipeline.model.limits import Limits
from pipeline.pdf.field_tree import is_widget, page_annotations
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import get_dictionary, text
from pipeline.pdf.sound_copy import sound_copy
from pipeline.pdf.stream_data import stream_data

_LARGEST_DRAWING = 256 * 1024
"""Bytes; whatever an annotation draws beyond that is no instruction."""


def picture_source(data: bytes, limits: Limits) -> bytes:
    """The pages, and those annotations that are drawn simply. Raises ``TooLarge`` and ``NotAPdf``.

    PDFium bounds nothing itself: ``sound_copy`` counts what the pages draw, and an annotation that
    draws further objects is left out.
    """
    with open_pdf(data, limits) as pdf:
        for page in pdf.pages:
            if "/Annots" in page.obj:
                kept = [each for each in page_annotations(page) if _is_simple(each)]
                page.obj.Annots = pikepdf.Array(kept)
        return sound_copy(pdf)


def _is_simple(annotation: pikepdf.Object) -> bool:
    """Widgets show as outlines only, so theirs are not needed."""
    if is_widget(annotation):
        return False
    appearances = get_dictionary(annotation, "/AP")
    drawing = None if appearances is None else appearances.get("/N")
    if not isinstance(drawing, pikepdf.Stream) or (text(drawing.get("/Subtype")) == "Image"):
        return False
    resources = get_dictionary(drawing, "/Resources")
    if resources is not None and ("/XObject" in resources or "/Pattern" in resources):
        return False
    return stream_data(drawing, _LARGEST_DRAWING) is not None
