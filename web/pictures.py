"""Pictures of a form's pages, drawn once and kept in a folder that may be thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import StorageError
from pipeline.flow.documents import Form, page_image
from pipeline.store.files import Files

SCALE = 3.0
"""Pixels for a point of the picture that is shown by itself."""
EDITION = 3
"""Counted up when pages are to be drawn in another way, so that nobody sees a kept old picture."""
WIDTHS = (960, 1440, 1920, 2880, 3840)
"""Pixels across. A page is 960 CSS pixels wide: these are screens of 1, 1.5, 2, 3 and 4 pixels for
each of those, by their density or because somebody zooms in."""
_LARGEST_SIDE = 5_200
"""Pixels. A page may be 14,400 points long; its picture must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Pictures:
    files: Files

    def of_page(self, form: Form, page: int, width: int | None = None) -> bytes:
        """A page, counted from 0, without widgets and instructions.

        WebP of a ``width`` among ``WIDTHS``, as the form's page shows it; without one a PNG.
        """
        name = (
            f"{page + 1}-{EDITION}.png" if width is None else f"{page + 1}-{width}-{EDITION}.webp"
        )
        key = f"pages/{form.template.digest}/{name}"
        try:
            if self.files.exists(key):
                return self.files.get(key)
        except StorageError:
            pass  # Thrown away between the two calls: it is drawn again.
        kind = "PNG" if width is None else "WEBP"
        picture = page_image(form, page, scale_of(form, page, width), kind)
        self.files.put(key, picture)
        return picture


def scale_of(form: Form, page: int, width: int | None = None) -> float:
    """Pixels for a point."""
    size = form.template.pages[page].shown_size
    wanted = SCALE if width is None else width / size[0]
    return min(wanted, _LARGEST_SIDE / max(size))
