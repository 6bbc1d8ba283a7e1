"""A template compiled once: its form is gone, and each document adds just its own text.

``flatten`` makes it. It stays open in memory, with empty places: a content stream on each page,
the fonts of the fallback faces, the state of each button in the structure tree, the data that go
along. ``document`` fills every place, writes the bytes and empties the places again, so that
nothing of one document can be in the next; the proof looks for that, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from threading import Lock

import pikepdf

from pipeline.appearance.compose import Appearance, Composed
from pipeline.errors import NotAPdf
from pipeline.model.field import Value
from pipeline.pdf.embedded_values import DataSlot
from pipeline.pdf.font_slot import FontSlot
from pipeline.pdf.fonts import FontBook
from pipeline.pdf.metadata import ReferenceSlot
from pipeline.pdf.states import FlatPdf, SealedPdf

Key = tuple[int, int]
"""A widget's page and its place among the page's annotations."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a widget was.

    ``begins`` opens its marked content in a tagged document, ``enter`` that of variable text
    (12.7.4.3) and the box's own space; ``states`` are the drawings that the PDF brings for it, by
    appearance state; ``checked`` is the place of a button's attributes in the structure tree;
    ``layer`` begins the optional content that the widget is in.
    """

    key: Key
    begins: bytes
    enter: bytes
    states: Mapping[str | None, bytes]
    checked: int | None = None
    layer: bytes = b""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with spots. ``suffix`` parts our resource names from those that the page has."""

    page: int
    spots: tuple[Spot, ...]
    suffix: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What ``flatten`` made of a template: encrypted bytes, and where a document's own goes."""

    data: bytes
    sheets: tuple[Sheet, ...]


SLOTS = "/FormpressSlots"
"""Where the compiled bytes hold their places; taken out before any document is written."""


class Skeleton:
    """For one document at a time, whichever thread asks."""

    def __init__(self, blueprint: Blueprint, book: FontBook) -> None:
        self._lock = Lock()
        self._book = book
        self._sheets = blueprint.sheets
        try:
            self._pdf = pikepdf.open(BytesIO(blueprint.data))
        except pikepdf.PdfError as error:  # pages that hold each other are mended to none at all
            raise NotAPdf(reason="damaged") from error
        slots = self._pdf.Root[SLOTS]
        self._overlays = list(slots["/Overlays"])
        self._attributes = list(slots["/Attributes"])
        self._fonts = [
            self._pdf.pages[sheet.page].obj["/Resources"]["/Font"] for sheet in self._sheets
        ]
        del self._pdf.Root[SLOTS]
        self._faces: dict[str, FontSlot] = {}
        self._reference = ReferenceSlot(self._pdf)
        self._data = DataSlot(self._pdf)

    def document(
        self,
        composed: Composed,
        *,
        embedded: tuple[str, Mapping[str, Value]] | None = None,
        reference: str = "",
    ) -> FlatPdf:
        """The document, unencrypted. ``embedded`` is the template's digest with the values to
        carry along as data; ``reference`` goes into the metadata."""
        return FlatPdf(self._written(composed, embedded, reference, sealed=False))

    def sealed_document(
        self,
        composed: Composed,
        *,
        embedded: tuple[str, Mapping[str, Value]] | None = None,
        reference: str = "",
    ) -> SealedPdf:
        """The same, encrypted as ``pipeline.pdf.secure`` says."""
        return SealedPdf(self._written(composed, embedded, reference, sealed=True))

    def _written(
        self,
        composed: Composed,
        embedded: tuple[str, Mapping[str, Value]] | None,
        reference: str,
        *,
        sealed: bool,
    ) -> bytes:
        with self._lock:
            try:
                self._fill(composed)
                self._data.fill(embedded)
                self._reference.fill(reference)
                out = BytesIO()
                self._pdf.save(
                    out,
                    compress_streams=True,
                    object_stream_mode=pikepdf.ObjectStreamMode.generate,
                    encryption=sealed,
                    fix_metadata_version=False,
                )
                return out.getvalue()
            finally:
                self._clear()

    def _fill(self, composed: Composed) -> None:
        by_key = {(each.widget.page, each.widget.order): each for each in composed.appearances}
        faces = self._filled_faces(composed)
        for sheet, overlay, fonts in zip(self._sheets, self._overlays, self._fonts, strict=True):
            drawings: list[bytes] = []
            used: set[str] = set()
            for spot in sheet.spots:
                appearance = by_key.get(spot.key)
                drawing = b""
                if appearance is not None:
                    drawing = _drawing(spot, appearance)
                    used.update(appearance.fonts)
                    if spot.checked is not None:
                        checked = "/off" if appearance.state == "Off" else "/on"
                        self._attributes[spot.checked]["/checked"] = pikepdf.Name(checked)
                drawings.append(spot.begins + drawing + b"EMC\n" if spot.begins else drawing)
            overlay.write(_renamed(b"".join(drawings), used, sheet.suffix))
            for name in used & faces.keys():
                fonts["/" + name + sheet.suffix] = faces[name].font

    def _filled_faces(self, composed: Composed) -> dict[str, FontSlot]:
        if not composed.glyphs:
            return {}
        faces = {face.key: face for face in self._book.fallback.faces}
        for key, glyphs in composed.glyphs.items():
            if key not in self._faces:
                self._faces[key] = FontSlot(self._pdf, faces[key])
            self._faces[key].fill(glyphs)
        return {key: self._faces[key] for key in composed.glyphs}

    def _clear(self) -> None:
        for sheet, overlay, fonts in zip(self._sheets, self._overlays, self._fonts, strict=True):
            overlay.write(b"")
            for name in self._faces:
                named = "/" + name + sheet.suffix
                if named in fonts:
                    del fonts[named]
        for slot in self._faces.values():
            slot.clear()
        for attributes in self._attributes:
            if "/checked" in attributes:
                del attributes["/checked"]
        self._data.fill(None)
        self._reference.fill("")


def _drawing(spot: Spot, appearance: Appearance) -> bytes:
    drawing = _in_no_layer(spot, appearance)
    return spot.layer + drawing + b"EMC\n" if spot.layer and drawing else drawing


def _in_no_layer(spot: Spot, appearance: Appearance) -> bytes:
    if not spot.enter:
        return spot.states.get(appearance.state, b"")
    if not appearance.content:
        return b""
    return spot.enter + appearance.content + b"Q\nEMC\n"


def _renamed(content: bytes, names: set[str], suffix: str) -> bytes:
    """``content`` with each of our fonts' ``names`` as the page's resources have it. A drawing
    that the PDF brings itself names no font."""
    if suffix:
        for name in names:
            content = _selection_of(name).sub(b"/" + (name + suffix).encode(), content)
    return content


@cache
def _selection_of(name: str) -> re.Pattern[bytes]:
    """Where ``name`` is made the current font: a line of its own, nothing in a string. What the
    pattern begins with is plain text, which is found quickest."""
    named = b"/" + re.escape(name.encode())
    return re.compile(named + rb"(?= [\d.]+ Tf$)(?<=^" + named + rb")", re.MULTILINE)
