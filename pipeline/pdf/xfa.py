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
    form = dictionary(pdf.Root.get("/AcroForm"))
    parts = array(form.get("/XFA")) if form is not None else []
    for name, stream in pairwise(parts):
        if text(name) == "datasets" and isinstance(stream, pikepdf.Stream):
            data = stream_data(stream, _LARGEST) or b""
            # What follows the data describes them: names and types, nobody's answers.
            return _LEAF.findall(data.partition(b"</xfa:data>")[0])
    return []


def _plain(words: str) -> str:
    return "".join(words.split()).casefold()
