"""Keeps a tagged document accessible when its widgets go. ISO 32000-2, 14.7.5 and 14.8.5.6.

A widget hangs in the structure tree by an object reference (OBJR). When it is painted, the same
element gets marked content in its place, with the attributes of a printed form field: its role,
its description and, for a button, whether it is on.
"""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from pipeline.model.field import Field, FieldType
from pipeline.pdf.objects import (
    ObjectId,
    ancestors,
    array,
    dictionary,
    get_dictionary,
    integer,
    object_id,
)

_ROLES = {FieldType.CHECKBOX: "/cb", FieldType.RADIO: "/rb", FieldType.BUTTON: "/pb"}


@dataclass(frozen=True, slots=True)
class Marked:
    """Marked content in a widget's place; ``attributes`` say whether a button is on."""

    content_id: int
    attributes: pikepdf.Object

    @property
    def begins(self) -> bytes:
        """The operator before the content; ``EMC`` follows it."""
        return b"/Form <</MCID %d>> BDC\n" % self.content_id


@dataclass(slots=True)
class Structure:
    """A structure tree on its way to a document without widgets.

    ``parents`` are the parent tree's entries, which is written anew in the end: real ones have
    nodes that lead nowhere or in a circle.
    """

    pdf: pikepdf.Pdf
    root: pikepdf.Object
    parents: dict[int, pikepdf.Object]
    next_key: int

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> Structure | None:
        """``None`` for an untagged document, which stays untagged."""
        root = get_dictionary(pdf.Root, "/StructTreeRoot")
        if root is None:
            return None
        parents = number_tree_entries(get_dictionary(root, "/ParentTree"))
        following = max([*parents, -1]) + 1
        return cls(pdf, root, parents, max(following, integer(root.get("/ParentTreeNextKey"))))

    def mark(self, page: pikepdf.Page, annotation: pikepdf.Object, shown: Field) -> Marked:
        """Marked content instead of the widget, in the element that held it.

        A widget that hangs nowhere in the tree gets an element of its own, so that no answer is
        lost to those who listen to the document.
        """
        element = self._element_of(annotation)
        if element is None:
            element = self.pdf.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Form)
            )
        if not self._hangs(element):
            self._adopt(element)
        content_id = self._new_content_id(page, element)
        _put_content(element, annotation, page, content_id)
        return Marked(content_id, self._described(element, shown))

    def drop(self, annotation: pikepdf.Object) -> None:
        """Takes out an annotation that leaves nothing on the page, and its own element."""
        element = self._element_of(annotation)
        if element is None:
            return
        kept = [kid for kid in kids_of(element) if not _refers_to(kid, annotation)]
        set_kids(element, kept)
        parent = get_dictionary(element, "/P")
        if not kept and parent is not None:
            own = object_id(element)
            others = [k for k in kids_of(parent) if dictionary(k) is None or object_id(k) != own]
            set_kids(parent, others)

    def close(self) -> None:
        """Takes out the references that lead to nothing on a page any more."""
        self.root["/ParentTreeNextKey"] = self.next_key
        numbers = [each for key in sorted(self.parents) for each in (key, self.parents[key])]
        self.root["/ParentTree"] = self.pdf.make_indirect(
            pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        )
        on_pages = {
            object_id(annotation)
            for page in self.pdf.pages
            for annotation in array(page.obj.get("/Annots"))
            if dictionary(annotation) is not None
        }
        for element in self.pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and "/S" in element and "/K" in element:
                kids = kids_of(element)
                kept = [kid for kid in kids if not _dangles(kid, on_pages)]
                if len(kept) < len(kids):
                    set_kids(element, kept)

    def _hangs(self, element: pikepdf.Object) -> bool:
        """Whether the element's ancestors lead to the root: parts of split documents do not."""
        root = object_id(self.root)
        above = list(ancestors(element, "/P"))
        if len(above) < 2 or object_id(above[-1]) != root:
            return False
        return any(
            dictionary(kid) is not None and object_id(kid) == object_id(element)
            for kid in kids_of(above[1])
        )

    def _adopt(self, element: pikepdf.Object) -> None:
        """Puts an element at the end of the document's first one."""
        kids = kids_of(self.root)
        first = dictionary(kids[0]) if len(kids) == 1 else None
        parent = self.root if first is None else first
        element["/P"] = parent
        set_kids(parent, [*kids_of(parent), element])

    def _element_of(self, annotation: pikepdf.Object) -> pikepdf.Object | None:
        key = annotation.get("/StructParent")
        if key is None:
            return None
        del annotation["/StructParent"]
        element = dictionary(self.parents.pop(integer(key, -1), None))
        return element if element is not None and element.is_indirect else None

    def _new_content_id(self, page: pikepdf.Page, element: pikepdf.Object) -> int:
        key = integer(page.obj.get("/StructParents"), -1)
        if key < 0:
            key = self.next_key
            page.obj["/StructParents"] = key
            self.next_key += 1
        entries = self.parents.get(key)
        if not isinstance(entries, pikepdf.Array):
            entries = self.pdf.make_indirect(pikepdf.Array())
            self.parents[key] = entries
        entries.append(element)
        return len(entries) - 1

    def _described(self, element: pikepdf.Object, shown: Field) -> pikepdf.Object:
        """PrintField attributes. ISO 32000-2, table 384."""
        attributes: pikepdf.Object = pikepdf.Dictionary(
            O=pikepdf.Name.PrintField,
            Role=pikepdf.Name(_ROLES.get(shown.type, "/tv")),
            Desc=pikepdf.String(shown.title),
        )
        if shown.type in (FieldType.CHECKBOX, FieldType.RADIO):
            attributes = self.pdf.make_indirect(attributes)  # changes with each document
        held = element.get("/A")
        if held is None:
            element["/A"] = attributes
        else:
            element["/A"] = pikepdf.Array([*(array(held) or [held]), attributes])
        return attributes


