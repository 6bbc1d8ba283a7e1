"""Finds the terminal fields and their widgets. ISO 32000-2, 12.7.4.1.

Two walks are needed: down the tree from /Fields, and over every page's /Annots, since real files
have widgets that no field knows and fields whose widgets lie on no page. /P is never trusted: a
widget is on the page whose /Annots holds it. Nor is /Parent, where /Kids say otherwise: a field
inherits from the fields that it was reached through.

Values are read of every upload, so this is written for speed. To ask qpdf for an entry that a
dictionary lacks costs six times as much as to ask whether it is there.
"""

from __future__ import annotations

from collections import deque

import pikepdf

from pipeline.pdf.field_node import (
    ORDINARY,
    Ancestry,
    FieldNode,
    WidgetNode,
    above_root,
    is_widget,
    may_be_widget,
)
from pipeline.pdf.objects import ancestors, dictionary, short_string, text
from pipeline.pdf.references import (
    DICTIONARY,
    Listed,
    Reference,
    dictionaries_of,
    listed_dictionaries,
    reference_of,
    references_of,
)

__all__ = ["FieldNode", "FieldTree", "WidgetNode", "find_fields", "is_widget", "page_annotations"]

_DEEPEST = 64

_LONGEST_NAME = 2000
"""Characters of a fully qualified name; a field whose name is longer goes without."""

_T, _KIDS, _ANNOTS = pikepdf.Name.T, pikepdf.Name.Kids, pikepdf.Name.Annots
"""To ask whether a name is there is quicker than to ask for a text."""

Plain = tuple[pikepdf.Object, Reference, Ancestry | None]
"""What most fields are: one dictionary, which is its own widget. What it inherits from, as in
``FieldNode``."""


def find_fields(pdf: pikepdf.Pdf) -> list[FieldNode]:
    """Every terminal field with its widgets, in the order of its first widget on the pages."""
    tree = FieldTree(pdf)
    nodes = [tree.node(name) for name in tree.fields]
    for node in nodes:
        tree.place_widgets(node)
    return sorted(nodes, key=FieldNode.place)


