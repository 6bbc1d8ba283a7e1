"""Which layout draws which block."""

from __future__ import annotations

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import (
    Block,
    CheckGrid,
    Contents,
    FieldTable,
    FormPlan,
    PagePlan,
    Panel,
    Paragraph,
    RadioTable,
    Row,
    Section,
    Subsection,
    Title,
)
from pdf_templates.authoring.contents import ContentsLayout
from pdf_templates.authoring.field_tables import FieldTableLayout
from pdf_templates.authoring.fields import Need, Text
from pdf_templates.authoring.flow import Placeable, place
from pdf_templates.authoring.grids import CheckGridLayout, RadioTableLayout
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.rows import RowLayout
from pdf_templates.authoring.words import (
    PanelLayout,
    ParagraphLayout,
    SectionLayout,
    SubsectionLayout,
    TitleLayout,
)


def measured(block: Block) -> Placeable:
    match block:
        case Title():
            return TitleLayout(block)
        case Section():
            return SectionLayout(block)
        case Subsection():
            return SubsectionLayout(block)
        case Paragraph():
            return ParagraphLayout(block)
        case Panel():
            return PanelLayout(block)
        case Contents():
            return ContentsLayout(block)
        case Row():
            return RowLayout(block)
        case CheckGrid():
            return CheckGridLayout(block)
        case RadioTable():
            return RadioTableLayout(block)
        case FieldTable():
            return FieldTableLayout(block)


def draw_page(page: PageBuilder, plan: PagePlan, form: FormPlan) -> None:
    if not isinstance(plan.blocks[0], Title):
        _draw_header(page, form.short_title, plan.running_head)
    place(page, [measured(block) for block in plan.blocks])
    _draw_footer(page, form)


def _draw_header(page: PageBuilder, left: str, right: str) -> None:
    """Pagination artifacts: a screen reader need not hear them on every page."""
    title = Type(fonts.label(), 7.6, 10.0, style.NAVY)
    aside = Type(fonts.condensed(), 7.6, 10.0, style.MUTED)
    with page.canvas.artifact("Pagination"):
        page.untagged_words(style.LEFT, 818.0, [left], title)
        page.untagged_words(style.RIGHT - aside.width(right), 818.0, [right], aside)
        page.canvas.line(style.LEFT, 805.5, style.RIGHT, 805.5, style.HAIRLINE, 0.6)


REFERENCE = Text("sys.kenmerk", "Kenmerk", 24, need=Need.CALCULATED)
"""Formpress fills it in when the form is sent; until then the footer has nothing there."""

_FOOTER_TOP = 35.0
_REFERENCE_WIDTH = 110.0
_NUMBER_WIDTH = 58.0
"""Room for the page number at the right; points, as all of these."""


def _draw_footer(page: PageBuilder, form: FormPlan) -> None:
    """Edition, reference and page number. Only the reference is more than an artifact."""
    type_ = Type(fonts.condensed(), style.FOOTER_SIZE, 10.0, style.MUTED)
    left = f"{form.short_title} · editie {form.edition} · velden met * zijn verplicht"
    right = f"pagina {page.index + 1} van {len(form.pages)}"
    number_x = style.RIGHT - type_.width(right)
    with page.canvas.artifact("Pagination"):
        page.canvas.line(style.LEFT, 39.0, style.RIGHT, 39.0, style.HAIRLINE, 0.6)
        page.untagged_words(style.LEFT, _FOOTER_TOP, [left], type_)
        page.untagged_words(number_x, _FOOTER_TOP, [right], type_)
    reference_x = style.RIGHT - _NUMBER_WIDTH - _REFERENCE_WIDTH
    page.repeated_field(REFERENCE, (reference_x, _FOOTER_TOP - 10.0, _REFERENCE_WIDTH, 10.0))
