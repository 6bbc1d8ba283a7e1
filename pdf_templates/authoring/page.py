"""One page while it is drawn: its content, its annotations in reading order, its tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from pdf_templates.authoring import appearances, style, widgets
from pdf_templates.authoring.acroform import FieldTree
from pdf_templates.authoring.drawing import Canvas, number
from pdf_templates.authoring.embedding import FORM_FONT, FontSet
from pdf_templates.authoring.fields import Checkbox, FieldSpec, Option, Radio, Text
from pdf_templates.authoring.fonts import Face
from pdf_templates.authoring.structure import AnnotationRef, Element, MarkedContent
from pdf_templates.authoring.style import Colour
from pdf_templates.authoring.widgets import Rect

_SCREEN_ONLY = 1 << 6 | 1 << 7 | 1 << 9
"""ReadOnly, Locked, LockedContents and, on purpose, no Print. ISO 32000-2, table 167."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    page: int
    top: float
    text: str


@dataclass(slots=True)
class Draft:
    """What all pages of a document share."""

    pdf: Pdf
    fonts: FontSet
    form: FieldTree = field(default_factory=FieldTree)
    document: Element = field(default_factory=lambda: Element("Document"))
    bookmarks: list[Bookmark] = field(default_factory=list)
    repeated: dict[str, Object] = field(default_factory=dict)
    """Fields with a widget on every page; they come after the pages' own fields."""

    def close_form(self) -> None:
        for name, group in self.repeated.items():
            self.form.add(name, group)


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set; sizes in points."""

    face: Face
    size: float
    leading: float
    colour: Colour

    def wrap(self, text: str, width: float) -> list[str]:
        return self.face.wrap(text, self.size, width)

    def width(self, text: str) -> float:
        return self.face.width(text, self.size)


class PageBuilder:
    def __init__(self, draft: Draft, index: int) -> None:
        self.draft = draft
        self.index = index
        self.canvas = Canvas(draft.fonts)
        self.annotations: list[Object] = []
        self._next_mcid = 0
        self._section_has_heading = False
        self.section = draft.document.add("Sect")

    def begin_section(self, text: str, top: float, *, has_heading: bool = True) -> Element:
        """What follows belongs to a new section, with an H2 or without. The outline leads to it."""
        if self.section.children:
            self.section = self.draft.document.add("Sect")
        self._section_has_heading = has_heading
        self.draft.bookmarks.append(Bookmark(self.index, top, text))
        return self.section

    def add_subheading(self) -> Element:
        """One level below the section's own heading."""
        return self.section.add("H3" if self._section_has_heading else "H2")

    def words(self, element: Element, x: float, top: float, lines: list[str], type_: Type) -> None:
        """Lines from ``top`` down, capitals centred in each line's height.

        A space at the end of a line keeps its last word apart from the next line's first where
        the structure is read. ISO 32000-2, 14.8.2.6.2.
        """
        spaced = [*(f"{line} " for line in lines[:-1]), *lines[-1:]]
        with self.canvas.marked(element.tag, self._next_mcid):
            self.untagged_words(x, top, spaced, type_)
        element.children.append(MarkedContent(self.index, self._next_mcid))
        self._next_mcid += 1

    def untagged_words(self, x: float, top: float, lines: list[str], type_: Type) -> None:
        """The same, where the caller marks the content itself: as an artifact."""
        for line in lines:
            baseline = top - type_.leading / 2 - 0.357 * type_.size
            self.canvas.text(x, baseline, line, type_.face, type_.size, type_.colour)
            top -= type_.leading

    def text_field(
        self, parent: Element, spec: FieldSpec, rect: Rect, *, at_right: bool = False
    ) -> None:
        """``at_right`` sets the answer at the right of its box: for figures under each other."""
        with self.canvas.artifact():
            self.canvas.frame(*rect, style.CALCULATED if spec.read_only else style.WHITE)
            if isinstance(spec, Text) and spec.comb:
                self.canvas.dividers(*rect, spec.max_len)
        pdf, fonts = self.draft.pdf, self.draft.fonts
        widget = widgets.text_field(pdf, fonts, spec, rect, at_right=at_right)
        self.draft.form.add(spec.name, widget)
        self._annotate(parent.add("Form"), widget)

    def checkbox(self, parent: Element, spec: Checkbox, rect: Rect) -> None:
        widget = widgets.checkbox_field(self.draft.pdf, spec, rect)
        self.draft.form.add(spec.name, widget)
        self._annotate(parent.add("Form"), widget)

    def radio_group(self, spec: Radio) -> Object:
        group = widgets.radio_field(self.draft.pdf, spec)
        self.draft.form.add(spec.name, group)
        return group

    def radio_button(
        self, parent: Element, spec: Radio, group: Object, option: Option, rect: Rect
    ) -> None:
        """The group's TU cannot tell the buttons apart, so each tag says which option it is."""
        widget = widgets.radio_widget(self.draft.pdf, group, option.export, rect)
        form = parent.add("Form", alt=f"{spec.label}: {option.display}")
        self._annotate(form, widget)

    def repeated_field(self, spec: FieldSpec, rect: Rect) -> None:
        """One more widget of a field that stands on every page. ISO 32000-2, 12.7.4.1."""
        pdf, repeated = self.draft.pdf, self.draft.repeated
        if spec.name not in repeated:
            repeated[spec.name] = widgets.repeated_field(pdf, spec)
        widget = widgets.plain_widget(pdf, self.draft.fonts, repeated[spec.name], rect)
        self._annotate(self.section.add("Form"), widget)

    def note(self, parent: Element, spec: FieldSpec, lines: list[str], rect: Rect) -> None:
        """The yellow instruction: a free text annotation, on screen only. 12.5.6.6."""
        _, _, width, height = rect
        pdf, fonts = self.draft.pdf, self.draft.fonts
        annotation = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.FreeText,
                Rect=widgets.corners(rect),
                Contents=spec.note,
                NM=f"instruction:{spec.name}",
                F=_SCREEN_ONLY,
                DA=f"/{FORM_FONT} {number(style.NOTE_SIZE)} Tf 0.2 g",
                C=widgets.real_array(*style.NOTE),
                BS=Dictionary(W=0),
                M="D:20240801000000Z",
                AP=Dictionary(N=appearances.note_appearance(pdf, fonts, lines, width, height)),
            )
        )
        self._annotate(parent.add("Annot"), annotation)

    def _annotate(self, element: Element, annotation: Object) -> None:
        element.children.append(AnnotationRef(self.index, annotation))
        self.annotations.append(annotation)

    def write(self) -> Object:
        """Add the page to the document."""
        pdf = self.draft.pdf
        page = pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array(
                    [
                        0,
                        0,
                        Decimal(number(style.PAGE_WIDTH)),
                        Decimal(number(style.PAGE_HEIGHT)),
                    ]
                ),
                Resources=Dictionary(Font=self.draft.fonts.resources),
                Contents=pdf.make_stream(self.canvas.bytes()),
            )
        )
        pdf.pages.append(Page(page))
        written = pdf.pages[-1].obj
        for annotation in self.annotations:
            annotation.P = written
        written.Annots = pdf.make_indirect(Array(self.annotations))
        return written
