"""Opslaan voor later: the private link, going on from it, two people at once, nothing lost."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote, urlsplit

from pypdf import PdfReader

from tests.web.site import Website


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


def test_somebody_elses_save_is_told_and_neither_is_lost(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="begin"))
    mine, theirs = site.open(page.address), site.open(page.address)
    theirs.press("opslaan", theirs.filled(name="van hen"))

    refused = mine.press("opslaan", mine.filled(name="van mij"), json=True)
    assert refused.status_code == 409
    assert refused.get_json()["error"]["code"] == "edit_conflict"
    assert refused.get_json()["error"]["version"] == 2

    shown = mine.press("opslaan", mine.filled(name="van mij"))
    assert shown.status_code == 409
    text = shown.get_data(as_text=True)
    assert "Iemand anders" in text
    assert "van mij" in text
    assert 'name="over_versie" value="2"' in text
    assert site.open(page.address).values()["v:name"] == "van hen"

    over = mine.filled(name="van mij")
    over["over_versie"] = "2"
    assert mine.press("opslaan", over).status_code == 303
    assert site.open(page.address).values()["v:name"] == "van mij"


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
