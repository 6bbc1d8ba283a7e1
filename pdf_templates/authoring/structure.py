"""The structure tree: what a screen reader goes by. ISO 32000-2, 14.7 and 14.8; PDF/UA-1.

Elements are kept as plain values while drawing; ``write`` turns them into objects at the end, with
the parent tree that leads from a piece of content or an annotation back to its element.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf


@dataclass(frozen=True, slots=True)
class MarkedContent:
    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class AnnotationRef:
    page: int
    annotation: Object


@dataclass(slots=True)
class Element:
    """A structure element. ``alt`` is its alternative description, ``scope`` that of a TH."""

    tag: str
    alt: str = ""
    scope: str = ""
    numbering: str = ""
    children: list[Element | MarkedContent | AnnotationRef] = field(default_factory=list)

    def add(self, tag: str, *, alt: str = "", scope: str = "", numbering: str = "") -> Element:
        child = Element(tag, alt, scope, numbering)
        self.children.append(child)
        return child


class _ParentTree:
    """Keys below the number of pages are pages' StructParents; above them annotations'."""

    def __init__(self, page_count: int) -> None:
        self.pages: list[dict[int, Object]] = [{} for _ in range(page_count)]
        self.annotations: list[Object] = []

    def next_annotation_key(self) -> int:
        return len(self.pages) + len(self.annotations)

    def write(self, pdf: Pdf) -> Object:
        numbers = Array()
        for key, contents in enumerate(self.pages):
            numbers.append(key)
            owners = [contents[mcid] for mcid in sorted(contents)]
            numbers.append(pdf.make_indirect(Array(owners)))
        for key, element in enumerate(self.annotations, start=len(self.pages)):
            numbers.append(key)
            numbers.append(element)
        return pdf.make_indirect(Dictionary(Nums=numbers))


def write(pdf: Pdf, document: Element, pages: list[Object]) -> None:
    """Make ``document`` the catalog's structure tree; gives pages and annotations their keys."""
    tree = _ParentTree(len(pages))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    root.K = _write_element(pdf, document, root, pages, tree)
    root.ParentTree = tree.write(pdf)
    root.ParentTreeNextKey = tree.next_annotation_key()
    for key, page in enumerate(pages):
        page.StructParents = key
        page.Tabs = Name.S
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _write_element(
    pdf: Pdf, element: Element, parent: Object, pages: list[Object], tree: _ParentTree
) -> Object:
    written = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent)
    )
    if element.alt:
        written.Alt = element.alt
    if element.scope:
        written.A = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    if element.numbering:
        written.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{element.numbering}"))
    kids = Array()
    for child in element.children:
        match child:
            case Element():
                kids.append(_write_element(pdf, child, written, pages, tree))
            case MarkedContent(page, mcid):
                kids.append(Dictionary(Type=Name.MCR, Pg=pages[page], MCID=mcid))
                tree.pages[page][mcid] = written
            case AnnotationRef(page, annotation):
                kids.append(Dictionary(Type=Name.OBJR, Pg=pages[page], Obj=annotation))
                annotation.StructParent = tree.next_annotation_key()
                tree.annotations.append(written)
    written.K = kids
    return written
