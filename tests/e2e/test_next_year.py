"""The next year: a draft of the old edition is carried over; last year's form begins a new one."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Served, start_serving, stop_serving
from tests.e2e.school import confirm_sending, enter_all, expect_shown, field
from tests.store.two_editions import ANSWERS, FORM_ID, edition_folder


def serving(folder: Path, year: int) -> Served:
    """The installation with the form as it is in a year, on the same data each time."""
    return start_serving(folder / "data", edition_folder(folder / str(year), year))


def save(page: Page) -> str:
    page.get_by_role("button", name="Opslaan voor later").last.click()
    expect(page.locator("dialog#opgeslagen")).to_be_visible()
    link = page.locator("dialog#opgeslagen input.link").input_value()
    page.get_by_role("button", name="Verder invullen").click()
    return urlsplit(link).path


def send(page: Page, folder: Path) -> tuple[str, Path]:
    """The address of what was sent, and its PDF."""
    page.get_by_role("button", name="Verstuur het formulier").click()
    confirm_sending(page)
    expect(page).to_have_url(re.compile("/ingediend/"))
    pdf = page.locator("#pdf-link")
    expect(pdf).to_be_visible(timeout=60_000)
    path = folder / "vorig jaar.pdf"
    path.write_bytes(page.request.get(str(pdf.evaluate("link => link.href"))).body())
    return urlsplit(page.url).path, path


def mark(page: Page, name: str) -> Locator:
    return field(page, name).locator(".since")


def begin(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/formulier/{FORM_ID}")
    page.locator("summary", has_text="Vorig jaar al ingevuld?").click()


def test_the_next_year(page: Page, tmp_path: Path) -> None:
    served = serving(tmp_path, 2023)
    try:
        page.goto(f"{served.url}/formulier/{FORM_ID}")
        enter_all(page, ANSWERS)
        draft = save(page)
        page.goto(f"{served.url}/formulier/{FORM_ID}")
        enter_all(page, ANSWERS)
        sent, pdf = send(page, tmp_path)
        page.goto("about:blank")
    finally:
        stop_serving(served)
    served = serving(tmp_path, 2024)
    try:
        _the_draft_stays_until_it_is_carried_over(page, served.url + draft)
        _last_years_link_begins_a_form(page, served, sent)
        _last_years_pdf_begins_a_form(page, served, pdf)
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")
    finally:
        stop_serving(served)


def _the_draft_stays_until_it_is_carried_over(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Er is een nieuwere uitgave")).to_be_visible()
    expect_shown(page, "oud", ANSWERS["oud"])
    page.wait_for_function("() => document.querySelector('img.picture').naturalWidth > 0")
    field(page, "aantal").locator(".control").fill("14")
    page.get_by_role("button", name="Zet mijn antwoorden over").click()
    expect(page.get_by_role("heading", name="Uw antwoorden zijn overgezet")).to_be_visible()
    expect(page).to_have_url(address)
    listed = page.locator(".misfits > li")
    expect(listed).to_have_count(3)
    for number, words in enumerate(("De Blauwe Reiger", "Groen", "wat vroeger gevraagd werd")):
        expect(listed.nth(number)).to_contain_text(words)
    expect_shown(page, "aantal", "14")
    expect_shown(page, "dag", "2024-02-01")
    listed.first.get_by_role("link").click()
    expect(field(page, "naam").locator(".control")).to_be_focused()
    expect_shown(page, "naam", "De Blauwe Reiger")


def _last_years_link_begins_a_form(page: Page, served: Served, sent: str) -> None:
    begin(page, served)
    page.locator("#vorig-jaar-link").fill("https://elders.example/iets")
    page.get_by_role("button", name="Neem over").click()
    expect(page.locator("#vorig-jaar-fout")).to_be_focused()
    page.locator("#vorig-jaar-link").fill(served.url + sent)
    page.get_by_role("button", name="Neem over").click()
    expect(page.get_by_role("heading", name="U bent begonnen met de antwoorden")).to_be_visible()
    expect(page.locator("#overgenomen")).to_contain_text(re.compile("opnieuw in\\s+Advies"))
    expect_shown(page, "advies", "")
    expect(page.locator("#zelfde-telling")).to_have_text("Zoals vorig jaar: 5")
    expect(mark(page, "aantal")).to_have_text("zoals vorig jaar")
    expect(mark(page, "aantal")).not_to_be_visible()
    field(page, "aantal").locator(".control").fill("13")
    expect(mark(page, "aantal")).to_have_text("gewijzigd")
    expect(mark(page, "aantal")).to_be_visible()
    field(page, "akkoord").locator("input.control").uncheck()
    expect(page.locator("#gewijzigd-telling")).to_have_text("Gewijzigd: 2")
    page.locator("#gewijzigd-telling").click()
    expect(page.locator("#gewijzigd a")).to_have_text(["Aantal", "Akkoord"])
    field(page, "akkoord").locator("input.control").check()
    expect(page.locator("#gewijzigd-telling")).to_have_text("Gewijzigd: 1")
    expect(mark(page, "dag")).to_have_text("zoals vorig jaar")
    address = save(page)
    page.goto(served.url + address)
    expect(mark(page, "aantal")).to_have_text("gewijzigd")
    expect(page.locator("#zelfde-telling")).to_have_text("Zoals vorig jaar: 4")
    page.get_by_role("button", name="Toon als lijst").click()
    expect(mark(page, "dag")).to_be_visible()


def _last_years_pdf_begins_a_form(page: Page, served: Served, pdf: Path) -> None:
    begin(page, served)
    page.locator("#vorig-jaar-pdf").set_input_files(pdf)
    page.get_by_role("button", name="Neem over").click()
    expect(page.locator("#overgenomen")).to_contain_text("vorig jaar.pdf")
    expect(page.locator("#zelfde-telling")).to_have_text("Zoals vorig jaar: 5")
    expect_shown(page, "dag", "2024-02-01")
