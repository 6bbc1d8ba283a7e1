"""Which layout draws which block."""

from __future__ import annotations

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import (
    Block,
    CheckGrid,
    Contents,
    FormPlan,
    PagePlan,
    Panel,
    Paragraph,
    RadioTable,
    Row,
    Section,
    Subsection,
    TextTable,
    Title,
)
from pdf_templates.authoring.flow import Placeable, place
from pdf_templates.authoring.grids import CheckGridLayout, RadioTableLayout
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.rows import RowLayout
from pdf_templates.authoring.tables import ContentsLayout, TextTableLayout
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
        case TextTable():
            return TextTableLayout(block)
        case Contents():
            return ContentsLayout(block)
        case Row():
            return RowLayout(block)
        case CheckGrid():
            return CheckGridLayout(block)
        case RadioTable():
            return RadioTableLayout(block)


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


def _draw_footer(page: PageBuilder, form: FormPlan) -> None:
    type_ = Type(fonts.condensed(), 7.2, 10.0, style.MUTED)
    left = f"{form.short_title} · editie {form.edition} · velden met * zijn verplicht"
    right = f"pagina {page.index + 1} van {len(form.pages)}"
    with page.canvas.artifact("Pagination"):
        page.canvas.line(style.LEFT, 39.0, style.RIGHT, 39.0, style.HAIRLINE, 0.6)
        page.untagged_words(style.LEFT, 35.0, [left], type_)
        page.untagged_words(style.RIGHT - type_.width(right), 35.0, [right], type_)
