"""Harm done to a file's bytes: what a transfer, a bad disk or an attacker with an editor does."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from random import Random

ByteStep = Callable[[bytes, Random], bytes]

_NUMBERS = (
    b"0", b"-1", b"1", b"2", b"255", b"65536", b"2147483647", b"2147483648", b"-2147483648",
    b"4294967296", b"9223372036854775807", b"99999999999999999999", b"1e30", b"0.0000001",
    b"--5", b"1.2.3", b"." , b"+", b"123456789012345678901234567890.5",
)  # fmt: skip
_NAMES = (
    b"/Tx", b"/Btn", b"/Ch", b"/Sig", b"/Kids", b"/Parent", b"/Fields", b"/V", b"/AP", b"/N",
    b"/Off", b"/Widget", b"/Page", b"/Pages", b"/Annots", b"/FlateDecode", b"/LZWDecode",
    b"/ASCII85Decode", b"/RunLengthDecode", b"/DCTDecode", b"/JBIG2Decode", b"/Crypt", b"/Type0",
    b"/Type3", b"/Length", b"/XRef", b"/ObjStm", b"/", b"/#00", b"/#zz",
)  # fmt: skip
_WORDS = (b"endobj", b"endstream", b"stream\n", b"obj", b"xref", b"trailer", b"startxref", b"%%EOF")
_OPENERS = (b"[", b"<<", b"<</A ", b"(", b"q ", b"[[<</K[")

_NUMBER = re.compile(rb"(?<![\w.#/])[-+]?\d+(?:\.\d+)?(?![\w.])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]{0,20}")
_LENGTH = re.compile(rb"/Length \d+(?: 0 R)?")
_PACKED = re.compile(rb"/Type ?/ObjStm[^>]{0,200}>>\s*stream\r?\n(.+?)\s*endstream", re.DOTALL)
_REFERENCE = re.compile(rb"(?<!\d)\d{1,6} 0 R")


def flip_bits(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 32, 256))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def noise(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data)), random.choice((1, 16, 400))
    return data[:at] + random.randbytes(length) + data[at + length :]


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(1, len(data))]


def cut(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.choice((1, 10, 200, 4000)) :]


def repeat(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data)), random.choice((10, 200, 4000))
    return data[:at] + data[at : at + length] * random.choice((2, 20, 300)) + data[at:]


def shuffle(data: bytes, random: Random) -> bytes:
    """Two stretches change places."""
    one, other = sorted(random.randrange(len(data)) for _ in range(2))
    length = random.choice((8, 64, 1000))
    return (
        data[:one] + data[other : other + length] + data[one + length : other]
        + data[one : one + length] + data[other + length :]
    )  # fmt: skip


def numbers(data: bytes, random: Random) -> bytes:
    return _replaced(data, random, _NUMBER, lambda _: random.choice(_NUMBERS))


def names(data: bytes, random: Random) -> bytes:
    known = [*_NAMES, *set(_NAME.findall(data[:200_000]))]
    known.sort()
    return _replaced(data, random, _NAME, lambda _: random.choice(known))


def references(data: bytes, random: Random) -> bytes:
    """Objects that mean another: cycles of every kind."""
    found = sorted(set(_REFERENCE.findall(data))) or [b"1 0 R"]
    return _replaced(data, random, _REFERENCE, lambda _: random.choice(found))


def keywords(data: bytes, random: Random) -> bytes:
    word = random.choice(_WORDS)
    return _replaced(data, random, re.compile(re.escape(word)), lambda _: random.choice(_WORDS))


def nest(data: bytes, random: Random) -> bytes:
    """Thousands of openers: what is read by recursion runs out of stack."""
    at = random.choice([m.start() for m in _NUMBER.finditer(data)] or [0])
    depth = random.choice((50, 499, 501, 5_000, 200_000))
    return data[:at] + random.choice(_OPENERS) * depth + b" " + data[at:]


def cross_references(data: bytes, random: Random) -> bytes:
    """A table that points anywhere, a /Prev that comes back, no table at all."""
    at = data.rfind(b"startxref")
    if at < 0:
        return data
    place = random.choice(
        (b"0", b"-7", b"999999999999", str(random.randrange(len(data))).encode(), b"")
    )
    prev = str(random.randrange(len(data))).encode()
    return random.choice(
        (
            data[:at] + b"startxref\n" + place + b"\n%%EOF\n",
            data[:at] + b"trailer\n<</Prev " + prev + b"/Root 1 0 R>>\n" + data[at:],
            data.replace(b"/Root", b"/Prev " + prev + b" /Root", 1),
            data.replace(b"\nxref", b"\nxerf"),
            re.sub(rb"\d{10} 0{5} n", lambda _: b"%010d 00000 n" % random.randrange(10**6), data),
        )
    )


def update(data: bytes, random: Random) -> bytes:
    """An incremental update that defines objects again, by themselves and by each other."""
    bodies = (
        b"%d 0 obj\n%d 0 R\nendobj\n",
        b"%d 0 obj\n<</Kids[%d 0 R]/Parent %d 0 R/T(x)/FT/Tx>>\nendobj\n",
        b"%d 0 obj\n[%d 0 R %d 0 R]\nendobj\n",
        b"%d 0 obj\n<</Length %d 0 R>>\nstream\nxx\nendstream\nendobj\n",
        b"%d 0 obj\n<</Length -5/Filter[/FlateDecode]>>\nstream\nxx\nendstream\nendobj\n",
    )  # fmt: skip
    out, table = bytearray(data + b"\n"), []
    for _ in range(random.choice((1, 3, 20))):
        body = random.choice(bodies)
        number = random.randrange(1, 40)
        table.append((number, len(out)))
        others = (random.choice((number, random.randrange(1, 40))) for _ in range(9))
        out += body % (number, *(next(others) for _ in range(body.count(b"%d") - 1)))
    start, root = len(out), re.findall(rb"/Root (\d+ 0 R)", data)[-1:] or [b"1 0 R"]
    out += b"xref\n"
    for number, place in table:
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    old = re.findall(rb"startxref\s+(\d+)", data)[-1:] or [b"0"]
    out += (
        b"trailer\n<</Size 50/Root " + root[0] + b"/Prev " + random.choice((old[0], b"%d" % start))
    )
    return bytes(out + b">>\nstartxref\n%d\n%%%%EOF\n" % start)


def cross_reference_bomb(data: bytes, random: Random) -> bytes:
    """A cross-reference stream that says it is endless, or is."""
    size = random.choice((10**5, 10**8, 2**31 - 1))
    zeros = zlib.compress(bytes(random.choice((100, 10**6, 50 * 10**6))), 9)
    at = len(data) + 1
    head = b"9999 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>"
    return (
        data + b"\n" + head % (size, len(zeros)) + b"\nstream\n" + zeros
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at
    )  # fmt: skip


def lengths(data: bytes, random: Random) -> bytes:
    """A stream that says it is shorter, longer, endless or as long as another object."""
    lies = (b"0", b"1", b"-1", b"999999999", b"4294967296", b"1 0 R", b"9999 0 R", b"(5)", b"")
    return _replaced(data, random, _LENGTH, lambda _: b"/Length " + random.choice(lies))


def packed_objects(data: bytes, random: Random) -> bytes:
    """Harm inside an object stream, where a change of the file's bytes would only break it."""
    places = []
    for match in _PACKED.finditer(data):
        try:
            places.append((match.span(1), zlib.decompress(match[1])))
        except zlib.error:
            continue
    if not places:
        return data
    (start, end), inner = random.choice(places)
    for _ in range(random.choice((1, 2, 5))):
        step = random.choice((flip_bits, cut, repeat, shuffle, numbers, names, references, nest))
        inner = step(inner, random) or b" "
    packed = zlib.compress(inner[: 4 * 1024 * 1024], 9)
    return data[:start] + packed.ljust(end - start, b"\n") + data[end:]


def header(data: bytes, random: Random) -> bytes:
    return random.choice((b"\x00" * 900, b"%PDF-9.9\n", b"%!PS\n", b"\r" * 1030)) + data


def _replaced(
    data: bytes, random: Random, pattern: re.Pattern[bytes], by: Callable[[bytes], bytes]
) -> bytes:
    places = [match.span() for match in pattern.finditer(data)]
    if not places:
        return data
    chosen = sorted(random.sample(places, min(len(places), random.choice((1, 1, 3, 12)))))
    out, done = [], 0
    for start, end in chosen:
        out += [data[done:start], by(data[start:end])]
        done = end
    return b"".join([*out, data[done:]])


BYTE_STEPS: Mapping[str, ByteStep] = {
    step.__name__: step
    for step in (
        flip_bits, noise, truncate, cut, repeat, shuffle, numbers, names, references, keywords,
        nest, cross_references, update, cross_reference_bomb, lengths, packed_objects, header,
    )
}  # fmt: skip
