"""Keeps a tagged document accessible when its widgets go. ISO 32000-2, 14.7.5 and 14.8.5.6.

A widget hangs in the structure tree by an object reference (OBJR). When it is painted, the same
element gets marked content in its place, with the attributes of a printed form field: its role,
its description and, for a button, whether it is on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pikepdf

from pipeline.appearance.compose import Appearance
from pipeline.pdf.objects import ObjectId, array, dictionary, get_dictionary, integer, object_id


@dataclass(slots=True)
class Structure:
    """A structure tree on its way to a document without widgets."""

    pdf: pikepdf.Pdf
    root: pikepdf.Object
    parents: pikepdf.NumberTree
    next_key: int
    gone: set[ObjectId] = field(default_factory=set)
    """The annotations that were taken out."""

    @classmethod
    def of(cls, pdf: pikepdf.Pdf) -> Structure | None:
        """``None`` for an untagged document, which stays untagged."""
        root = get_dictionary(pdf.Root, "/StructTreeRoot")
        if root is None:
            return None
        tree = get_dictionary(root, "/ParentTree")
        if tree is None:
            root["/ParentTree"] = tree = pdf.make_indirect(pikepdf.Dictionary(Nums=[]))
        elif not tree.is_indirect:
            root["/ParentTree"] = tree = pdf.make_indirect(tree)
        parents = pikepdf.NumberTree(tree)
        highest = max((key for key in parents), default=-1)
        following = max(highest + 1, integer(root.get("/ParentTreeNextKey")))
        return cls(pdf, root, parents, following)

    def replace(
        self,
        page: pikepdf.Page,
        annotation: pikepdf.Object,
        drawing: bytes,
        appearance: Appearance | None,
        label: str,
    ) -> bytes:
        """Takes ``annotation`` out of the tree; ``drawing`` comes back as its marked content."""
        identity = object_id(annotation)
        if identity is not None:
            self.gone.add(identity)
        element = self._element_of(annotation)
        if element is None:
            return drawing
        if not drawing or appearance is None:
            _drop_reference(element, annotation)
            return drawing
        content_id = self._new_content_id(page, element)
        _put_content(element, annotation, page, content_id)
        _describe(element, appearance, label)
        return b"/Form <</MCID %d>> BDC\n" % content_id + drawing + b"\nEMC"

    def close(self) -> None:
        """Takes out the references that the parent tree did not lead to."""
        self.root["/ParentTreeNextKey"] = self.next_key
        for element in self.pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and "/S" in element and "/K" in element:
                kids = _kids(element)
                kept = [kid for kid in kids if not self._is_gone(kid)]
                if len(kept) < len(kids):
                    _set_kids(element, kept)

    def _is_gone(self, kid: object) -> bool:
        target = _referred_to(kid)
        return target is not None and object_id(target) in self.gone

    def _element_of(self, annotation: pikepdf.Object) -> pikepdf.Object | None:
        key = annotation.get("/StructParent")
        if key is None:
            return None
        number = integer(key, -1)
        found = None
        if number in self.parents:
            found = self.parents[number]
            del self.parents[number]
        del annotation["/StructParent"]
        return dictionary(found)

    def _new_content_id(self, page: pikepdf.Page, element: pikepdf.Object) -> int:
        key = integer(page.obj.get("/StructParents"), -1)
        if key < 0:
            key = self.next_key
            page.obj["/StructParents"] = key
            self.next_key += 1
        # A number tree's own ``get`` raises where a key is absent.
        entries = self.parents[key] if key in self.parents else None  # noqa: SIM401
        if not isinstance(entries, pikepdf.Array):
            entries = self.pdf.make_indirect(pikepdf.Array())
            self.parents[key] = entries
        entries.append(element)
        return len(entries) - 1


def _referred_to(kid: object) -> pikepdf.Object | None:
    """The object that an object reference leads to."""
    reference = dictionary(kid)
    if reference is None or reference.get("/Type") != "/OBJR":
        return None
    return dictionary(reference.get("/Obj"))


def _refers_to(kid: object, annotation: pikepdf.Object) -> bool:
    target = _referred_to(kid)
    return target is not None and object_id(target) == object_id(annotation)


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if kids is None:
        return []
    return array(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _drop_reference(element: pikepdf.Object, annotation: pikepdf.Object) -> None:
    _set_kids(element, [kid for kid in _kids(element) if not _refers_to(kid, annotation)])


def _set_kids(element: pikepdf.Object, kept: list[pikepdf.Object]) -> None:
    if kept:
        element["/K"] = pikepdf.Array(kept)
    elif "/K" in element:
        del element["/K"]


def _put_content(
    element: pikepdf.Object, annotation: pikepdf.Object, page: pikepdf.Page, content_id: int
) -> None:
    """Marked content in the place of the object reference."""
    reference = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.obj, MCID=content_id)
    kids = _kids(element)
    places = [at for at, kid in enumerate(kids) if _refers_to(kid, annotation)]
    if places:
        kids[places[0]] = reference
        kids = [kid for at, kid in enumerate(kids) if at not in places[1:]]
    else:
        kids.append(reference)
    element["/K"] = pikepdf.Array(kids)


def _describe(element: pikepdf.Object, appearance: Appearance, label: str) -> None:
    """PrintField attributes. ISO 32000-2, table 384."""
    attributes = pikepdf.Dictionary(O=pikepdf.Name.PrintField)
    if appearance.state is None:
        attributes["/Role"] = pikepdf.Name("/tv")
    else:
        radio = appearance.is_radio
        attributes["/Role"] = pikepdf.Name("/rb" if radio else "/cb")
        checked = "/off" if appearance.state == "Off" else "/on"
        attributes["/checked"] = pikepdf.Name(checked)
    if label:
        attributes["/Desc"] = pikepdf.String(label)
    held = element.get("/A")
    if held is None:
        element["/A"] = attributes
    else:
        element["/A"] = pikepdf.Array([*(array(held) or [held]), attributes])