def number_tree_entries(tree: pikepdf.Object | None) -> dict[int, pikepdf.Object]:
    """What a number tree holds, as far as it can be read. ISO 32000-2, 7.9.7."""
    found: dict[int, pikepdf.Object] = {}
    pending = [] if tree is None else [tree]
    seen: set[ObjectId | None] = set()
    while pending:
        node = pending.pop()
        if node.is_indirect:
            if object_id(node) in seen:
                continue
            seen.add(object_id(node))
        numbers = array(node.get("/Nums"))
        for at in range(0, len(numbers) - 1, 2):
            key = integer(numbers[at], -1)
            if key >= 0:
                found.setdefault(key, numbers[at + 1])
        pending += [kid for kid in array(node.get("/Kids")) if dictionary(kid) is not None]
    return found


def _referred_to(kid: object) -> pikepdf.Object | None:
    """The object that an object reference leads to."""
    reference = dictionary(kid)
    if reference is None or reference.get("/Type") != "/OBJR":
        return None
    return dictionary(reference.get("/Obj"))


def _refers_to(kid: object, annotation: pikepdf.Object) -> bool:
    target = _referred_to(kid)
    return target is not None and object_id(target) == object_id(annotation)


def _dangles(kid: object, on_pages: set[ObjectId | None]) -> bool:
    """Whether a reference leads to nothing, or to an annotation that no page has."""
    reference = dictionary(kid)
    if reference is None or reference.get("/Type") != "/OBJR":
        return False
    target = _referred_to(kid)
    return target is None or ("/Rect" in target and object_id(target) not in on_pages)


def kids_of(element: pikepdf.Object) -> list[pikepdf.Object]:
    """What a structure element holds, one or several. ISO 32000-2, table 355."""
    kids = element.get("/K")
    if kids is None:
        return []
    return array(kids) if isinstance(kids, pikepdf.Array) else [kids]


def set_kids(element: pikepdf.Object, kept: list[pikepdf.Object]) -> None:
    if kept:
        element["/K"] = pikepdf.Array(kept)
    elif "/K" in element:
        del element["/K"]


def _put_content(
    element: pikepdf.Object, annotation: pikepdf.Object, page: pikepdf.Page, content_id: int
) -> None:
    """Marked content in the place of the object reference."""
    reference = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.obj, MCID=content_id)
    kids = kids_of(element)
    places = [at for at, kid in enumerate(kids) if _refers_to(kid, annotation)]
    if places:
        kids[places[0]] = reference
        kids = [kid for at, kid in enumerate(kids) if at not in places[1:]]
    else:
        kids.append(reference)
    element["/K"] = pikepdf.Array(kids)
