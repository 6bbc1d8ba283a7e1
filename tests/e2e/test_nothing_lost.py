"""Nothing gets lost when the server goes away under people who type, at a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.conftest import DESK, PHONE
from tests.e2e.conftest import start_serving, stop_serving
from tests.e2e.school import enter, expect_shown

QUIET, LONGEST_PAUSE = 3_000, 60_000
"""Milliseconds: after which a page saves by itself, and tries again at the latest; autosave.js."""


def window(browser: Browser, size: tuple[int, int]) -> Page:
    """A browser of its own, whose clock the test moves on."""
    width, height = size
    context = browser.new_context(locale="nl-NL", viewport={"width": width, "height": height})
    context.clock.install()
    return context.new_page()


def expect_state(page: Page, text: str) -> None:
    """A server that has just started reads its forms first; a page asks again until it answers."""
    expect(page.locator("#opslag")).to_contain_text(text, timeout=90_000)


def test_a_server_that_stops_and_starts_again(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    served = start_serving(data)
    port = str(urlsplit(served.url).port)
    first, second = window(browser, DESK), window(browser, PHONE)
    try:
        first.goto(f"{served.url}/formulier/bao-2024")
        enter(first, "school.naam", "De Boom")
        first.get_by_role("button", name="Opslaan voor later").click()
        first.get_by_role("button", name="Verder invullen").click()
        second.goto(first.url)
        expect_shown(second, "school.naam", "De Boom")

        stop_serving(served)
        enter(first, "school.straat", "Dorpsstraat")
        enter(second, "school.plaats", "Boomdorp")
        for page in (first, second):
            page.clock.run_for(QUIET)
            expect_state(page, "geen verbinding. We proberen het opnieuw")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        enter(first, "school.email", "info@boom.example")
        served = start_serving(data, port=port)
        for page in (first, second):
            page.clock.run_for(LONGEST_PAUSE)
            expect_state(page, "Opgeslagen om")

        expect(second.locator("#intussen")).to_contain_text("Iemand anders wijzigde intussen")
        second.evaluate("document.activeElement.blur()")
        expect_shown(second, "school.straat", "Dorpsstraat")
        enter(second, "school.website", "www.boom.example")
        second.clock.run_for(QUIET)
        expect_state(second, "Opgeslagen om")
        second.reload()
        expect_shown(second, "school.website", "https://www.boom.example")
        expect_shown(second, "school.email", "info@boom.example")
        expect_shown(second, "school.plaats", "Boomdorp")
    finally:
        stop_serving(served)
        first.context.close()
        second.context.close()