def page_annotations(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The page's annotations that are dictionaries at all."""
    return dictionaries_of(page.obj.get("/Annots"))


class FieldTree:
    """A document's terminal fields by name, in the order in which /Fields reaches them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.fields: dict[str, Plain | FieldNode] = {}
        self._claimed: set[Reference] = set()
        self._unnamed = 0
        self._places: dict[Reference, tuple[int, int]] = {}
        self._direct: dict[bytes, deque[WidgetNode]] = {}
        self._owners: dict[str, set[Reference | None]] = {}
        pages = [self._annotations(number, page) for number, page in enumerate(pdf.pages)]
        form = dictionary(pdf.Root.get("/AcroForm"))
        if form is not None and "/Fields" in form:
            self._walk(listed_dictionaries(form, "/Fields"), True, "", None, 0)
        for number, page in enumerate(pages):
            self._look_over(number, *page)
        for widgets in self._direct.values():
            for widget in widgets:
                self._adopt(widget)

    def node(self, name: str) -> FieldNode:
        """The field of that name with all that belongs to it."""
        found = self.fields[name]
        if not isinstance(found, FieldNode):
            node, reference, above = found
            found = FieldNode(name, [node], [above], [(node, reference)], [], [])
            self.fields[name] = found
        return found

    def place_widgets(self, node: FieldNode) -> None:
        """Makes widgets of the field's parts, in the order of the pages; those on none are last."""
        for part, reference in node.parts:
            page, order = self._places.get(reference or b"", (None, 0))
            if page is not None and not is_widget(part):
                page, order = None, 0
            if page is not None or may_be_widget(part):
                node.widgets.append(WidgetNode(part, page, order))
        node.parts.clear()
        if len(node.widgets) > 1:
            node.widgets.sort(key=WidgetNode.place)

    def _annotations(
        self, number: int, page: pikepdf.Page
    ) -> tuple[pikepdf.Object | None, list[Reference]]:
        """The page's annotations, by reference; a direct one waits for a field of its like."""
        holder = page.obj
        if _ANNOTS not in holder:
            return None, []
        annotations = holder.get("/Annots")
        references = references_of(annotations)
        if references is not None:
            return annotations, references
        found: list[pikepdf.Object] = []
        for order, annotation in enumerate(dictionaries_of(annotations)):
            found.append(annotation)
            if not annotation.is_indirect and is_widget(annotation):
                alike = self._direct.setdefault(annotation.unparse(), deque())
                alike.append(WidgetNode(annotation, number, order))
        return pikepdf.Array(found), [reference_of(each) or b"" for each in found]

    def _look_over(
        self, number: int, annotations: pikepdf.Object | None, references: list[Reference]
    ) -> None:
        """Notes where the annotations are, and adopts the widgets that /Fields does not reach.

        Only what is no field's is looked at: what is claimed was a dictionary.
        """
        missing = 0
        for at, reference in enumerate(references):
            if reference in self._claimed:
                self._places.setdefault(reference, (number, at - missing))
            elif reference and annotations is not None:
                annotation = annotations[at]
                if not isinstance(annotation, DICTIONARY):
                    missing += 1
                elif reference not in self._places:
                    self._places[reference] = (number, at - missing)
                    if is_widget(annotation):
                        self._adopt(WidgetNode(annotation, number, at - missing))

    def _walk(
        self, listed: Listed, named: bool, prefix: str, above: Ancestry | None, depth: int
    ) -> None:
        """``named`` says whether each has a partial name, so that it need not be asked."""
        fields, claimed = self.fields, self._claimed
        for node, reference in listed:
            if reference is not None:
                if reference in claimed:
                    continue
                claimed.add(reference)
            name = _partial_name(node) if named or _T in node else None
            if prefix:
                name = f"{prefix}.{name}" if name else prefix
            if name and len(name) > _LONGEST_NAME:
                name = None
            if _KIDS in node and self._branch(node, name or "", above, depth):
                continue
            if reference is not None and name and name not in fields:
                fields[name] = (node, reference, above)
            else:
                self._field(name or "", node, above, [(node, reference)])

    def _branch(self, node: pikepdf.Object, name: str, above: Ancestry | None, depth: int) -> bool:
        """Walks on to the kids, and says whether there are any. Those without a name of their own
        are the widgets of ``node``, or hold some."""
        kids = listed_dictionaries(node, "/Kids")
        if not kids or depth == _DEEPEST:
            return bool(kids)
        fields: Listed = []
        widgets: Listed = []
        deeper: Listed = []
        for kid in kids:
            if _T in kid[0]:
                fields.append(kid)
            elif _KIDS in kid[0] and not is_widget(kid[0]):
                deeper.append(kid)
            else:
                widgets.append(kid)
        if fields or deeper:
            below = (above_root(node) if above is None else above).below(node)
            self._walk(fields, True, name, below, depth + 1)
            self._walk(deeper, False, name, below, depth + 1)
        if widgets:
            self._field(name, node, above, widgets)
        return True

    def _field(
        self, name: str, node: pikepdf.Object, above: Ancestry | None, parts: Listed
    ) -> None:
        known = self._known(name)
        known.objects.append(node)
        known.above.append(above)
        for part in parts:
            if part[1] is not None:
                self._claimed.add(part[1])
            elif alike := self._direct.get(part[0].unparse()):
                # A direct dictionary cannot be in both trees; the equal one on a page is meant.
                known.widgets.append(alike.popleft())
                continue
            known.parts.append(part)

    def _known(self, name: str) -> FieldNode:
        """The field of that name, new or not; one without a name gets a number."""
        if not name:
            self._unnamed += 1
            name = f"#{self._unnamed}"
        if name not in self.fields:
            self.fields[name] = FieldNode(name, [], [], [], [], [])
        return self.node(name)

    def _adopt(self, widget: WidgetNode) -> None:
        """A widget on a page that /Fields does not reach: its own ancestors say what it is."""
        line = list(ancestors(widget.object))
        if not any("/FT" in each for each in line):
            return
        partial = [part for each in reversed(line) if (part := _partial_name(each))]
        name = ".".join(partial)
        at = next((at for at, each in enumerate(line) if _T in each), 0)
        known = self._known(name if len(name) <= _LONGEST_NAME else "")
        if known.name not in self._owners:
            self._owners[known.name] = {reference_of(each) for each in known.objects}
        owner = reference_of(line[at])
        if owner is None or owner not in self._owners[known.name]:
            self._owners[known.name].add(owner)
            known.objects.append(line[at])
            known.above.append(Ancestry(line[at + 1 :]))
        known.widgets.append(widget)
        known.strays.append(line[-1])


def _partial_name(node: pikepdf.Object) -> str | None:
    name = short_string(node, "/T", ORDINARY)
    return text(node.get("/T")) if name is None else name
