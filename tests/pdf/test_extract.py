"""Reading values back from a flattened PDF: by its data where the pages say the same, else by its
pages alone."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import NoFields, NotAPdf
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.flow.receive import receive_alone
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, definitive, filled, form_of
from tests.pdf.judges import printed_by_poppler, without_embedded_values
from tests.pdf.small_forms import AREA, BOX, MULTILINE, WIDE, Sheet

VALUES: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Een\nTwee",
    "code": "AB 12",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}
KEPT = VALUES | {"fruits": ("a", "k")}


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(small_forms.every_type())


def alone(form: Form, values: dict[str, object]) -> dict[str, object]:
    """What the pages alone say."""
    data = without_embedded_values(definitive(form, values))
    received = documents.receive(form, data, LIMITS)
    assert received.source == "page_text"
    return dict(received.values)


def edited(data: bytes, words: bytes, by: bytes) -> bytes:
    """The content of the first page with something replaced."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        page.contents_coalesce()
        content = page.obj.Contents.read_bytes()
        assert words in content
        page.obj.Contents = pdf.make_stream(content.replace(words, by))
        pdf.save(out)
    return out.getvalue()


def test_the_data_that_a_definitive_pdf_carries_are_exact(form: Form) -> None:
    received = documents.receive(form, definitive(form, VALUES), LIMITS)
    assert (received.source, received.values, received.problems) == ("embedded", KEPT, ())
    assert {(each.source, each.confidence) for each in received.fields.values()} == {
        ("embedded", 1.0)
    }


def test_the_pages_alone_say_the_same(form: Form) -> None:
    assert alone(form, VALUES) == KEPT


def test_a_printed_copy_says_the_same(form: Form) -> None:
    received = documents.receive(form, printed_by_poppler(definitive(form, VALUES)), LIMITS)
    assert received.source == "page_text"
    assert received.values == KEPT


def test_data_that_the_pages_deny_are_not_believed() -> None:
    form = form_of(small_forms.one_text_field())
    forged = edited(definitive(form, {"name": "Anna"}), b"(Anna)", b"(Boze)")
    received = documents.receive(form, forged, LIMITS)
    assert received.source == "page_text"
    assert received.values == {"name": "Boze"}
    assert [(each.code, each.level) for each in received.problems] == [
        ("embedded_differs", "warning")
    ]


def test_a_mark_that_the_data_deny_is_seen() -> None:
    form = form_of(small_forms.checkbox())
    forged = edited(definitive(form, {"agreed": True}), b"3 3 10 10 re f", b"")
    received = documents.receive(form, forged, LIMITS)
    assert received.values == {"agreed": False}
    assert received.source == "page_text"


def test_data_of_another_template_are_not_believed(form: Form) -> None:
    other = form_of(small_forms.every_type() + b"\n")
    assert other.template.digest != form.template.digest
    received = documents.receive(form, definitive(other, VALUES), LIMITS)
    assert received.source == "page_text"
    assert received.values == KEPT


@pytest.mark.parametrize(
    "private", [b"", b"[]", b"{}", b'{"template": 1}', b"\xff\xfe", b'{"template":"x","values":3}']
)
def test_broken_data_are_no_hindrance(form: Form, private: bytes) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(definitive(form, VALUES))) as pdf:
        pdf.Root.PieceInfo.Formpress.Private = pdf.make_stream(private)
        pdf.save(out)
    assert documents.receive(form, out.getvalue(), LIMITS).values == KEPT


def test_a_definitive_pdf_alone_tells_its_data(form: Form) -> None:
    received = receive_alone(definitive(form, VALUES), LIMITS)
    assert (received.source, received.values) == ("embedded", KEPT)


def test_a_plain_document_alone_tells_nothing() -> None:
    with pytest.raises(NoFields):
        receive_alone(small_forms.without_fields(), LIMITS)


@pytest.mark.parametrize("pages", [1, 3])
def test_another_document_is_not_this_form(pages: int, form: Form) -> None:
    with pytest.raises(NoFields):
        documents.receive(form, small_forms.without_fields(pages, words=""), LIMITS)


