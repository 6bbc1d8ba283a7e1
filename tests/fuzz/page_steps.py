"""Harm done to what pages draw with: content, form XObjects, patterns, fonts, images, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.fuzz.choosing import having, of_subtype, some_page
from tests.fuzz.hostile import filters, token
from tests.fuzz.object_steps import ObjectStep

_CONTENTS = (
    b"q " * 70_000, b"Q " * 70_000, b"BT " * 9_000, b"ET Q EMC " * 500,
    b"/P <</MCID 0>> BDC " * 9_000, b"BT /Helv 1e9 Tf (x) Tj ET",
    b"BT /Helv -3 Tf 0 0 0 0 0 0 Tm (x) Tj ET", b"BT /Nix 9 Tf (x) Tj ET",
    b"BT /Helv 9 Tf [" + b"(a) -9999999999 " * 9_000 + b"] TJ ET",
    b"BT /Helv 9 Tf (" + b"w" * 600_000 + b") Tj ET",
    b"BT /Helv 9 Tf 9 9 Td <" + b"41" * 90_000 + b"> Tj ET", b"[0.0001] 0 d 9 w 0 0 m 100000 0 l S",
    b"[0 0 0] 0 d 0 0 m 9 9 l S", b"1e-9 0 0 1e-9 0 0 cm 0 0 1e9 1e9 re f",
    b"1e9 0 0 1e9 0 0 cm 0 0 m 1 1 l S", b"0 0 m " + b"9 9 1 1 5 5 c " * 60_000 + b"S",
    b"0 0 m " + b"600 800 l 1 1 l " * 20_000 + b"b*",
    b"0 0 9 9 re W n " * 20_000 + b"0 0 500 500 re f",
    b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID x EI",
    b"BI /W 1 /H 1 /F [/CCF] /DP [<</Columns 2000000000>>] ID x EI",
    b"BI /W -1 /H 2147483647 /IM true ID EI", b"/Nix sh /Nix gs /Nix cs 1 scn 0 0 9 9 re f",
    b"((((((((", b"<<<<<<<<", b"[" * 90_000, b"<< /a " * 60_000, b"1 " * 200_000, b"/x /y /z m l c",
    b"\xff\xfe\x00 Do", b"/a#e4 Do /a\xe4 Do", b"9" * 5_000 + b" 0 0 1 0 0 cm (x) '",
    b"% " + b"x" * 90_000, b"(x) ' (y) \" T* Tj", b"0 0 0 d1 BT (x) Tj ET",
)  # fmt: skip


def content(pdf: Pdf, random: Random) -> None:
    """Drawing that a page, a form XObject or an appearance should not contain."""
    data = random.choice(_CONTENTS)
    page = some_page(pdf, random).obj
    match random.randrange(5):
        case 0:
            page.Contents = pdf.make_stream(data)
        case 1:
            held = page.get("/Contents")
            old = list(held) if isinstance(held, Array) else [] if held is None else [held]
            page.Contents = Array([*old, pdf.make_stream(data), pdf.make_stream(data)])
        case 2:
            random.choice(having(pdf, "/BBox")).write(data)
        case 3:
            page.Contents = Array([pdf.make_stream(b" ")] * 20_000)
        case _:
            inner = Array([pdf.make_stream(data)])
            page.Contents = pdf.make_indirect(Array([inner, page, random.choice(data)]))


def self_drawing(pdf: Pdf, random: Random) -> None:
    """A form XObject, a pattern, a soft mask or a glyph that draws itself, or much by two's."""
    page = some_page(pdf, random)
    deep = random.choice((0, 2, 12, 30))
    kind = random.choice(("/XObject", "/Pattern", "/Font", "/ExtGState"))
    drawing = {
        "/XObject": b"/X Do /X Do ", "/Pattern": b"/Pattern cs /X scn 0 0 600 800 re f ",
        "/Font": b"500 0 0 0 500 500 d1 BT /X 1 Tf (aa) Tj ET ",
        "/ExtGState": b"/X gs 0 0 600 800 re f /X gs 9 9 99 99 re f ",
    }[kind]  # fmt: skip
    one = _drawer(pdf, kind, b"0 0 9 9 re f ")
    for _ in range(deep):
        outer = _drawer(pdf, kind, drawing)
        _holder(outer, kind).Resources = Dictionary({kind: Dictionary(X=one)})
        one = outer
    if not deep:
        one = _drawer(pdf, kind, drawing)
        _holder(one, kind).Resources = Dictionary({kind: Dictionary(X=one)})
    own = page.obj.get("/Resources")
    resources = Dictionary() if own is None else Dictionary(dict(own.items()))
    resources[kind] = Dictionary(X=one)
    page.obj.Resources = resources
    page.contents_add(b"q " + drawing.replace(b"500 0 0 0 500 500 d1 ", b"") + b"Q")


