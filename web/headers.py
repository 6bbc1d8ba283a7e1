"""The headers of every answer: what a browser may load, remember and pass on.

There is no cookie and no session. All authority is the token in a private link, which only a page
of ours holds and which no other site can make a browser send along; so there is nothing for a
forged cross-site request to borrow, and no CSRF token to carry.
"""

from __future__ import annotations

from flask import Response, request

_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'"
)
_PDF_POLICY = "frame-ancestors 'none'; base-uri 'none'"
"""Chromium shows a PDF in an <embed> of a page of its own making, under the PDF's own policy: with
object-src 'none' it shows nothing."""

FOREVER = "public, max-age=31536000, immutable"
"""For addresses that hold the digest of what they give."""


def secure_headers(response: Response) -> Response:
    headers = response.headers
    is_pdf = response.mimetype == "application/pdf"
    headers.setdefault("Content-Security-Policy", _PDF_POLICY if is_pdf else _PAGE_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if "token" in (request.view_args or {}):
        headers["X-Robots-Tag"] = "noindex, nofollow"
    headers.setdefault("Cache-Control", "no-store")
    return response
