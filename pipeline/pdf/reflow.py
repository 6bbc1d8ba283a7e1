"""Closes a tagged form of one page up around its values: from a template to a template.

A text's box gets the height that its text needs, what is empty goes with its label, and the blocks
close ranks in the page's columns. All texts get smaller together, from the sizes that their default
appearances say, until the page holds them; then a narrower font of the same family, if the default
resources have one, comes in as well. What comes out is a form like any other: compose, flatten,
prove and secure it as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pikepdf

from pipeline.appearance.closing_up import Need, Needs
from pipeline.appearance.columns import Columns, Flow
from pipeline.appearance.layout import ASCENT, LARGEST_AUTOMATIC, STEP, lines_height
from pipeline.appearance.typeface import Typefaces
from pipeline.errors import FieldProblem, FormDefinitionError, PageOverflow
from pipeline.model.display import shown_text
from pipeline.model.field import FieldType, Style, Value
from pipeline.model.template import Template
from pipeline.pdf.font_families import narrower_fonts
from pipeline.pdf.fonts import FontBook
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.reflow_writer import rewrite
from pipeline.pdf.saving import saved
from pipeline.pdf.states import TemplatePdf
from pipeline.pdf.tagged_page import Box, TaggedPage, Untagged, read_tagged_page

_USUAL_WHITE, _LEAST_WHITE = 0.8, 0.3
"""Shares of the white between blocks: kept while texts can get smaller, and at the very last."""
_NAMED = 5
"""How many of the longest fields an error names."""


def reflow(
    pdf_bytes: TemplatePdf, template: Template, book: FontBook, values: Mapping[str, Value]
) -> TemplatePdf:
    """The form for ``values`` alone; its texts are no smaller than its definition's smallest.

    Raises ``PageOverflow`` where they do not fit the page, and ``FormDefinitionError`` where the
    template cannot be taken apart.
    """
    with open_pdf(pdf_bytes) as pdf:
        page, columns = _taken_apart(pdf, template)
        fitting = _Fitting(template, page, columns, narrower_fonts(pdf), book.for_document())
        flow, styles = fitting.first_that_fits(values)
        rewrite(pdf, page, columns, flow, styles)
        return TemplatePdf(saved(pdf))


def check_reflow(pdf_bytes: TemplatePdf, template: Template) -> None:
    """Raises ``FormDefinitionError`` where ``reflow`` would do so, whatever the values."""
    with open_pdf(pdf_bytes) as pdf:
        _taken_apart(pdf, template)


def _taken_apart(pdf: pikepdf.Pdf, template: Template) -> tuple[TaggedPage, Columns]:
    try:
        page = read_tagged_page(pdf, template)
        columns = Columns.of(page.blocks)
        if columns is None or len(page.blocks) < 2:
            raise Untagged("has no blocks that could close up")
    except Untagged as error:
        raise FormDefinitionError(file="", where="", why=str(error)) from error
    return page, columns


@dataclass(frozen=True, slots=True)
class _Setting:
    """How all texts of the page are set: ``smaller`` by so many points than their default
    appearances say, ``narrower`` by so many fonts; ``white`` is the least share of it that stays
    between blocks."""

    narrower: int
    smaller: float
    white: float


@dataclass(frozen=True)
class _Fitting:
    template: Template
    page: TaggedPage
    columns: Columns
    narrower: Mapping[str, tuple[str, ...]]
    typefaces: Typefaces

    def first_that_fits(self, values: Mapping[str, Value]) -> tuple[Flow, dict[int, Style]]:
        """The columns, and the style of each text's box in them, at the largest size possible."""
        boxes = {
            piece.key: self.page.box(piece.key)
            for block, _ in self.columns.blocks
            for piece in block.boxes()
            if piece.key is not None
        }
        filled = {
            key: box for key, box in boxes.items() if _is_filled(box, values.get(box[0].name))
        }
        flow, needs, styles = None, {}, {}
        for setting in self._settings(filled):
            styles = {key: self._styled(box[1].style, setting) for key, box in filled.items()}
            needs = {
                key: self._need(box, values[box[0].name], styles[key])
                for key, box in filled.items()
            }
            flow = self.columns.flow(needs, setting.white)
            if flow.fits:
                return flow, styles
        assert flow is not None
        raise PageOverflow(
            [FieldProblem(name, "longest_on_page") for name in _longest(filled, needs)],
            over=round(flow.over, 1),
            size=self.template.definition.smallest_text,
        )

    def _settings(self, filled: Mapping[int, Box]) -> Iterator[_Setting]:
        texts = [widget.style for field, widget, _ in filled.values() if _is_text(field.type)]
        largest = max((_own_size(style) for style in texts), default=0.0)
        steps = max(0, round((largest - self.template.definition.smallest_text) / STEP))
        fonts = max((len(self.narrower.get(style.font, ())) for style in texts), default=0)
        for narrower in range(fonts + 1):
            for step in range(steps + 1):
                yield _Setting(narrower, step * STEP, _USUAL_WHITE)
        yield _Setting(fonts, steps * STEP, _LEAST_WHITE)

    def _styled(self, style: Style, setting: _Setting) -> Style:
        own = _own_size(style)
        least = min(own, self.template.definition.smallest_text)
        fonts = (style.font, *self.narrower.get(style.font, ()))
        return replace(
            style,
            font=fonts[min(setting.narrower, len(fonts) - 1)],
            font_size=max(least, own - setting.smaller),
        )

    def _need(self, box: Box, value: Value, style: Style) -> Need:
        field, widget, _ = box
        if not (_is_text(field.type) and field.multiline):
            return Need(widget.rect.height)
        words = shown_text(field, value)
        face = self.typefaces.typeface(style.font, words)
        height = lines_height(words, face, widget.rect.width, style, style.font_size)
        return Need(height, ASCENT * (_own_size(widget.style) - style.font_size))


def _is_text(kind: FieldType) -> bool:
    return kind in (FieldType.TEXT, FieldType.CHOICE)


def _own_size(style: Style) -> float:
    return style.font_size or LARGEST_AUTOMATIC


def _is_filled(box: Box, value: Value | None) -> bool:
    field, widget, _ = box
    if _is_text(field.type):
        return bool(shown_text(field, value))
    return value is True or (isinstance(value, str) and value == widget.on_state)


def _longest(filled: Mapping[int, Box], needs: Needs) -> list[str]:
    texts = [key for key, (field, _, _) in filled.items() if _is_text(field.type)]
    texts.sort(key=lambda key: -needs[key].height)
    return [filled[key][0].name for key in texts[:_NAMED]]
