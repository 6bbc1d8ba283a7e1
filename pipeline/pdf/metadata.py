"""The document's metadata: XMP and the information dictionary. ISO 32000-2, 14.3."""

from __future__ import annotations

import warnings
from functools import cached_property
from xml.sax.saxutils import escape

import pikepdf

_TOKEN = "formpress-reference-of-the-document"


class ReferenceSlot:
    """The reference under which a document was handed in, as its Dublin Core identifier."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._root = pdf.Root
        self._own = self._root.get("/Metadata")
        self._pdf = pdf
        self._stream = pdf.make_stream(
            b"", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name("/XML")
        )

    def fill(self, reference: str) -> None:
        """An empty reference leaves the metadata as the template has them."""
        if reference:
            self._stream.write(self._with_token.replace(_TOKEN, escape(reference)).encode())
            self._root["/Metadata"] = self._stream
            return
        self._stream.write(b"")
        if self._own is not None:
            self._root["/Metadata"] = self._own
        elif "/Metadata" in self._root:
            del self._root["/Metadata"]

    @cached_property
    def _with_token(self) -> str:
        """The template's metadata with a token for the reference; they are left as they are."""
        pdf = self._pdf
        own = None if self._own is None else self._own.read_bytes()
        with (
            warnings.catch_warnings(),
            pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata,
        ):
            # What the information dictionary has beyond XMP stays there.
            warnings.simplefilter("ignore", UserWarning)
            if own is None and "/Info" in pdf.trailer:
                metadata.load_from_docinfo(pdf.docinfo)
            metadata["dc:identifier"] = _TOKEN
        written = pdf.Root["/Metadata"].read_bytes().decode()
        if self._own is None:
            del pdf.Root["/Metadata"]
        else:
            self._own.write(own or b"")
            pdf.Root["/Metadata"] = self._own
        return written
