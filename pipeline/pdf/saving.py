"""One way to write a document: compact, and whatever its metadata are worth."""

from __future__ import annotations

import warnings
from io import BytesIO

import pikepdf
from pikepdf.exceptions import PageCopyWarning


def saved(
    pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None, version: str = ""
) -> bytes:
    """The document's bytes, unencrypted unless ``encryption`` says how; ``version`` is forced.

    Metadata that cannot be decoded are left out: no reader could use them either.
    """
    _drop_broken_metadata(pdf)
    out = BytesIO()
    with warnings.catch_warnings():
        # Widgets of no field at all were in the template already.
        warnings.simplefilter("ignore", PageCopyWarning)
        pdf.save(
            out,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=False if encryption is None else encryption,
            force_version=version,
        )
    return out.getvalue()


def _drop_broken_metadata(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.get("/Metadata")
    if metadata is None:
        return
    try:
        metadata.read_bytes()
    except (pikepdf.PdfError, AttributeError, TypeError):
        del pdf.Root["/Metadata"]
