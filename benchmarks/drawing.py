"""Forms drawn in code, always the same bytes: pages of labelled boxes over one embedded font."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from benchmarks.words import OPTIONS, STATES, Filler
from pdf_templates.authoring.embedding import FORM_FONT, FontSet

_PAGE = (595, 842)
_LEFT, _RIGHT, _TOP = 36, 559, 800
_GAP = 6
_PRINTED = 4
_MULTILINE, _COMB, _COMBO = 1 << 12, 1 << 24, 1 << 17
_RADIO = (1 << 15) | (1 << 14)


@dataclass(frozen=True, slots=True)
class Row:
    """Boxes of one kind side by side; ``height`` in points."""

    kind: str
    columns: int
    height: int = 15


PROFILE_PAGE = (
    *[Row("text", 2)] * 6, *[Row("lines", 1, 50)] * 3, Row("comb", 2), Row("choice", 2),
    Row("check", 5, 12), Row("radio", 1, 12),
)  # fmt: skip
"""25 fields with 27 widgets: a radio group has three."""

ONE_PAGE = (
    *[Row("text", 2)] * 8, *[Row("lines", 1, 50)] * 2, Row("comb", 2), Row("choice", 3),
    Row("check", 6, 12), Row("radio", 1, 12),
)  # fmt: skip
"""30 fields with 32 widgets."""


def draw(rows: tuple[Row, ...], pages: int) -> tuple[bytes, dict[str, object]]:
    """The form and the values to fill it with, by field name."""
    pdf = Pdf.new()
    sheet = _Sheet(pdf, FontSet(pdf))
    for number in range(1, pages + 1):
        sheet.page(number, rows)
    sheet.fonts.embed()
    pdf.Root.Lang = "nl-NL"
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array(sheet.fields),
            DR=Dictionary(Font=sheet.fonts.form_resources),
            DA=f"/{FORM_FONT} 9 Tf 0 g",
        )
    )
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue(), sheet.values


class _Sheet:
    """What has been drawn so far."""

    def __init__(self, pdf: Pdf, fonts: FontSet) -> None:
        self.pdf = pdf
        self.fonts = fonts
        self.fields: list[Object] = []
        self.values: dict[str, object] = {}
        self._filler = Filler()

    def page(self, number: int, rows: tuple[Row, ...]) -> None:
        ink: list[str] = []
        widgets: list[Object] = []
        top = _TOP
        for row in rows:
            width = (_RIGHT - _LEFT - _GAP * (row.columns - 1)) / row.columns
            for column in range(row.columns):
                left = _LEFT + column * (width + _GAP)
                name = f"p{number:03}_{len(self.fields):04}_{row.kind}"
                label = f"{self._filler.label(row.kind)} {len(self.fields) + 1}"
                ink.append(f"BT /{FORM_FONT} 7 Tf {left:.2f} {top - 8} Td ({label}) Tj ET")
                box = (left, top - 10 - row.height, left + width, top - 10)
                widgets += self._field(name, label, row.kind, box)
            top -= row.height + 10 + _GAP
        page = self.pdf.add_blank_page(page_size=_PAGE)
        page.obj.Resources = Dictionary(Font=self.fonts.resources)
        page.obj.Contents = Stream(self.pdf, "\n".join(ink).encode("ascii"))
        page.obj.Annots = Array(widgets)
        for widget in widgets:
            widget.P = page.obj

    def _field(
        self, name: str, label: str, kind: str, box: tuple[float, float, float, float]
    ) -> list[Object]:
        self.values[name] = self._filler.value(kind)
        if kind == "radio":
            return self._radio(name, label, box)
        if kind == "check":
            widget = self._button(box[:2], "Ja")
            widget.update(
                {"/T": pikepdf.String(name), "/TU": pikepdf.String(label), "/FT": Name.Btn}
            )
        else:
            widget = self._variable(kind, box)
            widget.update({"/T": pikepdf.String(name), "/TU": pikepdf.String(label)})
        self.fields.append(widget)
        return [widget]

    def _variable(self, kind: str, box: tuple[float, float, float, float]) -> Object:
        """A text or choice field with the empty appearance that authoring tools write."""
        width, height = box[2] - box[0], box[3] - box[1]
        border = f"q 0.6 G 0.5 w 0.25 0.25 {width - 0.5:.2f} {height - 0.5:.2f} re S Q"
        automatic = kind == "text" and len(self.fields) % 3 == 0
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Ch if kind == "choice" else Name.Tx,
            Rect=Array([round(side, 2) for side in box]),
            F=_PRINTED,
            DA=f"/{FORM_FONT} {0 if automatic else 9} Tf 0 g",
            MK=Dictionary(BC=Array([0.6])),
            BS=Dictionary(W=0.5, S=Name.S),
            AP=Dictionary(N=self._drawing(width, height, f"{border} /Tx BMC EMC")),
        )
        if kind == "lines":
            widget.Ff = _MULTILINE
        elif kind == "comb":
            widget.Ff, widget.MaxLen = _COMB, 12
        elif kind == "choice":
            widget.Ff, widget.Opt = _COMBO, Array([Array([*pair]) for pair in OPTIONS])
        return self.pdf.make_indirect(widget)

    def _radio(self, name: str, label: str, box: tuple[float, float, float, float]) -> list[Object]:
        group = self.pdf.make_indirect(
            Dictionary(FT=Name.Btn, Ff=_RADIO, T=name, TU=label, V=Name.Off)
        )
        kids = [self._button((box[0] + 60 * at, box[1]), on) for at, on in enumerate(STATES)]
        for kid in kids:
            kid.Parent = group
        group.Kids = Array(kids)
        self.fields.append(group)
        return kids

    def _button(self, corner: tuple[float, ...], on: str) -> Object:
        border = "q 0.6 G 0.5 w 0.25 0.25 11.5 11.5 re S Q"
        mark = f"{border} q 1.2 w 2.5 2.5 m 9.5 9.5 l 2.5 9.5 m 9.5 2.5 l S Q"
        left, bottom = round(corner[0], 2), round(corner[1], 2)
        states = {f"/{on}": self._drawing(12, 12, mark), "/Off": self._drawing(12, 12, border)}
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                Rect=Array([left, bottom, left + 12, bottom + 12]),
                F=_PRINTED,
                MK=Dictionary(BC=Array([0.6]), CA="8"),
                AS=Name.Off,
                AP=Dictionary(N=Dictionary(states)),
            )
        )

    def _drawing(self, width: float, height: float, ink: str) -> Object:
        return self.pdf.make_indirect(
            Stream(
                self.pdf,
                ink.encode("ascii"),
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, round(width, 2), round(height, 2)]),
                Resources=Dictionary(Font=self.fonts.form_resources),
            )
        )
