"""The page of a sent form offers the one-page as a second download, or says why there is none."""

from __future__ import annotations

from io import BytesIO

import lxml.html
import pytest
from lxml.html import HtmlElement
from pypdf import PdfReader
from werkzeug.datastructures import MultiDict

from pipeline.errors import FieldProblem, PageOverflow
from pipeline.flow import jobs
from tests.profiles import profile_values
from tests.web.site import FilledPage, Website


def answered(page: FilledPage, profile: str) -> MultiDict[str, str]:
    posted: MultiDict[str, str] = page.values()
    for name, value in profile_values("bao-2024", profile).items():
        if value is False:
            posted.poplist(f"v:{name}")
        else:
            posted.setlist(f"v:{name}", ["Ja" if value is True else str(value)])
    return posted


def sent(site: Website) -> str:
    """The address of the page of the official form, sent as the realistic profile has it."""
    page = site.new("bao-2024")
    answer = page.send(answered(page, "realistic"))
    assert answer.status_code == 303, answer.get_data(as_text=True)[:2000]
    return str(answer.location)


def document(site: Website, address: str) -> HtmlElement:
    return lxml.html.fromstring(site.client.get(address).get_data(as_text=True))


def shown(part: HtmlElement) -> bool:
    return not any(each.get("hidden") is not None for each in [part, *part.iterancestors()])


def test_it_is_the_second_download(site: Website) -> None:
    address = sent(site)
    assert not shown(document(site, address).get_element_by_id("one-page"))
    site.work()
    part = document(site, address).get_element_by_id("one-page")
    assert shown(part)
    link = part.get_element_by_id("one-page-link")
    assert shown(link)
    assert link.text == "one-page-99ZZ-00-2026-2027.pdf"
    assert not any(shown(each) for each in part.xpath(".//*[@data-sheet='failed']"))
    answer = site.client.get(link.get("href"))
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(BytesIO(answer.data)).pages) == 1
    final = document(site, address).get_element_by_id("pdf-link").get("href")
    assert len(PdfReader(BytesIO(site.client.get(final).data)).pages) == 10
    status = site.client.get(address + "/status").get_json()
    assert status["one_page"]["url"] == link.get("href")
    assert status["one_page"]["reason"] == ""


def test_the_page_says_why_there_is_none(site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [FieldProblem(name, "longest_on_page") for name in ("profiel.typering", "herkomst")]

    def too_long(*_: object, **__: object) -> bytes:
        raise PageOverflow(problems, over=12.0, size=8.0)

    monkeypatch.setattr(jobs, "one_page", too_long)
    address = sent(site)
    site.work()
    part = document(site, address).get_element_by_id("one-page")
    words = " ".join(part.text_content().split())
    assert "passen samen niet op één A4" in words
    assert "Typering van de school: Dit is een van de langste teksten" in words
    assert "Herkomst van deze pagina" in words
    assert not shown(part.get_element_by_id("one-page-link"))
    status = site.client.get(address + "/status").get_json()
    assert status["state"] == "done"
    assert status["pdf"] is not None
    assert status["one_page"]["url"] is None
    assert "één A4" in status["one_page"]["reason"]


def test_a_form_without_one_does_not_speak_of_it(site: Website) -> None:
    page = site.new("proef")
    right = {"name": "De Boom", "agreed": "Yes", "colour": "green", "story": "x"}
    answer = page.send(page.filled(**right))
    site.work()
    assert "one-page" not in site.client.get(answer.location).get_data(as_text=True)
    assert site.client.get(str(answer.location) + "/status").get_json()["one_page"] is None


def test_texts_that_are_too_long_together_are_warned_of_before_sending(site: Website) -> None:
    page = site.new("bao-2024")
    fine = page.press("controleer", answered(page, "realistic"), json=True).get_json()
    assert [each for each in fine["problems"] if each["code"] == "one_page_overflow"] == []
    full = answered(page, "full_w")
    told = page.press("controleer", full, json=True).get_json()["problems"]
    warned = [each for each in told if each["code"] == "one_page_overflow"]
    assert "profiel.typering" in [each["field"] for each in warned]
    assert {each["level"] for each in warned} == {"warning"}
    asked = page.press("versturen", full)
    assert asked.status_code == 200
    assert "passen uw teksten niet op de one-page" in asked.get_data(as_text=True)
