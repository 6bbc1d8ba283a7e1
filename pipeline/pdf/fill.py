"""Stores values and appearances in the widgets: the result is still a form. ISO 32000-2, 12.7."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf

from pipeline.appearance.compose import Appearance, Composed, Place, sign
from pipeline.appearance.stream import clip
from pipeline.model.field import Field, FieldType, Value, is_empty
from pipeline.pdf.field_reader import FieldDictionary, read_fields
from pipeline.pdf.field_tree import WidgetNode
from pipeline.pdf.fonts import DocumentFonts, FontBook
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import array, dictionary, get_dictionary, inherited, object_id
from pipeline.pdf.placement import IDENTITY, rotation_matrix
from pipeline.pdf.saving import saved
from pipeline.pdf.states import FilledPdf, TemplatePdf

_FORM_ONLY = ("/NeedAppearances", "/XFA")


def fill(
    template_pdf: TemplatePdf, values: Mapping[str, Value], composed: Composed, book: FontBook
) -> FilledPdf:
    """The template with ``values`` in its fields and ``composed`` in its widgets.

    XFA goes, since its data would contradict the fields; usage rights go, since any change breaks
    them; NeedAppearances goes, since every appearance is there.
    """
    with open_pdf(template_pdf) as pdf:
        fonts = DocumentFonts(pdf, book, composed.glyphs)
        by_place = {(each.widget.page, each.widget.order): each for each in composed.appearances}
        for found in read_fields(pdf):
            if not found.field.holds_data:
                continue
            _store_value(found, values.get(found.field.name))
            for node in found.node.widgets:
                appearance = by_place.get((node.page if node.page is not None else -1, node.order))
                if appearance is not None:
                    _store_appearance(pdf, node, appearance, fonts)
            _adopt_strays(pdf, found)
        form = dictionary(pdf.Root.get("/AcroForm"))
        for key in _FORM_ONLY:
            if form is not None and key in form:
                del form[key]
        if "/Perms" in pdf.Root:
            del pdf.Root["/Perms"]
        return FilledPdf(saved(pdf))


def _adopt_strays(pdf: pikepdf.Pdf, found: FieldDictionary) -> None:
    """A viewer shows only fields that /Fields reaches: those that it forgot are entered."""
    if not found.node.strays:
        return
    form = dictionary(pdf.Root.get("/AcroForm"))
    if form is None:
        pdf.Root["/AcroForm"] = form = pdf.make_indirect(pikepdf.Dictionary(Fields=[]))
    fields = form.get("/Fields")
    if not isinstance(fields, pikepdf.Array):
        form["/Fields"] = fields = pikepdf.Array()
    known = {object_id(each) for each in array(fields)}
    for stray in found.node.strays:
        if stray.is_indirect and object_id(stray) not in known:
            known.add(object_id(stray))
            fields.append(stray)


def _store_value(found: FieldDictionary, value: Value | None) -> None:
    field = found.field
    for holder in found.node.objects:
        for key in ("/RV", "/I"):
            if key in holder:
                del holder[key]
        held = _value_object(field, value)
        if held is not None:
            holder["/V"] = held
        elif "/V" in holder:
            del holder["/V"]
        if held is None and inherited(holder, "/V") is not None:
            holder["/V"] = pikepdf.String("")
        if field.type is FieldType.CHOICE and not field.combo:
            _store_indices(holder, field, value)


def _value_object(field: Field, value: Value | None) -> pikepdf.Object | None:
    if field.type in (FieldType.CHECKBOX, FieldType.RADIO):
        return pikepdf.Name("/" + _state(field, value))
    if value is None or is_empty(value):
        return None
    if isinstance(value, tuple):
        if len(value) == 1:
            return pikepdf.String(value[0])
        return pikepdf.Array([pikepdf.String(one) for one in value])
    return pikepdf.String(str(value))


def _state(field: Field, value: Value | None) -> str:
    if value is True:
        return field.on_states[0] if field.on_states else "Yes"
    return value if isinstance(value, str) and value else "Off"


def _store_indices(holder: pikepdf.Object, field: Field, value: Value | None) -> None:
    """/I: the selected options' places, in order. ISO 32000-2, table 234."""
    chosen = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    places = [at for at, option in enumerate(field.options) if option.export in chosen]
    if places:
        holder["/I"] = pikepdf.Array(places)


def _store_appearance(
    pdf: pikepdf.Pdf, node: WidgetNode, appearance: Appearance, fonts: DocumentFonts
) -> None:
    widget, place = node.object, appearance.place
    if appearance.state is not None:
        widget["/AS"] = pikepdf.Name("/" + appearance.state)
    if place.own_stream:
        return
    if appearance.state is None:
        content = b"/Tx BMC\nq\n%s%sQ\nEMC\n" % (clip(*place.size), appearance.content)
        widget["/AP"] = pikepdf.Dictionary(N=_stream(pdf, place, content, appearance.fonts, fonts))
        return
    states = get_dictionary(widget, "/AP")
    normal = pikepdf.Dictionary()
    for name, drawing in ((place.widget.on_state or "Yes", sign(place)), ("Off", b"")):
        normal["/" + name] = _stream(pdf, place, drawing, (), fonts)
    if states is not None and "/D" in states:
        widget["/AP"] = pikepdf.Dictionary(N=normal, D=states["/D"])
    else:
        widget["/AP"] = pikepdf.Dictionary(N=normal)


def _stream(
    pdf: pikepdf.Pdf,
    place: Place,
    content: bytes,
    names: tuple[str, ...],
    fonts: DocumentFonts,
) -> pikepdf.Object:
    width, height = place.size
    stream = pdf.make_stream(place.frame + content)
    stream["/Type"] = pikepdf.Name.XObject
    stream["/Subtype"] = pikepdf.Name.Form
    stream["/BBox"] = pikepdf.Array([0, 0, round(width, 4), round(height, 4)])
    matrix = rotation_matrix(place.widget)
    if matrix != IDENTITY:
        stream["/Matrix"] = pikepdf.Array([round(value, 4) for value in matrix])
    resources = pikepdf.Dictionary()
    if names:
        resources["/Font"] = fonts.dictionary(names)
    stream["/Resources"] = resources
    return stream
