"""Surveys a PDF for the linter: what its fields and fonts are beyond the template."""

from __future__ import annotations

import pikepdf

from pipeline.errors import NotAPdf, TooLarge
from pipeline.lint.survey import BoxFacts, FieldFacts, FontFacts, Survey
from pipeline.model.field import FieldType
from pipeline.model.limits import Limits
from pipeline.model.template import Template
from pipeline.pdf.document_survey import survey_document
from pipeline.pdf.field_node import FieldNode
from pipeline.pdf.field_tree import find_fields
from pipeline.pdf.fonts import FontBook, default_fonts
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import ObjectId, entry, get_dictionary, integer, object_id, rect, text
from pipeline.pdf.optional_content import OptionalContent
from pipeline.pdf.page_survey import survey_pages
from pipeline.pdf.simple_font import STANDARD_NAMES
from pipeline.pdf.sound_copy import sound_copy
from pipeline.pdf.tagged_widgets import tagged_widgets
from pipeline.pdf.value_reader import BUTTONS, type_of
from pipeline.pdf.widget_reader import HIDDEN, NO_VIEW, appearance_states

_EVENTS = ("/E", "/X", "/D", "/U", "/Fo", "/Bl", "/PO", "/PC", "/PV", "/PI")
"""Additional actions of an annotation that are not those of its field. ISO 32000-2, table 197."""

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_STANDARD = frozenset((*STANDARD_NAMES.values(), "Symbol", "ZapfDingbats"))


def survey(data: bytes, template: Template, fonts: FontBook, limits: Limits) -> Survey:
    """Raises the errors of ``open_pdf``. Pages that PDFium cannot open, or that would cost it too
    much, are told as such."""
    with open_pdf(data, limits, only_read=True) as pdf:
        nodes = find_fields(pdf)
        layers = OptionalContent.of(pdf)
        tagged = tagged_widgets(pdf)
        document = survey_document(pdf, nodes, layers)
        fields = {node.name: _field(node, layers, tagged) for node in nodes}
        found = {
            name: _font(font, name in fonts.simple) for name, font in default_fonts(pdf).items()
        }
        try:
            words, backgrounds = survey_pages(sound_copy(pdf), template)
        except (NotAPdf, TooLarge):
            return Survey(document, fields, found, readable=False)
    return Survey(document, fields, found, words, backgrounds)


def _font(font: pikepdf.Object, usable: bool) -> FontFacts:
    base_font = text(font.get("/BaseFont")) or ""
    descriptor = get_dictionary(font, "/FontDescriptor")
    embedded = descriptor is not None and any(key in descriptor for key in _PROGRAMS)
    return FontFacts(base_font, embedded, base_font in _STANDARD, usable)


def _field(node: FieldNode, layers: OptionalContent, tagged: frozenset[ObjectId]) -> FieldFacts:
    field_type = type_of(node)
    button = field_type in BUTTONS
    return FieldFacts(
        name=node.name,
        types=tuple(text(held) or "" for _, held in node.holders("/FT")),
        flags=integer(node.entry("/Ff")),
        named=not node.name.startswith("#") or text(node.object.get("/T")) is not None,
        default=node.first_text("/DV") if button else None,
        event_scripts=any(_has_event_script(each) for each in node.dictionaries()),
        signed=field_type is FieldType.SIGNATURE and node.first("/V") is not None,
        boxes=tuple(
            BoxFacts(
                page=each.page,
                order=each.order,
                rect=rect(entry(each.object, "/Rect")),
                hidden=bool(integer(entry(each.object, "/F")) & HIDDEN),
                no_view=bool(integer(entry(each.object, "/F")) & NO_VIEW),
                states=tuple(appearance_states(each.object)) if button else (),
                layer=layers.hidden_layer(each.object),
                tagged=object_id(each.object) in tagged,
            )
            for each in node.widgets
        ),
    )


def _has_event_script(holder: pikepdf.Object) -> bool:
    actions = get_dictionary(holder, "/AA")
    if actions is None:
        return False
    found = (get_dictionary(actions, key) for key in _EVENTS)
    return any(each is not None and each.get("/S") == "/JavaScript" for each in found)
