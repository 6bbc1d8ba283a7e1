"""Parts that draw themselves or each other: counted before anything draws them."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from pipeline.errors import NotAPdf, TooLarge
from pipeline.flow import documents
from pipeline.model.limits import Limits
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.sound_copy import MOST_READ, check_cost, sound_copy
from tests.pdf.forms import form_of
from tests.pdf.judges import page_text
from tests.pdf.small_forms import Sheet, one_text_field

pytestmark = pytest.mark.timeout(60)

DRAWN = {
    "/XObject": b"/X Do /X Do ",
    "/Pattern": b"/Pattern cs /X scn 0 0 9 9 re f /X scn 9 9 9 9 re f ",
    "/ExtGState": b"/X gs 0 0 9 9 re f /X gs 9 9 9 9 re f ",
    "/Font": b"BT /X 1 Tf (aa) Tj ET ",
}


def holder(sheet: Sheet, kind: str, data: bytes) -> tuple[Object, Object]:
    """Something of ``kind`` that draws ``data``, and whose resources that uses."""
    stream: Stream = sheet.stream(data)
    if kind == "/Font":
        glyphs = sheet.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FirstChar=97, LastChar=97,
                FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
                Widths=Array([9]), CharProcs=Dictionary(a=stream),
                Encoding=Dictionary(Differences=Array([97, Name.a])),
            )
        )  # fmt: skip
        return glyphs, glyphs
    if kind == "/Pattern":
        stream.PatternType, stream.PaintType, stream.TilingType = 1, 1, 1
        stream.XStep = stream.YStep = 9
    if kind == "/ExtGState":
        mask = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=stream))
        return sheet.pdf.make_indirect(mask), stream
    return stream, stream


def page_with(sheet: Sheet, kind: str, part: Object) -> None:
    sheet.page().Resources[kind] = Dictionary(X=part)
    sheet.pdf.pages[0].contents_add(DRAWN[kind])


def nested(sheet: Sheet, kind: str, depth: int) -> None:
    part, _ = holder(sheet, kind, b"0 0 9 9 re f ")
    for _ in range(depth):
        outer, resources = holder(sheet, kind, DRAWN[kind])
        resources.Resources = Dictionary({kind: Dictionary(X=part)})
        part = outer
    page_with(sheet, kind, part)


@pytest.mark.parametrize("kind", DRAWN)
def test_what_draws_the_next_twice_is_too_large_once_it_is_deep(kind: str) -> None:
    for depth in (2, 40):
        sheet = Sheet()
        sheet.print_text("Hallo", 20, 100)
        nested(sheet, kind, depth)
        with open_pdf(sheet.bytes()) as pdf:
            if depth == 2:
                assert "Hallo" in page_text(sound_copy(pdf))
                continue
            with pytest.raises(TooLarge) as caught:
                check_cost(pdf)
            assert caught.value.data["what"] == "bytes of drawing"


@pytest.mark.parametrize("kind", DRAWN)
def test_what_draws_itself_is_refused(kind: str) -> None:
    sheet = Sheet()
    part, resources = holder(sheet, kind, DRAWN[kind])
    resources.Resources = Dictionary({kind: Dictionary(X=part)})
    page_with(sheet, kind, part)
    with open_pdf(sheet.bytes()) as pdf, pytest.raises(NotAPdf):
        check_cost(pdf)


@pytest.mark.parametrize(("step", "refused"), [(9, False), (0.01, True)])
def test_a_pattern_of_a_billion_tiles(step: float, refused: bool) -> None:
    sheet = Sheet()
    pattern, _ = holder(sheet, "/Pattern", b"0 0 3 3 re f")
    pattern.BBox, pattern.XStep, pattern.YStep = Array([0, 0, 3, 3]), step, step
    page_with(sheet, "/Pattern", pattern)
    with open_pdf(sheet.bytes()) as pdf:
        if refused:
            with pytest.raises(TooLarge):
                check_cost(pdf)
        else:
            check_cost(pdf)


def test_an_annotation_that_draws_without_end() -> None:
    sheet = Sheet()
    link = sheet.link("https://example.org/")
    inner = sheet.stream(b"0 0 9 9 re f")
    for _ in range(40):
        outer = sheet.stream(DRAWN["/XObject"])
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    link.AP = Dictionary(N=inner)
    with open_pdf(sheet.bytes()) as pdf, pytest.raises(TooLarge):
        check_cost(pdf)


def test_a_template_that_is_drawn_without_end_is_served_to_nobody() -> None:
    """The web and its workers draw with PDFium, which bounds nothing: they are told before."""
    sheet = Sheet()
    sheet.text("name")
    nested(sheet, "/ExtGState", 40)
    form = form_of(sheet.bytes())
    assert form.outline.sections
    with pytest.raises(TooLarge):
        documents.page_image(form, 0, 1.0)
    with pytest.raises(TooLarge):
        documents.preview(form, {"name": "Anna"})


def test_a_thumbnail_is_no_drawing_and_stays() -> None:
    sheet = Sheet()
    thumbnail = sheet.pdf.make_stream(b"")
    thumbnail.write(b"\xff\xd8\xff\xd9", filter=Name.DCTDecode)
    thumbnail.Width = thumbnail.Height = 1
    sheet.page().Thumb = thumbnail
    with open_pdf(sheet.bytes()) as pdf:
        check_cost(pdf)
        assert pdf.pages[0].obj.Thumb.read_raw_bytes() == b"\xff\xd8\xff\xd9"


def test_a_copy_has_the_pages_and_nothing_that_they_do_not_show() -> None:
    """Megabytes of script in an object stream are megabytes that pdfminer walks through."""
    sheet = Sheet()
    sheet.print_text("Hallo", 20, 100)
    script = sheet.pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("x" * 2_000_000)))
    sheet.pdf.Root.OpenAction = script
    sheet.pdf.docinfo["/Title"] = "x" * 2_000_000
    sheet.page().AA = Dictionary(O=script)
    sheet.link("https://example.org/").A = script
    with open_pdf(sheet.bytes()) as pdf:
        sound = sound_copy(pdf)
    assert "Hallo" in page_text(sound)
    with open_pdf(sound) as pdf:
        assert not any(
            isinstance(each, Dictionary) and ("/JS" in each or "/Title" in each)
            for each in pdf.objects
        )


@pytest.mark.parametrize("name", [Name("/" + "x" * 9_000), String("x" * 100_000), 5])
def test_a_font_name_that_is_none_is_not_read_for_every_character(name: Object | int) -> None:
    sheet = Sheet()
    sheet.print_text("Hallo", 20, 100)
    sheet.helvetica.BaseFont = name
    with open_pdf(sheet.bytes()) as pdf:
        sound = sound_copy(pdf)
    assert "Hallo" in page_text(sound)
    assert b"x" * 500 not in sound


def test_more_text_than_anybody_reads_is_refused() -> None:
    sheet = Sheet()
    sheet.pdf.pages[0].contents_add(b"BT /Helv 9 Tf (Hallo) Tj ET " * (MOST_READ // 20))
    form = form_of(one_text_field())
    with pytest.raises(TooLarge) as caught:
        documents.receive(form, sheet.bytes(), Limits())
    assert caught.value.data["what"] == "bytes of drawing"
