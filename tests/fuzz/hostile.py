"""Values, filters, scripts and packed data that no reader should be given."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

_MEBIBYTE = 1 << 20

_NUMBERS = (
    0, -1, 1, 2, 255, 10**6, 2**31 - 1, 2**31, 2**32, 2**63 - 1, -(2**31), -(2**63), 0.5, -1e-9,
    1e9, 1e30, -1e30,
)  # fmt: skip
STRINGS = (
    b"", b"\xfe\xff", b"\xfe\xff\xd8\x00", b"\xfe\xff\xdc\x00\xd8\x00", b"\xfe\xff\x00",
    b"\xff\xfea", b"\xef\xbb\xbf\xff\xfe", b"\x00" * 50, b"\x80\x9f\xad", b"(" * 2_000,
    b"woord " * 20_000, b"\r\n\r", b"\xef\xbb\xbf\xed\xa0\x80", b"%s%n{}", b"Off", b"Yes",
)  # fmt: skip
_NAMES = ("/Tx", "/Btn", "/Ch", "/Sig", "/Off", "/Yes", "/Identity-H", "/Widget", "/", "/a#20b")
_FILTERS = (
    "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode",
    "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode", "/Crypt", "/Nonsense", "/Fl",
)  # fmt: skip


_MISSING = b"7777 0 R"
_TOKENS = (
    _MISSING,
    b"9" * 400, b"-" + b"9" * 30, b"0." + b"0" * 400 + b"1", b"1e400", b"-.", b"4.", b"-0",
    b"99999999999999999999", b"2147483648", b"-2147483649", b"1.5", b"null", b"true", b"[]",
    b"<<>>", b"()", b"/", b"(12)", b"/12", b"12000000", b"0.1000000000000000055511151231257827",
    b"[[[[1]]]]", b"/#00", b"1e-400", b"Infinity", b"NaN",
)  # fmt: skip
_ODD_NAMES = (
    b"/m#e4nnlich",
    b"/#ff#fe",
    b"/#ed#a0#80",
    b"/a#20b#2fc",
    b"/",
    b"/#c3",
    b"/x#0a",
    b"/#25s",
)
_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (depth, b"&l%d;" % (depth - 1) * 10) for depth in range(1, 10)
)


def token(random: Random) -> pikepdf.Object:
    """A number as no writer writes it, or something else in its place: a name of the same length
    that stands for it until ``with_tokens`` puts it there."""
    return Name(_marks()[random.randrange(len(_TOKENS))])


def missing_object() -> pikepdf.Object:
    """The same for a reference to an object that is not there."""
    return Name(_marks()[_TOKENS.index(_MISSING)])


def with_tokens(data: bytes) -> bytes:
    """A written file with its tokens in their places; cross-references stay right."""
    for mark, written in zip(_marks(), _TOKENS, strict=True):
        data = data.replace(mark.encode(), written.ljust(len(mark)))
    return data


@cache
def _marks() -> list[str]:
    return [f"/FuzzTk{at:02}".ljust(len(each), "x") + "z" for at, each in enumerate(_TOKENS)]


def odd_name(random: Random) -> pikepdf.Name:
    return cast("pikepdf.Name", pikepdf.Object.parse(random.choice(_ODD_NAMES)))


def xml(random: Random) -> bytes:
    """XML at which a parser may despair: entities, depth, encodings, names."""
    data = b"<xfa:data xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'>%s</xfa:data>"
    deep = random.choice((300, 9_000, 200_000))
    return random.choice(
        (
            b"<!DOCTYPE a [<!ENTITY l0 'ha'>" + _LAUGHS + b"]><a><name>&l9;</name></a>",
            b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a><name>&x;</name></a>",
            b"<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;]><a/>",
            data % (b"<a>" * deep + b"x" + b"</a>" * deep), b"<a>" * deep,
            data % (b"<name>x</name>" * 50_000), b"<?xml version='1.0' encoding='UTF-16'?><a/>",
            b"<?xml version='1.0' encoding='nix'?><a/>",
            b"<?xml version='1.0' encoding='utf-7'?><a>+AGE-</a>", b"\xff\xfe<\x00a\x00/\x00>\x00",
            b"", b"\x00" * 900,
            b"<a " + b" ".join(b"a%d='x'" % number for number in range(20_000)) + b"/>",
            data % (b"<name>" + b"y" * 5 * _MEBIBYTE + b"</name>"),
            data % b"<name>\xed\xa0\x80 &#xD800; &#0;</name>", b"<a:b xmlns:a=''/>",
            data % b"<name/><name><name>&amp;</name></name>",
        )
    )  # fmt: skip


def value(pdf: Pdf, random: Random, others: Sequence[pikepdf.Object]) -> object:
    """A value of any kind, extreme for its kind."""
    match random.randrange(10):
        case 0 | 1:
            return random.choice(_NUMBERS)
        case 2:
            return random.random() < 0.5
        case 3 | 4:
            return String(random.choice(STRINGS))
        case 5:
            return Name(random.choice(_NAMES))
        case 6:
            count = random.choice((0, 1, 3, 4, 2_000))
            return Array([random.choice((0, -1, 1e9, 0.5)) for _ in range(count)])
        case 7:
            return Dictionary(N=Dictionary(), A=Array([random.choice(others)]), T=String("in"))
        case 8:
            stream = pdf.make_stream(random.choice((b"", b"q Q", b"\xfe\xff\x00a", b"x" * 9_000)))
            names, parameters = filters(random)
            stream.Filter = names
            if parameters is not None:
                stream.DecodeParms = parameters
            return stream
        case _:
            return random.choice(others)


def filters(random: Random) -> tuple[pikepdf.Object, pikepdf.Object | None]:
    """(Filter, DecodeParms)."""
    chain = Array([Name(random.choice(_FILTERS)) for _ in range(random.choice((0, 1, 1, 2, 40)))])
    parameters = Dictionary(
        Predictor=random.choice((0, 2, 12, 15, 99, -1)),
        Columns=random.choice((0, 1, 5, 2**31 - 1, -3)),
        Colors=random.choice((0, 1, 4, 10**6)),
        BitsPerComponent=random.choice((0, 1, 8, 16, 64)),
        EarlyChange=random.choice((0, 1, 7)),
        K=-1,
    )
    names = chain[0] if len(chain) == 1 and random.random() < 0.8 else chain
    wanted = random.choice((None, parameters, Array([parameters] * len(chain)), Array([])))
    return names, wanted


def script(random: Random) -> str:
    """Scripts at which a parser by patterns may despair, or which declare the absurd."""
    many = random.choice((30, 2_000, 19_000))
    return random.choice(
        (
            'AFNumber_Format(2, 3, 0, 0, "", true);',
            f"AFNumber_Format({random.choice((-1, 10**9, 10**30, 100, 1.5))}, 77, 9, 0, '', true)",
            f"AFPercent_Format({random.choice((-5, 10**8, 400))}, 2)",
            f'AFDate_FormatEx("{"dmyyyyHMs" * (many // 9)}");',
            "AFDate_Format(99999999999999)",
            "AFTime_Format(-1)",
            f"AFSpecial_Format({random.choice((-1, 10**30, 2.5))})",
            f'AFSpecial_KeystrokeEx("{"9AXO" * (many // 4)}");',
            f"AFRange_Validate(true, {'9' * min(many, 4_000)}, true, -1);",
            "AFRange_Validate(true, 1e309, true, NaN);",
            'AFSimple_Calculate("SUM", new Array (' + '"name", ' * (many // 8) + '"x"));',
            'AFSimple_Calculate("SUM", new Array ("total", "amount", "total"));',
            f"/** BVCALC {'(' * many}name{')' * many} EVCALC **/",
            f"/** BVCALC {'name + ' * (many // 7)}1 EVCALC **/",
            "/** BVCALC name / 0 * total EVCALC **/",
            "/** BVCALC " + "\\" * many + " EVCALC **/",
            "/*" * many,
            "AFNumber_Format(" + "(" * many,
            "AFNumber_Format(" + "[" * many + "]" * many + ")",
            "AFNumber_Format(" + '"\\' * many,
            "AFMakeNumber(" + " " * many + "x",
            "event.value" + " " * many + "AFNumber_Format(2",
        )
    )


@cache
def bombs() -> tuple[tuple[bytes, Name | Array], ...]:
    """(packed data, its Filter): 20 to 150 MiB each when unpacked."""
    flate = Name.FlateDecode
    spaces = zlib.compress(b" " * (80 * _MEBIBYTE), 9)
    saves = zlib.compress(b"q " * (10 * _MEBIBYTE), 9)
    texts = zlib.compress(b"BT (x) Tj ET " * (2 * _MEBIBYTE), 9)
    xml = zlib.compress(b"<a>Xy</a>" * (3 * _MEBIBYTE), 9)
    twice = zlib.compress(spaces, 9)
    hexed = zlib.compress(b"4" * (70 * _MEBIBYTE), 9)
    runs = zlib.compress(b"\x81A" * (2 * _MEBIBYTE), 9)
    return (
        (spaces, flate),
        (saves, flate),
        (texts, flate),
        (xml, flate),
        (twice, Array([flate, flate])),
        (hexed, Array([flate, Name.ASCIIHexDecode])),
        (runs, Array([flate, Name.RunLengthDecode])),
    )
