"""Two people on one link: whose answer stands, field by field.

A three-way merge. Of the third version, the one that a page was drawn from, its fingerprints are
enough: they say which of the two changed a field. The page carries them (``web``), so nothing of
an earlier version has to be kept, and a page may be as old as it likes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from pipeline.model.field import Value, is_empty

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Basis:
    """What a page was drawn from, and what was chosen on it.

    ``seen`` are the fingerprints of the answers that the page began with, by field; a field that
    it lacks had none. ``yielded`` are fields where the other's answer was chosen, with the
    fingerprint of that answer: of a later one it says nothing.
    """

    seen: Mapping[str, str]
    yielded: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Merged:
    """``values`` hold mine where the two clash. ``taken`` are fields that only they changed,
    ``yielded`` those where theirs was chosen."""

    values: dict[str, Value]
    taken: tuple[str, ...]
    yielded: tuple[str, ...]
    clashes: tuple[str, ...]


def fingerprint(value: Value | None) -> str:
    """Of one answer, in hexadecimal digits; empty for none. What was not ticked is none."""
    if value is None or value is False or is_empty(value):
        return ""
    text = json.dumps(value, ensure_ascii=True)
    return sha256(text.encode("ascii")).hexdigest()[:_DIGITS]


def fingerprints(values: Mapping[str, Value]) -> dict[str, str]:
    """Those of the fields that are answered."""
    found = {name: fingerprint(value) for name, value in values.items()}
    return {name: digits for name, digits in found.items() if digits}


def merged(basis: Basis | None, mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> Merged:
    """What both say stays; what one changed is that one's; what both changed is a clash.

    Without ``basis`` nobody knows who changed what: every difference is a clash.
    """
    values = dict(theirs)
    taken, yielded, clashes = [], [], []
    for name in dict.fromkeys([*mine, *theirs]):
        my, their = fingerprint(mine.get(name)), fingerprint(theirs.get(name))
        if my == their:
            continue
        if basis is not None and basis.yielded.get(name) == their:
            yielded.append(name)
            continue
        began = None if basis is None else basis.seen.get(name, "")
        if began == my:
            taken.append(name)
            continue
        if began != their:
            clashes.append(name)
        if name in mine:
            values[name] = mine[name]
        else:
            del values[name]
    return Merged(values, tuple(taken), tuple(yielded), tuple(clashes))
