"""Headings, paragraphs and panels: what the page says without asking."""

from __future__ import annotations

from pdf_templates.authoring import fonts, style
from pdf_templates.authoring.blocks import Panel, Paragraph, Section, Subsection, Title
from pdf_templates.authoring.page import PageBuilder, Type
from pdf_templates.authoring.structure import Element
from pdf_templates.authoring.style import Colour


def body_type(colour: Colour = style.INK) -> Type:
    return Type(fonts.regular(), style.BODY_SIZE, style.BODY_LEADING, colour)


def small_type() -> Type:
    return Type(fonts.condensed(), 7.8, 10.2, style.INK)


class TitleLayout:
    """A navy band from edge to edge at the top of the cover."""

    gap = 0.0
    keeps_next = False
    _BAND = 150.0

    def __init__(self, title: Title) -> None:
        self._title = title
        self.height = self._BAND - (style.PAGE_HEIGHT - style.CONTENT_TOP)

    def draw(self, page: PageBuilder, top: float) -> None:
        bottom = style.PAGE_HEIGHT - self._BAND
        with page.canvas.artifact():
            page.canvas.fill_rect(0, bottom, style.PAGE_WIDTH, self._BAND, style.NAVY)
            page.canvas.fill_rect(0, bottom - 4, style.PAGE_WIDTH, 4, style.LINE)
        heading = page.section.add("H1")
        page.begin_section(self._title.title, style.PAGE_HEIGHT, has_heading=False)
        big = Type(fonts.bold(), 27, 34, style.WHITE)
        middle = Type(fonts.regular(), 13, 18, style.WHITE)
        small = Type(fonts.regular(), 9, 13, (0.86, 0.89, 0.96))
        y = style.PAGE_HEIGHT - 48
        page.words(heading, style.LEFT, y, [self._title.title], big)
        page.words(page.section.add("P"), style.LEFT, y - 36, [self._title.subtitle], middle)
        if self._title.tagline:
            lines = small.wrap(self._title.tagline, style.WIDTH)
            page.words(page.section.add("P"), style.LEFT, y - 60, lines, small)


class SectionLayout:
    gap = 12.0
    keeps_next = True
    height = 19.0

    def __init__(self, section: Section) -> None:
        self._text = section.text

    def draw(self, page: PageBuilder, top: float) -> None:
        section = page.begin_section(self._text, top + 10)
        with page.canvas.artifact():
            page.canvas.fill_rect(
                style.LEFT, top - self.height, style.WIDTH, self.height, style.NAVY
            )
        type_ = Type(fonts.bold(), 10.5, self.height, style.WHITE)
        page.words(section.add("H2"), style.LEFT + 7, top, [self._text], type_)


class SubsectionLayout:
    gap = 9.0
    keeps_next = True
    height = 15.0

    def __init__(self, subsection: Subsection) -> None:
        self._subsection = subsection

    def draw(self, page: PageBuilder, top: float) -> None:
        type_ = Type(fonts.bold(), 9.2, 13.0, style.NAVY)
        text = self._subsection.text
        page.words(page.add_subheading(), style.LEFT, top, [text], type_)
        if self._subsection.aside:
            aside = Type(fonts.condensed(), 8.0, 13.0, style.MUTED)
            x = style.LEFT + type_.width(text) + 7
            page.words(page.section.add("P"), x, top - 0.4, [self._subsection.aside], aside)
        with page.canvas.artifact():
            y = top - self.height + 1
            page.canvas.line(style.LEFT, y, style.RIGHT, y, style.NAVY, 0.6)


class ParagraphLayout:
    gap = 6.0
    keeps_next = False

    def __init__(self, paragraph: Paragraph, type_: Type | None = None) -> None:
        self._set = SetParagraph(paragraph, type_ or body_type(), style.WIDTH)
        self.height = self._set.height

    def draw(self, page: PageBuilder, top: float) -> None:
        self._set.draw(page, page.section.add("P"), style.LEFT, top)


class SetParagraph:
    """A paragraph broken into lines; the lead stands in semibold before its first line."""

    def __init__(self, paragraph: Paragraph, type_: Type, width: float) -> None:
        self._type = type_
        self._lead_type = Type(fonts.label(), type_.size, type_.leading, style.NAVY)
        self._lead = paragraph.lead
        lead = f"{paragraph.lead} " if paragraph.lead else ""
        self._indent = self._lead_type.width(lead) + 1 if lead else 0.0
        first = type_.wrap(paragraph.text, width - self._indent)[0]
        rest = paragraph.text[len(first) :].strip()
        self._first = first
        self._rest = type_.wrap(rest, width) if rest else []
        self.height = type_.leading * (1 + len(self._rest))

    def draw(self, page: PageBuilder, element: Element, x: float, top: float) -> None:
        if self._lead:
            page.words(element, x, top, [f"{self._lead} "], self._lead_type)
        first = f"{self._first} " if self._rest else self._first
        page.words(element, x + self._indent, top, [first], self._type)
        if self._rest:
            page.words(element, x, top - self._type.leading, self._rest, self._type)


class PanelLayout:
    gap = 9.0
    keeps_next = False
    _PADDING = 9.0
    _HEAD = 15.0
    _BETWEEN = 3.0
    _NUMBER = 14.0

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._indent = self._NUMBER if panel.numbered else 0.0
        width = style.WIDTH - 2 * self._PADDING - self._indent
        self._paragraphs = [SetParagraph(p, small_type(), width) for p in panel.paragraphs]
        text = sum(p.height for p in self._paragraphs)
        between = self._BETWEEN * (len(self._paragraphs) - 1)
        head = self._HEAD if panel.title else 0.0
        self.height = head + text + between + 2 * self._PADDING - 3

    def draw(self, page: PageBuilder, top: float) -> None:
        with page.canvas.artifact():
            page.canvas.fill_rect(
                style.LEFT, top - self.height, style.WIDTH, self.height, style.TINT
            )
            page.canvas.fill_rect(style.LEFT, top - self.height, 2.5, self.height, style.NAVY)
        x = style.LEFT + self._PADDING
        top -= self._PADDING - 2
        if self._panel.title:
            type_ = Type(fonts.bold(), 8.8, 12.0, style.NAVY)
            page.words(page.section.add("P"), x, top, [self._panel.title], type_)
            top -= self._HEAD
        if self._panel.numbered:
            self._draw_list(page, x, top)
            return
        for paragraph in self._paragraphs:
            paragraph.draw(page, page.section.add("P"), x, top)
            top -= paragraph.height + self._BETWEEN

    def _draw_list(self, page: PageBuilder, x: float, top: float) -> None:
        items = page.section.add("L", numbering="Decimal")
        type_ = Type(fonts.label(), small_type().size, small_type().leading, style.NAVY)
        for number, paragraph in enumerate(self._paragraphs, start=1):
            item = items.add("LI")
            page.words(item.add("Lbl"), x, top, [f"{number}."], type_)
            paragraph.draw(page, item.add("LBody"), x + self._NUMBER, top)
            top -= paragraph.height + self._BETWEEN
