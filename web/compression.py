"""Answers that are text go out compressed, where the browser takes that.

A page of 2,000 fields is a megabyte of markup, nearly all of it alike. What a page holds of
secrets (its link's token) stands beside nothing that another site could put there.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

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
    elif response.is_streamed:
        response.response = _packed_in_pieces(response.iter_encoded())
        response.headers["Content-Encoding"] = "gzip"
        return response
    data = response.get_data()
    if len(data) >= _WORTH_IT:
        etag, _ = response.get_etag()
        # What has a tag is the same for everybody, and asked for again.
        response.set_data(_packed_once(data) if etag else _packed(data))
        response.headers["Content-Encoding"] = "gzip"
        if etag:
            # Weak: the same content, in other bytes. If-None-Match compares it all the same.
            response.set_etag(etag, weak=True)
    return response


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, _LEVEL, mtime=0)


_packed_once = lru_cache(maxsize=64)(_packed)


def _packed_in_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Each piece can be read as soon as it has come."""
    packer = zlib.compressobj(_LEVEL, wbits=16 + zlib.MAX_WBITS)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
