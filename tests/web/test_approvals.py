"""The route by link: asking on the form's page, the approver's page, every refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from pipeline.flow.documents import Catalogue
from tests.pdf.judges import poppler_text
from tests.store.approval_form import ROUTE_FORM, route_form
from tests.store.mail_server import mail_server
from tests.web.site import FilledPage, Website, website
from tests.web.small import proof_form

ADDRESS = "raad@school.example"
COMPLETE = {"school": "De Boom", "pupils": "19", "open": "Yes"}
YES = {"verdict": "positive", "remark": "", "name": "Anna Bos"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Website]:
    with website(Catalogue({ROUTE_FORM: route_form()}), tmp_path) as running:
        yield running


@pytest.fixture
def page(site: Website) -> FilledPage:
    """The page of a draft that is complete but for its route."""
    fresh = site.new(ROUTE_FORM)
    fresh.press("opslaan", fresh.filled(**COMPLETE))
    return site.open(fresh.address)


def ask(
    page: FilledPage, which: str = "council", address: str = ADDRESS, **changed: str
) -> TestResponse:
    posted = page.filled(**changed)
    posted[f"adres:{which}"] = address
    return page.press(f"route/{which}/vragen", posted)


def mails(site: Website) -> list[str]:
    folder = site.app.extensions["formpress"].settings.mail_dir
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default).get_content()
        for path in sorted(folder.glob("*.eml"))
    ]


def approver_address(site: Website) -> str:
    found = re.search(r"http://localhost(/advies/\S+)", mails(site)[-1])
    assert found is not None
    return found[1]


def document(response: TestResponse) -> HtmlElement:
    return lxml.html.fromstring(response.get_data(as_text=True))


def text_of(response: TestResponse) -> str:
    return " ".join(document(response).text_content().split())


def decide(site: Website, address: str, **given: str) -> TestResponse:
    """As the approver's own page is posted: with the date that stands there."""
    shown = document(site.client.get(address))
    (form,) = shown.forms
    return site.client.post(address, data={**dict(form.form_values()), **given})


def test_a_form_without_approvals_shows_no_route(tmp_path: Path) -> None:
    with website(Catalogue({"proef": proof_form()}), tmp_path / "other") as other:
        assert not other.new("proef").document.xpath('//*[@id="route"]')


def test_the_timeline_marks_the_current_step(site: Website, page: FilledPage) -> None:
    def current(shown: FilledPage) -> list[str]:
        return [each.text for each in shown.document.xpath('//*[@aria-current="step"]/h3')]

    assert current(site.new(ROUTE_FORM)) == ["Invullen"]
    assert current(page) == ["Invullen"]
    ask(page)
    assert current(site.open(page.address)) == ["Advies van de raad"]
    decide(site, approver_address(site), **YES)
    assert current(site.open(page.address)) == ["Akkoord van het bestuur"]


def test_asking_mails_a_link_that_the_submitter_never_sees(site: Website, page: FilledPage) -> None:
    answer = ask(page)
    assert answer.status_code == 303
    assert answer.location == f"{page.address}#route"
    shown = site.open(page.address)
    address = approver_address(site)
    token = address.rpartition("/")[2]
    assert token not in shown.response.get_data(as_text=True)
    assert ADDRESS not in shown.response.get_data(as_text=True)
    assert page.address.rpartition("/")[2] not in mails(site)[-1]
    assert "Er is hier geen mailserver ingesteld" in text_of(shown.response)
    token = page.address.rpartition("/")[2]
    version = site.desk.open_draft(ROUTE_FORM, token).version
    assert f"over versie {version}." in text_of(shown.response)


def test_asking_saves_first_what_stands_on_the_page(site: Website, page: FilledPage) -> None:
    ask(page, school="De Beuk")
    assert "De Beuk" in text_of(site.client.get(approver_address(site)))


def test_a_form_that_is_not_complete_is_not_shown_to_anybody(site: Website) -> None:
    fresh = site.new(ROUTE_FORM)
    answer = ask(fresh, pupils="veel")
    assert answer.status_code == 422
    assert "Er zijn nog 2 punten" in text_of(answer)
    shown = FilledPage(site, answer)
    links = shown.document.xpath('//*[@id="fouten"]//a/@href')
    assert len(links) == 2
    for link in links:
        assert shown.document.get_element_by_id(link[1:]).get("aria-invalid") == "true"
    assert shown.document.get_element_by_id("adres-council").value == ADDRESS
    assert shown.values()["v:pupils"] == "veel"
    assert mails(site) == []


@pytest.mark.parametrize("address", ["", "geen adres", "a@b.nl, c@d.nl"])
def test_an_address_that_is_none(site: Website, page: FilledPage, address: str) -> None:
    answer = ask(page, address=address)
    assert answer.status_code == 422
    assert "Vul één e-mailadres in" in text_of(answer)
    assert mails(site) == []


