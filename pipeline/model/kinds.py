"""Kinds of text that AcroForm has no words for: an e-mail address, a Dutch postcode …

A kind either gives the text back in the one way it is kept, or ``None``: not of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

Kind = Callable[[str], str | None]


def _brin(text: str) -> str | None:
    """A school's registration number: two digits, two letters."""
    text = text.strip().upper()
    return text if re.fullmatch(r"[0-9]{2}[A-Z]{2}", text) else None


def _postcode_nl(text: str) -> str | None:
    """Four digits, a space, two letters; SA, SD and SS are not given out."""
    match = re.fullmatch(r"([1-9][0-9]{3})\s?([A-Z]{2})", text.strip().upper())
    if match is None or match[2] in ("SA", "SD", "SS"):
        return None
    return f"{match[1]} {match[2]}"


def _phone_nl(text: str) -> str | None:
    """Ten digits with 0 in front, or +31 and nine; kept as typed, with single spaces."""
    text = " ".join(text.split())
    bare = re.sub(r"[\s().-]", "", text.replace("+31 (0)", "+31").replace("+31(0)", "+31"))
    return text if re.fullmatch(r"(0|\+31|0031)[1-9][0-9]{8}", bare) else None


def _email(text: str) -> str | None:
    """As browsers check it, and with a dot in the domain; the domain in lower case."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local):
        return None
    label = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    if not re.fullmatch(rf"{label}(?:\.{label})+", domain):
        return None
    return f"{local}@{domain.lower()}"


def _url(text: str) -> str | None:
    """A web address with its scheme; ``https://`` is put in front where none was typed."""
    text = text.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) is None:
        text = "https://" + text
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip("."):
        return None
    return None if re.search(r"[\s<>\"]", text) else text


def _house_number(text: str) -> str | None:
    text = " ".join(text.split())
    return text if re.match(r"[0-9]", text) else None


KINDS: Mapping[str, Kind] = {
    "brin": _brin,
    "postcode_nl": _postcode_nl,
    "phone_nl": _phone_nl,
    "email": _email,
    "url": _url,
    "house_number": _house_number,
}
