"""Finds the terminal fields and their widgets. ISO 32000-2, 12.7.4.1.

Two walks are needed: down the tree from /Fields, and over every page's /Annots, since real files
have widgets that no field knows and fields whose widgets lie on no page. /P is never trusted: a
widget is on the page whose /Annots holds it. Nor is /Parent, where /Kids say otherwise: a field
inherits from the fields that it was reached through.

Values are read of every upload, so this is written for speed: asking qpdf for an entry that a
dictionary lacks costs six times as much as asking whether it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.pdf.objects import ObjectId, ancestors, array, dictionary, inherited, text

_DEEPEST = 64
_NOWHERE = (1 << 30, 0)
_DIRECT = (0, 0)
"""The object number of what has none."""

_DICTIONARY = (pikepdf.Dictionary, pikepdf.Stream)


class Ancestry:
    """The dictionaries above a field, nearest first; siblings share it, and what it found."""

    __slots__ = ("_above", "_found")

    def __init__(self, above: Sequence[pikepdf.Object]) -> None:
        self._above = above
        self._found: dict[str, pikepdf.Object | None] = {}

    def get(self, key: str) -> pikepdf.Object | None:
        if key not in self._found:
            holder = next((each for each in self._above if key in each), None)
            self._found[key] = None if holder is None else holder.get(key)
        return self._found[key]

    def below(self, node: pikepdf.Object) -> Ancestry:
        """That of ``node``'s kids."""
        return Ancestry([node, *self._above])


_NOTHING_ABOVE = Ancestry(())


@dataclass(slots=True)
class WidgetNode:
    """A widget annotation; ``page`` and ``order`` are ``None`` where no page holds it."""

    object: pikepdf.Object
    page: int | None = None
    order: int = 0


@dataclass(slots=True)
class FieldNode:
    """A terminal field: one dictionary, or several that share a fully qualified name.

    ``parts`` are the dictionaries that may be its widgets: ``FieldTree.place_widgets`` makes
    ``widgets`` of them. ``strays`` are roots of this field that /Fields does not reach.
    """

    name: str
    objects: list[pikepdf.Object]
    above: list[Ancestry]
    parts: list[tuple[pikepdf.Object, ObjectId]]
    widgets: list[WidgetNode]
    strays: list[pikepdf.Object]

    @property
    def object(self) -> pikepdf.Object:
        return self.objects[0]

    def entry(self, key: str) -> pikepdf.Object | None:
        """``key`` of the field's first dictionary, or what that inherits."""
        node = self.objects[0]
        return node.get(key) if key in node else self.above[0].get(key)

    def first(self, key: str) -> pikepdf.Object | None:
        """``key`` of the first of the field's dictionaries that has or inherits it; a widget's
        where none has."""
        for node, above in zip(self.objects, self.above, strict=True):
            value = node.get(key) if key in node else above.get(key)
            if value is not None:
                return value
        for kid in self._kids():
            value = inherited(kid, key)
            if value is not None:
                return value
        return None

    def dictionaries(self) -> Iterator[pikepdf.Object]:
        """The field's own dictionaries, then those of its widgets that are others."""
        yield from self.objects
        yield from self._kids()

    def _kids(self) -> Iterator[pikepdf.Object]:
        for kid in (*(part for part, _ in self.parts), *(each.object for each in self.widgets)):
            if not any(kid is each for each in self.objects):
                yield kid

    def place(self) -> tuple[int, int]:
        """For sorting: first page and place on it; fields on no page come last."""
        shown = [(w.page, w.order) for w in self.widgets if w.page is not None]
        return min(shown, default=_NOWHERE)


def find_fields(pdf: pikepdf.Pdf) -> list[FieldNode]:
    """Every terminal field with its widgets, in the order of its first widget on the pages."""
    tree = FieldTree(pdf)
    for node in tree.nodes:
        tree.place_widgets(node)
    return sorted(tree.nodes, key=FieldNode.place)


def page_annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The page's annotations that are dictionaries at all."""
    return _dictionaries(page.obj, "/Annots")


def is_widget(annotation: pikepdf.Object) -> bool:
    return annotation.get("/Subtype") == "/Widget"