def test_the_later_one_waits_for_the_earlier_one(site: Website, page: FilledPage) -> None:
    assert not page.document.xpath('//*[@id="adres-board"]')
    answer = ask(page, "board")
    assert answer.status_code == 409
    assert "nog niet worden gevraagd" in text_of(answer)


def test_a_server_that_refuses_the_address(tmp_path: Path) -> None:
    with mail_server() as server:
        server.refused.add(ADDRESS)
        forms = Catalogue({ROUTE_FORM: route_form()})
        with website(forms, tmp_path, mail_url=server.url) as site:
            fresh = site.new(ROUTE_FORM)
            answer = ask(fresh, **COMPLETE)
            assert answer.status_code == 422
            assert "De mailserver neemt dit adres niet aan." in text_of(answer)
            assert "Nog niet gevraagd." in text_of(answer)
            assert ask(site.open(fresh.address), address="ander@school.example").status_code == 303
        assert [mail["To"] for mail in server.received] == ["ander@school.example"]


def test_an_approval_that_the_form_does_not_have(page: FilledPage) -> None:
    assert ask(page, "nobody").status_code == 404
    assert page.press("route/nobody/intrekken").status_code == 404


def test_the_approvers_page(site: Website, page: FilledPage) -> None:
    ask(page)
    answer = site.client.get(approver_address(site))
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    shown = document(answer)
    assert "Lees het plan en geef uw advies." in text_of(answer)
    version = site.desk.open_draft(ROUTE_FORM, page.address.rpartition("/")[2]).version
    assert f"Het gaat om versie {version}," in text_of(answer)
    assert [each.get("value") for each in shown.xpath('//input[@type="radio"]')] == [
        "positive",
        "remarks",
        "negative",
    ]
    labelled = {label.get("for") for label in shown.iter("label")}
    for control in shown.xpath("//form//input | //form//textarea"):
        assert control.get("id") in labelled
    (opened, downloaded) = shown.xpath('//a[contains(@href, ".pdf")]')
    assert opened.get("target") == "_blank"
    assert downloaded.get("download") is not None
    pdf = site.client.get(opened.get("href"))
    assert pdf.mimetype == "application/pdf"
    assert "De Boom" in poppler_text(pdf.data)


def test_a_decision_stands_in_the_form_and_cannot_be_changed_there(
    site: Website, page: FilledPage
) -> None:
    ask(page)
    address = approver_address(site)
    answer = decide(site, address, **YES)
    assert answer.status_code == 303
    thanks = site.client.get(address)
    assert "Uw besluit is vastgelegd" in text_of(thanks)
    assert "Positive" in text_of(thanks)
    assert not document(thanks).forms
    shown = site.open(page.address)
    names = {each.name for each in shown.form.inputs}
    assert "v:advice" not in names
    assert "v:advice_name" not in names
    (name,) = shown.document.xpath('//input[@name="b:advice_name"]')
    assert (name.value, name.get("readonly")) == ("Anna Bos", "readonly")
    assert "Ingevuld door Anna Bos" in text_of(shown.response)
    assert shown.press("opslaan", json=True).status_code == 200
    refused = shown.press("opslaan", shown.filled(advice_name="Een ander"), json=True)
    assert refused.status_code == 422
    assert [each["code"] for each in refused.json["error"]["problems"]] == ["approved"]


def test_the_preview_and_the_list_of_what_is_missing_know_what_was_decided(
    site: Website, page: FilledPage
) -> None:
    ask(page)
    decide(site, approver_address(site), **YES)
    shown = site.open(page.address)
    assert "Anna Bos" in poppler_text(shown.press("voorbeeld").data)
    missing = shown.press("controleer", json=True).json["problems"]
    assert {each["field"] for each in missing} == {"agreed", "agreed_name"}


def test_a_decision_that_is_not_whole_comes_back_with_what_was_typed(
    site: Website, page: FilledPage
) -> None:
    ask(page)
    address = approver_address(site)
    answer = decide(site, address, verdict="remarks", name="", date="31-12-2999")
    assert answer.status_code == 422
    shown = document(answer)
    assert shown.get_element_by_id("fouten").get("autofocus") is not None
    links = shown.xpath('//*[@id="fouten"]//a/@href')
    assert links == ["#o-remark", "#o-name", "#o-date"]
    for link in links:
        control = shown.get_element_by_id(link[1:])
        assert control.get("aria-invalid") == "true"
        for described in control.get("aria-describedby").split():
            assert shown.get_element_by_id(described).text
    assert shown.xpath('//input[@type="radio" and @checked]/@value') == ["remarks"]
    assert "Deze datum ligt in de toekomst." in text_of(answer)


