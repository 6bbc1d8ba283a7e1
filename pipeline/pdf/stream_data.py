"""The data of a stream, unpacked within bounds: a kilobyte can hold a gigabyte.

Filters: ISO 32000-2, 7.4.
"""

from __future__ import annotations

import zlib

import pikepdf

LARGEST_STREAM = 64 * 1024 * 1024
"""Bytes that any stream may unpack to, to be read at all."""

_FLATE, _LZW = ("/FlateDecode", "/Fl"), ("/LZWDecode", "/LZW")
_PICTURE = {
    "/CCITTFaxDecode", "/CCF", "/JBIG2Decode", "/DCTDecode", "/DCT", "/JPXDecode",
}  # fmt: skip
_RUN_LENGTH, _RUN_END = ("/RunLengthDecode", "/RL"), 128
_LZW_CLEAR, _LZW_END, _LZW_CODES = 256, 257, 4096


def stream_data(stream: pikepdf.Stream, most: int = LARGEST_STREAM) -> bytes | None:
    """The unpacked data; ``None`` where they are damaged or more than ``most`` bytes."""
    try:
        if unpacks_beyond(stream, most):
            return None
        data = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError, UnicodeDecodeError):
        # The last: pikepdf's own complaint about a name that is no UTF-8.
        return None
    return data if len(data) <= most else None


def unpacks_beyond(stream: pikepdf.Stream, most: int) -> bool:
    """Whether a step of unpacking gives too much, found without keeping it. A filter of another
    kind ends the search: qpdf bounds those itself, or they hardly grow."""
    data = stream.read_raw_bytes()
    for name in _filters(stream):
        if name in _FLATE:
            data = _inflated(data, most)
        elif name in _LZW:
            return _lzw_length(data, most) > most
        elif name in _RUN_LENGTH:
            return _run_length(data, most) > most
        else:
            return False
        if len(data) > most:
            return True
    return len(data) > most


def _filters(stream: pikepdf.Stream) -> list[str]:
    named = stream.get("/Filter")
    listed = list(named) if isinstance(named, pikepdf.Array) else [named]
    return [_written(each) for each in listed if isinstance(each, pikepdf.Name)]


def _written(name: pikepdf.Object) -> str:
    """A filter whose name is no UTF-8 is none of the standard's."""
    try:
        return str(name)
    except UnicodeDecodeError:
        return ""


def has_picture_filter(stream: pikepdf.Stream) -> bool:
    """Whether its data are coded as only pictures are. ISO 32000-2, 7.4.6 to 7.4.9."""
    return not _PICTURE.isdisjoint(_filters(stream))


def _inflated(data: bytes, most: int) -> bytes:
    """What can be had of ``data``, one byte beyond ``most`` at the furthest."""
    try:
        return zlib.decompressobj().decompress(data, most + 1)
    except zlib.error:
        return b""


def _run_length(data: bytes, most: int) -> int:
    """How long the data are once unpacked, counted no further than just beyond ``most``. 7.4.5."""
    total = at = 0
    while at < len(data) and total <= most and data[at] != _RUN_END:
        copied = data[at] < _RUN_END
        total += data[at] + 1 if copied else 257 - data[at]
        at += data[at] + 2 if copied else 2
    return total


def _lzw_length(data: bytes, most: int) -> int:
    """How long the data are once unpacked, counted no further than just beyond ``most``.

    A code stands for the text of an earlier one and a byte more, so that lengths alone will do.
    7.4.4.2.
    """
    lengths: list[int] = []
    total = previous = held = bits = 0
    width = 9
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == _LZW_END:
            break
        if code == _LZW_CLEAR:
            lengths, width, previous = [], 9, 0
            continue
        if previous and len(lengths) < _LZW_CODES - 258:
            lengths.append(previous + 1)
        known = code - 258
        previous = 1 if code < _LZW_CLEAR else lengths[known] if known < len(lengths) else 1
        total += previous
        if total > most:
            break
        width = min(12, max(9, (len(lengths) + 259).bit_length()))
    return total
