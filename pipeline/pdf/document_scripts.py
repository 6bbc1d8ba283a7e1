"""Takes every script and automatic action out of a document. ISO 32000-2, 12.6."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from pipeline.pdf.objects import ObjectId, array, dictionary, get_dictionary, object_id

_ACTIVE = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition")


def remove_scripts(pdf: pikepdf.Pdf) -> None:
    """Document, page and annotation scripts; links that go somewhere stay."""
    root = pdf.Root
    if "/AA" in root:
        del root["/AA"]
    if is_active(root.get("/OpenAction")):
        del root["/OpenAction"]
    names = get_dictionary(root, "/Names")
    if names is not None and "/JavaScript" in names:
        del names["/JavaScript"]
    for item in _outline_items(pdf):
        if is_active(item.get("/A")):
            del item["/A"]
    for page in pdf.pages:
        if "/AA" in page.obj:
            del page.obj["/AA"]
        for annotation in array(page.obj.get("/Annots")):
            if dictionary(annotation) is None:
                continue
            if "/AA" in annotation:
                del annotation["/AA"]
            if is_active(annotation.get("/A")):
                del annotation["/A"]


def _outline_items(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The bookmarks, whatever circles they stand in. ISO 32000-2, 12.3.3."""
    pending = [get_dictionary(pdf.Root, "/Outlines")]
    seen: set[ObjectId] = set()
    while pending:
        item = pending.pop()
        identity = None if item is None else object_id(item)
        if item is None or identity is None or identity in seen:
            continue
        seen.add(identity)
        yield item
        pending += [get_dictionary(item, "/First"), get_dictionary(item, "/Next")]


def is_active(action: object) -> bool:
    """Whether an action, or one chained to it by /Next, does more than show another place."""
    pending = [action]
    for _ in range(100):
        if not pending:
            return False
        found = dictionary(pending.pop())
        if found is None:
            continue
        if found.get("/S") in _ACTIVE or "/JS" in found:
            return True
        following = found.get("/Next")
        pending += array(following) or [following]
    return True