def test_a_change_voids_it_and_everybody_is_told(site: Website, page: FilledPage) -> None:
    ask(page)
    address = approver_address(site)
    decide(site, address, **YES)
    shown = site.open(page.address)
    assert "dan vervalt het" in text_of(shown.response)
    data = lxml.html.fromstring(shown.response.get_data(as_text=True)).get_element_by_id("gegevens")
    assert "dan vervalt: Advies van de raad" in data.text
    saved = shown.press("opslaan", shown.filled(school="De Beuk"), json=True).json
    assert "is vervallen: Advies van de raad" in saved["voided"]
    again = site.open(page.address)
    assert "het formulier is daarna gewijzigd" in text_of(again.response)
    assert again.values()["v:advice_name"] == ""
    over = site.client.get(address)
    assert over.status_code == 410
    assert "Deze vraag is vervallen" in text_of(over)
    assert not document(over).forms
    assert site.client.get(f"{address}/plan.pdf").status_code == 410
    assert site.client.post(address, data={**YES, "date": "1-1-2026"}).status_code == 410


def test_what_a_page_still_shows_of_a_voided_decision_is_not_saved_as_typed(
    site: Website, page: FilledPage
) -> None:
    ask(page)
    decide(site, approver_address(site), **YES)
    old = site.open(page.address)
    saved = old.press("opslaan", old.filled(school="De Beuk"), json=True).json
    posted = old.filled(school="De Beuk")
    posted["versie"] = str(saved["version"])
    posted["basis"] = ""
    old.press("opslaan", posted, json=True)
    assert site.open(page.address).values()["v:advice_name"] == ""


def test_links_that_are_over_are_told_apart(site: Website, page: FilledPage) -> None:
    ask(page)
    first = approver_address(site)
    ask(site.open(page.address))
    second = approver_address(site)
    assert "Deze link is vervangen" in text_of(site.client.get(first))
    assert site.open(page.address).press("route/council/intrekken").status_code == 303
    assert "Deze vraag is ingetrokken" in text_of(site.client.get(second))
    ask(site.open(page.address))
    third = approver_address(site)
    site.later(days=61)
    assert "Deze link is verlopen" in text_of(site.client.get(third))
    unknown = site.client.get(f"/advies/{'x' * 32}")
    assert unknown.status_code == 404
    assert "Deze link opent geen formulier" in text_of(unknown)
    assert site.client.get("/advies/kort").status_code == 404


def test_a_reload_of_a_buttons_address_leads_back(site: Website, page: FilledPage) -> None:
    for what in ("vragen", "intrekken"):
        answer = site.client.get(f"{page.address}/route/council/{what}")
        assert (answer.status_code, answer.location) == (302, page.address)


def test_the_first_button_of_the_form_stays_the_harmless_one(page: FilledPage) -> None:
    inside = '//form[@id="formulier"]//button[not(@type="button")]'
    buttons = page.document.xpath(f'//button[@form="formulier"] | {inside}')
    assert buttons[0].get("id") == "eerste"


def test_the_page_of_a_sent_form_shows_its_route(site: Website, page: FilledPage) -> None:
    ask(page)
    decide(site, approver_address(site), **YES)
    board = {"name": "Bo Dijk", "role": "Voorzitter", "remark": "Onder ons gezegd."}
    ask(site.open(page.address), "board")
    decide(site, approver_address(site), verdict="false", **board)
    assert "Onder ons gezegd." in text_of(site.client.get(page.address))
    ask(site.open(page.address), "board")
    decide(site, approver_address(site), verdict="true", **board)
    token = page.address.rpartition("/")[2]
    sent = site.desk.send(ROUTE_FORM, token, {**COMPLETE, "open": True})
    site.work()
    shown = site.client.get(f"/ingediend/{sent.token}")
    assert shown.status_code == 200
    steps = document(shown).xpath('//li[contains(@class, "route-step")]/@class')
    assert steps == ["route-step is-done"] * 5
    assert "Bo Dijk, Voorzitter" in text_of(shown)
    assert "Onder ons gezegd." not in text_of(shown)
    assert not document(shown).xpath('//*[@id="route"]//button')


def test_saving_by_itself_voids_nothing_and_says_why(site: Website, page: FilledPage) -> None:
    ask(page)
    posted = site.open(page.address).filled(pupils="20")
    posted["vanzelf"] = "1"
    refused = page.press("opslaan", posted, json=True)
    assert refused.status_code == 409
    error = refused.get_json()["error"]
    assert error["code"] == "would_void_approval"
    assert "dan vervalt dat" in error["message"]
    assert site.open(page.address).values()["v:pupils"] == "19"
    posted.pop("vanzelf")
    assert "vervallen" in page.press("opslaan", posted, json=True).get_json()["voided"]
    assert site.open(page.address).values()["v:pupils"] == "20"
