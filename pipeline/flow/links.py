"""Tokens of private links: 192 random bits that open one draft, and what is kept of them.

The page holds a fresh token before anything is saved; the draft begins with the first save that
brings it. Two posts from one page thus meet at the same token, and a double click is one draft
and one submission. The store keeps only digests, so a copy of the database opens nothing.
"""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from pipeline.errors import UnknownLink

_BYTES = 24
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


def token_digest(token: str) -> str:
    """What the store knows a token by. Raises ``UnknownLink`` where it cannot be a token."""
    if not _SHAPE.fullmatch(token):
        raise UnknownLink()
    return sha256(token.encode("ascii")).hexdigest()


def submission_token(draft_token: str) -> str:
    """The token of the sent form's page. It follows from the draft's; the way back is closed."""
    derived = sha256(b"submission:" + draft_token.encode("ascii")).digest()
    return urlsafe_b64encode(derived[:_BYTES]).decode("ascii")
