"""What a person can do with the link of a draft: mail, QR code, reminder, withdraw, delete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import lxml.etree
import lxml.html
import pytest
import segno
from werkzeug.test import TestResponse

from pipeline.flow.link_mail import MOST_OF_A_DRAFT
from tests.store.mail_server import MailServer, mail_server
from tests.web.site import JSON, FilledPage, Website

ANNA = "anna@example.org"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def mailing(site_with: Callable[..., Website], server: MailServer) -> Website:
    """A site with a mail server and a public address."""
    return site_with(mail_url=server.url, base_url="https://formulieren.example.org")


def saved(site: Website) -> FilledPage:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="De Boom"))
    return page


def press(page: FilledPage, button: str, json: bool = False, **typed: str) -> TestResponse:
    headers = JSON if json else {}
    return page.site.client.post(f"{page.address}/{button}", data=typed, headers=headers)


def text_of(answer: TestResponse) -> str:
    return " ".join(lxml.html.fromstring(answer.get_data(as_text=True)).text_content().split())


def test_the_server_mails_the_link_in_the_forms_language(
    mailing: Website, server: MailServer
) -> None:
    page = mailing.new("bao-2024")
    page.press("opslaan")
    answer = press(page, "mailen", json=True, adres=f" {ANNA} ")
    assert answer.get_json()["message"] == f"De link is gemaild naar {ANNA}."
    (mail,) = server.received
    assert (mail["To"], mail["Subject"]) == (ANNA, "Uw link: Schoolondersteuningsprofiel BAO 2024")
    assert f"https://formulieren.example.org{page.address}" in mail.get_content()
    assert "Iedereen met deze link" in mail.get_content()


def test_without_scripts_the_page_says_where_it_went(mailing: Website, server: MailServer) -> None:
    page = saved(mailing)
    answer = press(page, "mailen", adres=ANNA)
    assert answer.status_code == 200
    assert f"De link is gemaild naar {ANNA}." in text_of(answer)
    assert ANNA not in mailing.client.get(f"{page.address}/opgeslagen").get_data(as_text=True)
    assert len(server.received) == 1


def test_without_a_mail_server_it_says_in_which_folder_it_is(site: Website) -> None:
    page = saved(site)
    answer = press(page, "mailen", json=True, adres=ANNA)
    assert "geen mailserver" in answer.get_json()["message"]
    assert str(site.mail_dir) in answer.get_json()["message"]
    (mail,) = site.mails()
    assert page.address in mail.get_content()


@pytest.mark.parametrize("typed", ["", "geen adres", "a@b", "a@example.org, b@example.org"])
def test_what_is_no_address_is_said_at_the_field(site: Website, typed: str) -> None:
    page = saved(site)
    answer = press(page, "mailen", adres=typed)
    assert answer.status_code == 422
    document = lxml.html.fromstring(answer.get_data(as_text=True))
    field = document.get_element_by_id("mail-adres")
    assert field.get("aria-invalid") == "true"
    assert field.get("value") == typed
    assert "mail-fout" in field.get("aria-describedby").split()
    assert document.get_element_by_id("mail-fout").text == (
        "Vul één e-mailadres in, bijvoorbeeld info@school.nl."
    )
    assert site.mails() == []


def test_a_refused_address_and_a_server_that_is_away_are_told_apart(
    site_with: Callable[..., Website], server: MailServer
) -> None:
    server.refused.add(ANNA)
    page = saved(site_with(mail_url=server.url))
    refused = press(page, "mailen", json=True, adres=ANNA)
    assert refused.status_code == 422
    assert "neemt dit adres niet aan" in refused.get_json()["error"]["message"]
    other = saved(site_with(mail_url="smtp://127.0.0.1:1"))
    away = press(other, "mailen", json=True, adres=ANNA)
    assert away.status_code == 503
    assert "kopieer de link" in away.get_json()["error"]["message"]


def test_nobody_can_have_us_flood_a_letter_box(site: Website) -> None:
    page = saved(site)
    for _ in range(MOST_OF_A_DRAFT):
        assert press(page, "mailen", json=True, adres=ANNA).status_code == 200
    answer = press(page, "mailen", json=True, adres=ANNA)
    assert answer.status_code == 429
    assert f"hooguit {MOST_OF_A_DRAFT} mails" in answer.get_json()["error"]["message"]
    assert len(site.mails()) == MOST_OF_A_DRAFT


def test_a_reminder_only_with_consent_and_only_until_it_is_taken_back(site: Website) -> None:
    page = saved(site)
    assert press(page, "mailen", json=True, adres=ANNA).get_json()["reminder"] == ""
    answer = press(page, "mailen", json=True, adres=ANNA, herinner="1").get_json()
    assert answer["reminder"]
    shown = site.client.get(f"{page.address}/opgeslagen")
    assert f"Er gaat een herinnering uit op {answer['reminder']}" in text_of(shown)
    stopped = press(page, "geen-herinnering")
    assert "Uw adres is gewist" in text_of(stopped)
    site.later(days=54)
    assert site.desk.send_due_letters() == 0


def test_the_reminder_is_in_dutch_and_leads_back(site: Website) -> None:
    page = site.new("bao-2024")
    page.press("opslaan")
    press(page, "mailen", adres=ANNA, herinner="1")
    site.later(days=54)
    assert site.desk.send_due_letters() == 1
    mail = site.mails()[-1]
    assert str(mail["Subject"]).strip().startswith("Uw link verloopt op ")
    link = next(line for line in mail.get_content().splitlines() if line.startswith("http"))
    assert link.endswith(page.address)
    assert site.open(page.address).response.status_code == 200


def test_the_qr_code_is_the_link(mailing: Website) -> None:
    page = saved(mailing)
    answer = mailing.client.get(f"{page.address}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "style=" not in answer.get_data(as_text=True)
    link = f"https://formulieren.example.org{page.address}"
    modules = segno.make(link, error="m", micro=False).matrix
    assert dark_modules(answer.data, quiet=4) == {
        (x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark
    }
    unknown = f"/formulier/proef/{mailing.desk.new_token()}/qr.svg"
    assert mailing.client.get(unknown).status_code == 404


def dark_modules(svg: bytes, quiet: int) -> set[tuple[int, int]]:
    """Where the picture draws: its path moves (M, m) and draws to the right (h), row by row."""
    path = lxml.etree.fromstring(svg).findall(".//{*}path")[-1].get("d")
    found, x, y = set(), 0.0, 0.0
    for letter, numbers in re.findall(r"([Mmh])([-0-9. ]+)", path):
        given = [float(each) for each in numbers.split()]
        if letter == "h":
            found |= {(int(x) - quiet + step, int(y) - quiet) for step in range(int(given[0]))}
            x += given[0]
        else:
            x, y = (given[0], given[1]) if letter == "M" else (x + given[0], y + given[1])
    return found


def test_a_withdrawn_link_says_so_and_the_new_one_goes_on(site: Website) -> None:
    page = saved(site)
    asked = site.client.get(f"{page.address}/intrekken")
    (form,) = lxml.html.fromstring(asked.get_data(as_text=True)).forms
    assert site.client.get(page.address).status_code == 200, "nothing happens before the answer"
    first = site.client.post(form.action, data=dict(form.form_values()))
    second = site.client.post(form.action, data=dict(form.form_values()))
    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    shown = site.client.get(first.location)
    assert "De oude link is ingetrokken" in text_of(shown)
    new = lxml.html.fromstring(shown.get_data(as_text=True)).get_element_by_id("link").get("value")
    assert site.open(new).values()["v:name"] == "De Boom"
    for answer in (site.client.get(page.address), page.press("opslaan"), page.press("versturen")):
        assert answer.status_code == 410
        assert "Deze link is ingetrokken" in text_of(answer)


def test_a_deleted_form_is_gone_and_says_so(site: Website) -> None:
    page = saved(site)
    asked = site.client.get(f"{page.address}/verwijderen")
    assert site.client.get(page.address).status_code == 200, "nothing happens before the answer"
    (form,) = lxml.html.fromstring(asked.get_data(as_text=True)).forms
    assert "Het formulier is verwijderd" in text_of(site.client.post(form.action))
    for answer in (site.client.get(page.address), page.press("opslaan")):
        assert answer.status_code == 410
        assert "Dit formulier is verwijderd" in text_of(answer)


def test_what_was_sent_can_neither_be_withdrawn_nor_deleted(site: Website) -> None:
    page = site.new("proef")
    sent = page.send(page.filled(name="De Boom", agreed="Yes")).location
    for button in ("intrekken", "verwijderen", "mailen", "geen-herinnering"):
        data = {"nieuw": site.desk.new_token(), "adres": ANNA}
        assert site.client.post(f"{page.address}/{button}", data=data).status_code == 409, button
    assert site.client.get(sent).status_code == 200


def test_reloading_a_buttons_address_goes_back(site: Website) -> None:
    page = saved(site)
    for button in ("mailen", "geen-herinnering"):
        answer = site.client.get(f"{page.address}/{button}")
        assert answer.location == f"{page.address}/opgeslagen", button


def test_no_address_reaches_the_log(site: Website, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        page = saved(site)
        press(page, "mailen", adres=ANNA, herinner="1")
        press(page, "mailen", adres="x" * 200)
        site.later(days=54)
        site.desk.send_due_letters()
    assert "anna" not in caplog.text
    assert page.address.rpartition("/")[2] not in caplog.text
