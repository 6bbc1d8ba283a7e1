"""Draws a page with the linter's findings: outlined boxes, and what their numbers mean beside it.

Severity shows three times, so that no colour need be told apart: by the line (solid, dashed,
dotted), by the letter before the number (E, W, N), and by the colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from pipeline.lint.finding import Severity
from pipeline.lint.legend import Entry, Legend, Mark
from pipeline.model.geometry import Page, Rect
from pipeline.pdf import pdfium as reader
from pipeline.pdf.faces import packaged_faces

_SCALE = 2.0
_LARGEST_SIDE = 2600
_TEXT, _HEADING, _TAG, _SMALL_TAG = 20, 26, 17, 14
_LINE, _MARGIN, _COLUMN = 28, 24, 620
_FEWEST_LINES = 30
_INK, _FAINT = "#1a1a1a", "#9aa0a6"
_COLOURS = {Severity.ERROR: "#b00020", Severity.WARNING: "#9a4b00", Severity.NOTE: "#0b4f9e"}
_DASHES = {Severity.ERROR: (1, 0), Severity.WARNING: (12, 6), Severity.NOTE: (3, 5)}
"""Pixels drawn, and pixels left out."""

_BREAK = re.compile(r"[^\S\u00a0]")

Styled = tuple[str, str, int]
"""(text, colour, font size) of a line of the legend."""


def finding_picture(data: bytes, page: Page, legend: Legend) -> bytes:
    """A PNG file. Raises ``NotAPdf``."""
    width, height = page.shown_size
    scale = min(_SCALE, _LARGEST_SIDE / max(width, height, 1.0))
    with reader.opened(data) as document:
        shown = document[page.number]
        picture = reader.picture(shown, scale)
        shown.close()
    # PDFium may take the page for one of another size, a thousand miles high.
    picture.thumbnail((_LARGEST_SIDE + 1, _LARGEST_SIDE + 1))
    _draw_marks(picture, page, legend)
    whole = _with_legend(picture, list(_legend_lines(legend)))
    out = BytesIO()
    whole.quantize(128, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _draw_marks(picture: Image.Image, page: Page, legend: Legend) -> None:
    draw = ImageDraw.Draw(picture)
    across, down = picture.width / page.shown_size[0], picture.height / page.shown_size[1]
    tags: list[tuple[Mark, tuple[float, float, float, float]]] = []
    taken: list[Rect] = []

    def on_picture(rect: Rect) -> tuple[float, float, float, float]:
        shown = page.shown(rect)
        return shown.x0 * across, shown.y0 * down, shown.x1 * across, shown.y1 * down

    for rect in legend.others:
        draw.rectangle(on_picture(rect), outline=_FAINT)
    for mark in legend.marks:
        box = on_picture(mark.rect)
        _outline(draw, box, mark.severity)
        tags.append((mark, box))
    for mark, box in tags:
        taken.append(_tag(draw, picture.size, mark, box, taken))


def _outline(
    draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], severity: Severity
) -> None:
    left, upper, right, lower = box
    on, off = _DASHES[severity]
    colour, width = _COLOURS[severity], 4 if severity is Severity.ERROR else 3
    corners = [(left, upper), (right, upper), (right, lower), (left, lower), (left, upper)]
    for (x0, y0), (x1, y1) in pairwise(corners):
        length = max(abs(x1 - x0), abs(y1 - y0), 1.0)
        step = on + off if off else length
        at = 0.0
        while at < length:
            start, end = at / length, min(1.0, (at + (on if off else length)) / length)
            draw.line(
                (
                    x0 + (x1 - x0) * start, y0 + (y1 - y0) * start,
                    x0 + (x1 - x0) * end, y0 + (y1 - y0) * end,
                ),
                fill=colour, width=width,
            )  # fmt: skip
            at += step


def _tag(
    draw: ImageDraw.ImageDraw,
    size: tuple[int, int],
    mark: Mark,
    box: tuple[float, float, float, float],
    taken: list[Rect],
) -> Rect:
    """The number, where it hides no other: in the box's corner, or beside it."""
    left, upper, right, lower = box
    points = _TAG if right - left > 4 * _TAG else _SMALL_TAG
    font = _font(points)
    width, height = draw.textlength(mark.tag, font=font) + 6, points + 5
    aside = ((left + right - width) / 2, (upper + lower - height) / 2)
    places = (
        (right - width, upper) if points == _TAG else aside,
        (left, upper), (right + 2, upper), (left - width - 2, upper),
        (right - width, upper - height), (right - width, lower), (left, lower - height),
    )  # fmt: skip
    wanted = [
        Rect(x, y, x + width, y + height)
        for x, y in (
            (min(max(0.0, x), size[0] - width), min(max(0.0, y), size[1] - height))
            for x, y in places
        )
    ]
    place = next((each for each in wanted if not any(each.meets(t) for t in taken)), wanted[0])
    draw.rectangle((place.x0, place.y0, place.x1, place.y1), fill=_COLOURS[mark.severity])
    draw.text((place.x0 + 3, place.y0), mark.tag, fill="white", font=font)
    return place


