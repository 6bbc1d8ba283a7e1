"""A whole template: pages, fields, fonts, tags, outline and metadata, always the same bytes."""

from __future__ import annotations

import io
from html import escape
from itertools import pairwise
from typing import Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pdf_templates.authoring import structure
from pdf_templates.authoring.acroform import write_acroform
from pdf_templates.authoring.blocks import FormPlan
from pdf_templates.authoring.embedding import FontSet
from pdf_templates.authoring.fields import FieldSpec
from pdf_templates.authoring.layout import draw_page
from pdf_templates.authoring.page import Bookmark, Draft, PageBuilder

PRODUCER = "Formpress"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
   </dc:description>
   <dc:language><rdf:Bag><rdf:li>nl-NL</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{created}</xmp:CreateDate>
   <xmp:ModifyDate>{created}</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class Described(Protocol):
    """What a document says of itself; ``created`` is an XMP date."""

    @property
    def title(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def created(self) -> str: ...

    def fields(self) -> tuple[FieldSpec, ...]: ...


def draw(form: FormPlan) -> bytes:
    """The template as a PDF 1.7 file. Its /ID follows from its contents. ISO 32000-2, 14.4."""
    pdf = Pdf.new()
    draft = Draft(pdf, FontSet(pdf))
    pages = []
    for index, plan in enumerate(form.pages):
        page = PageBuilder(draft, index)
        draw_page(page, plan, form)
        pages.append(page.write())
    draft.close_form()
    return finished(draft, pages, form)


def finished(draft: Draft, pages: list[Object], form: Described) -> bytes:
    """The file, once its pages are drawn."""
    pdf = draft.pdf
    write_acroform(pdf, draft.form, draft.fonts, form.fields())
    draft.fonts.embed()
    structure.write(pdf, draft.document, pages)
    if draft.bookmarks:
        _write_outline(pdf, draft.bookmarks, pages)
    _write_catalog(pdf, form)
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _write_outline(pdf: Pdf, bookmarks: list[Bookmark], pages: list[Object]) -> None:
    """One level: the sections. ISO 32000-2, 12.3.3."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    items = [
        pdf.make_indirect(
            Dictionary(
                Title=bookmark.text,
                Parent=root,
                Dest=Array([pages[bookmark.page], Name.XYZ, 0, round(bookmark.top), 0]),
            )
        )
        for bookmark in bookmarks
    ]
    for earlier, later in pairwise(items):
        earlier.Next = later
        later.Prev = earlier
    root.First, root.Last, root.Count = items[0], items[-1], len(items)
    pdf.Root.Outlines = root


def _write_catalog(pdf: Pdf, form: Described) -> None:
    pdf.Root.Lang = "nl-NL"
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    xmp = _XMP.format(
        title=escape(form.title),
        subject=escape(form.subject),
        created=form.created,
        producer=PRODUCER,
    )
    metadata = Stream(pdf, xmp.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    date = "D:" + "".join(filter(str.isdigit, form.created[:19])) + "Z"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=form.title,
            Subject=form.subject,
            Producer=PRODUCER,
            CreationDate=date,
            ModDate=date,
        )
    )
