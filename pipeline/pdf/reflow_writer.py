"""Writes a page anew whose parts have moved: content, widgets, fields and tags together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

import pikepdf

from pipeline.appearance.columns import Columns, Flow, Place
from pipeline.model.field import FieldType, Style
from pipeline.pdf.content_pieces import written
from pipeline.pdf.objects import (
    array,
    dictionary,
    get_dictionary,
    inherited,
    integer,
    object_id,
    own_copy,
    text,
)
from pipeline.pdf.structure import Structure, kids_of, set_kids
from pipeline.pdf.tagged_page import TaggedPage

_FONT = re.compile(r"/\S+\s+[-+.\d]+\s+Tf")


def rewrite(
    pdf: pikepdf.Pdf,
    tagged: TaggedPage,
    columns: Columns,
    flow: Flow,
    styles: Mapping[int, Style],
) -> None:
    """Pieces of the columns that ``flow`` does not place are taken out, with all that leads to
    them; texts get the font and size of their ``styles``, by the boxes' keys."""
    movable = {
        piece.key
        for block, _ in columns.blocks
        for piece in block.pieces()
        if piece.key is not None
    }
    gone = movable - flow.places.keys()
    _write_content(pdf, tagged, flow, gone)
    for key, place in flow.places.items():
        if tagged.is_box(key):
            _place_widget(tagged, key, place, styles.get(key))
    _take_out_fields(pdf, tagged, [key for key in gone if tagged.is_box(key)])
    _take_out_tags(pdf, tagged, gone)


def _write_content(pdf: pikepdf.Pdf, tagged: TaggedPage, flow: Flow, gone: Iterable[int]) -> None:
    shifts: dict[int, tuple[float, float]] = {}
    for number, piece in enumerate(tagged.pieces):
        place = flow.places.get(number)
        if place is not None and piece.rect is not None:
            shifts[number] = (round(place.right, 3), round(place.top - piece.rect.y1, 3))
    content = written(tagged.instructions, tagged.pieces, shifts, frozenset(gone))
    page = tagged.page.obj
    page["/Contents"] = pdf.make_stream(content)
    _leave_out_fonts(page)


def _leave_out_fonts(page: pikepdf.Object) -> None:
    """A page names no more fonts than it shows: each would be embedded in every document."""
    resources = own_copy(dictionary(inherited(page, "/Resources")))
    fonts = get_dictionary(resources, "/Font")
    if fonts is None:
        return
    shown = {
        str(each.operands[0])
        for each in pikepdf.parse_content_stream(page, "Tf")
        if len(each.operands) == 2
    }
    kept = {name: font for name, font in fonts.items() if name in shown}
    resources["/Font"] = pikepdf.Dictionary(kept)
    page["/Resources"] = resources


def _place_widget(tagged: TaggedPage, key: int, place: Place, style: Style | None) -> None:
    field, widget, annotation = tagged.box(key)
    left, width = widget.rect.x0 + place.right, widget.rect.width
    annotation["/Rect"] = pikepdf.Array(
        [
            Decimal(f"{each:.3f}")
            for each in (left, place.top - place.height, left + width, place.top)
        ]
    )
    if style is None or field.type not in (FieldType.TEXT, FieldType.CHOICE):
        return
    if "/AP" in annotation:
        del annotation["/AP"]  # made for another box
    own = text(inherited(annotation, "/DA")) or ""
    font = f"/{style.font} {style.font_size:g} Tf"
    annotation["/DA"] = _FONT.sub(font, own) if _FONT.search(own) else f"{font} {own}".strip()


def _take_out_fields(pdf: pikepdf.Pdf, tagged: TaggedPage, keys: Iterable[int]) -> None:
    gone = {object_id(tagged.box(key)[2]) for key in keys}
    page = tagged.page.obj
    page["/Annots"] = pikepdf.Array(
        [each for each in array(page.get("/Annots")) if object_id(each) not in gone]
    )
    form = dictionary(pdf.Root.get("/AcroForm"))
    if form is None:
        return
    form["/Fields"] = _without(array(form.get("/Fields")), gone)
    if "/CO" in form:
        kept = [each for each in array(form.get("/CO")) if object_id(each) not in gone]
        form["/CO"] = pikepdf.Array(kept)


def _without(
    fields: Iterable[pikepdf.Object], gone: set[tuple[int, int] | None], depth: int = 0
) -> pikepdf.Array:
    """The field tree less some of its widgets and the fields that have none then."""
    kept = []
    for field in fields:
        if object_id(field) in gone:
            continue
        kids = array(field.get("/Kids")) if dictionary(field) is not None else []
        if kids and depth < 64:
            left = _without(kids, gone, depth + 1)
            if len(left) == 0:
                continue
            field["/Kids"] = left
        kept.append(field)
    return pikepdf.Array(kept)


def _take_out_tags(pdf: pikepdf.Pdf, tagged: TaggedPage, gone: Iterable[int]) -> None:
    structure = Structure.of(pdf)
    if structure is None:
        return
    contents = structure.parents.get(integer(tagged.page.obj.get("/StructParents"), -1))
    for key in gone:
        element = tagged.owners[key]
        if tagged.is_box(key):
            annotation = tagged.box(key)[2]
            entry = integer(annotation.get("/StructParent"), -1)
            structure.drop(annotation)
            structure.parents.pop(entry, None)
        else:
            content_id = tagged.pieces[key].content_id
            if content_id is None:
                continue
            _drop_content(element, content_id)
            if isinstance(contents, pikepdf.Array) and content_id < len(contents):
                contents[content_id] = pikepdf.Object.parse(b"null")
        _drop_empty(element)
    structure.close()


def _drop_content(element: pikepdf.Object, content_id: int) -> None:
    set_kids(element, [kid for kid in kids_of(element) if _content_id(kid) != content_id])


def _content_id(kid: object) -> int | None:
    held = dictionary(kid)
    if held is None:
        return integer(kid, -1)
    return integer(held.get("/MCID"), -1) if held.get("/Type") == "/MCR" else None


def _drop_empty(element: pikepdf.Object) -> None:
    """An element that holds nothing any more goes, and so do those that held it alone."""
    for _ in range(64):
        parent = dictionary(element.get("/P"))
        if kids_of(element) or parent is None or parent.get("/Type") == "/StructTreeRoot":
            return
        identity = object_id(element)
        set_kids(
            parent,
            [
                kid
                for kid in kids_of(parent)
                if dictionary(kid) is None or object_id(kid) != identity
            ],
        )
        element = parent
