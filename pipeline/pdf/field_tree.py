"""Finds the terminal fields and their widgets. ISO 32000-2, 12.7.4.1.

Two walks are needed: down the tree from /Fields, and over every page's /Annots, since real files
have widgets that no field knows and fields whose widgets lie on no page. /P is never trusted: a
widget is on the page whose /Annots holds it. Nor is /Parent, where /Kids say otherwise: a field
inherits from the fields that it was reached through.

Values are read of every upload, so this is written for speed. To ask qpdf for an entry that a
dictionary lacks costs six times as much as to ask whether it is there; and an array tells all its
references at once (``_listed``), where each object's own number costs as much as an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.pdf.objects import ancestors, array, dictionary, inherited, text

_DEEPEST = 64
_NOWHERE = (1 << 30, 0)
ORDINARY = 1000
"""Characters; whether more can be meant is for ``text`` to say."""

_T, _KIDS, _ANNOTS = pikepdf.Name.T, pikepdf.Name.Kids, pikepdf.Name.Annots
"""To ask whether a name is there is quicker than to ask for a text."""

_DICTIONARY = (pikepdf.Dictionary, pikepdf.Stream)

Reference = bytes
"""An indirect object's number and generation, as ``b"12 0"``; a direct object has none."""

_Listed = list[tuple[pikepdf.Object, Reference | None]]


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

    ``above`` is what each of them inherits from; that of a root is looked for when it matters.
    ``parts`` are the dictionaries that may be widgets: ``FieldTree.place_widgets`` makes
    ``widgets`` of them. ``strays`` are roots of this field that /Fields does not reach.
    """

    name: str
    objects: list[pikepdf.Object]
    above: list[Ancestry | None]
    parts: _Listed
    widgets: list[WidgetNode]
    strays: list[pikepdf.Object]

    @property
    def object(self) -> pikepdf.Object:
        return self.objects[0]

    def entry(self, key: str) -> pikepdf.Object | None:
        """``key`` of the field's first dictionary, or what that inherits."""
        node = self.objects[0]
        return node.get(key) if key in node else self._inherited(0, key)

    def first(self, key: str) -> pikepdf.Object | None:
        """``key`` of the first of the field's dictionaries that has or inherits it; a widget's
        where none has."""
        for at, node in enumerate(self.objects):
            value = node.get(key) if key in node else self._inherited(at, key)
            if value is not None:
                return value
        for kid in self._kids():
            value = inherited(kid, key)
            if value is not None:
                return value
        return None

    def first_text(self, key: str) -> str | None:
        """``first`` as text: a string, a name or a text stream."""
        node = self.objects[0]
        if key in node:
            plain = node.get_str(key)
            if plain is not None and len(plain) <= ORDINARY:
                return plain
        return text(self.first(key))

    def holders(self, key: str) -> Iterator[tuple[pikepdf.Object, pikepdf.Object | None]]:
        """Each of the field's dictionaries, with its own or inherited ``key``."""
        for at, node in enumerate(self.objects):
            yield node, node.get(key) if key in node else self._inherited(at, key)

    def dictionaries(self) -> Iterator[pikepdf.Object]:
        """The field's own dictionaries, then those of its widgets that are others."""
        yield from self.objects
        yield from self._kids()

    def place(self) -> tuple[int, int]:
        """For sorting: first page and place on it; fields on no page come last."""
        shown = [(w.page, w.order) for w in self.widgets if w.page is not None]
        return min(shown, default=_NOWHERE)

    def _inherited(self, at: int, key: str) -> pikepdf.Object | None:
        above = self.above[at]
        if above is None:
            above = self.above[at] = _above_root(self.objects[at])
        return above.get(key)

    def _kids(self) -> Iterator[pikepdf.Object]:
        for part, _ in self.parts:
            if not any(part is each for each in self.objects) and _may_be_widget(part):
                yield part
        for widget in self.widgets:
            if not any(widget.object is each for each in self.objects):
                yield widget.object


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
    return _dictionaries(page.obj.get("/Annots"))


def is_widget(annotation: pikepdf.Object) -> bool:
    return annotation.get("/Subtype") == "/Widget"


