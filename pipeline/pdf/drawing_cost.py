"""What a document's pages cost to draw, counted before anything draws them.

A kilobyte can call itself a billion times: by form XObjects (8.10), tiling patterns (8.7.3), soft
masks (11.6.5.2) and the glyphs of Type 3 fonts (9.6.4), which may hold each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pikepdf

from pipeline.errors import NotAPdf, TooLarge
from pipeline.pdf.objects import (
    ObjectId,
    array,
    dictionary,
    get_dictionary,
    inherited,
    object_id,
    real,
    reals,
    rect,
)
from pipeline.pdf.stream_data import stream_data

LARGEST_PART = 16 * 1024 * 1024
"""Bytes of a font program, a table of characters, a form XObject: pictures are not unpacked."""

MOST_DRAWING = 16 * 1024 * 1024
"""Bytes of content that all pages together may draw, a part counted each time it is used."""

_ENDLESS = MOST_DRAWING + 1

_LAYER, _GROUP = 16 * 1024, 1024
"""Bytes that a soft mask and a transparency group count for beside their content: each is a
picture of its own for the time being."""

_SIDE = 842.0
"""Points that a pattern is taken to fill, in both directions."""

_USED = re.compile(
    rb"/([^\s/\[\]()<>{}%]+)\s+(?:(Do|scn|SCN|gs)|[-+.0-9]+\s+(Tf))(?![A-Za-z])"
)  # fmt: skip
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_TABLES: Mapping[bytes, str] = {
    b"Do": "/XObject", b"scn": "/Pattern", b"SCN": "/Pattern", b"gs": "/ExtGState", b"Tf": "/Font",
}  # fmt: skip

_Above = tuple[ObjectId, ...]


class Drawing:
    """What the pages so far cost to draw, in bytes of content."""

    def __init__(self, most: int = MOST_DRAWING) -> None:
        self._most, self._total = most, 0
        self._known: dict[ObjectId, int] = {}

    def add(self, page: pikepdf.Page) -> None:
        """Raises ``TooLarge``, and ``NotAPdf`` for a part that draws itself: readers see through
        some such circles and fill the memory with others."""
        resources = dictionary(inherited(page.obj, "/Resources"))
        contents = page.obj.get("/Contents")
        for part in array(contents) if isinstance(contents, pikepdf.Array) else [contents]:
            self._count(self._cost(part, resources, ()))
        for annotation in array(page.obj.get("/Annots")):
            for drawn in _appearances(annotation):
                self._count(self._cost(drawn, None, ()))

    def _count(self, cost: int) -> None:
        self._total += cost
        if self._total > self._most:
            raise TooLarge(what="bytes of drawing", limit=self._most, found=self._total)

    def _cost(self, part: object, resources: pikepdf.Object | None, above: _Above) -> int:
        if not isinstance(part, pikepdf.Stream) or part.get("/Subtype") == "/Image":
            return 0
        identity = object_id(part)
        if identity is None:
            return 0
        if identity in above:
            raise NotAPdf(reason="damaged")
        if identity not in self._known:
            data = stream_data(part, LARGEST_PART) or b""
            own = get_dictionary(part, "/Resources") or resources
            used = Counter((name, other or font) for name, other, font in _USED.findall(data))
            cost = len(data) + (_GROUP if "/Group" in part else 0)
            for (name, operator), times in used.items():
                table = None if own is None else get_dictionary(own, _TABLES[operator])
                if table is not None:
                    found = table.get(_name(name))
                    each = self._cost_of(found, operator, own, (*above, identity))
                    cost += times * each * (len(data) if operator == b"Tf" else 1)
            self._known[identity] = min(cost, _ENDLESS)
        return self._known[identity]

    def _cost_of(
        self, used: object, operator: bytes, resources: pikepdf.Object | None, above: _Above
    ) -> int:
        if operator == b"Do":
            return self._cost(used, resources, above)
        holder = dictionary(used)
        if holder is None:
            return 0
        if operator == b"gs":
            mask = get_dictionary(holder, "/SMask")
            return 0 if mask is None else _LAYER + self._cost(mask.get("/G"), resources, above)
        if operator == b"Tf":
            return self._cost_of_glyphs(holder, resources, above)
        return _cost_of_tiles(holder, self._cost(holder, resources, above))

    def _cost_of_glyphs(
        self, font: pikepdf.Object, resources: pikepdf.Object | None, above: _Above
    ) -> int:
        """Of a Type 3 font's glyphs that draw more than themselves; the others are drawn once."""
        glyphs = get_dictionary(font, "/CharProcs")
        if glyphs is None or font.get("/Subtype") != "/Type3":
            return 0
        own = get_dictionary(font, "/Resources") or resources
        return sum(
            self._cost(each, own, above)
            for _, each in glyphs.items()
            if isinstance(each, pikepdf.Stream) and _draws_others(each, own)
        )


def _draws_others(glyph: pikepdf.Stream, resources: pikepdf.Object | None) -> bool:
    """Images aside: many a glyph is one."""
    own = get_dictionary(glyph, "/Resources") or resources
    for name, other, font in _USED.findall(stream_data(glyph, LARGEST_PART) or b""):
        table = None if own is None else get_dictionary(own, _TABLES[other or font])
        used = None if table is None else dictionary(table.get(_name(name)))
        if used is not None and used.get("/Subtype") != "/Image":
            return True
    return False


def _cost_of_tiles(pattern: pikepdf.Object, once: int) -> int:
    """A tile is drawn once and laid down many times; tiles that overlap are drawn each time."""
    steps = tuple(abs(each) for each in (real(pattern.get("/XStep")), real(pattern.get("/YStep"))))
    if not once:
        return 0
    turned = reals(pattern.get("/Matrix"))
    a, b, c, d = turned[:4] if len(turned) == 6 else (1.0, 0.0, 0.0, 1.0)
    tiles = 1.0
    for step, scale in zip(steps, (abs(a) + abs(b), abs(c) + abs(d)), strict=True):
        tiles *= max(1.0, _SIDE / max(step * scale, 1e-6)) if step else 1.0
    box = rect(pattern.get("/BBox"))
    overlap = box is not None and (box.width > 2 * steps[0] or box.height > 2 * steps[1])
    return once + int(min(_ENDLESS, tiles * (once if overlap else 1)))


def _appearances(annotation: object) -> Iterator[object]:
    """The normal appearance, or those of each state. 12.5.5."""
    holder = dictionary(annotation)
    appearance = None if holder is None else get_dictionary(holder, "/AP")
    normal = None if appearance is None else appearance.get("/N")
    if isinstance(normal, pikepdf.Stream):
        yield normal
    elif isinstance(normal, pikepdf.Dictionary):
        yield from (each for _, each in normal.items())


def _name(written: bytes) -> str:
    plain = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), written)
    return "/" + plain.decode("utf-8", "surrogateescape")
