"""The dictionaries that an array lists, with what tells them apart.

An array tells all its references at once; to ask each object for its own number costs as much as
reading an entry of it.
"""

from __future__ import annotations

import pikepdf

from pipeline.pdf.objects import array

Reference = bytes
"""An indirect object's number and generation, as ``b"12 0"``; a direct object has none."""

Listed = list[tuple[pikepdf.Object, Reference | None]]

DICTIONARY = (pikepdf.Dictionary, pikepdf.Stream)


def listed_dictionaries(holder: pikepdf.Object, key: str) -> Listed:
    """The dictionaries in the array that ``holder`` has under ``key``, with their references."""
    held = holder.get(key)
    references = references_of(held)
    if references is None:
        return [(each, reference_of(each)) for each in dictionaries_of(held)]
    pairs = zip(array(held), references, strict=True)
    return [pair for pair in pairs if isinstance(pair[0], DICTIONARY)]


def references_of(held: object) -> list[Reference] | None:
    """What an array refers to; ``None`` where it holds anything but references."""
    if not isinstance(held, pikepdf.Array):
        return []
    written = held.unparse(resolved=True)
    if b"<" in written or written.count(b" R ") != len(held):
        return None
    return written[2:-1].split(b" R ")[:-1]


def dictionaries_of(held: object) -> list[pikepdf.Object]:
    return [each for each in array(held) if isinstance(each, DICTIONARY)]


def reference_of(found: pikepdf.Object) -> Reference | None:
    return b"%d %d" % found.objgen if found.is_indirect else None
