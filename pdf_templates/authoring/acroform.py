"""The field hierarchy and the AcroForm dictionary. ISO 32000-2, 12.7.3 and 12.7.4.2."""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Object, Pdf

from pdf_templates.authoring import style
from pdf_templates.authoring.drawing import number
from pdf_templates.authoring.embedding import FORM_FONT, FontSet
from pdf_templates.authoring.fields import FieldSpec, Number


class FieldTree:
    """Terminal fields by their dotted names; the dots become parent fields."""

    def __init__(self) -> None:
        self._terminals: dict[str, Object] = {}

    def add(self, name: str, field: Object) -> None:
        if name in self._terminals:
            raise ValueError(f"two fields are called {name}")
        self._terminals[name] = field

    def write(self, pdf: Pdf) -> Array:
        """Link parents and kids; gives the root fields in order of first appearance."""
        parents: dict[str, Object] = {}
        roots = Array()
        for name, field in self._terminals.items():
            if name in parents:
                raise ValueError(f"{name} is both a field and a group of fields")
            *path, _ = name.split(".")
            kid, child_is_new = field, True
            for depth in range(len(path), 0, -1):
                prefix = ".".join(path[:depth])
                if prefix in self._terminals:
                    raise ValueError(f"{prefix} is both a field and a group of fields")
                parent_is_new = prefix not in parents
                if parent_is_new:
                    parents[prefix] = pdf.make_indirect(Dictionary(T=path[depth - 1], Kids=Array()))
                if child_is_new:
                    kid.Parent = parents[prefix]
                    parents[prefix].Kids.append(kid)
                kid, child_is_new = parents[prefix], parent_is_new
            if child_is_new:
                roots.append(kid)
        return roots

    def __getitem__(self, name: str) -> Object:
        return self._terminals[name]


def write_acroform(pdf: Pdf, tree: FieldTree, fonts: FontSet, specs: Iterable[FieldSpec]) -> None:
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=tree.write(pdf),
            CO=Array([tree[name] for name in calculation_order(specs)]),
            DR=Dictionary(Font=fonts.form_resources),
            DA=f"/{FORM_FONT} {number(style.VALUE_SIZE)} Tf {number(style.INK[0])} g",
        )
    )


def calculation_order(specs: Iterable[FieldSpec]) -> list[str]:
    """Every calculated field after the calculated fields that it reads."""
    waiting = {
        spec.name: set(spec.calculation.depends_on)
        for spec in specs
        if isinstance(spec, Number) and spec.calculation is not None
    }
    order: list[str] = []
    while waiting:
        ready = [name for name, reads in waiting.items() if not reads & waiting.keys()]
        if not ready:
            raise ValueError(f"calculations run in a circle: {sorted(waiting)}")
        order.extend(ready)
        for name in ready:
            del waiting[name]
    return order
