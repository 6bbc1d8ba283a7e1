"""Opslaan voor later and Verstuur het formulier, as a person with a browser meets them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.live import Live


def control(page: Page, name: str) -> Locator:
    return page.locator(f'.field[data-name="{name}"] .control').first


def open_form(page: Page, live_site: Live) -> None:
    page.goto(f"{live_site.url}/formulier/proef")
    page.wait_for_function("() => document.querySelector('.view-toggle').hidden === false")


def save(page: Page) -> Locator:
    page.locator("#opslaan").click()
    dialog = page.locator("dialog#opgeslagen")
    expect(dialog).to_be_visible()
    return dialog


def test_the_dialog_mails_reminds_shows_a_code_withdraws_and_deletes(
    page: Page, live_site: Live
) -> None:
    open_form(page, live_site)
    control(page, "name").fill("De Boom")
    dialog = save(page)
    link = dialog.locator("#link").input_value()
    address = dialog.get_by_label("Mail de link naar uzelf")

    address.fill("geen adres")
    dialog.get_by_role("button", name="Mail de link").click()
    expect(dialog.locator("#mail-fout")).to_contain_text("Vul één e-mailadres in")
    expect(address).to_be_focused()
    expect(address).to_have_attribute("aria-invalid", "true")

    address.fill("anna@example.org")
    dialog.get_by_label("Herinner mij zeven dagen").check()
    dialog.get_by_role("button", name="Mail de link").click()
    expect(dialog.locator("#mail-melding")).to_contain_text("anna@example.org")
    expect(dialog.locator("#mail-fout")).to_be_hidden()
    expect(address).to_have_value("")
    expect(dialog.locator("#herinnering")).to_contain_text("Er gaat een herinnering uit op")
    expect(dialog.locator("#herinner")).to_be_hidden()
    assert link in live_site.site.mails()[-1].get_content()

    dialog.get_by_role("button", name="Verder invullen").click()
    dialog = save(page)
    expect(dialog.locator("#herinnering")).to_be_visible()
    expect(dialog.locator("#mail-melding")).to_be_empty()
    dialog.get_by_role("button", name="Geen herinnering meer").click()
    expect(dialog.locator("#mail-melding")).to_contain_text("Uw adres is gewist")
    expect(dialog.get_by_label("Herinner mij zeven dagen")).to_be_visible()

    dialog.locator("summary", has_text="QR-code").click()
    expect(dialog.get_by_role("img", name="QR-code")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#qr img').naturalWidth > 0")

    dialog.get_by_role("link", name="Trek deze link in").click()
    page.get_by_role("button", name="Trek de link in").click()
    expect(page.get_by_text("De oude link is ingetrokken")).to_be_visible()
    expect(page.locator("#link")).not_to_have_value(link)
    new = page.locator("#link").input_value()
    page.get_by_role("link", name="Verder invullen").click()
    expect(control(page, "name")).to_have_value("De Boom")

    page.goto(f"{new}/verwijderen")
    page.get_by_role("button", name="Verwijder het formulier").click()
    expect(page.get_by_role("heading", name="Het formulier is verwijderd")).to_be_visible()


def test_sending_asks_first_and_a_new_version_begins_with_what_was_sent(
    page: Page, live_site: Live
) -> None:
    open_form(page, live_site)
    control(page, "name").fill("De Linde")
    page.locator('.field[data-name="agreed"] input').first.check()
    page.locator("#versturen").dblclick()
    expect(page.get_by_role("heading", name="Dit is geen concept")).to_be_visible()

    page.get_by_role("link", name="Terug naar het formulier").click()
    expect(control(page, "name")).to_have_value("De Linde")
    page.locator("#versturen").click()

    page.get_by_label("E-mailadres voor de ontvangstbevestiging").fill("geen adres")
    page.get_by_role("button", name="Verstuur definitief").click()
    expect(page.locator("#fouten")).to_be_focused()
    page.locator("#fouten a").click()
    expect(page.get_by_label("E-mailadres voor de ontvangstbevestiging")).to_be_focused()
    page.get_by_label("E-mailadres voor de ontvangstbevestiging").fill("anna@example.org")
    live_site.site.work()
    page.get_by_role("button", name="Verstuur definitief").dblclick()
    expect(page).to_have_url(re.compile("/ingediend/"))
    # Of a double click the browser hears one answer; the job may come from the other post.
    while not live_site.site.waiting:
        page.wait_for_timeout(50)
    live_site.site.work()
    expect(page.locator("#pdf-link")).to_be_visible()

    page.get_by_role("button", name="Maak een nieuwe versie").click()
    page.wait_for_url(re.compile("/formulier/proef/"))
    expect(control(page, "name")).to_have_value("De Linde")
    assert live_site.site.waiting == []
