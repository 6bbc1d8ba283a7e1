"""What a structure tree says in order: headings, blocks of text, form fields. ISO 32000-2, 14.8."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.pdf.field_tree import find_fields
from pipeline.pdf.objects import ObjectId, dictionary, integer, object_id
from pipeline.pdf.printed_lines import Line
from pipeline.pdf.structure import kids_of
from pipeline.pdf.tagged_widgets import standard_role

_HEADING = re.compile(r"H([1-6])?$")
_LEFT_OUT = ("TOC", "Index", "Table", "Figure", "Formula", "Annot", "Artifact", "Reference")
_BLOCKS = ("P", "LI", "Caption", "BlockQuote", "Note", "FENote", "Aside")
_GROUPING = ("StructTreeRoot", "Document", "DocumentFragment", "Part", "Art", "Sect", "NonStruct")
_DEEPEST = 60
_MOST_ELEMENTS = 50_000
_MOST_CONTENT = 200_000
"""Kids looked at for words: elements that share their kids would be asked for them without end."""


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of text; ``with_field`` says that it shares its parent with a field: its label."""

    text: str
    page: int
    with_field: bool


@dataclass(frozen=True, slots=True)
class FieldHere:
    name: str


Event = Heading | Passage | FieldHere


def structure_events(pdf: pikepdf.Pdf, lines: Sequence[Sequence[Line]]) -> list[Event]:
    """The tree's headings, texts and fields in its logical order; empty for an untagged PDF."""
    root = dictionary(pdf.Root.get("/StructTreeRoot"))
    if root is None:
        return []
    return list(_Reader(pdf, root, lines).events())


class _Reader:
    def __init__(
        self, pdf: pikepdf.Pdf, root: pikepdf.Object, lines: Sequence[Sequence[Line]]
    ) -> None:
        self._root = root
        self._roles = dictionary(root.get("/RoleMap"))
        self._pages = {object_id(page.obj): number for number, page in enumerate(pdf.pages)}
        self._names = _names_by_widget(pdf)
        self._words: Mapping[tuple[int, int], list[str]] = _words_by_content(lines)
        self._left = _MOST_ELEMENTS
        self._content_left = _MOST_CONTENT

    def events(self) -> Iterator[Event]:
        for kid in kids_of(self._root):
            yield from self._element(kid, None, _DEEPEST, with_field=False)

    def _element(
        self, element: object, page: int | None, depth: int, *, with_field: bool
    ) -> Iterator[Event]:
        node = dictionary(element)
        self._left -= 1
        if node is None or depth == 0 or self._left < 0:
            return
        page = self._page_of(node, page)
        widget = self._field_of(node)
        if widget is not None:
            yield FieldHere(widget)
            return
        role = standard_role(node, self._roles)
        heading = _HEADING.match(role)
        if heading:
            words, at = self._text(node, page, depth)
            if words:
                yield Heading(words, int(heading[1] or 2), at)
        elif role in _BLOCKS:
            words, at = self._text(node, page, depth)
            if words:
                yield Passage(words, at, with_field)
        here = role not in _GROUPING and any(self._is_form(kid) for kid in kids_of(node))
        for kid in kids_of(node):
            for event in self._element(kid, page, depth - 1, with_field=here):
                # What is in a table or list of contents, or was told with its block already.
                if isinstance(event, Passage) and (role in _LEFT_OUT or role in _BLOCKS):
                    continue
                if isinstance(event, Heading) and (heading or role in _LEFT_OUT):
                    continue
                yield event

    def _text(self, node: pikepdf.Object, page: int | None, depth: int) -> tuple[str, int]:
        """The words of an element, and the page that they begin on."""
        content = list(self._content(node, page, depth))
        words = [line for key in content for line in self._words.get(key, ())]
        return " ".join(words).strip(), max(0, content[0][0]) if content else 0

    def _content(
        self, node: pikepdf.Object, page: int | None, depth: int
    ) -> Iterator[tuple[int, int]]:
        """Page and identifier of the marked content here and further down."""
        if depth == 0:
            return
        for kid in kids_of(node):
            self._content_left -= 1
            if self._content_left < 0:
                return
            below = dictionary(kid)
            if below is None:
                yield -1 if page is None else page, integer(kid, -1)
                continue
            at = self._page_of(below, page)
            if below.get("/Type") == "/MCR":
                yield -1 if at is None else at, integer(below.get("/MCID"), -1)
            elif below.get("/Type") != "/OBJR":
                yield from self._content(below, at, depth - 1)

    def _page_of(self, node: pikepdf.Object, inherited: int | None) -> int | None:
        page = dictionary(node.get("/Pg"))
        return inherited if page is None else self._pages.get(object_id(page), inherited)

    def _is_form(self, kid: object) -> bool:
        node = dictionary(kid)
        return node is not None and any(self._field_of(each) for each in [node, *_nodes_in(node)])

    def _field_of(self, node: pikepdf.Object) -> str | None:
        if node.get("/Type") != "/OBJR":
            return None
        target = dictionary(node.get("/Obj"))
        return None if target is None else self._names.get(object_id(target))


def _nodes_in(node: pikepdf.Object) -> list[pikepdf.Object]:
    return [below for kid in kids_of(node) if (below := dictionary(kid)) is not None]


def _names_by_widget(pdf: pikepdf.Pdf) -> dict[ObjectId | None, str]:
    found = {
        object_id(widget.object): node.name for node in find_fields(pdf) for widget in node.widgets
    }
    found.pop(None, None)
    return found


def _words_by_content(lines: Sequence[Sequence[Line]]) -> Mapping[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for page, on_page in enumerate(lines):
        for line in on_page:
            if line.content_id >= 0:
                found[page, line.content_id].append(line.text)
    return found
