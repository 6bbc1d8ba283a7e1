"""The XFA copy of a form that stands beside its fields. ISO 32000-1, 12.7.8; gone from 32000-2.

The fields are what is read and filled here. Where a program wrote its values into the copy alone,
that must be told: nothing in the fields shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import pairwise

import pikepdf

from pipeline.model.field import Value
from pipeline.pdf.objects import array, dictionary, text
from pipeline.pdf.stream_data import stream_data

_LEAF = re.compile(rb">([^<>]+)</")
_DATA = re.compile(rb"<xfa:data(?=[\s>])")
_WORD = re.compile(r"[^\W\d_]{2}")
_LARGEST = 4 * 1024 * 1024


def has_xfa(pdf: pikepdf.Pdf) -> bool:
    form = dictionary(pdf.Root.get("/AcroForm"))
    return form is not None and "/XFA" in form


def xfa_says_more(pdf: pikepdf.Pdf, values: Iterable[Value | None]) -> bool:
    """Whether the copy's data hold words that no field has. Numbers and dates are written
    differently there, so they are not compared."""
    known = "\n".join(
        _plain(value if isinstance(value, str) else "\n".join(value))
        for value in values
        if isinstance(value, str | tuple)
    )
    leaves = dict.fromkeys(_leaves(pdf))
    told = (_plain(unescape(leaf.decode("utf-8", "replace"))) for leaf in leaves)
    return any(words not in known for words in told if _WORD.search(words))


def _leaves(pdf: pikepdf.Pdf) -> list[bytes]:
    """What stands between the tags of the data: what follows them there describes them, with names
    and types that are nobody's answers."""
    return _LEAF.findall(_datasets(pdf).partition(b"</xfa:data>")[0])


def _datasets(pdf: pikepdf.Pdf) -> bytes:
    """XFA is a stream, or an array of its packets, each after its name. ISO 32000-1, 12.7.8."""
    form = dictionary(pdf.Root.get("/AcroForm"))
    held = form.get("/XFA") if form is not None else None
    if isinstance(held, pikepdf.Stream):
        whole = stream_data(held, _LARGEST) or b""
        start = _DATA.search(whole)
        return whole[start.end() :] if start is not None else b""
    for name, packet in pairwise(array(held)):
        is_name = isinstance(name, pikepdf.String) and text(name) == "datasets"
        if is_name and isinstance(packet, pikepdf.Stream):
            return stream_data(packet, _LARGEST) or b""
    return b""


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