def test_a_document_with_too_few_pages_is_not_this_form() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name", page=1)
    with pytest.raises(NoFields):
        documents.receive(form_of(sheet.bytes()), small_forms.without_fields(), LIMITS)


def test_another_form_s_fields_are_named_and_left(form: Form) -> None:
    sheet = Sheet()
    sheet.text("name", V=String("Anna"))
    sheet.text("nickname", (20, 100, 280, 120), V=String("An"))
    received = documents.receive(form, sheet.bytes(), LIMITS)
    assert received.values["name"] == "Anna"
    assert [(each.field, each.code) for each in received.problems] == [
        ("nickname", "unknown_field")
    ]


def test_what_does_not_belong_in_a_field_is_named_and_kept_as_it_is() -> None:
    form = form_of(small_forms.one_text_field(max_len=3))
    received = documents.receive(form, small_forms.one_text_field(V=String("Anna")), LIMITS)
    assert received.values == {"name": "Anna"}
    assert [(each.field, each.code) for each in received.problems] == [("name", "max_len")]


def test_a_value_that_was_taken_out_is_out() -> None:
    """The upload says nothing where the template has a value of its own."""
    form = form_of(small_forms.one_text_field(V=String("standaard")))
    assert documents.receive(form, filled(form, {"name": ""}), LIMITS).values == {}


def test_what_the_template_prints_in_a_box_is_not_the_value() -> None:
    sheet = Sheet()
    sheet.print_text("EUR", 24, 155)
    sheet.text("amount", WIDE, Q=2)
    form = form_of(sheet.bytes())
    assert alone(form, {"amount": "19,25"}) == {"amount": "19,25"}


def test_text_beside_a_box_is_not_the_value() -> None:
    sheet = Sheet(size=(300, 200))
    sheet.text("one", (20, 150, 150, 170))
    sheet.text("two", (150, 150, 280, 170))
    sheet.print_text("Naam:", 20, 172)
    form = form_of(sheet.bytes())
    assert alone(form, {"one": "links tot aan de rand", "two": "rechts"}) == {
        "one": "links tot aan de rand", "two": "rechts",
    }  # fmt: skip


def test_a_box_inside_a_box() -> None:
    sheet = Sheet()
    sheet.text("outer", AREA, Ff=MULTILINE)
    sheet.text("inner", (200, 70, 270, 90))
    form = form_of(sheet.bytes())
    assert alone(form, {"outer": "boven", "inner": "binnen"}) == {
        "outer": "boven", "inner": "binnen",
    }  # fmt: skip


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_and_boxes(rotation: int, turn: int) -> None:
    form = form_of(small_forms.rotated(rotation, turn))
    assert alone(form, {"name": "Łódź 12"}) == {"name": "Łódź 12"}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_cropped_page(rotation: int) -> None:
    """Boxes are in user space, characters are counted from the media box: neither is the crop."""
    sheet = Sheet()
    sheet.page().MediaBox = Array([-50, -30, 300, 200])
    sheet.page().CropBox = Array([10, 90, 290, 190])
    sheet.page().Rotate = rotation
    sheet.text("name")
    sheet.checkbox("agreed", (100, 110, 116, 126))
    form = form_of(sheet.bytes())
    assert alone(form, {"name": "Łódź", "agreed": True}) == {"name": "Łódź", "agreed": True}


def test_a_copy_of_another_size_is_scaled() -> None:
    """Printed to A5: what stood in a box stands there still."""
    form = form_of(small_forms.one_text_field())
    out = BytesIO()
    with pikepdf.open(BytesIO(without_embedded_values(definitive(form, {"name": "Anna"})))) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"q 0.5 0 0 0.5 0 0 cm\n", prepend=True)
        page.contents_add(b"\nQ")
        page.obj.MediaBox = Array([0, 0, 150, 100])
        pdf.save(out)
    assert documents.receive(form, out.getvalue(), LIMITS).values == {"name": "Anna"}


