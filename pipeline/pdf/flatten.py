"""Takes the form away from a template and leaves places for what is filled in. 12.5.5.

What stays: links, other printing annotations, bookmarks, page labels, metadata, language and, in a
tagged document, its structure. What goes: widgets, AcroForm, XFA, scripts, usage rights, and what
is for the screen only. ``Skeleton`` paints the documents.
"""

from __future__ import annotations

from dataclasses import replace

import pikepdf

from pipeline.appearance.compose import Boxes, Place
from pipeline.appearance.stream import numbers
from pipeline.model.field import FieldType
from pipeline.pdf.document_scripts import remove_scripts
from pipeline.pdf.field_tree import is_widget
from pipeline.pdf.fonts import DocumentFonts, FontBook
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import (
    array,
    dictionary,
    get_dictionary,
    inherited,
    integer,
    object_id,
)
from pipeline.pdf.optional_content import OptionalContent
from pipeline.pdf.own_drawing import PageResources, own_drawing
from pipeline.pdf.page_isolation import brackets
from pipeline.pdf.placement import placed, upright
from pipeline.pdf.saving import saved
from pipeline.pdf.secure import protection
from pipeline.pdf.skeleton import SLOTS, Blueprint, Key, Sheet, Skeleton, Spot
from pipeline.pdf.sound_copy import check_cost
from pipeline.pdf.states import FilledPdf, TemplatePdf
from pipeline.pdf.structure import Structure
from pipeline.pdf.template_reader import is_screen_only
from pipeline.pdf.widget_reader import NO_ROTATE

_BUTTONS = (FieldType.CHECKBOX, FieldType.RADIO)


def compile_skeleton(pdf_bytes: TemplatePdf | FilledPdf, boxes: Boxes, book: FontBook) -> Skeleton:
    """What every document made of the template has in common, worked out once.

    Its documents are drawn in the process that serves everybody: a template whose pages would cost
    that too much is refused here. Raises ``TooLarge`` and ``NotAPdf``.
    """
    with open_pdf(pdf_bytes) as pdf:
        check_cost(pdf)
        flattener = _Flattener(pdf, boxes, book)
        sheets = flattener.run()
        pdf.Root[SLOTS] = pikepdf.Dictionary(
            Overlays=pikepdf.Array(flattener.overlays),
            Attributes=pikepdf.Array(flattener.attributes),
        )
        return Skeleton(Blueprint(saved(pdf, protection()), sheets), book)


