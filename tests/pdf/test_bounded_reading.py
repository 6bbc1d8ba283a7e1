"""Little that unpacks to much, and drawings without end: reading them is bounded work."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, PdfError, Stream, String
from pypdf import PdfReader

from pipeline.errors import NotAPdf, TooLarge
from pipeline.flow import documents
from pipeline.model.limits import Limits
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.sound_copy import sound_copy
from pipeline.pdf.stream_data import stream_data
from tests.pdf.forms import form_of, received
from tests.pdf.judges import page_text
from tests.pdf.small_forms import Sheet, encrypted, one_text_field

pytestmark = pytest.mark.timeout(60)
"""What is without end would never come back."""


def bomb(sheet: Sheet, filters: list[Name], mebibytes: int = 100) -> Stream:
    """A few kilobytes that unpack to ``mebibytes`` of blanks, packed by each of ``filters``."""
    packed = b" " * (mebibytes << 20)
    for name in reversed(filters):
        packed = zlib.compress(packed, 9) if name == Name.FlateDecode else packed
    stream = sheet.pdf.make_stream(b"")
    stream.write(packed, filter=Array(filters))
    return stream


@pytest.mark.parametrize("times", [1, 2])
def test_values_and_scripts_that_unpack_to_a_hundred_megabytes(times: int) -> None:
    """They are looked at more than once for each field: every look must be cheap."""
    sheet = Sheet()
    packed = bomb(sheet, [Name.FlateDecode] * times)
    for number in range(30):
        field = sheet.text(f"f{number}", V=packed)
        field.AA = Dictionary(F=Dictionary(S=Name.JavaScript, JS=packed))
    sheet.form.XFA = Array([String("datasets"), packed])
    sheet.pdf.Root.PieceInfo = Dictionary(Formpress=Dictionary(Private=packed))
    data = sheet.bytes()
    form = form_of(data)
    assert form.template.by_name["f0"].value is None
    assert received(form, data) == {}


def test_a_stream_is_unpacked_within_bounds() -> None:
    sheet = Sheet()
    some = sheet.pdf.make_stream(b"x" * 1000)
    assert stream_data(some, 1000) == b"x" * 1000
    assert stream_data(some, 999) is None
    sheet.pdf.Root.Big = bomb(sheet, [Name.FlateDecode, Name.FlateDecode])
    with open_pdf(sheet.bytes()) as pdf:
        big = pdf.Root.Big
        assert isinstance(big, Stream)
        assert stream_data(big) is None
        with pytest.raises(PdfError):
            big.read_bytes()
    damaged = sheet.pdf.make_stream(b"")
    damaged.write(b"no such data", filter=Name.FlateDecode)
    assert stream_data(damaged) in (None, b"")


@pytest.mark.parametrize("length", [0, 3, 100, 60_000, 3_000_000])
def test_lzw_is_measured_before_it_is_unpacked(length: int) -> None:
    """qpdf unpacks LZW without bounds."""
    sheet = Sheet()
    stream = sheet.pdf.make_stream(b"")
    stream.write(lzw_of_one_letter(length), filter=Name.LZWDecode)
    assert len(stream.read_bytes()) == length
    assert stream_data(stream, length) == b"a" * length
    if length:
        assert stream_data(stream, length - 1) is None


def lzw_of_one_letter(length: int) -> bytes:
    """``length`` letters a, as long a stretch as there is a code for each time. 7.4.4.2."""
    codes, left, width = [(256, 9)], length, 9
    while left:
        for reach in range(1, 3800):
            took = min(reach, left)
            codes.append((97 if took == 1 else 256 + took, width))
            width = max(9, (258 + reach).bit_length())
            left -= took
            if not left:
                break
        else:
            codes.append((256, width))
            width = 9
    codes.append((257, width))
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    return bytes(int(bits[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(bits), 8))


def nested_drawings(sheet: Sheet, depth: int) -> Stream:
    """Each draws the next twice."""
    inner = sheet.stream(b"BT /Helv 10 Tf (x) Tj ET")
    for _ in range(depth):
        outer = sheet.stream(b"/X Do /#58 Do")
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    return inner


def test_what_other_readers_are_given_is_sound_and_bounded() -> None:
    sheet = Sheet()
    sheet.print_text("Hallo", 20, 100)
    sheet.page().Resources.XObject = Dictionary(Deep=nested_drawings(sheet, 8))
    sheet.pdf.pages[0].contents_add(b"/Deep Do")
    whole = sheet.bytes()
    at = whole.rindex(b"startxref")
    damaged = whole[:at] + b"startxref\n7\n%%EOF\n"
    with open_pdf(damaged) as pdf:
        assert "Hallo" in page_text(sound_copy(pdf))
    with open_pdf(encrypted()) as pdf:
        assert not PdfReader(BytesIO(sound_copy(pdf))).is_encrypted


def drawn_without_end(sheet: Sheet) -> None:
    sheet.page().Resources = Dictionary(XObject=Dictionary(Deep=nested_drawings(sheet, 40)))
    sheet.pdf.pages[0].contents_add(b"/Deep Do")


@pytest.mark.parametrize("length", [1, 2, 3])
def test_drawings_in_a_circle(length: int) -> None:
    """PDFium fills the memory with some of them."""
    form, sheet = form_of(one_text_field()), Sheet()
    parts = [sheet.stream(b"/X Do /X Do") for _ in range(length)]
    for part, following in zip(parts, [*parts[1:], parts[0]], strict=True):
        part.Resources = Dictionary(XObject=Dictionary(X=following))
    sheet.page().Resources = Dictionary(XObject=Dictionary(X=parts[0]))
    sheet.pdf.pages[0].contents_add(b"/X Do")
    with pytest.raises(NotAPdf):
        documents.receive(form, sheet.bytes(), Limits())


def content_without_end(sheet: Sheet) -> None:
    sheet.page().Contents = bomb(sheet, [Name.FlateDecode])


def runs_without_end(sheet: Sheet) -> None:
    """Sixty-four times as much, which no reader of pages bounds."""
    stream = sheet.pdf.make_stream(b"")
    runs = zlib.compress(b"\x81 " * (1 << 19), 9)
    stream.write(runs, filter=Array([Name.FlateDecode, Name.RunLengthDecode]))
    sheet.page().Contents = stream


def content_many_times(sheet: Sheet) -> None:
    stream = sheet.pdf.make_stream(b"0 0 1 1 re f " * 1000)
    sheet.page().Contents = Array([stream] * 5000)


def a_font_of_four_billion_widths(sheet: Sheet) -> None:
    sheet.helvetica.W = Array([0, 4_000_000_000, 500])


def a_table_of_four_billion_characters(sheet: Sheet) -> None:
    table = b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"
    sheet.helvetica.ToUnicode = sheet.pdf.make_stream(table)


@pytest.mark.parametrize(
    ("harm", "refused"),
    [
        (drawn_without_end, "bytes of drawing"),
        (content_without_end, "bytes in a stream"),
        (runs_without_end, "bytes in a stream"),
        (content_many_times, "bytes of drawing"),
        (a_font_of_four_billion_widths, "characters in a font"),
        (a_table_of_four_billion_characters, "characters in a font"),
    ],
)
def test_pages_that_cost_without_end(harm: Callable[[Sheet], None], refused: str) -> None:
    sheet = Sheet()
    sheet.print_text("Hallo", 20, 100)
    harm(sheet)
    with open_pdf(sheet.bytes()) as pdf:
        with pytest.raises(TooLarge) as caught:
            sound_copy(pdf)
        assert caught.value.data["what"] == refused


def test_an_upload_that_is_drawn_without_end_is_refused() -> None:
    form = form_of(one_text_field())
    sheet = Sheet()
    drawn_without_end(sheet)
    with pytest.raises(TooLarge):
        documents.receive(form, sheet.bytes(), Limits())


def test_a_page_coded_as_a_picture_shows_nothing_and_costs_nothing() -> None:
    """A fax of a line of two thousand million dots: 7.4.6."""
    sheet = Sheet()
    contents = sheet.pdf.make_stream(b"")
    contents.write(
        b"\x00" * 300,
        filter=Name.CCITTFaxDecode,
        decode_parms=Dictionary(K=-1, Columns=2_000_000_000),
    )
    sheet.pdf.pages[0].obj.Contents = contents
    with open_pdf(sheet.bytes()) as pdf:
        sound = sound_copy(pdf)
    assert page_text(sound) == ""
    with open_pdf(sound) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == b""


def test_a_filter_whose_name_is_no_utf_8() -> None:
    sheet = Sheet()
    sheet.pdf.Root.Extra = sheet.pdf.make_stream(b"data")
    sheet.pdf.Root.Extra.Filter = Name("/Zzzzzz")
    data = sheet.bytes().replace(b"/Zzzzzz", b"/Z\xc7zzzz")
    with open_pdf(data) as pdf:
        assert stream_data(pdf.Root.Extra) is None
        assert page_text(sound_copy(pdf)) == ""
