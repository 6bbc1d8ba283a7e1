"""Finds the terminal fields and their widgets. ISO 32000-2, 12.7.4.1.

Two walks are needed: down the tree from /Fields, and over every page's /Annots, since real files
have widgets that no field knows and fields whose widgets lie on no page. /P is never trusted: a
widget is on the page whose /Annots holds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from pipeline.pdf.objects import ObjectId, ancestors, array, dictionary, object_id, text

_DEEPEST = 64


@dataclass(slots=True)
class WidgetNode:
    """A widget annotation; ``page`` and ``order`` are ``None`` where no page holds it."""

    object: pikepdf.Object
    page: int | None = None
    order: int = 0


@dataclass(slots=True)
class FieldNode:
    """A terminal field: one dictionary, or several that share a fully qualified name."""

    name: str
    objects: list[pikepdf.Object]
    widgets: list[WidgetNode] = field(default_factory=list)
    strays: list[pikepdf.Object] = field(default_factory=list)
    """Roots of this field that /Fields does not reach."""

    @property
    def object(self) -> pikepdf.Object:
        return self.objects[0]

    def place(self) -> tuple[int, int]:
        """For sorting: first page and place on it; fields on no page come last."""
        shown = [(w.page, w.order) for w in self.widgets if w.page is not None]
        return min(shown, default=(1 << 30, 0))


def find_fields(pdf: pikepdf.Pdf) -> list[FieldNode]:
    """Every terminal field, in the order of its first widget on the pages."""
    return _Search(pdf).run()


def page_annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The page's annotations that are dictionaries at all."""
    return [each for each in array(page.obj.get("/Annots")) if dictionary(each) is not None]


def is_widget(annotation: pikepdf.Object) -> bool:
    return annotation.get("/Subtype") == "/Widget"


class _Search:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.on_page: dict[ObjectId, tuple[int, int]] = {}
        self.direct: list[WidgetNode] = []
        self.by_name: dict[str, FieldNode] = {}
        self.claimed: set[ObjectId] = set()
        self.unnamed = 0

    def run(self) -> list[FieldNode]:
        annotated = list(self._place_widgets())
        form = dictionary(self.pdf.Root.get("/AcroForm"))
        if form is not None:
            for root in array(form.get("/Fields")):
                self._walk(root, "", 0)
        for widget in [*annotated, *self.direct]:
            identity = object_id(widget.object)
            if identity is None or identity not in self.claimed:
                self._adopt(widget)
        nodes = list(self.by_name.values())
        for node in nodes:
            node.widgets.sort(key=lambda w: (1 << 30 if w.page is None else w.page, w.order))
        return sorted(nodes, key=FieldNode.place)

    def _place_widgets(self) -> Iterator[WidgetNode]:
        for number, page in enumerate(self.pdf.pages):
            for order, annotation in enumerate(page_annotations(page)):
                if not is_widget(annotation):
                    continue
                identity = object_id(annotation)
                if identity is None:
                    self.direct.append(WidgetNode(annotation, number, order))
                elif identity not in self.on_page:
                    self.on_page[identity] = (number, order)
                    yield WidgetNode(annotation, number, order)

    def _walk(self, node: pikepdf.Object, prefix: str, depth: int) -> None:
        if dictionary(node) is None or depth > _DEEPEST:
            return
        identity = object_id(node)
        if identity is not None:
            if identity in self.claimed:
                return
            self.claimed.add(identity)
        name = _joined(prefix, text(node.get("/T")))
        kids = [kid for kid in array(node.get("/Kids")) if dictionary(kid) is not None]
        children = [kid for kid in kids if "/T" in kid]
        widgets = [kid for kid in kids if "/T" not in kid]
        for child in children:
            self._walk(child, name, depth + 1)
        deeper = [kid for kid in widgets if "/Kids" in kid and not is_widget(kid)]
        for kid in deeper:
            self._walk(kid, name, depth + 1)
        own = [kid for kid in widgets if kid not in deeper]
        if own or not kids:
            self._field(name, node, own or [node])

    def _field(self, name: str, node: pikepdf.Object, widgets: list[pikepdf.Object]) -> None:
        if not name:
            self.unnamed += 1
            name = f"#{self.unnamed}"
        known = self.by_name.get(name)
        if known is None:
            known = self.by_name[name] = FieldNode(name, [node])
        elif not any(node is each or _same(node, each) for each in known.objects):
            known.objects.append(node)
        for widget in widgets:
            identity = object_id(widget)
            if identity is not None:
                self.claimed.add(identity)
            elif self._take_direct(widget, known):
                continue
            page, order = self.on_page.get(identity, (None, 0)) if identity else (None, 0)
            if is_widget(widget) or "/Rect" in widget:
                known.widgets.append(WidgetNode(widget, page, order))

    def _take_direct(self, widget: pikepdf.Object, known: FieldNode) -> bool:
        """A direct dictionary cannot be in both trees; the equal one on a page is meant."""
        for candidate in self.direct:
            if candidate.object == widget:
                self.direct.remove(candidate)
                known.widgets.append(candidate)
                return True
        return False

    def _adopt(self, widget: WidgetNode) -> None:
        """A widget on a page that /Fields does not reach: its own ancestors say what it is."""
        line = list(ancestors(widget.object))
        if not any("/FT" in each for each in line):
            return
        partial = [part for each in reversed(line) if (part := text(each.get("/T")))]
        owner = next((each for each in line if "/T" in each), widget.object)
        name = ".".join(partial)
        if not name:
            self.unnamed += 1
            name = f"#{self.unnamed}"
        known = self.by_name.get(name)
        if known is None:
            known = self.by_name[name] = FieldNode(name, [owner])
        elif not any(_same(owner, each) for each in known.objects):
            known.objects.append(owner)
        known.widgets.append(widget)
        known.strays.append(line[-1])


def _joined(prefix: str, partial: str | None) -> str:
    if not partial:
        return prefix
    return f"{prefix}.{partial}" if prefix else partial


def _same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    return one.is_indirect and other.is_indirect and one.objgen == other.objgen