class _Flattener:
    """One template on its way from a form to paper."""

    def __init__(self, pdf: pikepdf.Pdf, boxes: Boxes, book: FontBook) -> None:
        self.pdf = pdf
        self.book = book
        self.fonts = DocumentFonts(pdf, book, {})
        self.structure = Structure.of(pdf)
        self.places = {
            (each.widget.page, each.widget.order): each for each in boxes.places if each.paints
        }
        self.by_object: dict[tuple[int, int], Place] = {}
        self.drawings: dict[bytes, pikepdf.Object] = {}
        self.overlays: list[pikepdf.Object] = []
        self.attributes: list[pikepdf.Object] = []
        self.layers = OptionalContent.of(pdf)

    def run(self) -> tuple[Sheet, ...]:
        sheets = [self._page(number, page) for number, page in enumerate(self.pdf.pages)]
        if self.structure is not None:
            self.structure.close()
        _remove_form(self.pdf)
        remove_scripts(self.pdf)
        return tuple(sheet for sheet in sheets if sheet is not None)

    def _page(self, number: int, page: pikepdf.Page) -> Sheet | None:
        kept: list[pikepdf.Object] = []
        gone: set[tuple[int, int]] = set()
        shown: list[tuple[pikepdf.Object, Place]] = []
        annotations = [each for each in array(page.obj.get("/Annots")) if dictionary(each)]
        for order, annotation in enumerate(annotations):
            widget = is_widget(annotation)
            if not widget and not is_screen_only(annotation):
                kept.append(annotation)
                continue
            identity = object_id(annotation)
            if identity in gone:
                continue  # listed twice on one page, seen once
            if identity is not None:
                gone.add(identity)
            place = self._place(number, order, annotation) if widget else None
            if place is not None:
                shown.append((annotation, place))
            elif self.structure is not None:
                self.structure.drop(annotation)
        _keep(page, [each for each in kept if not _belongs_to(each, gone)])
        return self._sheet(number, page, shown) if shown else None

    def _place(self, number: int, order: int, annotation: pikepdf.Object) -> Place | None:
        """The place of the widget here; one that lies on several pages shows on each."""
        identity = object_id(annotation)
        found = self.places.get((number, order))
        if identity is None:
            return found
        if found is not None:
            self.by_object.setdefault(identity, found)
        return found or self.by_object.get(identity)

    def _sheet(
        self, number: int, page: pikepdf.Page, shown: list[tuple[pikepdf.Object, Place]]
    ) -> Sheet:
        resources = PageResources(page, self.drawings)
        frames: list[bytes] = []
        spots: list[Spot] = []
        for annotation, place in shown:
            turn = _upright(page, annotation, place)
            layer = self._layer(annotation, resources)
            if place.frame:
                frame = b"q\n" + turn + _placed(place) + place.frame + b"Q\n"
                frames.append(layer + frame + b"EMC\n" if layer else frame)
            if not place.own_stream:
                alias = self.book.alias(place.widget.style.font)
                resources.font(alias, self.fonts.object(alias))
            spot = self._spot(page, annotation, place, turn, resources)
            spots.append(replace(spot, layer=layer))
        before, after = brackets(page)
        overlay = self.pdf.make_stream(b"")
        page.contents_add(before, prepend=True)
        page.contents_add(after + self._artifacts(b"".join(frames)))
        contents = page.obj["/Contents"]
        page.obj["/Contents"] = pikepdf.Array([*array(contents), overlay])
        self.overlays.append(overlay)
        return Sheet(number, tuple(spots), resources.suffix)

    def _layer(self, annotation: pikepdf.Object, resources: PageResources) -> bytes:
        """Begins the marked content that keeps a box in the layer it is in, which can be switched
        off still; nothing for a box in none, or in one that is for paper alone: that the document
        is now. ISO 32000-2, 8.11.3.2."""
        content = get_dictionary(annotation, "/OC") if self.layers.names else None
        if content is None or not self.layers.shows(annotation):
            return b""
        content = content if content.is_indirect else self.pdf.make_indirect(content)
        return b"/OC /%s BDC\n" % resources.layer(content).encode()

    def _artifacts(self, drawing: bytes) -> bytes:
        """Boxes are decoration to those who listen. ISO 32000-2, 14.8.2.2."""
        if not drawing or self.structure is None:
            return drawing
        return b"/Artifact BMC\n" + drawing + b"EMC\n"

    def _spot(
        self,
        page: pikepdf.Page,
        annotation: pikepdf.Object,
        place: Place,
        turn: bytes,
        resources: PageResources,
    ) -> Spot:
        key: Key = (place.widget.page, place.widget.order)
        begins, checked = b"", None
        if self.structure is not None:
            marked = self.structure.mark(page, annotation, place.field)
            begins = marked.begins
            if place.field.type in _BUTTONS:
                checked = len(self.attributes)
                self.attributes.append(marked.attributes)
        if not place.own_stream:
            enter = b"/Tx BMC\nq\n" + turn + _placed(place)
            return Spot(key, begins, enter, {}, checked)
        states = (place.widget.on_state, "Off") if place.field.type in _BUTTONS else (None,)
        drawings = {
            state: drawing
            for state in states
            if (drawing := own_drawing(annotation, place, state, turn, resources))
        }
        return Spot(key, begins, b"", drawings, checked)


def _placed(place: Place) -> bytes:
    return numbers(*placed(place.widget)) + b" cm\n"


def _upright(page: pikepdf.Page, annotation: pikepdf.Object, place: Place) -> bytes:
    turned = integer(inherited(page.obj, "/Rotate")) % 360
    if not turned or not integer(annotation.get("/F")) & NO_ROTATE:
        return b""
    return numbers(*upright(place.widget.rect, turned)) + b" cm\n"


def _keep(page: pikepdf.Page, kept: list[pikepdf.Object]) -> None:
    """The page's annotations from now on; none leads to a page that was taken out, whose own
    widgets would come along."""
    if kept:
        page.obj["/Annots"] = pikepdf.Array(kept)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]
    for annotation in kept:
        if "/P" in annotation:
            annotation["/P"] = page.obj


def _belongs_to(annotation: pikepdf.Object, gone: set[tuple[int, int]]) -> bool:
    """A pop-up whose annotation went goes too. 12.5.6.14."""
    if annotation.get("/Subtype") != "/Popup":
        return False
    parent = dictionary(annotation.get("/Parent"))
    return parent is not None and object_id(parent) in gone


def _remove_form(pdf: pikepdf.Pdf) -> None:
    for key in ("/AcroForm", "/Perms", "/NeedsRendering", "/DSS", "/Legal"):
        if key in pdf.Root:
            del pdf.Root[key]
