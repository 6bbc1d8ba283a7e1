"""Reading PDF objects that may be of any type: a wrong type is an absent value, never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pikepdf

from pipeline.model.geometry import Rect
from pipeline.pdf.stream_data import stream_data

ObjectId = tuple[int, int]

_DICTIONARY = (pikepdf.Dictionary, pikepdf.Stream)

_LONGEST_TEXT = 1024 * 1024
"""Bytes: whatever is longer is nobody's name, answer or script."""


def dictionary(value: object) -> pikepdf.Object | None:
    """``value`` where it is a dictionary (or a stream, which has one)."""
    return value if isinstance(value, _DICTIONARY) else None


def entry(parent: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """``key`` of a dictionary. What may be missing is looked for first: to make up a null that
    knows where it was not found costs qpdf six times as much."""
    return parent.get(key) if key in parent else None


def get_dictionary(parent: pikepdf.Object, key: str) -> pikepdf.Object | None:
    return dictionary(entry(parent, key))


def own_copy(held: pikepdf.Object | None) -> pikepdf.Dictionary:
    """A dictionary with the same entries, to be changed without changing others' view of it.

    What is null is not there. ISO 32000-2, 7.3.7.
    """
    copy = pikepdf.Dictionary()
    if held is not None:
        for key, value in held.items():
            if value is not None:
                copy[_as_written(key)] = value
    return copy


def names(held: pikepdf.Object) -> list[str]:
    """The keys of a dictionary, without their slashes.

    Old programs wrote names in no UTF-8 (``/m#e4nnlich``): such a key is spelled anew in
    ``held``, as ``text`` spells that name, so that it can be looked for. 7.3.5.
    """
    found = [str(key) for key in held.keys()]  # noqa: SIM118 - a PDF object is no mapping
    for key in found:
        if not _is_spelled(key):
            written = _as_written(key)
            held[_spelled(_bytes_of(key))] = held[written]
            del held[written]
    return [(key if _is_spelled(key) else _spelled(_bytes_of(key)))[1:] for key in found]


def _is_spelled(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True


def _bytes_of(key: str) -> bytes:
    """pikepdf gives a byte that is no UTF-8 as a lone surrogate, and takes none back."""
    return key.encode("utf-8", "surrogateescape")


def _spelled(written: bytes) -> str:
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("latin-1")


def _as_written(key: str) -> str | pikepdf.Name:
    if _is_spelled(key):
        return key
    written = b"/" + b"".join(b"#%02x" % byte for byte in _bytes_of(key)[1:])
    return cast("pikepdf.Name", pikepdf.Object.parse(written))


def array(value: object) -> list[pikepdf.Object]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def text(value: object) -> str | None:
    """A text string, a name or a text stream, decoded. ISO 32000-2, 7.9.2.2 and table 226."""
    if isinstance(value, pikepdf.Stream):
        data = stream_data(value, _LONGEST_TEXT)
        return None if data is None else str(pikepdf.String(data))
    if isinstance(value, pikepdf.Name):
        try:
            return str(value)[1:]
        except UnicodeDecodeError:
            return _spelled(bytes(value))[1:]
    if isinstance(value, pikepdf.String | str):
        found = _of_string(value)
        return found if len(found) <= _LONGEST_TEXT else None
    return None


def short_string(node: pikepdf.Object, key: str, most: int) -> str | None:
    """``key`` where it is a string of ``most`` characters at the most, which costs a third of
    ``text``; ``None`` otherwise, and for one in no encoding."""
    try:
        found = node.get_str(key)
    except (RuntimeError, UnicodeDecodeError):  # What pikepdf says of UTF-8 that is none.
        return None
    return found if found is not None and len(found) <= most else None


def _of_string(value: pikepdf.String | str) -> str:
    """A text string that is none, in the encoding that it begins with, gaps marked. 7.9.2.2."""
    try:
        return str(value)
    except UnicodeDecodeError:
        data = bytes(value) if isinstance(value, pikepdf.String) else b""
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig", "replace")
        utf_16 = data.startswith((b"\xfe\xff", b"\xff\xfe"))
        return data.decode("utf-16" if utf_16 else "latin-1", "replace")


def integer(value: object, default: int = 0) -> int:
    try:
        return int(value)  # type: ignore[call-overload,no-any-return]
    except (TypeError, ValueError, OverflowError):
        return default


def real(value: object, default: float = 0.0) -> float:
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return default
    return result if abs(result) < 1e7 else default


def reals(value: object) -> tuple[float, ...]:
    return tuple(real(each) for each in array(value))


def rect(value: object) -> Rect | None:
    corners = reals(value)
    return Rect.of(*corners) if len(corners) == 4 else None


def object_id(value: pikepdf.Object) -> ObjectId | None:
    """What tells an indirect object from every other; ``None`` for a direct one."""
    return value.objgen if value.is_indirect else None


def inherited(node: pikepdf.Object, key: str, parent: str = "/Parent") -> pikepdf.Object | None:
    """``key`` from the node or the nearest ancestor that has it. ISO 32000-2, 7.7.3.4, 12.7.4.1."""
    for each in ancestors(node, parent):
        if key in each:
            return each.get(key)
    return None


def ancestors(node: pikepdf.Object, parent: str = "/Parent") -> Iterator[pikepdf.Object]:
    """The node and its ancestors; ends at a cycle."""
    seen: set[ObjectId] = set()
    current: pikepdf.Object | None = node
    for _ in range(100):
        if current is None or not isinstance(current, pikepdf.Dictionary):
            return
        identity = object_id(current)
        if identity is not None:
            if identity in seen:
                return
            seen.add(identity)
        yield current
        current = current.get(parent) if parent in current else None
