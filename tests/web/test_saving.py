"""Opslaan voor later: the private link, going on from it, two people at once, nothing lost."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote, urlsplit

import pytest
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from pipeline.flow.merging import fingerprint
from tests.web.site import FilledPage, Website


def test_saving_gives_the_link_and_the_link_goes_on(site: Website) -> None:
    page = site.new("proef")
    posted = page.filled(
        name="Zoë\u202fŁ", story="één\ntwee\n", agreed="Yes", colour="green", fruits=["a", "k"]
    )
    saved = page.press("opslaan", posted, json=True)
    assert saved.status_code == 200
    answer = saved.get_json()
    assert urlsplit(answer["link"]).path == page.address
    assert answer["version"] == 1
    assert answer["days"] == 60
    assert answer["link"] in unquote(answer["mailto"])

    again = site.open(page.address)
    assert again.values().getlist("v:fruits") == ["a", "k"]
    assert {name: again.values().get(f"v:{name}") for name in ("name", "story", "colour")} == {
        "name": "Zoë\u202fŁ",
        "story": "één\ntwee\n",
        "colour": "green",
    }
    assert again.values()["versie"] == "1"


def test_without_scripts_the_same_stands_on_a_page(site: Website) -> None:
    page = site.new("proef")
    answer = page.press("opslaan", page.filled(name="De Boom"))
    assert answer.status_code == 303
    shown = site.client.get(answer.location).get_data(as_text=True)
    assert page.address in shown
    assert "geldig tot en met" in shown
    assert "Iedereen met deze link kan bewerken" in shown
    assert "mailto:" in shown


def test_nothing_is_stored_before_the_first_save(site: Website) -> None:
    page = site.new("proef")
    assert page.press("controleer").status_code == 200
    assert page.press("voorbeeld").status_code == 200
    assert site.client.get(page.address).status_code == 404


def test_what_was_cleared_stays_cleared(site: Website) -> None:
    page = site.new("bao-2024")
    assert page.values()["v:school.vestiging"] == "00"
    page.press("opslaan", page.filled(**{"school.vestiging": ""}))
    assert site.open(page.address).values()["v:school.vestiging"] == ""


def test_what_was_cleared_is_not_in_the_preview_of_the_draft(site: Website) -> None:
    page = site.new("bao-2024")
    page.press("opslaan", page.filled(**{"profiel.schooljaar": ""}))
    answer = site.client.get(f"{page.address}/voorbeeld/concept.pdf")
    text = PdfReader(BytesIO(answer.data)).pages[0].extract_text()
    assert "Datum van deze" in text
    assert "2024-2025" not in text


def test_what_is_wrong_is_kept_as_it_was_typed(site: Website) -> None:
    page = site.new("sommen")
    typed = {"a": "1.234,56", "b": "300.5", "day": "31-2-2024", "mail": "geen adres"}
    page.press("opslaan", page.filled(**typed))
    again = site.open(page.address).values()
    assert {name: again[f"v:{name}"] for name in typed} == typed


def test_numbers_come_back_with_their_comma(site: Website) -> None:
    page = site.new("sommen")
    page.press("opslaan", page.filled(a="19.25", b="0,75"))
    again = site.open(page.address).values()
    assert (again["v:a"], again["v:b"], again["v:total"]) == ("19,25", "0,75", "20,00")


def two_on_one_link(site: Website, **began: str) -> tuple[FilledPage, FilledPage]:
    page = site.new("proef")
    page.press("opslaan", page.filled(**began))
    return site.open(page.address), site.open(page.address)


def stored(site: Website, page: FilledPage, name: str) -> str:
    return str(site.open(page.address).values()[f"v:{name}"])


def chosen(page: FilledPage, whose: str) -> MultiDict[str, str]:
    """What a page with a conflict posts when for each field the same side is chosen."""
    posted = page.values()
    for choice in page.document.xpath(f'//fieldset//input[starts-with(@value, "{whose}:")]'):
        posted[choice.get("name")] = choice.get("value")
    return posted


def test_what_somebody_else_changed_elsewhere_is_taken_over(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin", story="begin")
    theirs.press("opslaan", theirs.filled(name="van hen"))
    answer = mine.press("opslaan", mine.filled(story="van mij"), json=True).get_json()
    assert answer["version"] == 3
    assert answer["values"] == {"name": {"text": "van hen", "chosen": []}}
    assert "‘Naam’" in answer["told"]
    assert (stored(site, mine, "name"), stored(site, mine, "story")) == ("van hen", "van mij")


def test_without_scripts_it_is_told_on_the_page_of_the_link(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin")
    theirs.press("opslaan", theirs.filled(name="van hen"))
    answer = mine.press("opslaan", mine.filled(story="van mij"))
    assert answer.status_code == 200
    assert "Iemand anders wijzigde intussen: ‘Naam’" in answer.get_data(as_text=True)
    assert (stored(site, mine, "name"), stored(site, mine, "story")) == ("van hen", "van mij")


def test_sums_follow_from_what_both_typed(site: Website) -> None:
    page = site.new("sommen")
    page.press("opslaan", page.filled(a="1", b="1"))
    mine, theirs = site.open(page.address), site.open(page.address)
    theirs.press("opslaan", theirs.filled(a="10"))
    assert mine.press("opslaan", mine.filled(b="20")).status_code == 200
    assert stored(site, page, "total") == "30,00"


@pytest.mark.parametrize(("whose", "left"), [("mijn", "van mij"), ("ander", "van hen")])
def test_the_same_field_is_chosen_on_a_page(site: Website, whose: str, left: str) -> None:
    mine, theirs = two_on_one_link(site, name="begin", story="begin")
    theirs.press("opslaan", theirs.filled(name="van hen", colour="green"))
    refused = FilledPage(site, mine.press("opslaan", mine.filled(name="van mij", story="mijn")))
    assert refused.response.status_code == 409
    texts = [text.text_content() for text in refused.document.find_class("clash-text")]
    assert texts == ["van mij", "van hen"]
    assert not refused.document.xpath("//fieldset[@class='clash']//input[@checked]")
    assert (stored(site, mine, "name"), stored(site, mine, "story")) == ("van hen", "begin")

    undecided = FilledPage(site, refused.press("opslaan"))
    assert undecided.response.status_code == 409
    assert stored(site, mine, "name") == "van hen"
    assert undecided.press("opslaan", chosen(undecided, whose)).status_code == 303
    found = site.open(mine.address).values()
    assert (found["v:name"], found["v:story"], found["v:colour"]) == (left, "mijn", "green")


def test_a_choice_is_not_for_a_later_text(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin")
    theirs.press("opslaan", theirs.filled(name="van hen"))
    refused = FilledPage(site, mine.press("opslaan", mine.filled(name="van mij")))
    again = site.open(mine.address)
    again.press("opslaan", again.filled(name="nog later"))
    for whose in ("mijn", "ander"):
        answer = FilledPage(site, refused.press("opslaan", chosen(refused, whose)))
        assert answer.response.status_code == 409
        texts = [text.text_content() for text in answer.document.find_class("clash-text")]
        assert texts == ["van mij", "nog later"]
    assert stored(site, mine, "name") == "nog later"


def test_a_script_gets_both_texts_and_what_to_take_over(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin", story="begin")
    theirs.press("opslaan", theirs.filled(name="van <hen>", story="ook"))
    answer = mine.press("opslaan", mine.filled(name="van mij"), json=True)
    assert answer.status_code == 409
    error = answer.get_json()["error"]
    assert (error["code"], error["version"]) == ("edit_conflict", 2)
    assert "van &lt;hen&gt;" in error["html"]
    assert "van mij" in error["html"]
    assert error["values"] == {"story": {"text": "ook", "chosen": []}}
    assert error["basis"]["story"] == fingerprint("ook")
    assert error["basis"]["name"] == fingerprint("begin")


def test_a_page_that_tells_no_basis_overwrites_nothing(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin")
    theirs.press("opslaan", theirs.filled(name="van hen"))
    for basis in (None, "[]", "{", '{"name": 3}', "null"):
        posted = mine.filled(name="van mij")
        posted.pop("basis")
        if basis is not None:
            posted["basis"] = basis
        assert mine.press("opslaan", posted).status_code == 409
    assert stored(site, mine, "name") == "van hen"


def test_a_refused_form_shows_what_somebody_else_saved(site: Website) -> None:
    mine, theirs = two_on_one_link(site, name="begin")
    theirs.press("opslaan", theirs.filled(name="van hen"))
    refused = FilledPage(site, mine.press("versturen", mine.filled(story="van mij")))
    assert refused.response.status_code == 422
    assert refused.values()["v:name"] == "van hen"
    refused.press("opslaan")
    assert (stored(site, mine, "name"), stored(site, mine, "story")) == ("van hen", "van mij")


def test_sending_over_somebody_elses_save_is_stopped_as_well(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="begin"))
    mine, theirs = site.open(page.address), site.open(page.address)
    theirs.press("opslaan", theirs.filled(name="van hen"))
    answer = mine.press("versturen", mine.filled(name="van mij", agreed="Yes"))
    assert answer.status_code == 409
    assert site.waiting == []


def test_reloading_a_buttons_address_goes_back_to_the_form(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="De Boom"))
    for button in ("opslaan", "versturen", "voorbeeld", "controleer", "upload"):
        answer = site.client.get(f"{page.address}/{button}")
        assert answer.location == page.address, button


def test_the_preview_is_a_pdf_that_a_browser_can_show_and_save(site: Website) -> None:
    page = site.new("proef")
    answer = page.press("voorbeeld/proef-concept.pdf", page.filled(name="De Boom"))
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "no-store" not in answer.headers["Cache-Control"]
    assert "object-src" not in answer.headers["Content-Security-Policy"]


def test_a_saved_draft_can_be_previewed_by_its_address(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="De Boom"))
    answer = site.client.get(f"{page.address}/voorbeeld/proef-concept.pdf")
    assert answer.data.startswith(b"%PDF-")


def test_checking_lists_what_is_missing_with_where_to_find_it(site: Website) -> None:
    page = site.new("proef")
    problems = page.press("controleer", json=True).get_json()["problems"]
    assert [(each["field"], each["code"], each["label"]) for each in problems] == [
        ("name", "required", "Naam"),
        ("agreed", "required", "agreed"),
    ]
    ids = {element.get("id") for element in page.document.iter()}
    assert {each["anchor"] for each in problems} <= ids
    early = page.filled()
    early["stadium"] = "concept"
    assert page.press("controleer", early).get_json()["problems"] == []
