"""A label that a form has twice: which one is meant is said wherever it is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import lxml.html
import pytest
from lxml.html import HtmlElement

from pipeline.flow.documents import Catalogue, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.pdf.small_forms import REQUIRED, Sheet
from tests.web.site import FilledPage, Website, website

DEFINITION = """
title = "Tellingen"
[[check]]
level = "warning"
fields = ["total2"]
when = "total2 = '9'"
message = "Weet u dit zeker?"
"""


@pytest.fixture
def site(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """``tellingen``: two rows that a label begins, and a required Totaal and an Akkoord in each."""
    sheet = Sheet(size=(500, 300))
    for row, name in enumerate(("Jongens", "Meisjes"), 1):
        top = 280.0 - 60 * row
        sheet.text(f"note{row}", (20, top, 180, top + 20), TU=name)
        sheet.text(f"total{row}", (200, top, 300, top + 20), TU="Totaal", Ff=REQUIRED)
        sheet.checkbox(f"agreed{row}", (320, top, 340, top + 20), on="Ja", TU="Akkoord")
    counted = form_of(sheet.bytes(), "tellingen", parse_definition(DEFINITION), Limits())
    forms = {"tellingen": counted, "bao-2024": catalogue.form("bao-2024")}
    with website(Catalogue(forms), tmp_path_factory.mktemp("site")) as running:
        yield running


def names_of_controls(document: HtmlElement) -> Counter[str]:
    """The accessible names of the fields: of a group its own, of others their labels'."""
    found: Counter[str] = Counter()
    for field in document.xpath('//*[@data-name and contains(@class, "field")]'):
        if group := field.get("aria-labelledby"):
            words = document.get_element_by_id(group)
        else:
            (words,) = field.xpath(".//label")
        found[" ".join(words.text_content().split())] += 1
    return found


def words_of(part: HtmlElement) -> str:
    return " ".join(part.text_content().split())


@pytest.mark.parametrize("form_id", ["tellingen", "bao-2024"])
def test_no_two_fields_of_a_form_have_the_same_accessible_name(site: Website, form_id: str) -> None:
    names = names_of_controls(site.new(form_id).document)
    assert [name for name, times in names.items() if times > 1] == []
    assert len(names) > 5


def test_the_label_that_is_seen_begins_the_name(site: Website) -> None:
    """WCAG 2.2, 2.5.3: who speaks to the page says what stands there."""
    document = site.new("tellingen").document
    assert set(names_of_controls(document)) == {
        "Jongens",
        "Totaal (Jongens)",
        "Akkoord (Jongens)",
        "Meisjes",
        "Totaal (Meisjes)",
        "Akkoord (Meisjes)",
    }
    hidden = document.xpath('//label//span[@class="vh"]')
    assert {words_of(each) for each in hidden} == {"(Jongens)", "(Meisjes)"}


def test_it_is_said_in_the_lists_of_what_is_wrong_and_of_what_to_look_at(site: Website) -> None:
    page = site.new("tellingen")
    told = page.press("controleer", json=True).get_json()["problems"]
    assert [each["label"] for each in told] == ["Totaal (Jongens)", "Totaal (Meisjes)"]
    refused = FilledPage(site, page.press("versturen")).document
    summary = words_of(refused.get_element_by_id("fouten"))
    assert "Totaal (Jongens):" in summary
    assert "Totaal (Meisjes):" in summary
    asked = page.press("versturen", page.filled(total1="1", total2="9"))
    warned = lxml.html.fromstring(asked.get_data(as_text=True)).get_element_by_id("let-op")
    assert "Totaal (Meisjes): Weet u dit zeker?" in words_of(warned.getparent())


def test_it_is_said_where_two_people_changed_the_same(site: Website) -> None:
    page = site.new("tellingen")
    page.press("opslaan", page.filled(total1="1", total2="1"))
    mine, theirs = site.open(page.address), site.open(page.address)
    theirs.press("opslaan", theirs.filled(total1="2", total2="3"))
    told = mine.press("opslaan", mine.filled(note1="x"), json=True).get_json()["told"]
    assert "‘Totaal (Jongens)’, ‘Totaal (Meisjes)’" in told
    answer = mine.press("opslaan", mine.filled(total2="4"))
    legends = FilledPage(site, answer).document.xpath('//fieldset[@class="clash"]/legend')
    assert [words_of(each) for each in legends] == ["Totaal (Meisjes)"]


def test_it_is_said_of_last_years_answers_and_of_what_was_sent(site: Website) -> None:
    page = site.new("tellingen")
    location = page.send(page.filled(total1="1", total2="2", agreed1="Ja")).location
    shown = lxml.html.fromstring(site.client.get(location).get_data(as_text=True))
    assert [words_of(each) for each in shown.xpath('//details[@class="answers"]//dt')] == [
        "Totaal (Jongens)",
        "Akkoord (Jongens)",
        "Totaal (Meisjes)",
        "Akkoord (Meisjes)",
    ]
    new = site.new("tellingen")
    (form,) = new.document.xpath('//form[contains(@action, "/vorig-jaar")]')
    begun = site.open(site.client.post(form.action, data={"link": location}).location)
    same = begun.document.get_element_by_id("zelfde")
    assert [words_of(each) for each in same.xpath(".//a")] == [
        "Totaal (Jongens)",
        "Akkoord (Jongens)",
        "Totaal (Meisjes)",
        "Akkoord (Meisjes)",
    ]


def test_buttons_beside_a_field_say_which(site: Website) -> None:
    rules = site.new("tellingen").document.get_element_by_id("gegevens").text
    assert '"Totaal (Jongens)"' in rules
