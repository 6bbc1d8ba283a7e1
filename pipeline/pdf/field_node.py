"""A terminal field as the PDF has it: its dictionaries, what they inherit. ISO 32000-2, 12.7.4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.pdf.objects import ancestors, inherited, short_string, text
from pipeline.pdf.references import Listed

_NOWHERE = (1 << 30, 0)

ORDINARY = 1000
"""Characters; whether more can be meant is for ``text`` to say."""


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

    def place(self) -> tuple[int, int]:
        """For sorting: widgets on no page come last."""
        return _NOWHERE if self.page is None else (self.page, self.order)


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
    parts: Listed
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
            plain = short_string(node, key, ORDINARY)
            if plain is not None:
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
        """For sorting: that of its first widget."""
        return min((widget.place() for widget in self.widgets), default=_NOWHERE)

    def _inherited(self, at: int, key: str) -> pikepdf.Object | None:
        above = self.above[at]
        if above is None:
            above = self.above[at] = above_root(self.objects[at])
        return above.get(key)

    def _kids(self) -> Iterator[pikepdf.Object]:
        own = {id(each) for each in self.objects}
        for part, _ in self.parts:
            if id(part) not in own and may_be_widget(part):
                yield part
        for widget in self.widgets:
            if id(widget.object) not in own:
                yield widget.object


def is_widget(annotation: pikepdf.Object) -> bool:
    return annotation.get("/Subtype") == "/Widget"


def may_be_widget(part: pikepdf.Object) -> bool:
    """On no page, a widget is known by what it calls itself, or by its box."""
    return "/Rect" in part or is_widget(part)


def above_root(root: pikepdf.Object) -> Ancestry:
    """A root has nothing above it, but in files that list what is not one."""
    if "/Parent" not in root:
        return _NOTHING_ABOVE
    return Ancestry(list(ancestors(root))[1:])
