"""A template is compiled once: every document has its own text, and nothing of another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String
from pypdf import PdfReader

from pipeline.errors import NotAPdf
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.geometry import Rect
from pipeline.pdf.skeleton import Blueprint, Skeleton
from tests.pdf import small_forms
from tests.pdf.forms import definitive, form_of, received, submitted
from tests.pdf.judges import ink, is_sound, page_text, picture, text_in
from tests.pdf.small_forms import PRINT, Sheet

FULL: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Eerste regel\nعربي",
    "code": "AB12",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}


def everything_in(data: bytes) -> list[tuple[str, bytes]]:
    """Every object that can be reached, streams decoded; what differs with each save left out."""
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/PieceInfo" in pdf.Root:
            pdf.Root.PieceInfo.Formpress.LastModified = String("")
            pdf.Root.PieceInfo.Formpress.Private.write(b"")
        held = []
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                if each.get("/Type") not in ("/XRef", "/ObjStm"):
                    held.append(("stream", each.read_bytes()))
            else:
                held.append(("object", each.unparse()))
        return sorted(held)


def test_nothing_of_one_document_is_in_the_next() -> None:
    warm, fresh = form_of(small_forms.every_type()), form_of(small_forms.every_type())
    definitive(warm, FULL)
    documents.finish(warm, submitted(warm, FULL), receipt=documents.Receipt("FP-2026-0001"))
    after, alone = definitive(warm, {"name": "Bo"}), definitive(fresh, {"name": "Bo"})
    assert everything_in(after) == everything_in(alone)
    for word in (b"Eerste", "Łukasiewicz".encode(), b"FP-2026-0001"):
        assert all(word not in stream for _, stream in everything_in(after))


def test_nothing_stays_behind_when_a_document_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    form = form_of(small_forms.every_type())
    empty = everything_in(form.blank)
    with monkeypatch.context() as broken:
        broken.setattr(pikepdf.Pdf, "save", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            definitive(form, FULL)
    blank = documents.preview(form, {})
    assert "Zoë" not in page_text(blank)
    composed = documents.check(form, {}, documents.Stage.DRAFT).composed
    assert everything_in(form.skeleton.document(composed)) == empty


def test_threads_do_not_mix_their_documents() -> None:
    form = form_of(small_forms.every_type())
    names = [f"Łukasz {number}" for number in range(24)]
    with ThreadPoolExecutor(6) as crew:
        finals = list(crew.map(lambda name: definitive(form, {"name": name}), names))
    box = form.template.by_name["name"].widgets[0].rect
    assert [text_in(final, box).strip() for final in finals] == names


def test_the_reference_is_in_the_metadata_as_it_is() -> None:
    form = form_of(small_forms.one_text_field())
    final = documents.finish(
        form, submitted(form, {"name": "x"}), receipt=documents.Receipt("A&B <1>")
    )
    with pikepdf.open(BytesIO(final)) as pdf:
        assert pdf.open_metadata()["dc:identifier"] == "A&B <1>"
    with pikepdf.open(BytesIO(definitive(form, {"name": "x"}))) as pdf:
        assert "dc:identifier" not in pdf.open_metadata()


def test_drawings_that_are_alike_are_kept_once() -> None:
    sheet = Sheet()
    for number in range(8):
        drawing = b"/GS0 gs 3 3 10 10 re f"
        states = Dictionary(N=Dictionary(Yes=sheet.stream(drawing), Off=sheet.stream(b" ")))
        left = 20 + 20 * number
        sheet.checkbox(f"box{number}", (left, 150, left + 16, 166), AP=states)
    final = definitive(form_of(sheet.bytes()), {f"box{number}": True for number in range(8)})
    with pikepdf.open(BytesIO(final)) as pdf:
        forms = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        assert sum(each.get("/Subtype") == "/Form" for each in forms) <= 2


@pytest.mark.parametrize(
    "content",
    [b"q 0.5 0 0 0.5 100 100 cm", b"Q Q", b"q q 1 0 0 rg", b"Q q 3 0 0 3 0 0 cm", b"(q Q q) pop"],
)
def test_what_the_page_does_to_the_state_ends_with_it(content: bytes) -> None:
    sheet = Sheet()
    sheet.text("name")
    page = sheet.page()
    page.Contents = sheet.pdf.make_stream(content)
    form = form_of(sheet.bytes())
    final = definitive(form, {"name": "Anna"})
    assert text_in(final, form.template.by_name["name"].widgets[0].rect).strip() == "Anna"


def test_a_push_button_without_a_drawing_shows_its_caption_and_border() -> None:
    sheet = Sheet()
    sheet.text("name")
    button = sheet.widget((20, 100, 120, 120), FT=Name.Btn, T=String("push"), Ff=1 << 16)
    button.MK = Dictionary(CA=String("Verstuur"), BC=[0], BG=[0.9])
    button.F = PRINT
    sheet.annotate(button)
    sheet.enter(button)
    final = definitive(form_of(sheet.bytes()), {"name": "x"})
    place = Rect(20, 100, 120, 120)
    assert text_in(final, place).strip() == "Verstuur"
    assert ink(picture(final), place, form_of(sheet.bytes()).template.pages[0]) > 0.05


def test_each_state_of_a_group_is_painted_where_it_can_be_seen() -> None:
    """One state prints, the other lacks the flag; what a person chose and saw is painted."""
    sheet = Sheet()
    sheet.radio("colour", ("red", "green"))
    with pikepdf.open(BytesIO(sheet.bytes())) as pdf:
        pdf.Root.AcroForm.Fields[0].Kids[1].F = 0
        out = BytesIO()
        pdf.save(out)
    form = form_of(out.getvalue())
    final = definitive(form, {"colour": "green"})
    assert received(form, final) == {"colour": "green"}


def test_what_lies_beside_its_page_is_told_and_not_painted() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.text("far", (1000, 1000, 1100, 1020))
    form = form_of(sheet.bytes())
    found = documents.check(form, {"name": "a", "far": "b"}, documents.Stage.FINAL)
    assert [(each.field, each.code, each.level) for each in found.problems] == [
        ("far", "not_shown", "warning")
    ]
    assert page_text(definitive(form, {"name": "a", "far": "b"})).strip() == "a"


def test_an_annotation_that_leads_to_a_lost_page_does_not_bring_it_along() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name")
    sheet.text("lost", page=1)
    link = sheet.link("https://example.org/")
    link.P = sheet.page(1)
    del sheet.pdf.pages[1]
    final = definitive(form_of(sheet.bytes()), {"name": "a"})
    with pikepdf.open(BytesIO(final)) as pdf:
        kinds = [each.get("/Subtype") for each in pdf.objects if isinstance(each, Dictionary)]
    assert "/Widget" not in kinds


def test_bookmarks_that_do_more_than_lead_somewhere_lose_it() -> None:
    sheet = Sheet()
    sheet.text("name")
    with sheet.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Wis", 0))
    item = sheet.pdf.Root.Outlines.First
    item.A = Dictionary(S=Name.ResetForm)
    final = definitive(form_of(sheet.bytes()), {"name": "a"})
    reader = PdfReader(BytesIO(final))
    assert "/A" not in reader.trailer["/Root"]["/Outlines"]["/First"]
    assert is_sound(final)


def _forms() -> list[Form]:
    return [form_of(small_forms.every_type()), form_of(small_forms.tagged_form())]


def test_a_document_is_hardly_larger_than_its_blank() -> None:
    for form in _forms():
        final = documents.finish(form, submitted(form, {"name": "Anna"}), encrypt=False)
        assert len(final) < len(form.blank) + 1500


def test_what_cannot_be_read_once_it_is_written_is_no_pdf() -> None:
    """Pages that hold each other are mended to none, and no reader takes a PDF without pages."""
    with pytest.raises(NotAPdf):
        Skeleton(Blueprint(b"%PDF-1.7", ()), form_of(small_forms.multiline()).fonts)
