"""Whether a tagged document's structure still holds together. ISO 32000-2, 14.7.

Object references must lead to annotations that a page lists; marked content that the template
has not must be in the parent tree, and in the element that it names there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf

from benchmarks.corpus.objects import Objects, is_reference

_CONTENT_ID = re.compile(rb"/MCID\s+(\d+)")


def dangling_references(objects: Objects) -> list[str]:
    """OBJR dictionaries whose object is gone, or an annotation that no page has."""
    listed = {
        each for page in objects.pages for each in objects.array(page.get("/Annots"))
        if is_reference(each)
    }  # fmt: skip
    found = []
    for each in objects.dictionaries():
        if objects.resolve(each.get("/Type")) != "/OBJR":
            continue
        target = each.get("/Obj")
        held = objects.resolve(target)
        if held is None:
            found.append("to an object that is gone")
        elif isinstance(held, dict) and _is_annotation(objects, held) and target not in listed:
            kind, corners = (objects.resolve(held[key]) for key in ("/Subtype", "/Rect"))
            found.append(f"to a {kind} at {corners} on no page")
    return found


def _is_annotation(objects: Objects, held: dict[str, Any]) -> bool:
    kind = objects.resolve(held.get("/Subtype"))
    return {"/Rect", "/Subtype"} <= set(held) and kind not in ("/Image", "/Form")


def content_ids(data: bytes) -> list[list[int]]:
    """By page, the MCIDs in its content streams, in their order."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [_ids_of(page) for page in pdf.pages]


def _ids_of(page: pikepdf.Page) -> list[int]:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    content = b"\n".join(each.read_bytes() for each in streams if isinstance(each, pikepdf.Stream))
    return [int(found) for found in _CONTENT_ID.findall(content)]


def unmarked(
    answers: Mapping[int, int], ids: list[list[int]], before: list[list[int]]
) -> Iterator[str]:
    """Pages with more answers than pieces of marked content that the template has not."""
    for page, count in sorted(answers.items()):
        pieces = len(set(ids[page]) - set(before[page]))
        if pieces < count:
            yield f"page {page + 1}: {count} answers, {pieces} pieces of marked content"


@dataclass(frozen=True)
class Tree:
    """The structure tree of one document."""

    objects: Objects

    @cached_property
    def root(self) -> dict[str, Any]:
        return self.objects.dictionary(self.objects.root.get("/StructTreeRoot"))

    @cached_property
    def parents(self) -> dict[int, Any]:
        """The parent tree: an element, or an array of them by MCID, unresolved."""
        found: dict[int, Any] = {}
        open_ = [self.root.get("/ParentTree")]
        for _ in range(100_000):
            if not open_:
                break
            node = self.objects.dictionary(open_.pop())
            numbers = self.objects.array(node.get("/Nums"))
            found.update(zip(map(int, numbers[::2]), numbers[1::2], strict=False))
            open_ += self.objects.array(node.get("/Kids"))
        return found

    def problems(self, ids: list[list[int]], before: list[list[int]]) -> Iterator[str]:
        """What is wrong with the marked content of ``ids`` that ``before`` has not, by page."""
        for number, page in enumerate(self.objects.pages):
            old = set(before[number]) if number < len(before) else set()
            new = [each for each in ids[number] if each not in old]
            if not new:
                continue
            if len(new) != len(set(new)):
                yield f"page {number + 1}: a content id twice"
            key = self.objects.resolve(page.get("/StructParents"))
            held = self.objects.array(self.parents.get(key)) if isinstance(key, int) else []
            for each in dict.fromkeys(new):
                why = self._wrong_with(each, held, self.objects.page_references[number])
                if why:
                    yield f"page {number + 1}, content {each}: {why}"

    def _wrong_with(self, content_id: int, held: list[Any], page: str) -> str | None:
        if content_id >= len(held):
            return "not in the parent tree"
        element = self.objects.dictionary(held[content_id])
        if not element:
            return "no element in the parent tree"
        if not any(self._is_content(kid, content_id, element, page) for kid in self.kids(element)):
            return "the element does not hold it"
        return self._detached(held[content_id])

    def kids(self, element: dict[str, Any]) -> list[Any]:
        held = element.get("/K")
        several = self.objects.resolve(held)
        return several if isinstance(several, list) else [held]

    def _is_content(self, kid: Any, content_id: int, element: dict[str, Any], page: str) -> bool:
        kid = self.objects.resolve(kid)
        if isinstance(kid, int):
            return kid == content_id and element.get("/Pg") == page
        if not isinstance(kid, dict) or "/MCID" not in kid:
            return False
        return bool(kid["/MCID"] == content_id and kid.get("/Pg", element.get("/Pg")) == page)

    def _detached(self, element: Any) -> str | None:
        """Up to the root: each parent must have it among its kids."""
        for _ in range(200):
            held = self.objects.dictionary(element)
            if held is self.root:
                return None
            parent = held.get("/P")
            above = self.objects.dictionary(parent)
            if not above:
                return "its element has no parent"
            if element not in self.kids(above):
                return "its element's parent does not know it"
            element = parent
        return "its element hangs in a circle"