class FieldTree:
    """A document's terminal fields by name, in the order in which /Fields reaches them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.fields: dict[str, Plain | FieldNode] = {}
        self._claimed: set[Reference] = set()
        self._unnamed = 0
        self._places: dict[Reference, tuple[int, int]] = {}
        self._direct: dict[bytes, list[WidgetNode]] = {}
        pages = [self._annotations(number, page) for number, page in enumerate(pdf.pages)]
        form = dictionary(pdf.Root.get("/AcroForm"))
        if form is not None and "/Fields" in form:
            self._walk(_listed(form, "/Fields"), True, "", None, 0)
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
            if page is not None or _may_be_widget(part):
                node.widgets.append(WidgetNode(part, page, order))
        node.parts.clear()
        if len(node.widgets) > 1:
            node.widgets.sort(key=_place)

    def _annotations(
        self, number: int, page: pikepdf.Page
    ) -> tuple[pikepdf.Object | None, list[Reference]]:
        """The page's annotations, by reference; a direct one waits for a field of its like."""
        holder = page.obj
        if _ANNOTS not in holder:
            return None, []
        annotations = holder.get("/Annots")
        references = _references(annotations)
        if references is not None:
            return annotations, references
        found: list[pikepdf.Object] = []
        for order, annotation in enumerate(_dictionaries(annotations)):
            found.append(annotation)
            if not annotation.is_indirect and is_widget(annotation):
                alike = self._direct.setdefault(annotation.unparse(), [])
                alike.append(WidgetNode(annotation, number, order))
        return pikepdf.Array(found), [_reference(each) or b"" for each in found]

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
                if not isinstance(annotation, _DICTIONARY):
                    missing += 1
                elif reference not in self._places:
                    self._places[reference] = (number, at - missing)
                    if is_widget(annotation):
                        self._adopt(WidgetNode(annotation, number, at - missing))

    def _walk(
        self, listed: _Listed, named: bool, prefix: str, above: Ancestry | None, depth: int
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
            if _KIDS in node and self._branch(node, name or "", above, depth):
                continue
            if reference is not None and name and name not in fields:
                fields[name] = (node, reference, above)
            else:
                self._field(name or "", node, above, [(node, reference)])

    def _branch(self, node: pikepdf.Object, name: str, above: Ancestry | None, depth: int) -> bool:
        """Walks on to the kids, and says whether there are any. Those without a name of their own
        are the widgets of ``node``, or hold some."""
        kids = _listed(node, "/Kids")
        if not kids or depth == _DEEPEST:
            return bool(kids)
        fields: _Listed = []
        widgets: _Listed = []
        deeper: _Listed = []
        for kid in kids:
            if _T in kid[0]:
                fields.append(kid)
            elif _KIDS in kid[0] and not is_widget(kid[0]):
                deeper.append(kid)
            else:
                widgets.append(kid)
        if fields or deeper:
            below = (_above_root(node) if above is None else above).below(node)
            self._walk(fields, True, name, below, depth + 1)
            self._walk(deeper, False, name, below, depth + 1)
        if widgets:
            self._field(name, node, above, widgets)
        return True

    def _field(
        self, name: str, node: pikepdf.Object, above: Ancestry | None, parts: _Listed
    ) -> None:
        known = self._known(name, node, above)
        for part in parts:
            if part[1] is not None:
                self._claimed.add(part[1])
            elif alike := self._direct.get(part[0].unparse()):
                # A direct dictionary cannot be in both trees; the equal one on a page is meant.
                known.widgets.append(alike.pop(0))
                continue
            known.parts.append(part)

    def _known(self, name: str, node: pikepdf.Object, above: Ancestry | None) -> FieldNode:
        """The field of that name, which ``node`` is, or is a part of."""
        if not name:
            self._unnamed += 1
            name = f"#{self._unnamed}"
        if name not in self.fields:
            known = self.fields[name] = FieldNode(name, [node], [above], [], [], [])
            return known
        known = self.node(name)
        if not any(node is each or _same(node, each) for each in known.objects):
            known.objects.append(node)
            known.above.append(above)
        return known

    def _adopt(self, widget: WidgetNode) -> None:
        """A widget on a page that /Fields does not reach: its own ancestors say what it is."""
        line = list(ancestors(widget.object))
        if not any("/FT" in each for each in line):
            return
        partial = [part for each in reversed(line) if (part := _partial_name(each))]
        owner = next((at for at, each in enumerate(line) if _T in each), 0)
        known = self._known(".".join(partial), line[owner], Ancestry(line[owner + 1 :]))
        known.widgets.append(widget)
        known.strays.append(line[-1])


def _listed(holder: pikepdf.Object, key: str) -> _Listed:
    """The dictionaries in the array that ``holder`` has under ``key``, with their references."""
    held = holder.get(key)
    references = _references(held)
    if references is None:
        return [(each, _reference(each)) for each in _dictionaries(held)]
    pairs = zip(array(held), references, strict=True)
    return [pair for pair in pairs if isinstance(pair[0], _DICTIONARY)]


def _references(held: object) -> list[Reference] | None:
    """What an array refers to; ``None`` where it holds anything but references."""
    if not isinstance(held, pikepdf.Array):
        return []
    written = held.unparse(resolved=True)
    if b"<" in written or written.count(b" R ") != len(held):
        return None
    return written[2:-1].split(b" R ")[:-1]


def _dictionaries(held: object) -> list[pikepdf.Object]:
    return [each for each in array(held) if isinstance(each, _DICTIONARY)]


def _reference(found: pikepdf.Object) -> Reference | None:
    return b"%d %d" % found.objgen if found.is_indirect else None


def _above_root(root: pikepdf.Object) -> Ancestry:
    """A root has nothing above it, but in files that list what is not one."""
    if "/Parent" not in root:
        return _NOTHING_ABOVE
    return Ancestry(list(ancestors(root))[1:])


def _may_be_widget(part: pikepdf.Object) -> bool:
    """On no page, a widget is known by what it calls itself, or by its box."""
    return "/Rect" in part or is_widget(part)


def _partial_name(node: pikepdf.Object) -> str | None:
    name = node.get_str("/T")
    return text(node.get("/T")) if name is None or len(name) > ORDINARY else name


def _place(widget: WidgetNode) -> tuple[int, int]:
    return _NOWHERE if widget.page is None else (widget.page, widget.order)


def _same(one: pikepdf.Object, other: pikepdf.Object) -> bool:
    return one.is_indirect and other.is_indirect and one.objgen == other.objgen