def _drawer(pdf: Pdf, kind: str, data: bytes) -> pikepdf.Object:
    box, stream = Array([0, 0, 600, 800]), pdf.make_stream(data)
    if kind == "/Font":
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=box, FirstChar=97, LastChar=97,
                FontMatrix=Array([0.002, 0, 0, 0.002, 0, 0]), Widths=Array([500]),
                CharProcs=Dictionary(a=stream), Resources=Dictionary(),
                Encoding=Dictionary(Differences=Array([97, Name.a])),
            )
        )  # fmt: skip
    if kind == "/Pattern":
        stream.PatternType, stream.PaintType, stream.TilingType = 1, 1, 1
        stream.BBox, stream.XStep, stream.YStep = Array([0, 0, 3, 3]), 0.01, 0.01
        return stream
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, box
    stream.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    if kind == "/ExtGState":
        return pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=stream)))
    return stream


def _holder(one: pikepdf.Object, kind: str) -> pikepdf.Object:
    """Whose resources its drawing uses; for a glyph they are the font's. 9.6.4."""
    return one.SMask.G if kind == "/ExtGState" else one


def fonts(pdf: Pdf, random: Random) -> None:
    """Fonts without what they are made of, or with absurdly much of it."""
    font = random.choice(having(pdf, "/BaseFont"))
    match random.randrange(11):
        case 0:
            font.Subtype, font.DescendantFonts = (
                Name.Type0,
                random.choice((Array([font]), font, Array([]))),
            )
        case 1:
            font.Subtype = random.choice(
                (Name.Type0, Name.Type3, Name.TrueType, Name.CIDFontType2, Name.Xx)
            )
        case 2:
            font.FirstChar, font.LastChar = random.choice(
                ((0, 2**31 - 1), (-5, 9), (300, 1), (0, 10**6))
            )
            font.Widths = Array([token(random) for _ in range(random.choice((0, 3, 300)))])
        case 3:
            font.W = Array([0, Array([1e9] * 50), 5, 2**31 - 1, -3, 7, 1, Array()])
            font.DW = token(random)
        case 4:
            lines = b"1 begincodespacerange <00> <FF> endcodespacerange " + random.choice(
                (
                    b"1 beginbfrange <0000> <FFFF> <0041> endbfrange",
                    b"9 beginbfchar <41> <" + b"D8" * 9_000 + b"> endbfchar",
                    b"1 beginbfrange <00> <FFFFFFFFFFFF> [<41>] endbfrange", b"/Self usecmap",
                    b"beginbfrange <> <> <> endbfrange", b"beginbfchar <zz> /x endbfchar " * 5_000,
                    b"1 begincidrange <00> <ffff> 99999999999 endcidrange",
                )
            )  # fmt: skip
            cmap = pdf.make_stream(lines)
            cmap.UseCMap = cmap
            font[random.choice(("/ToUnicode", "/Encoding"))] = cmap
        case 5:
            font.Encoding = Dictionary(
                BaseEncoding=random.choice((Name.WinAnsiEncoding, Name.Xx, font)),
                Differences=Array(
                    random.choice(
                        (
                            [Name.a, 5, Name.b],
                            [2**31, Name.a],
                            [-7, *[Name("/uniD800")] * 400],
                            [1.5, String("a")],
                        )
                    )
                ),
            )
        case 6 | 7:
            program = pdf.make_stream(_program(pdf, random))
            program.Length1 = token(random)
            key = random.choice(("/FontFile", "/FontFile2", "/FontFile3"))
            font.FontDescriptor = Dictionary(
                {
                    key: program,
                    "/Flags": random.choice((4, 32, -1)),
                    "/FontBBox": Array([0, 0, 0, token(random)]),
                }
            )
        case 8:
            font.FontDescriptor = Dictionary(
                Ascent=token(random), Descent=token(random), MissingWidth=token(random),
                FontBBox=Array([token(random) for _ in range(random.choice((0, 3, 4)))]),
                FontName=String("x"), Flags=token(random),
            )  # fmt: skip
        case 9:
            font.BaseFont = random.choice(
                (Name("/" + "x" * 9_000), Name("/"), String("Helvetica"), 5, Name("/ABCDEF+"))
            )
        case _:
            font.CIDToGIDMap = random.choice((pdf.make_stream(b"\x00"), Name.Nix, font, 9))
            font.CIDSystemInfo = random.choice((Dictionary(Registry=5), Array([]), font))


