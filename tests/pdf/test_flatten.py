"""Flattening: what is painted, what stays and what goes; by PDFium, poppler, pypdf and pixels."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageChops
from pypdf import PdfReader

from pipeline.flow import documents
from pipeline.model.geometry import Rect
from tests.pdf import small_forms
from tests.pdf.forms import definitive, filled, form_of
from tests.pdf.judges import (
    has_form,
    ink,
    is_sound,
    kinds_of_annotations,
    page_text,
    picture,
    poppler_picture,
    poppler_text,
    root,
    text_in,
)  # fmt: skip
from tests.pdf.small_forms import AREA, BOX, MULTILINE, PRINT, READ_ONLY, WIDE, Sheet

EVERYTHING: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Eerste regel\nTweede regel",
    "code": "AB12",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}


@pytest.fixture(scope="module")
def whole() -> bytes:
    return definitive(form_of(small_forms.every_type()), EVERYTHING)


def test_nothing_of_the_form_is_left(whole: bytes) -> None:
    assert not has_form(whole)
    assert is_sound(whole)


def test_every_value_is_in_its_own_box(whole: bytes) -> None:
    form = form_of(small_forms.every_type())
    wanted = {
        "name": "Zoë Łukasiewicz", "story": "Eerste regel\nTweede regel", "fruit": "Peer",
        "fruits": "Appel\nKers",
    }  # fmt: skip
    for name, text in wanted.items():
        assert text_in(whole, form.template.by_name[name].widgets[0].rect).strip() == text
    code = text_in(whole, form.template.by_name["code"].widgets[0].rect)
    assert "".join(code.split()) == "AB12"


def test_poppler_reads_the_same(whole: bytes) -> None:
    text = poppler_text(whole, "-layout")
    for words in ("Formulier", "Zoë Łukasiewicz", "Eerste regel", "Tweede regel", "Peer", "Kers"):
        assert words in text


def test_only_the_buttons_that_are_on_bear_a_mark(whole: bytes) -> None:
    form = form_of(small_forms.every_type())
    page, seen = form.template.pages[0], picture(whole)
    assert ink(seen, form.template.by_name["agreed"].widgets[0].rect, page) > 0.2
    shares = [ink(seen, each.rect, page) for each in form.template.by_name["colour"].widgets]
    assert [share > 0.2 for share in shares] == [False, True, False]


def test_links_stay_and_instructions_go(whole: bytes) -> None:
    assert kinds_of_annotations(whole) == ["/Link"]
    link = PdfReader(BytesIO(whole)).pages[0]["/Annots"][0].get_object()
    assert link["/A"]["/URI"] == "https://example.org/"
    for text in (page_text(whole), poppler_text(whole)):
        assert "Vul alles in" not in text
    yellow = picture(whole).getpixel((300, 760))
    assert yellow == (255, 255, 255)


def test_a_field_that_is_an_instruction_goes_too() -> None:
    sheet = Sheet()
    sheet.text("hint", (20, 100, 280, 120), F=0, Ff=READ_ONLY, V=String("Alleen voor u"))
    sheet.text("name")
    assert "Alleen" not in page_text(definitive(form_of(sheet.bytes()), {"name": "x"}))


def test_a_writable_field_that_lacks_the_print_flag_is_painted() -> None:
    final = definitive(form_of(small_forms.one_text_field(F=0)), {"name": "Anna"})
    assert page_text(final).strip() == "Anna"


def test_a_hidden_field_is_not_painted() -> None:
    sheet = Sheet()
    sheet.text("secret", (20, 100, 280, 120), F=small_forms.HIDDEN | PRINT, V=String("geheim"))
    sheet.text("name")
    assert page_text(definitive(form_of(sheet.bytes()), {"name": "Anna"})).strip() == "Anna"


def test_a_password_is_not_told() -> None:
    form = form_of(small_forms.one_text_field(flags=small_forms.PASSWORD))
    final = definitive(form, {"name": "geheim"})
    assert page_text(final).strip() == "••••••"
    assert (
        b"geheim" not in pikepdf.open(BytesIO(final)).Root.PieceInfo.Formpress.Private.read_bytes()
    )


def test_comments_stay_with_their_pop_ups_and_notes_for_the_screen_go_with_theirs() -> None:
    sheet = Sheet()
    sheet.text("name")
    for flags in (PRINT, 0):
        note = sheet.pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Text, Contents=String("Let op"), F=flags,
                Rect=Array([200, 20, 220, 40]),
            )
        )  # fmt: skip
        popup = sheet.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Popup, Parent=note, Rect=Array([0, 0, 50, 50]))
        )
        note.Popup = popup
        sheet.annotate(note)
        sheet.annotate(popup)
    final = definitive(form_of(sheet.bytes()), {"name": "x"})
    assert kinds_of_annotations(final) == ["/Text", "/Popup"]


def test_bookmarks_language_labels_and_metadata_stay() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name")
    with sheet.pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Deel twee", 1))
    sheet.pdf.Root.Lang = String("nl")
    sheet.pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))
    sheet.pdf.docinfo["/Title"] = "Aanmelding"
    reader = PdfReader(BytesIO(definitive(form_of(sheet.bytes()), {"name": "x"})))
    assert [each.title for each in reader.outline] == ["Deel twee"]
    assert reader.root_object["/Lang"] == "nl"
    assert reader.page_labels == ["i", "ii"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Aanmelding"


def test_scripts_and_actions_go_and_places_stay() -> None:
    sheet = Sheet()
    alarm = small_forms.script("app.alert(1)")
    sheet.text("name")
    sheet.pdf.Root.OpenAction = alarm
    sheet.pdf.Root.AA = Dictionary(WC=alarm)
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), alarm])))
    sheet.page().AA = Dictionary(O=alarm)
    sheet.link("https://example.org/")
    hidden = Dictionary(S=Name.GoTo, D=Array([sheet.page(), Name.Fit]), Next=Array([alarm]))
    sheet.link("https://example.net/").A = hidden
    sheet.link("https://example.com/").A = Dictionary(S=Name.Launch, F=String("rm"))
    final = definitive(form_of(sheet.bytes()), {"name": "x"})
    assert not has_form(final)
    assert "/AA" not in PdfReader(BytesIO(final)).pages[0]
    left = [each.get_object() for each in PdfReader(BytesIO(final)).pages[0]["/Annots"]]
    actions = [each.get("/A") for each in left]
    assert [action and action["/S"] for action in actions] == ["/URI", None, None]


def test_an_open_action_that_only_shows_a_place_stays() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.pdf.Root.OpenAction = Array([sheet.page(), Name.Fit])
    assert "/OpenAction" in root(definitive(form_of(sheet.bytes()), {"name": "x"}))


def test_what_was_on_the_page_cannot_disturb_what_is_painted() -> None:
    """Contents that leave the matrix turned and a state unrestored, as real files have."""
    sheet = Sheet()
    sheet.text("name")
    page = sheet.page()
    page.Contents = sheet.pdf.make_stream(b"q 0.1 0 0 0.1 500 500 cm")
    form = form_of(sheet.bytes())
    assert text_in(definitive(form, {"name": "Anna"}), Rect(*WIDE)).strip() == "Anna"


def test_pages_that_share_their_resources_do_not_share_what_is_added() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name", page=0)
    shared = sheet.pdf.make_indirect(Dictionary(Font=Dictionary(FpX0=sheet.helvetica)))
    for number in (0, 1):
        sheet.page(number).Resources = shared
    final = definitive(form_of(sheet.bytes()), {"name": "Łódź"})
    fonts = [list(page["/Resources"]["/Font"]) for page in PdfReader(BytesIO(final)).pages]
    assert len(fonts[0]) > 1
    assert fonts[1] == ["/FpX0"]


def test_a_name_that_the_page_uses_already_is_not_taken() -> None:
    sheet = Sheet()
    sheet.text("name")
    font = Dictionary(Font=Dictionary(FpD0=sheet.helvetica, FpF0=sheet.helvetica))
    sheet.page().Resources = font
    content = b"BT /FpF0 10 Tf 20 20 Td (oud) Tj ET"
    sheet.page().Contents = sheet.pdf.make_stream(content)
    text = page_text(definitive(form_of(sheet.bytes()), {"name": "Łódź"}))
    assert "oud" in text
    assert "Łódź" in text


def test_what_is_null_among_the_resources_is_not_there() -> None:
    """An entry may lead to an object that the file lacks. ISO 32000-2, 7.3.7 and 7.3.10."""
    sheet = Sheet()
    sheet.text("name")
    sheet.page().Resources = Dictionary(Properties=123456)
    data = sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert data.count(b"/Properties 123456") == 1
    final = definitive(form_of(data.replace(b"123456", b"99 0 R")), {"name": "Aap"})
    assert "Aap" in page_text(final)


def test_resources_may_be_inherited() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.print_text("vast", 20, 20)
    resources = sheet.page().Resources
    del sheet.page().Resources
    sheet.pdf.Root.Pages.Resources = resources
    text = page_text(definitive(form_of(sheet.bytes()), {"name": "Anna"}))
    assert "vast" in text
    assert "Anna" in text


@pytest.mark.parametrize("page_rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("widget_rotation", [0, 90, 180, 270])
def test_turned_pages_and_boxes(page_rotation: int, widget_rotation: int) -> None:
    form = form_of(small_forms.rotated(page_rotation, widget_rotation))
    final = definitive(form, {"name": "Anna"})
    found = text_in(final, form.template.fields[0].widgets[0].rect)
    assert sorted("".join(found.split())) == sorted("Anna")
    if page_rotation == widget_rotation:
        assert "Anna" in poppler_text(final)


@pytest.mark.parametrize("page_rotation", [0, 90, 180, 270])
def test_poppler_sees_the_final_pdf_as_it_sees_the_form(page_rotation: int) -> None:
    sheet = Sheet(size=(300, 300))
    sheet.page().Rotate = page_rotation
    look = Dictionary(BC=Array([0]), BG=Array([0.8, 0.9, 1]))
    sheet.text("name", (100, 150, 200, 170), MK=look, DA=String("/Helv 12 Tf 0 g"))
    sheet.checkbox("agreed", (150, 100, 190, 116))
    form = form_of(sheet.bytes())
    values = {"name": "Łódź", "agreed": True}
    before, after = (
        poppler_picture(data) for data in (filled(form, values), definitive(form, values))
    )
    assert before.size == after.size
    assert (
        ImageChops.difference(before, after).convert("L").point(lambda v: v > 96).getbbox() is None
    )


@pytest.mark.parametrize("matrix", [(1, 0, 0, 1, 0, 0), (0.5, 0, 0, 2, 3, 4), (0, 1, -1, 0, 16, 0)])
def test_an_own_drawing_is_fitted_to_its_box(matrix: tuple[float, ...]) -> None:
    """Algorithm 8: the transformed BBox onto the Rect, whatever both are."""
    sheet = Sheet()
    stream = sheet.stream(b"0 g 0 0 16 16 re f", (0, 0, 16, 16))
    stream.Matrix = Array(list(matrix))
    sheet.checkbox(
        "agreed",
        (100, 100, 140, 120),
        AP=Dictionary(N=Dictionary(Yes=stream, Off=sheet.stream(b""))),
    )
    form = form_of(sheet.bytes())
    final = definitive(form, {"agreed": True})
    page, seen = form.template.pages[0], picture(final)
    assert ink(seen, Rect(101, 101, 139, 119), page) == 1
    assert ink(seen, Rect(90, 90, 99, 130), page) == 0
    assert ink(seen, Rect(141, 90, 150, 130), page) == 0


@pytest.mark.parametrize("caption", ["4", "l", "8", "u", "n", "H", ""])
def test_a_button_without_a_drawing_is_drawn(caption: str) -> None:
    form = form_of(small_forms.undrawn_checkbox(caption))
    page = form.template.pages[0]
    inside = Rect(BOX[0] + 2, BOX[1] + 2, BOX[2] - 2, BOX[3] - 2)
    assert ink(picture(definitive(form, {"agreed": True})), inside, page) > 0.05
    assert ink(picture(definitive(form, {"agreed": False})), inside, page) < 0.02


def test_backgrounds_borders_and_comb_lines_are_painted_without_a_value() -> None:
    form = form_of(small_forms.comb(cells=4))
    final = definitive(form, {})
    page, seen = form.template.pages[0], picture(final, scale=4)
    left, bottom, right, top = WIDE
    for cell in range(5):
        x = left + (right - left) * cell / 4
        assert ink(seen, Rect(x - 1, bottom + 4, x + 1, top - 4), page) > 0.2, cell
    middle = left + (right - left) / 8
    assert ink(seen, Rect(middle - 10, bottom + 4, middle + 10, top - 4), page) == 0


def test_comb_characters_stand_in_their_cells() -> None:
    form = form_of(small_forms.comb(cells=4))
    final = definitive(form, {"code": "ABC"})
    left, bottom, right, top = WIDE
    width = (right - left) / 4
    cells = [
        text_in(final, Rect(left + at * width, bottom, left + (at + 1) * width, top), slack=-1)
        for at in range(4)
    ]
    assert [each.strip() for each in cells] == ["A", "B", "C", ""]


@pytest.mark.parametrize("quadding", [0, 1, 2])
def test_quadding_shows(quadding: int) -> None:
    template = small_forms.one_text_field(Q=quadding, DA=String("/Helv 10 Tf 0 g"))
    form = form_of(template)
    seen, page = picture(definitive(form, {"name": "Anna"})), form.template.pages[0]
    thirds = [Rect(20 + at * 86, 150, 106 + at * 86, 170) for at in range(3)]
    inked = [ink(seen, third, page) > 0.01 for third in thirds]
    assert inked == [at == quadding for at in range(3)]


def test_text_stays_inside_its_box() -> None:
    form = form_of(small_forms.multiline(DA=String("/Helv 10 Tf 0 g")))
    story = "Een lange zin die een paar keer moet worden afgebroken om te passen. " * 6
    seen, page = picture(definitive(form, {"story": story})), form.template.pages[0]
    left, bottom, right, top = AREA
    assert ink(seen, Rect(*AREA), page) > 0.03
    for outside in (
        Rect(0, 0, left - 1, 200), Rect(right + 1, 0, 300, 200),
        Rect(0, 0, 300, bottom - 1), Rect(0, top + 1, 300, 200),
    ):  # fmt: skip
        assert ink(seen, outside, page) == 0


def test_the_colour_of_the_text_is_the_form_s() -> None:
    template = small_forms.one_text_field(DA=String("/Helv 12 Tf 1 0 0 rg"))
    seen = picture(definitive(form_of(template), {"name": "MMMM"}), scale=4)
    colours = {colour for _, colour in seen.getcolors(1 << 20) or []}
    assert (255, 0, 0) in colours
    assert not any(red < 100 for red, _, _ in colours)


def test_a_signature_stays_as_a_picture() -> None:
    sheet = Sheet()
    sheet.text("name", (20, 20, 280, 40))
    stamp = sheet.stream(b"0 g 0 0 16 16 re f")
    sheet.text("signed", WIDE, FT=Name.Sig, AP=Dictionary(N=stamp))
    form = form_of(sheet.bytes())
    final = definitive(form, {"name": "x"})
    assert ink(picture(final), Rect(*WIDE), form.template.pages[0]) > 0.9
    assert not has_form(final)


@pytest.mark.parametrize(("flags", "painted"), [(PRINT, True), (0, False)])
def test_a_push_button_shows_on_paper_only_if_it_prints(flags: int, painted: bool) -> None:
    sheet = Sheet()
    sheet.text("name", (20, 20, 280, 40))
    face = sheet.stream(b"0 g 0 0 16 16 re f")
    sheet.text(
        "send", WIDE, FT=Name.Btn, Ff=small_forms.PUSH_BUTTON, F=flags, AP=Dictionary(N=face)
    )
    form = form_of(sheet.bytes())
    seen = picture(definitive(form, {"name": "x"}))
    assert (ink(seen, Rect(*WIDE), form.template.pages[0]) > 0.9) is painted


def test_a_multiline_text_keeps_its_lines() -> None:
    sheet = Sheet()
    sheet.text("story", AREA, Ff=MULTILINE)
    final = definitive(form_of(sheet.bytes()), {"story": "een\n\ntwee"})
    lines = [line for line in poppler_text(final, "-layout").splitlines() if line.strip()]
    assert [line.strip() for line in lines] == ["een", "twee"]


def test_a_concept_bears_its_mark_on_every_page() -> None:
    sheet = Sheet(pages=2, size=(595, 842))
    sheet.text("name", page=1)
    sheet.page(1).Rotate = 90
    form = form_of(sheet.bytes())
    shown = documents.preview(form, {"name": "Zoë Łukasiewicz"})
    for number in (0, 1):
        assert "CONCEPT" in "".join(page_text(shown, number).split())
    assert "Łukasiewicz" in page_text(shown, 1)
    assert not has_form(shown)
    assert is_sound(shown)


def test_a_preview_shows_what_is_wrong_as_it_was_typed() -> None:
    form = form_of(small_forms.one_text_field(max_len=3))
    assert "te lang" in page_text(documents.preview(form, {"name": "te lang"}))


def test_what_does_not_fit_is_cut_off_at_its_box_in_a_preview() -> None:
    form = form_of(small_forms.one_text_field(corners=(20, 150, 60, 170)))
    seen = picture(documents.preview(form, {"name": "M" * 60}), scale=2)
    black = [
        x for x in range(seen.width) if any(max(seen.getpixel((x, y))) < 60 for y in range(60, 100))
    ]
    assert black, "the part that fits is there"
    assert max(black) <= 61 * 2


def test_a_filled_form_is_flattened_as_it_is() -> None:
    form = form_of(
        documents.fill(
            form_of(small_forms.every_type()),
            documents.validate(form_of(small_forms.every_type()), EVERYTHING),
        )
    )
    flat = documents.flatten_as_filled(form)
    assert "Zoë Łukasiewicz" in page_text(flat)
    assert not has_form(flat)
