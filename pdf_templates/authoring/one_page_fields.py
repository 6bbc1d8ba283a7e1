"""Fields of a one-page: texts without frames, marks that draw a picture where they are on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pikepdf import Dictionary, Name, Object, Pdf

from pdf_templates.authoring import fonts, style, widgets
from pdf_templates.authoring.appearances import form_xobject
from pdf_templates.authoring.drawing import number, numbers
from pdf_templates.authoring.embedding import FontSet
from pdf_templates.authoring.fields import Text
from pdf_templates.authoring.fonts import Face
from pdf_templates.authoring.one_page import Mark
from pdf_templates.authoring.page import PageBuilder
from pdf_templates.authoring.structure import Element
from pdf_templates.authoring.style import Colour
from pdf_templates.authoring.widgets import Rect

_CENTRED = 1
"""Quadding. ISO 32000-2, 12.7.4.3."""

_WEIGHTS = {400: "", 600: "SemiBold", 700: "Bold"}
_WIDTHS = (("", 100), ("SemiCondensed", 88), ("Condensed", 75))


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set: in a weight of Open Sans, at most at ``size``."""

    size: float
    colour: Colour = style.INK
    weight: int = 400
    background: Colour | None = None
    centred: bool = False

    @property
    def faces(self) -> list[Face]:
        """The same weight in three widths: what is long may be set narrower."""
        return [_face(self.weight, name, width) for name, width in _WIDTHS]


@lru_cache
def _face(weight: int, stretch: str, width: float) -> Face:
    if (weight, stretch) == (400, ""):
        return fonts.regular()
    if (weight, stretch) == (400, "SemiCondensed"):
        return fonts.condensed()
    return Face(f"OpenSans-{stretch}{_WEIGHTS[weight]}", weight, width)


def narrow() -> Face:
    """For captions that stand side by side."""
    return _face(400, "Condensed", 75)


class OnePageBuilder(PageBuilder):
    def answer(self, parent: Element, spec: Text, rect: Rect, look: Look) -> None:
        pdf, set_of_fonts = self.draft.pdf, self.draft.fonts
        self._add(parent, spec.name, _text_field(pdf, set_of_fonts, spec, rect, look))

    def mark(self, parent: Element, mark: Mark, rect: Rect) -> None:
        self._add(parent, mark.field.name, _mark_field(self.draft.pdf, mark, rect))

    def _add(self, parent: Element, name: str, widget: Object) -> None:
        self.draft.form.add(name, widget)
        self._annotate(parent.add("Form"), widget)


def _text_field(pdf: Pdf, fonts: FontSet, spec: Text, rect: Rect, look: Look) -> Object:
    names = [fonts.form_font(face) for face in look.faces]
    field = _named(pdf, spec.name, spec.label)
    field.FT = Name.Tx
    field.Ff = widgets.MULTILINE
    field.MaxLen = spec.max_len
    field.DA = f"/{names[0]} {number(look.size)} Tf {numbers(*look.colour)} rg"
    if look.centred:
        field.Q = _CENTRED
    _place(field, rect)
    if look.background is not None:
        field.MK = Dictionary(BG=widgets.real_array(*look.background))
    _, _, width, height = rect
    field.AP = Dictionary(N=form_xobject(pdf, width, height, _blank(look, width, height)))
    return field


def _blank(look: Look, width: float, height: float) -> bytes:
    if look.background is None:
        return b"/Tx BMC\nEMC"
    fill = f"q {numbers(*look.background)} rg {numbers(0, 0, width, height)} re f Q\n"
    return fill.encode("ascii") + b"/Tx BMC\nEMC"


def _mark_field(pdf: Pdf, mark: Mark, rect: Rect) -> Object:
    field = _named(pdf, mark.field.name, mark.field.label)
    field.FT = Name.Btn
    field.AS = Name.Off
    _place(field, rect)
    _, _, width, height = rect
    states = Dictionary(Off=form_xobject(pdf, width, height, b""))
    drawing = mark.pictogram.content(width)
    states[f"/{mark.on_state}"] = form_xobject(pdf, width, height, drawing)
    field.AP = Dictionary(N=states)
    return field


def _named(pdf: Pdf, name: str, label: str) -> Object:
    return pdf.make_indirect(Dictionary(T=name.rsplit(".", 1)[-1], TU=label))


def _place(field: Object, rect: Rect) -> None:
    field.Type = Name.Annot
    field.Subtype = Name.Widget
    field.Rect = widgets.corners(rect)
    field.F = widgets.PRINT
    field.BS = Dictionary(W=Decimal(0), S=Name.S)
