"""Answers that are text go out compressed, where the browser takes that.

A page of 2,000 fields is a megabyte of markup, nearly all of it alike. What a page holds of
secrets (its link's token) stands beside nothing that another site could put there.
"""

from __future__ import annotations

import gzip

from flask import Response, request

_TEXTUAL = ("text/", "application/json", "image/svg+xml", "font/ttf")
_WORTH_IT = 1024
"""Bytes below which an answer is one packet anyway."""
_LEVEL = 5


def compress(response: Response) -> Response:
    """gzip, RFC 9110, 8.4.1.3. PDFs and pictures are compressed already."""
    if not (response.mimetype or "").startswith(_TEXTUAL):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != 200
        or response.headers.get("Content-Encoding")
        or request.accept_encodings.quality("gzip") <= 0
        or request.method == "HEAD"
    ):
        return response
    if response.direct_passthrough:  # A file, which closes with the answer that it is read for.
        close = getattr(response.response, "close", None)
        if close is not None:
            response.call_on_close(close)
        response.direct_passthrough = False
    data = response.get_data()
    if len(data) >= _WORTH_IT:
        response.set_data(gzip.compress(data, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:
            # Weak: the same content, in other bytes. If-None-Match compares it all the same.
            response.set_etag(etag, weak=True)
    return response
