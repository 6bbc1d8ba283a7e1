"""Opens bytes that may be anything as a PDF, within limits, or says what is wrong with them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import settings

from pipeline.errors import DynamicXfa, EncryptedPdf, NotAPdf, TooLarge
from pipeline.model.limits import Limits
from pipeline.pdf.stream_data import LARGEST_STREAM

_HEADER_WITHIN = 1024
"""Readers accept a header anywhere in the first kilobyte. ISO 32000-2, 7.5.2, note."""

# qpdf keeps its bounds for the process, not for a document, and has none of its own for these;
# nobody here ever wants others.
settings.set_qpdf_limits(
    flate_max_memory=LARGEST_STREAM,
    run_length_max_memory=LARGEST_STREAM,
    png_max_memory=LARGEST_STREAM,
    tiff_max_memory=LARGEST_STREAM,
)


def open_pdf(data: bytes, limits: Limits | None = None, *, only_read: bool = False) -> pikepdf.Pdf:
    """``data`` as an open document; one with an owner password opens with the empty one.

    Every page gets copies of what it inherits, which saves those who change pages much thought;
    a document that is ``only_read`` is spared them.
    Raises ``NotAPdf``, ``EncryptedPdf``, ``DynamicXfa`` or ``TooLarge``.
    """
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        raise TooLarge(what="bytes", limit=limits.max_bytes, found=len(data))
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise NotAPdf(reason="header")
    try:
        pdf = pikepdf.open(
            BytesIO(data), suppress_warnings=True, inherit_page_attributes=not only_read
        )
        pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise EncryptedPdf() from error
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        raise NotAPdf(reason="damaged") from error
    if pages == 0:
        raise NotAPdf(reason="no_pages")
    if b"%%EOF" not in data[-2048:] and _was_rebuilt(pdf):
        raise NotAPdf(reason="truncated")
    if pages > limits.max_pages:
        raise TooLarge(what="pages", limit=limits.max_pages, found=pages)
    if _needs_rendering(pdf):
        raise DynamicXfa()
    return pdf


def _was_rebuilt(pdf: pikepdf.Pdf) -> bool:
    return any("damaged" in str(warning) for warning in pdf.get_warnings())


def _needs_rendering(pdf: pikepdf.Pdf) -> bool:
    """Dynamic XFA: the pages of the PDF are a notice only. ISO 32000-1, 12.7.8 and table 28."""
    flag: object = pdf.Root.get("/NeedsRendering")
    return flag is True
