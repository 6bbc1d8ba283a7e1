"""The one form that text is kept in, and the one way its length is counted."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""The general category Cc without the line feed."""


def normalised(text: str) -> str:
    """NFC, line breaks as LF, no control characters. Nothing that a person can see changes."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    return _CONTROL.sub("", text)


def length(text: str) -> int:
    """Code points after NFC, a line break as one: what MaxLen counts here (table 232)."""
    return len(normalised(text))
