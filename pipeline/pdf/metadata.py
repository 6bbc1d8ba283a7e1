"""The document's metadata: XMP and the information dictionary. ISO 32000-2, 14.3."""

from __future__ import annotations

import pikepdf


def write_reference(pdf: pikepdf.Pdf, reference: str) -> None:
    """The reference under which the document was handed in, as its Dublin Core identifier."""
    began = "/Metadata" not in pdf.Root
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if began and "/Info" in pdf.trailer:
            metadata.load_from_docinfo(pdf.docinfo)
        metadata["dc:identifier"] = reference
