"""The submitted data inside the definitive PDF, as private application data. ISO 32000-2, 14.5.

What a person reads on the pages is also there in a form that a program reads back exactly: line
breaks included. Only what the pages show is put in, and what is read is believed only where the
pages say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pikepdf

from pipeline.model.field import Field, Value
from pipeline.model.template import Template
from pipeline.pdf.objects import get_dictionary, own_copy
from pipeline.pdf.stream_data import stream_data

_APPLICATION = "/Formpress"
_LARGEST = 4 * 1024 * 1024


def visible_values(template: Template, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values that a reader of the final PDF sees; a password shows as signs only."""
    return {
        field.name: values[field.name]
        for field in template.data_fields()
        if field.name in values
        and field.name in template.shown_names
        and not field.password
        and _is_seen(field, values[field.name])
    }


def _is_seen(field: Field, value: Value) -> bool:
    """Of a button with several states, the one that is on may have no widget on paper."""
    if not (field.on_states and isinstance(value, str)):
        return True
    return any(widget.on_state == value for widget in field.painted_widgets())


class DataSlot:
    """The place of the data in a document that is written more than once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root
        self._own = get_dictionary(pdf.Root, "/PieceInfo")
        self._private = pdf.make_stream(b"")

    def fill(self, embedded: tuple[str, Mapping[str, Value]] | None) -> None:
        """``embedded`` is a template's digest and values; ``None`` leaves the place as it was."""
        if embedded is None:
            self._private.write(b"")
            if self._own is not None:
                self._root["/PieceInfo"] = self._own
            elif "/PieceInfo" in self._root:
                del self._root["/PieceInfo"]
            return
        digest, values = embedded
        data = json.dumps(
            {"template": digest, "values": values}, ensure_ascii=False, sort_keys=True
        )
        self._private.write(data.encode())
        pieces = own_copy(self._own)
        pieces[_APPLICATION] = pikepdf.Dictionary(
            LastModified=pikepdf.String(f"{datetime.now(UTC):D:%Y%m%d%H%M%SZ}"),
            Private=self._private,
        )
        self._root["/PieceInfo"] = pieces


def read_values(pdf: pikepdf.Pdf) -> tuple[str, dict[str, Value]] | None:
    """(template digest, values), or ``None`` where the PDF brings none that can be read."""
    pieces = get_dictionary(pdf.Root, "/PieceInfo")
    ours = get_dictionary(pieces, _APPLICATION) if pieces is not None else None
    private = ours.get("/Private") if ours is not None else None
    if not isinstance(private, pikepdf.Stream):
        return None
    try:
        found = json.loads(stream_data(private, _LARGEST) or b"")
        digest, values = found["template"], found["values"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(digest, str) or not isinstance(values, dict):
        return None
    read: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, str | bool):
            read[name] = value
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            read[name] = tuple(value)
    return digest, read
