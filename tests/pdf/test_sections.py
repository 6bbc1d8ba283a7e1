"""The sections of a form: by its tags, else by what is printed; the words beside its buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Object, String

from pipeline.flow.catalogue import Form, open_form
from pipeline.model.limits import Limits
from pipeline.model.outline import Outline
from tests.pdf.forms import form_of
from tests.pdf.small_forms import Sheet
from tests.pdf.small_tagged import TaggedSheet

TEMPLATES = Path(__file__).resolve().parents[2] / "pdf_templates"


@pytest.fixture(scope="module", params=["bao-2024", "sbo-so-2024"])
def official(request: pytest.FixtureRequest) -> Form:
    return open_form(TEMPLATES / request.param, Limits())


def outline_of(data: bytes) -> Outline:
    return form_of(data).outline


def names(outline: Outline) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(each.title, each.level, each.fields) for each in outline.sections]


# ---- the official forms ----


def test_every_field_of_an_official_form_stands_in_one_section(official: Form) -> None:
    told = [name for section in official.outline.sections for name in section.fields]
    shown = [each.name for each in official.template.fields if each.holds_data and each.visible]
    assert told == shown


def test_the_sections_of_an_official_form_are_its_own_headings(official: Form) -> None:
    titles = {(each.title, each.level) for each in official.outline.sections}
    assert {
        ("A. Schoolgegevens en contact", 2),
        ("Adres en bereikbaarheid", 3),
        ("Vaststelling en indiening", 2),
    } <= titles
    assert all(section.title for section in official.outline.sections)


def test_a_section_knows_the_page_of_its_heading(official: Form) -> None:
    for section in official.outline.sections:
        pages = {official.template.by_name[name].page for name in section.fields}
        assert pages <= {section.page}, section.title


def test_every_button_of_an_official_form_is_called_what_is_printed(official: Form) -> None:
    for field in official.template.fields:
        for state in field.on_states:
            assert official.outline.captions.get((field.name, state)), (field.name, state)


def test_the_buttons_of_a_table_are_called_after_their_columns(official: Form) -> None:
    words = [
        official.outline.captions["ap4.desk.gedrag", state]
        for state in official.template.by_name["ap4.desk.gedrag"].on_states
    ]
    assert words == ["intern", "bovenschools", "extern", "niet"]


def test_what_a_section_explains_is_told_and_labels_are_not(official: Form) -> None:
    texts = [
        text
        for section in official.outline.sections
        for text in (*section.texts, *(each for some in section.before.values() for each in some))
    ]
    assert any("Bovenschools: het schoolbestuur heeft de kennis" in text for text in texts)
    assert not {each.title for each in official.template.fields} & set(texts)


# ---- tagged ----


def heading(sheet: TaggedSheet, parent: Object, tag: str, baseline: float, text: str) -> None:
    made = sheet.element(parent, tag)
    made.Pg = sheet.page
    sheet.tagged(made, f"BT /F 10 Tf 20 {baseline} Td ({text}) Tj ET")


def test_tags_say_what_a_heading_is_however_large_it_is_set() -> None:
    sheet = TaggedSheet()
    block = sheet.block()
    heading(sheet, block, "H1", 280, "Deel een")
    heading(sheet, block, "P", 265, "Dit deel gaat over het hele jaar.")
    heading(sheet, block, "H2", 250, "Namen")
    sheet.text(block, "a", (20, 200, 200, 230))
    heading(sheet, block, "P", 190, "Vul hier nog eens iets anders in.")
    sheet.text(block, "b", (20, 150, 200, 180))
    heading(sheet, block, "H1", 130, "Deel twee")
    sheet.text(block, "c", (20, 90, 200, 120))
    outline = outline_of(sheet.bytes())
    assert names(outline) == [
        ("Deel een", 1, ()),
        ("Namen", 2, ("a", "b")),
        ("Deel twee", 1, ("c",)),
    ]
    assert outline.sections[0].texts == ("Dit deel gaat over het hele jaar.",)
    assert outline.sections[1].before == {"b": ("Vul hier nog eens iets anders in.",)}


def test_a_tree_that_leads_to_no_field_counts_for_nothing() -> None:
    sheet = TaggedSheet()
    block = sheet.block()
    heading(sheet, block, "H1", 280, "Verdwaald")
    sheet.text(block, "a", (20, 200, 200, 230))
    del block.K[1]
    assert [each.title for each in outline_of(sheet.bytes()).sections] == [""]


# ---- without tags ----


def test_without_tags_the_larger_words_above_are_a_heading() -> None:
    sheet = Sheet(size=(300, 400))
    sheet.print_text("Over uzelf", 20, 370, size=18)
    sheet.print_text("Vul alles in zoals het in uw paspoort staat.", 20, 350)
    sheet.text("name", (20, 310, 280, 330), TU=String("Naam"))
    sheet.print_text("Over uw school", 20, 270, size=18)
    sheet.text("school", (20, 220, 280, 240), TU=String("School"))
    outline = outline_of(sheet.bytes())
    assert [(each.title, each.fields) for each in outline.sections] == [
        ("Over uzelf", ("name",)),
        ("Over uw school", ("school",)),
    ]
    assert outline.sections[0].before == {"name": ("Vul alles in zoals het in uw paspoort staat.",)}


def test_a_form_that_says_nothing_is_one_section_without_a_title() -> None:
    sheet = Sheet()
    sheet.text("a", (20, 150, 200, 170))
    assert names(outline_of(sheet.bytes())) == [("", 1, ("a",))]


def test_a_field_without_a_name_for_people_is_called_what_stands_beside_it() -> None:
    sheet = Sheet()
    sheet.print_text("Uw postcode", 20, 155)
    sheet.text("f1_07", (100, 150, 200, 170))
    assert outline_of(sheet.bytes()).labels == {"f1_07": "Uw postcode"}


def test_words_before_the_buttons_are_theirs_where_none_follow() -> None:
    sheet = Sheet()
    for at, words in enumerate(("Ja", "Nee")):
        sheet.print_text(words, 20 + 80 * at, 104)
    sheet.radio("keus", ("1", "2"), (42, 100, 58, 116), step=80)
    assert outline_of(sheet.bytes()).captions == {("keus", "1"): "Ja", ("keus", "2"): "Nee"}


def test_elements_that_share_their_kids_are_not_asked_for_words_without_end() -> None:
    sheet = TaggedSheet()
    block = sheet.block()
    sheet.text(block, "name", (10, 10, 100, 30))
    asks = block.K[0]
    shared = sheet.words(block, 10, 200, "Hallo")
    for _ in range(40):
        above = sheet.element(block, "H2")
        above.K = Array([shared] * 10)
        shared = above
    block.K = Array([shared, asks])
    assert names(outline_of(sheet.bytes()))[-1][2] == ("name",)