class FieldTree:
    """A document's terminal fields, ``nodes``, in the order in which /Fields reaches them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.nodes: list[FieldNode] = []
        self._by_name: dict[str, FieldNode] = {}
        self._claimed: set[ObjectId] = set()
        self._unnamed = 0
        self._places: dict[ObjectId, tuple[int, int]] = {}
        self._direct: dict[bytes, list[WidgetNode]] = {}
        annotated = self._annotated(pdf)
        form = dictionary(pdf.Root.get("/AcroForm"))
        if form is not None:
            for root in _dictionaries(form, "/Fields"):
                self._walk(root, "", _above_root(root), 0)
        for annotation, identity in annotated:
            if identity not in self._claimed and is_widget(annotation):
                self._adopt(WidgetNode(annotation, *self._places[identity]))
        for widgets in self._direct.values():
            for widget in widgets:
                self._adopt(widget)

    def place_widgets(self, node: FieldNode) -> None:
        """Makes widgets of the field's parts, in the order of the pages; those on none are last."""
        for part, identity in node.parts:
            page, order = self._places.get(identity, (None, 0))
            if page is not None and not is_widget(part):
                page, order = None, 0
            if page is not None or "/Rect" in part or is_widget(part):
                node.widgets.append(WidgetNode(part, page, order))
        node.parts.clear()
        if len(node.widgets) > 1:
            node.widgets.sort(key=_place)

    def _annotated(self, pdf: pikepdf.Pdf) -> list[tuple[pikepdf.Object, ObjectId]]:
        """Every indirect annotation once; the direct ones wait for a field that has their like."""
        found: list[tuple[pikepdf.Object, ObjectId]] = []
        places = self._places
        for number, page in enumerate(pdf.pages):
            for order, annotation in enumerate(page_annotations(page)):
                identity = annotation.objgen
                if identity == _DIRECT:
                    if is_widget(annotation):
                        alike = self._direct.setdefault(annotation.unparse(), [])
                        alike.append(WidgetNode(annotation, number, order))
                elif identity not in places:
                    places[identity] = (number, order)
                    found.append((annotation, identity))
        return found

    def _walk(self, node: pikepdf.Object, prefix: str, above: Ancestry, depth: int) -> None:
        identity = node.objgen
        if identity in self._claimed or depth > _DEEPEST:
            return
        if identity != _DIRECT:
            self._claimed.add(identity)
        name = _joined(prefix, _partial_name(node))
        kids = _dictionaries(node, "/Kids")
        if not kids:
            self._field(name, node, above, [(node, identity)])
            return
        widgets: list[tuple[pikepdf.Object, ObjectId]] = []
        deeper: list[pikepdf.Object] = []
        below = above.below(node)
        for kid in kids:
            if "/T" in kid:
                self._walk(kid, name, below, depth + 1)
            elif "/Kids" in kid and not is_widget(kid):
                deeper.append(kid)
            else:
                widgets.append((kid, kid.objgen))
        for kid in deeper:
            self._walk(kid, name, below, depth + 1)
        if widgets:
            self._field(name, node, above, widgets)

    def _field(
        self,
        name: str,
        node: pikepdf.Object,
        above: Ancestry,
        parts: list[tuple[pikepdf.Object, ObjectId]],
    ) -> None:
        known = self._known(name, node, above)
        for part in parts:
            if part[1] == _DIRECT:
                # A direct dictionary cannot be in both trees; the equal one on a page is meant.
                alike = self._direct.get(part[0].unparse())
                if alike:
                    known.widgets.append(alike.pop(0))
                    continue
            else:
                self._claimed.add(part[1])
            known.parts.append(part)

    def _known(self, name: str, node: pikepdf.Object, above: Ancestry) -> FieldNode:
        """The field of that name, which ``node`` is, or is a part of."""
        if not name:
            self._unnamed += 1
            name = f"#{self._unnamed}"
        known = self._by_name.get(name)
        if known is None:
            known = self._by_name[name] = FieldNode(name, [node], [above], [], [], [])
            self.nodes.append(known)
        elif not any(node is each or _same(node, each) for each in known.objects):
            known.objects.append(node)
            known.above.append(above)
        return known

    def _adopt(self, widget: WidgetNode) -> None:
        """A widget on a page that /Fields does not reach: its own ancestors say what it is."""
        line = list(ancestors(widget.object))
        if not any("/FT" in each for each in line):
            return
        partial = [part for each in reversed(line) if (part := _partial_name(each))]
        owner = next((at for at, each in enumerate(line) if "/T" in each), 0)
        known = self._known(".".join(partial), line[owner], Ancestry(line[owner + 1 :]))
        known.widgets.append(widget)
        known.strays.append(line[-1])


def _dictionaries(holder: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    """The dictionaries in the array that ``holder`` has under ``key``."""
    if key not in holder:
        return []
    return [each for each in array(holder.get(key)) if isinstance(each, _DICTIONARY)]


def _above_root(root: pikepdf.Object) -> Ancestry:
    """A root has nothing above it, but in files that list what is not one."""
    if "/Parent" not in root:
        return _NOTHING_ABOVE
    return Ancestry(list(ancestors(root))[1:])


def _partial_name(node: pikepdf.Object) -> str | None:
    if "/T" not in node:
        return None
    name = node.get_str("/T")
    return text(node.get("/T")) if name is None else name


def _joined(prefix: str, partial: str | None) -> str:
    if not partial:
        return prefix
    return f"{prefix}.{partial}" if prefix else partial


def _place(widget: WidgetNode) -> tuple[int, int]:
    return _NOWHERE if widget.page is None else (widget.page, widget.order)


def _same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    identity = one.objgen
    return identity != _DIRECT and identity == other.objgen
