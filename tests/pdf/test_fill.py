"""Filling: the result is still a form, with every value and appearance in it. Judged by pypdf,
PDFium and poppler."""

from __future__ import annotations

from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pipeline.model.field import Value
from pipeline.model.geometry import Rect
from tests.pdf import small_forms
from tests.pdf.forms import definitive, filled, form_of, received
from tests.pdf.judges import annotations, ink, is_sound, page_text, picture, root, text_in
from tests.pdf.small_forms import BOX, MULTI_SELECT, WIDE, Sheet


def widget(data: bytes, number: int = 0) -> DictionaryObject:
    return annotations(data)[number]


def acroform(data: bytes) -> DictionaryObject:
    found = root(data)["/AcroForm"].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def fill(template: bytes, values: dict[str, object]) -> bytes:
    out = filled(form_of(template), values)
    assert is_sound(out)
    return out


EVERYTHING: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Eerste regel\nTweede regel",
    "code": "AB12",
    "agreed": True,
    "colour": "green",
    "fruit": "p",
    "fruits": ["a", "k"],
}


def test_every_type_of_field_holds_its_value() -> None:
    fields = PdfReader(BytesIO(fill(small_forms.every_type(), EVERYTHING))).get_fields()
    assert fields is not None
    values = {name: fields[name].get("/V") for name in EVERYTHING}
    assert values == {
        "name": "Zoë Łukasiewicz",
        "story": "Eerste regel\nTweede regel",
        "code": "AB12",
        "agreed": "/Yes",
        "colour": "/green",
        "fruit": "p",
        "fruits": ["a", "k"],
    }


def test_what_is_not_filled_in_stays_as_it_was() -> None:
    out = fill(small_forms.every_type(), EVERYTHING)
    kinds = [str(each["/Subtype"]) for each in annotations(out)]
    assert kinds.count("/Link") == 1
    assert kinds.count("/FreeText") == 1
    fields = PdfReader(BytesIO(out)).get_fields()
    assert fields is not None
    assert fields["signed"].get("/V") is None
    assert fields["reset"].get("/V") is None


def test_every_value_shows_without_a_viewer_s_help() -> None:
    """The appearance streams are there; no viewer has to make its own."""
    out = fill(small_forms.every_type(), EVERYTHING)
    assert "/NeedAppearances" not in acroform(out)
    flat = text_of_widgets(out)
    for words in ("Zoë Łukasiewicz", "Eerste regel", "Tweede regel", "Peer", "Appel", "Kers"):
        assert words in flat


def text_of_widgets(data: bytes) -> str:
    """What the appearance streams say, read by pypdf."""
    found = []
    for each in annotations(data):
        stream = each.get("/AP", {}).get("/N")
        if stream is not None and hasattr(stream.get_object(), "get_data"):
            page = PdfReader(BytesIO(data)).pages[0]
            found.append(page.extract_xform_text(stream.get_object()))
    return "\n".join(found)


def test_a_value_that_is_taken_away_is_gone() -> None:
    out = fill(small_forms.one_text_field(V=String("oud")), {"name": ""})
    assert "/V" not in widget(out)
    assert "oud" not in text_of_widgets(out)


def test_a_value_that_a_parent_hands_down_is_taken_away_too() -> None:
    sheet = Sheet()
    parent = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("p"), V=String("oud")))
    parent.Kids = Array([sheet.annotate(sheet.widget(WIDE, T=String("x"), Parent=parent))])
    sheet.enter(parent)
    form = form_of(sheet.bytes())
    assert form.template.by_name["p.x"].value == "oud"
    assert widget(filled(form, {"p.x": ""}))["/V"] == ""


def test_rich_text_that_says_something_else_goes() -> None:
    template = small_forms.one_text_field(V=String("oud"), RV=String("<b>oud</b>"))
    assert "/RV" not in widget(fill(template, {"name": "nieuw"}))


def test_xfa_usage_rights_and_need_appearances_go() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.form.XFA = sheet.pdf.make_stream(b"<xdp/>")
    sheet.form.NeedAppearances = True
    sheet.pdf.Root.Perms = Dictionary(UR3=Dictionary())
    out = fill(sheet.bytes(), {"name": "Anna"})
    assert not {"/XFA", "/NeedAppearances"} & set(acroform(out))
    assert "/Perms" not in root(out)


@pytest.mark.parametrize(("value", "state"), [(True, "/Ja"), (False, "/Off")])
def test_a_checkbox_s_states_agree(value: bool, state: str) -> None:
    box = widget(fill(small_forms.checkbox(on="Ja", V=Name.Ja, AS=Name.Ja), {"agreed": value}))
    assert (box["/V"], box["/AS"]) == (state, state)


def test_a_checkbox_keeps_its_own_drawing() -> None:
    out = fill(small_forms.checkbox(), {"agreed": True})
    normal = widget(out)["/AP"]["/N"]
    assert b"3 3 10 10 re" in normal["/Yes"].get_object().get_data()


def test_a_checkbox_without_a_drawing_gets_one_of_each_state() -> None:
    out = fill(small_forms.undrawn_checkbox(), {"agreed": True})
    normal = widget(out)["/AP"]["/N"]
    assert sorted(normal) == ["/Off", "/Yes"]
    page = form_of(out).template.pages[0]
    on = ink(picture(out, forms=True), Rect(*BOX), page)
    off = ink(picture(fill(out, {"agreed": False}), forms=True), Rect(*BOX), page)
    assert on > off + 0.05


