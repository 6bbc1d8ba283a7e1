"""Whole forms that nobody drew: plans that hypothesis makes, and the PDFs that they become.

A plan is plain data, so that a counterexample can be read; ``drawn`` makes its bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.pdf import small_forms
from tests.pdf.small_forms import PRINT, Sheet, actions

PAGE_SIZE = (420.0, 640.0)


@dataclass(frozen=True)
class PagePlan:
    """``origin`` is the media box's lower left corner; ``crop`` is cut off on every side."""

    rotation: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    crop: float = 0.0


@dataclass(frozen=True)
class Spot:
    """A widget: ``size`` is that of its unturned box, ``state`` a button's on-state."""

    page: int
    size: tuple[float, float]
    rotation: int = 0
    flags: int = PRINT
    state: str = ""
    drawn: bool = True


@dataclass(frozen=True)
class FieldPlan:
    """``scripts`` are the sources of its F, K, V and C actions; ``options`` (export, display).

    ``handed_down`` puts what a parent can say into the parent; ``merged`` makes field and widget
    one dictionary; ``twins`` makes each widget a field dictionary of the same name; ``reached`` is
    false for widgets that /Fields does not know.
    """

    name: str
    kind: str
    spots: tuple[Spot, ...]
    flags: int = 0
    max_len: int | None = None
    size: float = 0.0
    font: str = "Helv"
    quadding: int = 0
    border: tuple[float, str] | None = None
    options: tuple[tuple[str, str], ...] = ()
    exports: tuple[str, ...] = ()
    scripts: dict[str, str] = field(default_factory=dict)
    preset: str | tuple[str, ...] | None = None
    handed_down: bool = False
    merged: bool = True
    twins: bool = False
    reached: bool = True

    @property
    def states(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(spot.state for spot in self.spots))


@dataclass(frozen=True)
class FormPlan:
    pages: tuple[PagePlan, ...]
    fields: tuple[FieldPlan, ...]


def drawn(plan: FormPlan) -> bytes:
    """The plan's PDF. Boxes stand below each other, so that none covers another; a page is as long
    as it must be."""
    sheet = Sheet(len(plan.pages), PAGE_SIZE)
    shelves = []
    for number, page in enumerate(plan.pages):
        x, y = page.origin
        here, (width, height) = sheet.page(number), PAGE_SIZE
        here.MediaBox = Array([x, y, x + width, y + height])
        if page.crop:
            cut = page.crop
            here.CropBox = Array([x + cut, y + cut, x + width - cut, y + height - cut])
        if page.rotation:
            here.Rotate = page.rotation
        shelves.append(Shelf(x + page.crop + 4, y + height - page.crop - 4, width - 2 * page.crop))
    for each in plan.fields:
        _draw_field(sheet, each, shelves)
    for number, (page, shelf) in enumerate(zip(plan.pages, shelves, strict=True)):
        bottom = min(page.origin[1], shelf.top - shelf.lowest - page.crop - 4)
        sheet.page(number).MediaBox[1] = bottom
        if page.crop:
            sheet.page(number).CropBox[1] = bottom + page.crop
    return sheet.bytes()


@dataclass
class Shelf:
    """Where the next box of a page goes: beside the last one, or below all so far."""

    left: float
    top: float
    width: float
    across: float = 0.0
    lowest: float = 0.0

    def place(self, width: float, height: float) -> tuple[float, float, float, float]:
        if self.across and self.across + width > self.width - 8:
            self.top, self.across, self.lowest = self.top - self.lowest - 6, 0.0, 0.0
        x, y = self.left + self.across, self.top - height
        self.across, self.lowest = self.across + width + 6, max(self.lowest, height)
        return x, y, x + width, y + height


