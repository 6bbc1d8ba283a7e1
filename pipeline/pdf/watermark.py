"""CONCEPT across every page of a preview, so that nobody takes it for the definitive PDF."""

from __future__ import annotations

from io import BytesIO
from math import atan2, cos, degrees, radians, sin

import pikepdf

from pipeline.appearance.stream import number, numbers
from pipeline.pdf.embedding import embed
from pipeline.pdf.faces import packaged_faces
from pipeline.pdf.fallback_font import FallbackFont
from pipeline.pdf.objects import dictionary, get_dictionary, inherited, integer, own_copy, rect
from pipeline.pdf.saving import saved
from pipeline.pdf.states import FlatPdf

_WORD = "CONCEPT"


def mark_concept(flat: FlatPdf) -> bytes:
    """The document with a translucent word on its pages, as a watermark artifact (14.8.2.2)."""
    face = FallbackFont(packaged_faces()[:1])
    shown = face.show(_WORD, 1)
    with pikepdf.open(BytesIO(flat)) as pdf:
        font = embed(pdf, face.faces[0], face.glyphs()[face.faces[0].key])
        state = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.22))
        for page in pdf.pages:
            resources = _own_resources(page)
            _entry(resources, "/Font")["/FpConcept"] = font
            _entry(resources, "/ExtGState")["/FpConcept"] = state
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ\n" + _drawing(page, face.width(_WORD), shown.runs[0][1]))
        return saved(pdf)


def _drawing(page: pikepdf.Page, width: float, glyphs: bytes) -> bytes:
    box = rect(inherited(page.obj, "/CropBox") or inherited(page.obj, "/MediaBox"))
    left, bottom, wide, high = (
        (box.x0, box.y0, box.width, box.height) if box is not None else (0, 0, 612, 792)
    )
    turned = integer(inherited(page.obj, "/Rotate")) % 360
    shown_wide, shown_high = (high, wide) if turned in (90, 270) else (wide, high)
    angle = radians(degrees(atan2(shown_high, shown_wide)) + turned)
    size = 0.72 * (wide**2 + high**2) ** 0.5 / width
    c, s = cos(angle), sin(angle)
    x = left + wide / 2 - c * width * size / 2 + s * 0.36 * size
    y = bottom + high / 2 - s * width * size / 2 - c * 0.36 * size
    return b"\n".join(
        [
            b"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC",
            b"q /FpConcept gs 0.11 0.16 0.36 rg BT",
            numbers(c, s, -s, c, x, y) + b" Tm",
            b"/FpConcept " + number(size) + b" Tf",
            glyphs,
            b"ET Q",
            b"EMC\n",
        ]
    )


def _own_resources(page: pikepdf.Page) -> pikepdf.Dictionary:
    own = own_copy(dictionary(inherited(page.obj, "/Resources")))
    page.obj["/Resources"] = own
    return own


def _entry(resources: pikepdf.Dictionary, kind: str) -> pikepdf.Object:
    resources[kind] = own_copy(get_dictionary(resources, kind))
    return resources[kind]
