"""The one form that text is kept in, and the one way its length is counted."""

from __future__ import annotations

import unicodedata


def normalised(text: str) -> str:
    """NFC, line breaks as LF, no control characters. Nothing that a person can see changes."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) != "Cc")


def length(text: str) -> int:
    """Code points after NFC, a line break as one: what MaxLen counts here (table 232)."""
    return len(normalised(text))