def _legend_lines(legend: Legend) -> Iterator[Styled]:
    yield f"Page {legend.page + 1}", _INK, _HEADING
    if not legend.entries:
        yield "Nothing was found on this page.", _INK, _TEXT
    for severity in Severity:
        entries = [each for each in legend.entries if each.severity is severity]
        if entries:
            letter, line = severity.value[0].upper(), _LINES[severity]
            yield "", _INK, _TEXT
            yield f"{severity.value.capitalize()}s ({letter}, {line})", _COLOURS[severity], _HEADING
        for entry in entries:
            yield from _entry_lines(entry)


_LINES = {Severity.ERROR: "solid line", Severity.WARNING: "dashed", Severity.NOTE: "dotted"}


def _entry_lines(entry: Entry) -> Iterator[Styled]:
    """The numbers and names, then what is true of them."""
    named = ", ".join(f"{tag}\u00a0{name}" for tag, name in entry.fields)
    for line in _wrapped(named, _COLUMN - 2 * _MARGIN):
        yield line, _COLOURS[entry.severity], _TEXT
    for line in _wrapped(entry.sentence, _COLUMN - 2 * _MARGIN - 20):
        yield "   " + line, _INK, _TEXT


def _with_legend(picture: Image.Image, lines: list[Styled]) -> Image.Image:
    """In as many columns as the page is high enough for."""
    height = max(picture.height, _FEWEST_LINES * _LINE + 2 * _MARGIN)
    rows = (height - 2 * _MARGIN) // _LINE
    columns = -(-len(lines) // rows)
    whole = Image.new("RGB", (picture.width + columns * _COLUMN, height), "white")
    whole.paste(picture, (0, 0))
    draw = ImageDraw.Draw(whole)
    draw.line((picture.width, 0, picture.width, height), fill="#888888", width=2)
    for at, (words, colour, size) in enumerate(lines):
        x = picture.width + (at // rows) * _COLUMN + _MARGIN
        y = _MARGIN + (at % rows) * _LINE + (_TEXT - size)
        draw.text((x, y), words, fill=colour, font=_font(size))
    return whole


def _wrapped(words: str, room: float) -> Iterator[str]:
    """Lines no wider than ``room`` pixels; a word that is wider is broken anywhere."""
    font, line = _font(_TEXT), ""
    for word in _drawable(words).split(" "):
        joined = f"{line} {word}" if line else word
        if font.getlength(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        while font.getlength(word) > room:
            most = next(
                at for at in range(len(word), 0, -1) if at == 1 or font.getlength(word[:at]) <= room
            )
            yield word[:most]
            word = word[most:]
        line = word
    if line:
        yield line


def _drawable(words: str) -> str:
    """On one line, for Pillow cannot measure a line break; what the face has no glyph for is told
    by its code point."""
    known = packaged_faces()[0].characters
    return "".join(
        char if ord(char) in known else " " if char.isspace() else f"[U+{ord(char):04X}]"
        for char in _BREAK.sub(" ", words)
    )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    face = files("fontpkg_open_sans") / "files" / "OpenSans[wdth,wght].ttf"
    return ImageFont.truetype(BytesIO(face.read_bytes()), size)
