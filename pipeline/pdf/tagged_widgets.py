"""Which widgets a Form element of the structure tree refers to. ISO 32000-2, 14.7.5 and 14.8.4."""

from __future__ import annotations

import pikepdf

from pipeline.pdf.field_tree import is_widget, page_annotations
from pipeline.pdf.objects import ObjectId, dictionary, get_dictionary, integer, object_id, text
from pipeline.pdf.structure import kids_of, number_tree_entries

_FORM = "Form"
_DEEPEST_ROLE = 10


def tagged_widgets(pdf: pikepdf.Pdf) -> frozenset[ObjectId]:
    """Those that are found both ways: by StructParent, as readers find an annotation's element
    (14.7.5.4), and from the root down, as they read. An element that was cut off from the tree
    still stands in the ParentTree."""
    root = get_dictionary(pdf.Root, "/StructTreeRoot")
    if root is None:
        return frozenset()
    elements = number_tree_entries(get_dictionary(root, "/ParentTree"))
    roles = get_dictionary(root, "/RoleMap")
    reached = _referred_to(root)
    found: set[ObjectId] = set()
    for page in pdf.pages:
        for annotation in page_annotations(page):
            if "/StructParent" not in annotation or not is_widget(annotation):
                continue
            element = dictionary(elements.get(integer(annotation.get("/StructParent"), -1)))
            identity = object_id(annotation)
            if identity is None or element is None or identity not in reached:
                continue
            if standard_role(element, roles) == _FORM:
                found.add(identity)
    return frozenset(found)


def _referred_to(root: pikepdf.Object) -> set[ObjectId]:
    """The objects that an object reference somewhere below ``root`` names."""
    found: set[ObjectId] = set()
    seen: set[ObjectId] = set()
    pending = [root]
    while pending:
        for kid in kids_of(pending.pop()):
            node = dictionary(kid)
            identity = None if node is None else object_id(node)
            if node is None or identity in seen:
                continue
            if identity is not None:
                seen.add(identity)
            if node.get("/Type") == "/OBJR":
                target = dictionary(node.get("/Obj"))
                named = None if target is None else object_id(target)
                if named is not None:
                    found.add(named)
            elif "/K" in node:
                pending.append(node)
    return found


def standard_role(element: pikepdf.Object, roles: pikepdf.Object | None) -> str:
    """The standard structure type that an element's own stands for. 14.7.3."""
    role = text(element.get("/S")) or ""
    for _ in range(_DEEPEST_ROLE):
        mapped = None if roles is None or not role.isascii() else text(roles.get("/" + role))
        if role == _FORM or not mapped or mapped == role:
            return role
        role = mapped
    return role
