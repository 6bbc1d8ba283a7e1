"""The page before sending, what is said on it, and a new version of what was sent."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest
from lxml.html import HtmlElement
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from pipeline.flow.documents import Catalogue, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from pipeline.store.database import connect
from pipeline.store.records import SubmissionRecord
from tests.pdf.small_forms import Sheet
from tests.web.site import Website, website

DEFINITION = """
title = "Jaarverslag"
language = "nl"
reference = "JAAR"
file_name = "verslag-{school}"
key = ["school"]
sender = "author"
[[check]]
level = "warning"
fields = ["school"]
when = "school = 'Twijfel'"
message = "Weet u dit zeker?"
"""


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    sheet = Sheet(size=(300, 300))
    sheet.text("school", (20, 240, 280, 260), Ff=2)
    sheet.text("author", (20, 200, 280, 220))
    form = form_of(sheet.bytes(), "jaar", parse_definition(DEFINITION), Limits())
    folder = tmp_path_factory.mktemp("site")
    with website(Catalogue({"jaar": form}), folder) as running:
        yield running


def asked(site: Website, school: str = "De Boom", author: str = "Zoë") -> TestResponse:
    page = site.new("jaar")
    return page.press("versturen", page.filled(school=school, author=author))


def shown(answer: TestResponse) -> HtmlElement:
    return lxml.html.fromstring(answer.get_data(as_text=True))


def text_of(answer: TestResponse) -> str:
    return " ".join(shown(answer).text_content().split())


def sent(site: Website, **typed: str) -> str:
    answer = site.confirm(asked(site), **typed)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.location)


def rows(site: Website) -> list[SubmissionRecord]:
    engine = connect(f"sqlite:///{site.mail_dir.parent / 'formpress.sqlite'}")
    with Session(engine) as session:
        found = select(SubmissionRecord).order_by(SubmissionRecord.reference)
        records = list(session.scalars(found))
    engine.dispose()
    return records


def test_nothing_is_sent_before_it_is_confirmed(site: Website) -> None:
    answer = asked(site)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "Dit is geen concept" in text
    assert "niet meer wijzigen" in text
    assert shown(answer).get_element_by_id("naam").get("value") == "Zoë"
    assert site.waiting == []
    assert rows(site) == []
    assert site.confirm(answer).status_code == 303
    assert len(site.waiting) == 1


def test_a_form_with_gaps_shows_what_is_wrong_instead(site: Website) -> None:
    answer = asked(site, school="")
    assert answer.status_code == 422
    assert shown(answer).get_element_by_id("fouten") is not None


def test_warnings_are_shown_and_stop_nothing(site: Website) -> None:
    answer = asked(site, school="Twijfel")
    assert "Weet u dit zeker?" in text_of(answer)
    assert site.confirm(answer).status_code == 303


def test_what_is_typed_there_is_on_the_page_of_what_was_sent_and_in_no_pdf(site: Website) -> None:
    location = sent(site, naam=" Anna de Vries ", opmerking="Eerste\r\ntweede")
    site.work()
    page = shown(site.client.get(location))
    (record,) = rows(site)
    assert (record.sender_name, record.remark) == ("Anna de Vries", "Eerste\ntweede")
    assert record.pdf_key is not None
    assert "Vries" not in str(record.values)
    (receipt,) = page.xpath('//section[@class="receipt"]')
    pairs = {
        each.findtext("dt"): each.find("dd").text_content() for each in receipt.xpath(".//dl/div")
    }
    assert pairs["Verstuurd door"] == "Anna de Vries"
    assert pairs["Opmerking voor de ontvanger"] == "Eerste\ntweede"


def test_what_nobody_said_is_not_shown(site: Website) -> None:
    page = text_of(site.client.get(sent(site, naam="")))
    assert "Verstuurd door" not in page
    assert "Opmerking" not in page


def test_the_receipt_comes_when_the_pdf_is_there(site: Website) -> None:
    location = sent(site, email="anna@example.org")
    (job,) = site.waiting
    assert not site.desk.send_receipt(job)
    site.work()
    assert site.desk.send_receipt(job)
    (mail,) = site.mails()
    assert (mail["To"], mail["Subject"]) == (
        "anna@example.org",
        "Ontvangen: Jaarverslag, kenmerk JAAR-000001",
    )
    links = [line for line in mail.get_content().splitlines() if line.startswith("http")]
    pdf, page = (link.removeprefix("http://localhost") for link in links)
    assert page == location
    assert site.client.get(pdf).mimetype == "application/pdf"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("naam", "x" * 61, "hooguit 60 tekens"),
        ("email", "geen adres", "e-mailadres"),
        ("opmerking", "x" * 301, "hooguit 300 tekens"),
    ],
)
def test_what_is_wrong_there_is_said_at_its_field(
    site: Website, name: str, value: str, says: str
) -> None:
    answer = site.confirm(asked(site), **{name: value})
    assert answer.status_code == 422
    document = shown(answer)
    field = document.get_element_by_id(name)
    assert field.get("aria-invalid") == "true"
    assert value in (field.get("value") or field.text)
    assert says in document.get_element_by_id(f"{name}-fout").text
    (link,) = document.get_element_by_id("fouten").xpath(".//li/a")
    assert link.get("href") == f"#{name}"
    assert site.waiting == []
    assert site.confirm(answer, **{name: ""}).status_code == 303


def test_a_double_click_on_the_last_button_is_one_submission(site: Website) -> None:
    answer = asked(site)
    first, second = site.confirm(answer), site.confirm(answer)
    assert first.location == second.location
    assert len(rows(site)) == 1


def test_what_somebody_else_saved_meanwhile_is_asked_again(site: Website) -> None:
    answer = asked(site)
    address = shown(answer).xpath("//form[.//input[@name='bevestigd']]")[0].action
    other = site.open(address.rpartition("/")[0])
    other.press("opslaan", other.filled(author="Iemand anders"))
    again = site.confirm(answer)
    assert again.status_code == 409
    assert "Intussen is er iets veranderd" in text_of(again)
    assert site.waiting == []
    assert site.confirm(again).status_code == 303
    assert rows(site)[0].values["author"] == "Iemand anders"


def test_what_somebody_else_emptied_meanwhile_is_not_sent(site: Website) -> None:
    answer = asked(site)
    address = shown(answer).xpath("//form[.//input[@name='bevestigd']]")[0].action
    other = site.open(address.rpartition("/")[0])
    other.press("opslaan", other.filled(school=""))
    assert site.confirm(answer).location == other.address
    assert site.waiting == []


def test_an_earlier_form_is_replaced_only_with_a_tick(site: Website) -> None:
    first = sent(site)
    answer = asked(site)
    assert "JAAR-000001" in text_of(answer)
    refused = site.confirm(answer, vervangt="")
    assert refused.status_code == 422
    assert "vinkje" in shown(refused).get_element_by_id("vervangt-fout").text
    assert len(rows(site)) == 1
    second = site.confirm(answer).location
    old, new = rows(site)
    assert new.replaces_id == old.id
    page = text_of(site.client.get(first))
    assert "Dit formulier is vervangen" in page
    assert "JAAR-000002" in page
    assert second.rpartition("/")[2] not in site.client.get(first).get_data(as_text=True)
    assert "is vervangen" not in text_of(site.client.get(second))


def test_a_third_form_that_comes_between_is_asked_about(site: Website) -> None:
    sent(site)
    answer = asked(site)
    site.confirm(asked(site))
    refused = site.confirm(answer, vervangt="JAAR-000001")
    assert refused.status_code == 422
    assert "JAAR-000002" in text_of(refused)


def test_a_new_version_begins_with_what_was_sent_under_a_new_link(site: Website) -> None:
    location = sent(site)
    document = shown(site.client.get(location))
    (form,) = document.xpath("//form[contains(@action, 'nieuwe-versie')]")
    first = site.client.post(form.action, data=dict(form.form_values()))
    second = site.client.post(form.action, data=dict(form.form_values()))
    assert first.location == second.location
    page = site.open(first.location)
    assert page.values()["v:school"] == "De Boom"
    again = page.press("versturen", page.filled(author="Anna"))
    assert "JAAR-000001" in text_of(again)
    assert site.confirm(again).status_code == 303
    old, new = rows(site)
    assert (old.values["author"], new.values["author"]) == ("Zoë", "Anna")


def test_what_was_sent_stays_when_its_draft_is_long_gone(site: Website) -> None:
    page = site.new("jaar")
    location = page.send(page.filled(school="De Boom")).location
    site.work()
    site.later(days=100)
    assert site.desk.purge().drafts == 1
    shown_then = site.client.get(location)
    assert "De Boom" in text_of(shown_then)
    pdf = shown(shown_then).get_element_by_id("pdf-link").get("href")
    assert site.client.get(pdf).data.startswith(b"%PDF")
    for link in (page.address, f"{page.address}/opgeslagen", f"{page.address}/verwijderen"):
        answer = site.client.get(link)
        assert (answer.status_code, answer.location) == (302, location), link
    assert page.press("opslaan").status_code == 409
    again = page.press("opslaan", json=True).get_json()["error"]
    assert (again["code"], again["submitted"]) == ("already_submitted", location)
