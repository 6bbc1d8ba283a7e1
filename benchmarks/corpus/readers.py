"""Strangers who say which character stands where: MuPDF where the machine has it, and pdfminer."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pdfplumber

from pipeline.model.geometry import Page, Rect

_PAGE = re.compile(r'<page [^>]*width="([\d.]+)" height="([\d.]+)"')
_CHAR = re.compile(r'<char quad="([^"]+)" x="([^"]+)" y="([^"]+)"[^>]* c="([^"]*)"')
_READING_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Char:
    """``x`` and ``y`` are its middle in shown space: points, origin at the upper left."""

    text: str
    x: float
    y: float


Reading = list[list[Char]]
"""The characters of each page, in the order in which the reader gives them."""

Reader = Callable[[Path, tuple[Page, ...]], Reading]


def readers() -> dict[str, Reader]:
    """By name, the one that is asked first in front."""
    found: dict[str, Reader] = {"pdfminer": by_pdfminer}
    return {"mupdf": by_mupdf, **found} if shutil.which("mutool") else found


def by_mupdf(path: Path, pages: tuple[Page, ...]) -> Reading:
    # Not through a pipe: it says on standard output that colour profiles are not supported.
    out = path.with_suffix(".stext")
    command = ["mutool", "draw", "-q", "-F", "stext", "-o", str(out), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=_READING_SECONDS)
    parts = re.split(r"(?=<page )", out.read_text("utf-8", "replace"))[1:]
    out.unlink()
    return [_mupdf_page(part, page) for part, page in zip(parts, pages, strict=True)]


def _mupdf_page(part: str, page: Page) -> list[Char]:
    size = _PAGE.match(part)
    assert size is not None
    width, height = page.shown_size
    across, down = width / float(size[1]), height / float(size[2])
    chars = []
    for match in _CHAR.finditer(part):
        corners = [float(each) for each in match[1].split()]
        x, y = sum(corners[::2]) / 4, sum(corners[1::2]) / 4
        chars.append(Char(html.unescape(match[4]), x * across, y * down))
    return chars


def by_pdfminer(path: Path, pages: tuple[Page, ...]) -> Reading:
    """Through pdfplumber, which counts from the turned media box; we count from the crop box."""
    found = []
    with pdfplumber.open(path) as pdf:
        for shown, page in zip(pdf.pages, pages, strict=True):
            media = Page(page.number, Rect.of(*shown.page_obj.mediabox), page.rotation)
            crop = media.shown(page.box)
            found.append(
                [
                    Char(
                        char["text"],
                        (char["x0"] + char["x1"]) / 2 - float(shown.bbox[0]) - crop.x0,
                        (char["top"] + char["bottom"]) / 2 - float(shown.bbox[1]) - crop.y0,
                    )
                    for char in shown.chars
                ]
            )
            shown.close()
    return found
