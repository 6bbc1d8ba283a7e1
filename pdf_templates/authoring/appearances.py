"""Appearance streams of an unfilled form. ISO 32000-2, 12.5.5 and 12.7.4.3.

An empty text field shows nothing: the page draws its box. Marks are paths, so no symbol font is
needed and nothing can be substituted for it.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pdf_templates.authoring import style
from pdf_templates.authoring.drawing import Canvas, number, numbers
from pdf_templates.authoring.embedding import FORM_FONT, FontSet
from pdf_templates.authoring.fields import Choice, Date, FieldSpec, Text
from pdf_templates.authoring.fit import PADDING_X
from pdf_templates.authoring.fonts import condensed
from pdf_templates.authoring.style import Colour

_CIRCLE = 0.5523
"""Control point distance of a quarter circle drawn as a Bézier curve."""


def form_xobject(
    pdf: Pdf, width: float, height: float, content: bytes, fonts: Object | None = None
) -> Object:
    resources = Dictionary() if fonts is None else Dictionary(Font=fonts)
    return pdf.make_indirect(
        Stream(
            pdf,
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, _rounded(width), _rounded(height)]),
            Resources=resources,
        )
    )


def text_appearance(
    pdf: Pdf, fonts: FontSet, spec: FieldSpec, width: float, height: float
) -> Object:
    """The value, where the field has one; the page itself draws the box."""
    shown = _shown_value(spec)
    content = _value(fonts, spec, shown, width, height) if shown else "/Tx BMC\nEMC"
    return form_xobject(pdf, width, height, content.encode("latin-1"), fonts.form_resources)


def check_appearance(pdf: Pdf, size: float, on: bool) -> Object:
    parts = [_box(size, size, style.WHITE)]
    if on:
        points = [(0.22, 0.52), (0.42, 0.28), (0.8, 0.76)]
        (x0, y0), *rest = [(x * size, y * size) for x, y in points]
        path = f"{numbers(x0, y0)} m " + " ".join(f"{numbers(x, y)} l" for x, y in rest)
        parts.append(f"q {numbers(*style.NAVY)} RG 1.5 w 1 J 1 j {path} S Q")
    return form_xobject(pdf, size, size, "\n".join(parts).encode("ascii"))


def radio_appearance(pdf: Pdf, size: float, on: bool) -> Object:
    half = size / 2
    ring = _circle(half, half - style.BORDER_WIDTH / 2)
    parts = [
        f"q {numbers(*style.WHITE)} rg {numbers(*style.LINE)} RG "
        f"{number(style.BORDER_WIDTH)} w {ring} B Q"
    ]
    if on:
        parts.append(f"q {numbers(*style.NAVY)} rg {_circle(half, size * 0.27)} f Q")
    return form_xobject(pdf, size, size, "\n".join(parts).encode("ascii"))


def note_appearance(
    pdf: Pdf, fonts: FontSet, lines: list[str], width: float, height: float
) -> Object:
    """Dark words on yellow; the words are those of the annotation's /Contents."""
    canvas = Canvas(fonts)
    canvas.fill_rect(0, 0, width, height, style.NOTE)
    baseline = height - 1 - 0.8 * style.NOTE_LEADING
    for line in lines:
        canvas.text(3, baseline, line, condensed(), style.NOTE_SIZE, style.NOTE_INK)
        baseline -= style.NOTE_LEADING
    return form_xobject(pdf, width, height, canvas.bytes(), fonts.resources)


def _box(width: float, height: float, fill: Colour) -> str:
    inset = style.BORDER_WIDTH / 2
    inner = numbers(inset, inset, width - 2 * inset, height - 2 * inset)
    return (
        f"q {numbers(*fill)} rg {numbers(*style.LINE)} RG "
        f"{number(style.BORDER_WIDTH)} w {inner} re B Q"
    )


def _shown_value(spec: FieldSpec) -> str:
    match spec:
        case Text(value=value) | Date(value=value):
            return value
        case Choice(value=value, options=options) if value:
            return next(option.display for option in options if option.export == value)
        case _:
            return ""


def _value(fonts: FontSet, spec: FieldSpec, value: str, width: float, height: float) -> str:
    size = style.VALUE_SIZE
    face = fonts.form
    y = (height - 0.714 * size) / 2
    start = f"/Tx BMC\nq BT /{FORM_FONT} {number(size)} Tf {numbers(*style.INK)} rg"
    if isinstance(spec, Text) and spec.comb:
        cell = width / spec.max_len
        shown = []
        for index, character in enumerate(value):
            x = cell * index + (cell - face.width(character, size)) / 2
            shown.append(f"1 0 0 1 {numbers(x, y)} Tm ({character}) Tj")
        return f"{start} {' '.join(shown)} ET Q\nEMC"
    return f"{start} {numbers(PADDING_X, y)} Td ({value}) Tj ET Q\nEMC"


def _circle(centre: float, radius: float) -> str:
    k = radius * _CIRCLE
    c, r = centre, radius
    return " ".join(
        (
            f"{numbers(c + r, c)} m",
            f"{numbers(c + r, c + k, c + k, c + r, c, c + r)} c",
            f"{numbers(c - k, c + r, c - r, c + k, c - r, c)} c",
            f"{numbers(c - r, c - k, c - k, c - r, c, c - r)} c",
            f"{numbers(c + k, c - r, c + r, c - k, c + r, c)} c h",
        )
    )


def _rounded(value: float) -> float:
    return float(number(value))