def _program(pdf: Pdf, random: Random) -> bytes:
    """A font program that is cut, harmed or none."""
    kept = [
        descriptor[key].read_bytes()
        for descriptor in having(pdf, "/FontBBox")
        for key in ("/FontFile2", "/FontFile3", "/FontFile")
        if isinstance(descriptor.get(key), pikepdf.Stream)
    ]
    if not kept:
        return b"\x00\x01\x00\x00" + random.choice((b"", b"\xff" * 400, random.randbytes(600)))
    data = bytearray(random.choice(kept))
    if random.random() < 0.3:
        return bytes(data[: random.randrange(len(data))])
    for _ in range(random.choice((1, 8, 100))):
        data[random.randrange(min(len(data), random.choice((300, 10**7))))] = random.choice(
            (0, 255, 128, 1)
        )
    return bytes(data)


def images(pdf: Pdf, random: Random) -> None:
    """An image of any claim: size, coding, colours, a mask that is itself."""
    page = some_page(pdf, random)
    image = pdf.make_stream(random.choice((b"", b"\x00" * 900, random.randbytes(4_000))))
    image.Type, image.Subtype = Name.XObject, Name.Image
    size = (1, 16, 3_000, 60_000, 2**31 - 1, 0, -1)
    image.Width, image.Height = random.choice(size), random.choice(size)
    image.BitsPerComponent = random.choice((1, 8, 16, 0, 99))
    loop = pdf.make_indirect(Array([Name.Indexed]))
    for each in (loop, 255, String(b"x" * 9)):
        loop.append(each)
    image.ColorSpace = random.choice(
        (
            Name.DeviceRGB,
            Name.Nix,
            loop,
            Array([]),
            Array([Name.ICCBased, image]),
            Array([Name.Separation, Name.a, loop, 5]),
        )
    )
    image[random.choice(("/SMask", "/Mask", "/Decode", "/ImageMask"))] = random.choice(
        (image, Array([0, 10**9]), True, 5)
    )
    if random.random() < 0.6:
        image.Filter, parameters = filters(random)
        if parameters is not None:
            image.DecodeParms = parameters
    page.add_resource(image, Name.XObject, Name.FpImage)
    page.contents_add(
        b"q 300 0 0 300 0 0 cm " + b"/FpImage Do " * random.choice((1, 3, 400)) + b"Q"
    )


def sizes(pdf: Pdf, random: Random) -> None:
    """Boxes of pages and widgets with numbers that are hardly any."""
    page = some_page(pdf, random).obj
    holder = random.choice([page, pdf.Root.Pages, *of_subtype(pdf, "/Widget")[:40]])
    key = random.choice(("/MediaBox", "/CropBox", "/Rect", "/BBox"))
    corners = random.choice(
        (
            [token(random) for _ in range(4)],
            [token(random) for _ in range(random.choice((0, 3, 5, 400)))], [0, 0, 0.001, 0.001],
            [0, 0, 14_400, 14_400], [0, 0, 9e6, 9e6], [-9e6, -9e6, -8e6, -8e6], [9, 9, 1, 1],
            [0, 0, 5_000_000, 1],
        )
    )  # fmt: skip
    holder[key] = Array(corners)
    page.Rotate = random.choice((0, 90, 45, -270, 10**9, 90.5, String("90")))
    page.UserUnit = random.choice((1, 0, -1, 75_000, 1e-9))


PAGE_STEPS: Mapping[str, ObjectStep] = {
    step.__name__: step for step in (content, self_drawing, fonts, images, sizes)
}
