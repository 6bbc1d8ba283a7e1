"""A widget's own appearance stream as part of its page's content. ISO 32000-2, 12.5.5."""

from __future__ import annotations

import pikepdf

from pipeline.appearance.compose import Place
from pipeline.appearance.stream import numbers
from pipeline.pdf.objects import dictionary, get_dictionary, inherited, own_copy, reals, rect
from pipeline.pdf.page_isolation import is_balanced
from pipeline.pdf.placement import IDENTITY, stream_placement
from pipeline.pdf.stream_data import stream_data
from pipeline.pdf.widget_reader import normal_appearance

_SHORT = 2048
"""Bytes of a drawing that is worth no object of its own."""


class PageResources:
    """The page's resources, copied before they change: several pages may share one dictionary.

    ``suffix`` parts our names from those that the page has.
    """

    def __init__(self, page: pikepdf.Page, drawings: dict[bytes, pikepdf.Object]) -> None:
        self.drawings = drawings
        self.own = own_copy(dictionary(inherited(page.obj, "/Resources")))
        page.obj["/Resources"] = self.own
        for kind in ("/Font", "/XObject"):
            self.own[kind] = own_copy(get_dictionary(self.own, kind))
        self.layers: dict[tuple[int, int], str] = {}
        taken = {*self.own["/Font"].keys(), *self.own["/XObject"].keys()}
        self.suffix = ""
        while any(name.startswith("/Fp") and name.endswith("q" + self.suffix) for name in taken):
            self.suffix += "x"
        if any(name.startswith("/Fp") for name in taken):
            self.suffix = "q" + self.suffix
        self.streams: dict[tuple[int, int], str] = {}

    def font(self, name: str, font: pikepdf.Object) -> None:
        self.own["/Font"]["/" + name + self.suffix] = font

    def layer(self, content: pikepdf.Object) -> str:
        """The name under which optional ``content`` is found among the property lists."""
        if not self.layers:
            self.own["/Properties"] = own_copy(get_dictionary(self.own, "/Properties"))
        if content.objgen not in self.layers:
            taken = self.own["/Properties"].keys()
            number = len(taken)
            while f"/FpL{number}" in taken:
                number += 1
            self.own["/Properties"][f"/FpL{number}"] = content
            self.layers[content.objgen] = f"FpL{number}"
        return self.layers[content.objgen]

    def xobject(self, stream: pikepdf.Stream) -> str:
        """The name under which ``stream`` is found; drawings that are alike are one."""
        entries = {key: stream[key] for key in sorted(set(stream.keys()) - {"/Length"})}
        alike = stream.read_raw_bytes() + pikepdf.Dictionary(entries).unparse()
        shared = self.drawings.setdefault(alike, stream)
        identity = shared.objgen
        if identity not in self.streams:
            name = f"FpX{len(self.streams)}{self.suffix}"
            self.own["/XObject"]["/" + name] = shared
            self.streams[identity] = name
        return self.streams[identity]


def own_drawing(
    annotation: pikepdf.Object,
    place: Place,
    state: str | None,
    turn: bytes,
    resources: PageResources,
) -> bytes:
    """The PDF's own appearance stream for ``state``, by algorithm 8 of 12.5.5."""
    stream = normal_appearance(annotation, state)
    matrix = None if stream is None else stream_placement(stream, place.widget.rect)
    if stream is None or matrix is None:
        return b""
    placement = turn + numbers(*matrix) + b" cm\n"
    drawing = _in_line(stream)
    if drawing is None:
        _as_form_xobject(stream)
        drawing = b"/%s Do\n" % resources.xobject(stream).encode()
    return b"q\n" + placement + drawing + b"Q\n"


def _in_line(stream: pikepdf.Stream) -> bytes | None:
    """A small drawing that needs no resources, as it can stand in the page's own content: what
    painting a form XObject does, without one. ISO 32000-2, 8.10.1."""
    box = rect(stream.get("/BBox"))
    if box is None or any(key in stream for key in ("/Group", "/OC", "/Ref")):
        return None
    drawing = stream_data(stream, _SHORT)
    if drawing is None or b"/" in drawing or not is_balanced(drawing):
        return None
    matrix = reals(stream.get("/Matrix"))
    moved = numbers(*matrix) + b" cm\n" if len(matrix) == 6 and matrix != IDENTITY else b""
    clip = numbers(box.x0, box.y0, box.width, box.height) + b" re W n\n"
    return moved + clip + drawing.strip() + b"\n"


def _as_form_xobject(stream: pikepdf.Stream) -> None:
    """Real appearance streams lack the keys that an XObject must have. Table 93."""
    if "/Subtype" not in stream:
        stream["/Subtype"] = pikepdf.Name.Form
    if "/Type" not in stream:
        stream["/Type"] = pikepdf.Name.XObject
