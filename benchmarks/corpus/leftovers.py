"""What of the form or its scripts is still in a final PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.corpus.objects import Objects

_ROOT_KEYS = ("/AcroForm", "/Perms", "/AA", "/NeedsRendering")
_FORM_ACTIONS = ("/JavaScript", "/SubmitForm", "/ResetForm", "/ImportData", "/Hide")


def leftovers(objects: Objects) -> list[str]:
    """A few words each; none twice."""
    return list(dict.fromkeys(_found(objects)))


def _found(objects: Objects) -> Iterator[str]:
    yield from (f"{key} in the catalogue" for key in _ROOT_KEYS if key in objects.root)
    opening = objects.dictionary(objects.root.get("/OpenAction"))
    if objects.resolve(opening.get("/S")) in _FORM_ACTIONS:
        yield "/OpenAction is a script"
    if "/JavaScript" in objects.dictionary(objects.root.get("/Names")):
        yield "/JavaScript among the names"
    for number, page in enumerate(objects.pages, 1):
        kinds = [_kind(objects, each) for each in objects.array(page.get("/Annots"))]
        if widgets := kinds.count("/Widget"):
            yield f"{widgets} widgets in /Annots of page {number}"
    for each in objects.dictionaries():
        yield from _in_dictionary(objects, each)


def _in_dictionary(objects: Objects, each: dict[str, Any]) -> Iterator[str]:
    """Wherever it hangs: a file that qpdf wrote has nothing that cannot be reached."""
    if "/XFA" in each:
        yield "/XFA"
    if "/NeedAppearances" in each:
        yield "/NeedAppearances"
    if objects.resolve(each.get("/Subtype")) == "/Widget":
        yield "a widget that something still refers to"
    if "/FT" in each and "/T" in each:
        yield "a field that something still refers to"
    action = objects.resolve(each.get("/S"))
    if action in _FORM_ACTIONS and (action != "/JavaScript" or "/JS" in each):
        yield f"an action {action}"
    actions = objects.dictionary(each.get("/AA"))
    if any("/S" in objects.dictionary(value) for value in actions.values()):
        yield "/AA"


def _kind(objects: Objects, annotation: Any) -> Any:
    return objects.resolve(objects.dictionary(annotation).get("/Subtype"))
