"""The archive copy on the page of a sent form: offered, asked for, made, had."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import lxml.html
import pikepdf
import pytest
from lxml.html import HtmlElement
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from pipeline.errors import ProofError
from pipeline.flow import jobs
from pipeline.flow.documents import Catalogue, Form, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.pdf.judges import page_text
from tests.pdf.small_forms import Sheet
from tests.pdf.test_archive import embedded_form
from tests.profiles import profile_values
from tests.web.live import Live
from tests.web.site import Website, website
from tests.web.test_one_page import answered


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """``ja`` can be archived; ``nee`` has an attachment, and a font that is not in the file."""
    definition = parse_definition('title = "Ja"\nlanguage = "nl"\nfile_name = "ja-{name}"\n')
    ours = form_of(embedded_form().pdf, "ja", definition, Limits())
    sheet = Sheet()
    sheet.text("name", TU="Naam")
    sheet.pdf.attachments["a.txt"] = b"text"
    hindered = form_of(sheet.bytes(), "nee", parse_definition('title = "Nee"'), Limits())
    with website(
        Catalogue({"ja": ours, "nee": hindered}), tmp_path_factory.mktemp("site")
    ) as running:
        yield running


def sent(site: Website, form_id: str) -> str:
    page = site.new(form_id)
    answer = page.send(page.filled(name="De Boom"))
    assert answer.status_code == 303
    return str(answer.location)


def part(site: Website, location: str, language: str = "") -> HtmlElement:
    answer = site.client.get(location + (f"?taal={language}" if language else ""))
    return lxml.html.fromstring(answer.get_data(as_text=True)).get_element_by_id("archief")


def shown(element: HtmlElement) -> str:
    """What is seen of it."""
    if element.get("hidden") is not None:
        return ""
    inside = [element.text or ""]
    for child in element:
        inside += [shown(child), child.tail or ""]
    return " ".join(" ".join(inside).split())


def ask(site: Website, location: str) -> str:
    (form,) = part(site, location).xpath(".//form")
    return str(site.client.post(form.action).location)


def state(site: Website, location: str) -> dict[str, str]:
    told: dict[str, str] = site.client.get(f"{location}/status").get_json()["archive"]
    return told


def test_it_is_offered_beside_the_definitive_pdf_and_made_once(site: Website) -> None:
    location = sent(site, "ja")
    assert part(site, location).get("hidden") is not None, "first the definitive PDF"
    assert state(site, location) is None
    site.work()
    assert "Maak het archiefexemplaar" in shown(part(site, location))
    assert state(site, location)["state"] == "offered"

    first, second = ask(site, location), ask(site, location)
    assert first == second == f"{location}#archief"
    assert len(site.waiting) == 1
    assert "wordt gemaakt" in shown(part(site, location))
    answer = site.client.get(location).get_data(as_text=True)
    assert 'http-equiv="refresh"' in answer
    assert "data-waiting" in answer
    assert site.client.get(f"{location}/status").get_json()["waiting"] is True

    site.work()
    assert site.client.get(f"{location}/status").get_json()["waiting"] is False
    there = part(site, location)
    assert "Maak het archiefexemplaar" not in shown(there)
    link = there.get_element_by_id("archief-link")
    assert link.text == "ja-De-Boom-pdfa.pdf"
    assert link.get("href") == state(site, location)["address"]
    pdf = site.client.get(link.get("href"))
    assert pdf.mimetype == "application/pdf"
    assert location.rpartition("/")[2] not in link.get("href")
    assert "De Boom" in PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert ask(site, location) == first
    assert site.waiting == []


def test_a_reload_of_the_buttons_address_leads_back(site: Website) -> None:
    location = sent(site, "ja")
    for button in ("archief", "opnieuw", "nieuwe-versie"):
        assert site.client.get(f"{location}/{button}").location == location


def test_it_is_not_to_be_had_before_the_definitive_pdf(site: Website) -> None:
    location = sent(site, "ja")
    assert site.client.post(f"{location}/archief").status_code == 404
    assert len(site.waiting) == 1, "the definitive PDF's own"


def test_a_form_that_cannot_be_archived_has_a_quiet_line(site: Website) -> None:
    location = sent(site, "nee")
    site.work()
    words = shown(part(site, location))
    assert "kan geen archiefexemplaar (PDF/A) worden gemaakt" in words
    assert "formulier: een bijlage" in words
    assert "Maak" not in words
    assert state(site, location)["state"] == "hindered"
    english = shown(part(site, location, "en"))
    assert "No archive copy (PDF/A) can be made of this form." in english
    assert "in the form’s PDF: an attachment;" in english


def test_what_only_the_finished_document_shows_is_said_afterwards(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Form, "archive_hindrances", ())
    location = sent(site, "nee")
    site.work()
    assert "Maak het archiefexemplaar" in shown(part(site, location))
    ask(site, location)
    site.work()
    words = shown(part(site, location))
    assert "een bijlage; een lettertype dat niet in het bestand zit" in words
    assert "Maak" not in words


def test_one_that_failed_says_why_and_can_be_tried_again(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = sent(site, "ja")
    site.work()

    def fail(*_: object) -> bytes:
        raise ProofError([])

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "archive_copy", fail)
        ask(site, location)
        site.work()
    words = shown(part(site, location))
    assert "kon niet worden gemaakt" in words
    assert "Bij de controle bleek" in words
    assert "De PDF is klaar" in site.client.get(location).get_data(as_text=True)
    ask(site, location)
    site.work()
    assert state(site, location)["state"] == "done"


def test_the_page_follows_the_job_and_the_drafts_link_leads_to_it(
    page: Page, live_site: Live
) -> None:
    """Without a reload: what is asked for appears, of a form that can and of one that cannot."""
    site = live_site.site
    draft = site.new("bao-2024")
    location = draft.send(answered(draft, "realistic")).location
    site.work()
    page.goto(live_site.url + draft.address)
    expect(page).to_have_url(live_site.url + location)
    part = page.locator("#archief")
    part.get_by_role("button", name="Maak het archiefexemplaar").click()
    expect(part.get_by_text("wordt gemaakt en gecontroleerd")).to_be_visible()
    expect(part.get_by_role("button")).to_be_hidden()
    site.work()
    link = part.get_by_role("link", name="-pdfa.pdf")
    expect(link).to_be_visible()
    expect(part.get_by_text("wordt gemaakt en gecontroleerd")).to_be_hidden()
    address = link.get_attribute("href")
    assert address is not None
    data = site.client.get(address).data
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "2"
    assert profile_values("bao-2024", "realistic")["school.naam"] in page_text(data)

    simple = site.new("proef")
    right = {"name": "De Boom", "agreed": "Yes", "colour": "green", "story": "x"}
    page.goto(live_site.url + simple.send(simple.filled(**right)).location)
    part = page.locator("#archief")
    expect(part).to_be_hidden()
    site.work()
    expect(part).to_contain_text("een lettertype dat niet in het bestand zit")
    expect(part).not_to_have_class(re.compile("card"))
    expect(page.locator("#pdf-link")).to_be_visible()