def _draw_field(sheet: Sheet, plan: FieldPlan, shelves: Sequence[Shelf]) -> None:
    *groups, partial = plan.name.split(".")
    shared = _shared_entries(plan)
    own = {"T": String(partial)} | _own_entries(plan)
    above: pikepdf.Object | None = None
    for depth, group in enumerate(groups):
        below = sheet.pdf.make_indirect(Dictionary(T=String(group)))
        if depth == len(groups) - 1 and plan.handed_down:
            for key, value in shared.items():
                below["/" + key] = value
            shared = {}
        _hang(sheet, below, above)
        above = below
    own |= shared
    if plan.twins or (len(plan.spots) == 1 and plan.merged):
        for spot in plan.spots:
            widget = _widget(sheet, plan, spot, shelves, own)
            if plan.reached or above is not None:
                _hang(sheet, widget, above)
        return
    holder = sheet.pdf.make_indirect(Dictionary(**own))
    _hang(sheet, holder, above)
    holder.Kids = Array()
    for spot in plan.spots:
        widget = _widget(sheet, plan, spot, shelves, {"Parent": holder})
        holder.Kids.append(widget)


def _hang(sheet: Sheet, node: pikepdf.Object, above: pikepdf.Object | None) -> None:
    if above is None:
        sheet.enter(node)
        return
    node.Parent = above
    if "/Kids" not in above:
        above.Kids = Array()
    above.Kids.append(node)


def _widget(
    sheet: Sheet, plan: FieldPlan, spot: Spot, shelves: Sequence[Shelf], entries: dict[str, Any]
) -> pikepdf.Object:
    width, height = spot.size if spot.rotation % 180 == 0 else spot.size[::-1]
    look: dict[str, Any] = {"F": spot.flags}
    marks = Dictionary()
    if spot.rotation:
        marks.R = spot.rotation
    if plan.border is not None:
        marks.BC = Array([0.3])
        look["BS"] = Dictionary(W=plan.border[0], S=Name("/" + plan.border[1]))
    if len(marks.keys()):
        look["MK"] = marks
    if plan.kind in ("checkbox", "radio"):
        held = plan.preset if isinstance(plan.preset, str) else ""
        on = bool(held) and held == spot.state
        look["AS"] = Name("/" + spot.state) if on else Name.Off
        look["AP"] = sheet.states(spot.state)
        if not spot.drawn:
            empty = sheet.stream(b"")
            look["AP"] = Dictionary(N=Dictionary({"/" + spot.state: empty}))
    corners = shelves[spot.page].place(width, height)
    return sheet.annotate(sheet.widget(corners, **look | entries), spot.page)


def _shared_entries(plan: FieldPlan) -> dict[str, Any]:
    """What a field may have from its parent. ISO 32000-2, 12.7.4.1."""
    kinds = {"text": Name.Tx, "checkbox": Name.Btn, "radio": Name.Btn, "choice": Name.Ch}
    flags = plan.flags | (small_forms.RADIO if plan.kind == "radio" else 0)
    shared: dict[str, Any] = {"FT": kinds[plan.kind], "Ff": flags}
    if plan.max_len is not None:
        shared["MaxLen"] = plan.max_len
    if plan.kind in ("text", "choice"):
        shared |= {"DA": String(f"/{plan.font} {plan.size:g} Tf 0 g"), "Q": plan.quadding}
    return shared


def _own_entries(plan: FieldPlan) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if plan.options:
        own["Opt"] = Array(
            [
                String(shown) if export == shown else Array([String(export), String(shown)])
                for export, shown in plan.options
            ]
        )
    if plan.exports:
        own["Opt"] = Array([String(export) for export in plan.exports])
    if plan.scripts:
        own["AA"] = actions(**plan.scripts)
    if plan.preset is not None:
        own["V"] = _preset(plan)
    return own


def _preset(plan: FieldPlan) -> pikepdf.Object:
    if plan.kind in ("checkbox", "radio"):
        return Name(f"/{plan.preset}")
    if isinstance(plan.preset, tuple):
        return Array([String(one) for one in plan.preset])
    return String(plan.preset or "")
