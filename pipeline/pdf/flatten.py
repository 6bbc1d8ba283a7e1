"""Paints the widgets' appearances on the pages and takes the form away. ISO 32000-2, 12.5.5.

What stays: links, other printing annotations, bookmarks, page labels, metadata, language and, in a
tagged document, its structure. What goes: widgets, AcroForm, XFA, scripts, usage rights, and what
is for the screen only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pikepdf

from pipeline.appearance.compose import Appearance, Composed
from pipeline.appearance.stream import numbers
from pipeline.model.field import Value
from pipeline.pdf.document_scripts import remove_scripts
from pipeline.pdf.embedded_values import embed_values
from pipeline.pdf.field_tree import is_widget
from pipeline.pdf.fonts import DocumentFonts, FontBook
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.metadata import write_reference
from pipeline.pdf.objects import (
    array,
    dictionary,
    get_dictionary,
    inherited,
    integer,
    object_id,
    own_copy,
)
from pipeline.pdf.placement import placed, stream_placement, upright
from pipeline.pdf.saving import saved
from pipeline.pdf.states import FilledPdf, FlatPdf, TemplatePdf
from pipeline.pdf.structure import Structure
from pipeline.pdf.template_reader import is_screen_only
from pipeline.pdf.widget_reader import NO_ROTATE, normal_appearance


def flatten(
    pdf_bytes: TemplatePdf | FilledPdf,
    composed: Composed,
    book: FontBook,
    labels: Mapping[str, str],
    *,
    embedded: tuple[str, Mapping[str, Value]] | None = None,
    reference: str = "",
) -> FlatPdf:
    """``labels`` (field name → what to call it) describe the fields in a tagged document.

    ``embedded`` is a template's digest with the values to carry along as data; ``reference`` goes
    into the metadata.
    """
    with open_pdf(pdf_bytes) as pdf:
        _Flattener(pdf, composed, book, labels).run()
        if embedded is not None:
            embed_values(pdf, *embedded)
        if reference:
            write_reference(pdf, reference)
        return FlatPdf(saved(pdf))


class _Flattener:
    """One document on its way from a form to paper."""

    def __init__(
        self, pdf: pikepdf.Pdf, composed: Composed, book: FontBook, labels: Mapping[str, str]
    ) -> None:
        self.pdf = pdf
        self.labels = labels
        self.fonts = DocumentFonts(pdf, book, composed.glyphs())
        self.structure = Structure.of(pdf)
        self.by_place = {
            (each.widget.page, each.widget.order): each for each in composed.appearances
        }
        self.by_object: dict[tuple[int, int], Appearance] = {}

    def run(self) -> None:
        for number, page in enumerate(self.pdf.pages):
            self._page(number, page)
        if self.structure is not None:
            self.structure.close()
        _remove_form(self.pdf)
        remove_scripts(self.pdf)

    def _page(self, number: int, page: pikepdf.Page) -> None:
        kept: list[pikepdf.Object] = []
        gone: set[tuple[int, int]] = set()
        painted: list[bytes] = []
        resources: _PageResources | None = None
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
            appearance = self._appearance(number, order, annotation) if widget else None
            drawing = b""
            if appearance is not None and appearance.paints:
                resources = resources or _PageResources(self.pdf, page)
                drawing = self._drawing(page, annotation, appearance, resources)
            if self.structure is not None:
                label = self.labels.get(appearance.field, "") if appearance is not None else ""
                drawing = self.structure.replace(page, annotation, drawing, appearance, label)
            if drawing:
                painted.append(drawing)
        if "/Annots" in page.obj:
            kept = [each for each in kept if not _belongs_to(each, gone)]
            if kept:
                page.obj["/Annots"] = pikepdf.Array(kept)
            else:
                del page.obj["/Annots"]
        if painted:
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ\n" + b"\n".join(painted) + b"\n")

    def _appearance(self, number: int, order: int, annotation: pikepdf.Object) -> Appearance | None:
        """The appearance of the widget here; one that lies on several pages shows on each."""
        identity = object_id(annotation)
        found = self.by_place.get((number, order))
        if identity is None:
            return found
        if found is not None:
            self.by_object.setdefault(identity, found)
        return found or self.by_object.get(identity)

    def _drawing(
        self,
        page: pikepdf.Page,
        annotation: pikepdf.Object,
        appearance: Appearance,
        resources: _PageResources,
    ) -> bytes:
        turned = integer(inherited(page.obj, "/Rotate")) % 360
        before = b""
        if turned and integer(annotation.get("/F")) & NO_ROTATE:
            before = numbers(*upright(appearance.widget.rect, turned)) + b" cm\n"
        if not appearance.own_stream:
            if not appearance.content:
                return b""
            content = appearance.content
            for name in appearance.fonts:
                used = resources.add("/Font", name, self.fonts.object(name))
                if used != name:
                    content = _rename_font(content, name, used)
            matrix = numbers(*placed(appearance.widget))
            return b"q\n" + before + matrix + b" cm\n" + content + b"Q"
        stream = normal_appearance(annotation, appearance.state)
        place = None if stream is None else stream_placement(stream, appearance.widget.rect)
        if stream is None or place is None:
            return b""
        _as_form_xobject(stream)
        name = resources.add("/XObject", f"FpX{len(resources.added)}", stream)
        return b"q\n" + before + numbers(*place) + b" cm\n/" + name.encode() + b" Do\nQ"


class _PageResources:
    """The page's resources, copied before they change: several pages may share one dictionary."""

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        self.own = own_copy(dictionary(inherited(page.obj, "/Resources")))
        page.obj["/Resources"] = self.own
        self.added: dict[tuple[str, str], str] = {}
        self.copied: set[str] = set()

    def add(self, kind: str, name: str, value: pikepdf.Object) -> str:
        """The name under which ``value`` is found: ``name``, or another where it was taken."""
        if kind not in self.copied:
            self.own[kind] = own_copy(get_dictionary(self.own, kind))
            self.copied.add(kind)
        known = self.added.get((kind, name))
        if known is not None:
            return known
        table = self.own[kind]
        free, number = name, 1
        while "/" + free in table:
            free, number = f"{name}x{number}", number + 1
        table["/" + free] = value
        self.added[kind, name] = free
        return free


def _rename_font(content: bytes, name: str, used: str) -> bytes:
    pattern = rb"^/" + re.escape(name.encode()) + rb"(?= [\d.]+ Tf$)"
    return re.sub(pattern, b"/" + used.encode(), content, flags=re.MULTILINE)


def _as_form_xobject(stream: pikepdf.Stream) -> None:
    """Real appearance streams lack the keys that an XObject must have. Table 93."""
    if "/Subtype" not in stream:
        stream["/Subtype"] = pikepdf.Name.Form
    if "/Type" not in stream:
        stream["/Type"] = pikepdf.Name.XObject


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
