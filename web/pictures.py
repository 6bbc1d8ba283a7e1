"""Pictures of a form's pages, drawn once and kept in a folder that may be thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import StorageError
from pipeline.flow.documents import Form, page_image
from pipeline.store.files import Files

SCALE = 3.0
"""Pixels for a point: twice what a page of 900 CSS pixels needs."""
EDITION = 1
"""Counted up when pages are to be drawn in another way, so that nobody sees a kept old picture."""
_LARGEST_SIDE = 4_000
"""Pixels. A page may be 14,400 points wide; its picture must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Pictures:
    files: Files

    def of_page(self, form: Form, page: int) -> bytes:
        """PNG of a page, counted from 0, without widgets and instructions."""
        key = f"pages/{form.template.digest}/{page + 1}-{EDITION}.png"
        try:
            if self.files.exists(key):
                return self.files.get(key)
        except StorageError:
            pass  # Thrown away between the two calls: it is drawn again.
        picture = page_image(form, page, scale_of(form, page))
        self.files.put(key, picture)
        return picture


def scale_of(form: Form, page: int) -> float:
    longest = max(form.template.pages[page].shown_size)
    return min(SCALE, _LARGEST_SIDE / longest)