def test_of_a_radio_group_one_widget_is_on() -> None:
    out = fill(small_forms.radio_group(), {"colour": "blue"})
    assert [each["/AS"] for each in annotations(out)] == ["/Off", "/Off", "/blue"]
    again = fill(out, {"colour": "red"})
    assert [each["/AS"] for each in annotations(again)] == ["/red", "/Off", "/Off"]
    none = fill(again, {"colour": ""})
    assert [each["/AS"] for each in annotations(none)] == ["/Off"] * 3


def test_radios_in_unison_are_on_together() -> None:
    """Two widgets with one on-state: with the flag they go together. ISO 32000-2, table 229."""
    sheet = Sheet()
    flags = small_forms.RADIO | small_forms.RADIOS_IN_UNISON
    sheet.radio("colour", ["red", "green", "red"], Ff=flags)
    out = fill(sheet.bytes(), {"colour": "red"})
    assert [each["/AS"] for each in annotations(out)] == ["/red", "/Off", "/red"]


def test_without_the_flag_one_of_them_is_on() -> None:
    sheet = Sheet()
    sheet.radio("colour", ["red", "green", "red"])
    data = sheet.bytes()
    out = fill(data, {"colour": "red"})
    assert [each["/AS"] for each in annotations(out)] == ["/red", "/Off", "/Off"]
    form = form_of(data)
    for made in (out, definitive(form, {"colour": "red"})):
        assert received(form, made) == {"colour": "red"}


def test_radios_of_one_name_are_on_in_each_of_their_dictionaries() -> None:
    """A page that was copied with its group: both groups have the value. ISO 32000-2, 12.7.4.2."""
    sheet = Sheet()
    sheet.radio("colour", ["red", "green"])
    sheet.radio("colour", ["red", "green"], (20, 60, 40, 80))
    data = sheet.bytes()
    out = fill(data, {"colour": "green"})
    assert [each["/AS"] for each in annotations(out)] == ["/Off", "/green"] * 2
    form = form_of(data)
    final = definitive(form, {"colour": "green"})
    assert received(form, final) == {"colour": "green"}
    blank, page = picture(form.blank), form.template.pages[0]
    drawn = [
        ink(picture(final), each.rect, page) != ink(blank, each.rect, page)
        for each in form.template.by_name["colour"].widgets
    ]
    assert drawn == [False, True] * 2


def test_the_places_of_what_is_selected_are_kept_in_step() -> None:
    sheet = Sheet()
    options = [("a", "A"), ("p", "P"), ("k", "K")]
    sheet.choice("fruits", options, Ff=MULTI_SELECT, V=String("a"), I=Array([0]))
    out = fill(sheet.bytes(), {"fruits": ["k", "p"]})
    assert list(widget(out)["/I"]) == [1, 2]
    assert "/I" not in widget(fill(out, {"fruits": []}))


@pytest.mark.parametrize("text", ["Zoë", "Łódź", "Ωδ", "Жук", "İıŞ", "a(b)c\\d", "€ 5 – ‘ja’"])
def test_text_of_any_script_is_stored_and_shown(text: str) -> None:
    out = fill(small_forms.one_text_field(), {"name": text})
    assert widget(out)["/V"] == text
    assert text_of_widgets(out).strip() == text


def test_the_form_s_own_font_writes_what_it_can() -> None:
    box = widget(fill(small_forms.one_text_field(), {"name": "Zoë"}))
    fonts = box["/AP"]["/N"]["/Resources"]["/Font"]
    assert [font.get_object()["/BaseFont"] for font in fonts.values()] == ["/Helvetica"]


def test_what_it_cannot_is_set_in_one_embedded_subset() -> None:
    sheet = Sheet()
    sheet.text("one", (20, 150, 280, 170))
    sheet.text("two", (20, 100, 280, 120))
    out = fill(sheet.bytes(), {"one": "Łódź", "two": "Ωδ"})
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()["/Subtype"]
        for each in annotations(out)
        for font in each["/AP"]["/N"]["/Resources"]["/Font"].values()
    }
    ((name, kind),) = fonts.items()
    assert kind == "/Type0"
    assert name[7:8] == "+"
    assert len(out) < 40_000


def test_a_form_filled_twice_does_not_grow() -> None:
    form = form_of(small_forms.every_type())
    once = filled(form, EVERYTHING)
    twice = filled(form_of(once), EVERYTHING)
    assert len(twice) <= len(once) * 1.1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_widget_s_stream_is_turned(rotation: int) -> None:
    out = fill(small_forms.rotated(widget_rotation=rotation), {"name": "Anna"})
    stream = widget(out)["/AP"]["/N"].get_object()
    matrix = [round(float(each)) for each in stream.get("/Matrix", [1, 0, 0, 1, 0, 0])][:4]
    assert matrix == {
        0: [1, 0, 0, 1], 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0],
    }[rotation]  # fmt: skip


def test_an_encrypted_template_comes_out_open() -> None:
    out = fill(small_forms.encrypted(), {"name": "Anna"})
    assert not PdfReader(BytesIO(out)).is_encrypted


def test_the_template_is_not_touched() -> None:
    template = small_forms.every_type()
    form = form_of(template)
    filled(form, EVERYTHING)
    assert form.pdf == template
    value: Value | None = form.template.by_name["name"].value
    assert value is None


def test_static_text_stays() -> None:
    out = fill(small_forms.every_type(), EVERYTHING)
    assert "Formulier" in page_text(out)
    assert text_in(out, Rect(20, 378, 100, 392)).strip() == "Formulier"