STORY = (
    "Een eerste alinea die zo lang is dat zij over een paar regels loopt, met een afbreek-streepje "
    "en nog wat.\nKort.\n\nNa een lege regel: Łódź."
)


@pytest.mark.parametrize("size", [0, 7, 10])
def test_line_breaks_that_a_person_made_and_those_that_the_box_made(size: int) -> None:
    form = form_of(small_forms.multiline(DA=String(f"/Helv {size} Tf 0 g")))
    assert alone(form, {"story": STORY}) == {"story": STORY}


@pytest.mark.parametrize(
    "story",
    [
        "a\nb",
        "x" * 150,
        "\nna een lege regel",
        "streepje-\nen door",
        "Een regel die vol is\nof niet",
        "een  dubbele spatie",
    ],
)
def test_hard_cases_of_line_breaks(story: str) -> None:
    form = form_of(small_forms.multiline(DA=String("/Helv 10 Tf 0 g")))
    assert alone(form, {"story": story}) == {"story": story}


def test_a_password_is_read_by_nobody() -> None:
    form = form_of(small_forms.one_text_field(flags=small_forms.PASSWORD))
    received = documents.receive(form, definitive(form, {"name": "geheim"}), LIMITS)
    assert "geheim" not in repr(received)


def test_a_comb_with_gaps() -> None:
    form = form_of(small_forms.comb(8))
    assert alone(form, {"code": "A B  C"}) == {"code": "A B  C"}


@pytest.mark.parametrize("caption", ["4", "l", "8", "u", "n", "H"])
def test_every_mark_is_seen(caption: str) -> None:
    form = form_of(small_forms.undrawn_checkbox(caption))
    assert alone(form, {"agreed": True}) == {"agreed": True}


def test_marks_on_a_printed_copy() -> None:
    sheet = Sheet()
    for at in range(6):
        left = BOX[0] + at * 30
        sheet.checkbox(f"box{at}", (left, BOX[1], left + 16, BOX[3]))
    form = form_of(sheet.bytes())
    values = {f"box{at}": at % 3 == 0 for at in range(6)}
    received = documents.receive(form, printed_by_poppler(definitive(form, values)), LIMITS)
    assert received.values == values


def test_an_unanswered_radio_group_is_not_answered() -> None:
    form = form_of(small_forms.radio_group())
    assert documents.receive(form, definitive(form, {}), LIMITS).values == {}


def test_a_value_that_shows_nowhere_is_not_carried_along() -> None:
    """A reader of the final PDF learns no more than its pages say."""
    sheet = Sheet()
    sheet.text("name")
    sheet.enter(sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("hidden"))))
    form = form_of(sheet.bytes())
    final = definitive(form, {"name": "Anna", "hidden": "geheim"})
    assert documents.receive(form, final, LIMITS).values == {"name": "Anna"}
    assert "geheim" not in repr(receive_alone(final, LIMITS))


def test_values_that_only_the_xfa_copy_has_are_told() -> None:
    data = small_forms.static_xfa(b"<xfa:data><name>Zo&#235;</name></xfa:data>")
    received = documents.receive(form_of(small_forms.one_text_field()), data, LIMITS)
    assert received.values == {"name": "Anna"}
    assert [(each.code, each.level) for each in received.problems] == [("xfa_differs", "warning")]


def test_a_damaged_page_is_not_a_crash(form: Form) -> None:
    for junk in (b"BT /F 1 Tf (x Tj", b"<<<< >> >", b"q " * 3000, b"BT ET " * 10):
        out = BytesIO()
        with pikepdf.open(BytesIO(definitive(form, VALUES))) as pdf:
            pdf.pages[0].obj.Contents = pdf.make_stream(junk)
            pdf.save(out)
        try:
            received = documents.receive(form, out.getvalue(), LIMITS)
        except (NotAPdf, NoFields):
            continue
        assert received.values["agreed"] is False
