"""Surveys a document's catalogue, pages and layers for the linter."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf

from pipeline.lint.survey import DocumentFacts
from pipeline.pdf.document_scripts import is_active
from pipeline.pdf.field_node import FieldNode
from pipeline.pdf.objects import array, dictionary, get_dictionary, object_id, text
from pipeline.pdf.optional_content import OptionalContent
from pipeline.pdf.stream_data import stream_data
from pipeline.pdf.value_reader import type_of

_LARGEST_METADATA = 1024 * 1024


def survey_document(
    pdf: pikepdf.Pdf, nodes: Iterable[FieldNode], layers: OptionalContent
) -> DocumentFacts:
    root = pdf.Root
    information = dictionary(pdf.trailer.get("/Info"))
    mark_information = get_dictionary(root, "/MarkInfo")
    preferences = get_dictionary(root, "/ViewerPreferences")
    permissions = get_dictionary(root, "/Perms")
    nodes = list(nodes)
    title = (text(information.get("/Title")) or "").strip() if information is not None else ""
    return DocumentFacts(
        tagged="/StructTreeRoot" in root,
        marked=_is_true(mark_information, "/Marked"),
        language=(text(root.get("/Lang")) or "").strip(),
        title=title or _title_of_metadata(root),
        displays_title=_is_true(preferences, "/DisplayDocTitle"),
        tab_orders=tuple(text(page.obj.get("/Tabs")) or "" for page in pdf.pages),
        page_scripts=tuple(
            number for number, page in enumerate(pdf.pages) if _has_script(page.obj)
        ),
        opening_script=_has_script(root) or is_active(root.get("/OpenAction")),
        usage_rights=permissions is not None and ("/UR3" in permissions or "/UR" in permissions),
        certified=permissions is not None and "/DocMDP" in permissions,
        encrypted=bool(pdf.is_encrypted),
        hidden_layers=tuple(dict.fromkeys(layers.hidden_names().values())),
        calculation_order=_calculation_order(pdf, nodes),
        without_type=tuple(node.name for node in nodes if type_of(node) is None),
    )


def _is_true(holder: pikepdf.Object | None, key: str) -> bool:
    held: object = None if holder is None else holder.get(key)
    return held is True


def _has_script(holder: pikepdf.Object) -> bool:
    actions = get_dictionary(holder, "/AA")
    return actions is not None and any(is_active(action) for _, action in actions.items())


def _calculation_order(pdf: pikepdf.Pdf, nodes: list[FieldNode]) -> tuple[str, ...]:
    form = get_dictionary(pdf.Root, "/AcroForm")
    listed = array(form.get("/CO")) if form is not None else []
    if not listed:
        return ()
    names = {
        identity: node.name
        for node in nodes
        for holder in node.dictionaries()
        if (identity := object_id(holder)) is not None
    }
    found = (
        names.get(object_id(each) or (0, 0)) for each in listed if dictionary(each) is not None
    )
    return tuple(name for name in found if name is not None)


def _title_of_metadata(root: pikepdf.Object) -> str:
    """``dc:title`` of the XMP packet: whether there is one is all that is asked."""
    metadata = root.get("/Metadata")
    packet = (
        stream_data(metadata, _LARGEST_METADATA) if isinstance(metadata, pikepdf.Stream) else None
    )
    inside = (packet or b"").partition(b"<dc:title")[2].partition(b"</dc:title>")[0]
    words = inside.partition(b"<rdf:li")[2].partition(b">")[2].partition(b"<")[0]
    return words.decode("utf-8", "replace").strip()
