"""axe-core on every page and in every state, in both views, wide and narrow, light and dark.

axe sees what a program can see; what it cannot is in docs/accessibility.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.school import enter, enter_all, realistic
from tests.web.live import Live

SIZES = {"wide": (1280, 900), "narrow": (360, 780), "zoomed": (320, 256)}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""1280 by 1024 at 400 % is 320 by 256: WCAG 2.2, 1.4.10."""


@pytest.fixture(params=["wide-light", "narrow-light", "wide-dark", "zoomed-light"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    size, scheme = request.param.split("-")
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="nl-NL",
    )
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """One line each: the rule and the first elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {len(each['nodes'])} × {each['nodes'][0]['html'][:160]}"
        f" | {each['nodes'][0]['failureSummary'][:300]}"
        for each in found
    ]


def reflows(page: Page) -> bool:
    """Nothing to scroll sideways for."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def check(page: Page) -> None:
    """With everything laid out, and nothing under the bar: what that covers can be scrolled free.
    axe takes both for targets that are too small. The keyboard's journey looks at the bar."""
    page.evaluate(
        """() => {
          for (const each of document.querySelectorAll(".bar")) each.style.position = "static";
          for (const each of document.querySelectorAll(".page, .page *")) {
            if (getComputedStyle(each).contentVisibility !== "visible") {
              each.style.contentVisibility = "visible";
            }
          }
        }"""
    )
    assert violations(page) == []
    assert reflows(page)


def open_form(page: Page, live: Live, form_id: str) -> None:
    page.goto(f"{live.url}/formulier/{form_id}")
    expect(page.locator("#formulier")).to_be_visible()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(
    "path",
    ["/", "/formulier/bao-2024/uitleg", "/nergens", "/formulier/proef/0123456789abcdef0123456789"],
)
def test_pages_without_a_form(window: Page, live_site: Live, path: str) -> None:
    window.goto(live_site.url + path)
    check(window)


@pytest.mark.parametrize("form_id", ["proef", "sommen", "vreemd"])
def test_a_fresh_form(window: Page, live_site: Live, form_id: str) -> None:
    open_form(window, live_site, form_id)
    check(window)


@pytest.mark.parametrize("window", ["wide-light", "narrow-light"], indirect=True)
def test_a_fresh_form_of_ten_pages(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "bao-2024")
    check(window)


def test_the_other_view(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "proef")
    toggle = window.locator(".view-toggle")
    if toggle.is_visible():
        toggle.click()
    check(window)


def test_a_form_that_was_refused(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "proef")
    enter(window, "name", "")
    window.get_by_role("button", name="Verstuur het formulier").last.click()
    expect(window.locator("#fouten")).to_be_focused()
    expect(window).to_have_title(re.compile("^Fout:"))
    check(window)


def test_the_dialog_after_saving_and_the_page_of_it(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "proef")
    enter(window, "name", "De Blauwe Reiger")
    window.get_by_role("button", name="Opslaan voor later").last.click()
    dialog = window.locator("dialog#opgeslagen")
    expect(dialog).to_be_visible()
    check(window)
    link = dialog.locator("input.link").input_value()
    path = re.sub(r"^https?://[^/]+", live_site.url, link)
    window.goto(f"{path}/opgeslagen")
    check(window)


def test_what_is_missing_beside_a_preview(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "proef")
    with window.context.expect_page() as opened:
        window.get_by_role("button", name="Bekijk PDF").last.click()
    opened.value.close()
    expect(window.locator("#ontbreekt")).to_be_visible()
    check(window)


@pytest.mark.parametrize("window", ["wide-light", "narrow-light"], indirect=True)
def test_before_and_after_sending(window: Page, live_site: Live) -> None:
    open_form(window, live_site, "bao-2024")
    enter_all(window, realistic())
    window.get_by_role("button", name="Verstuur het formulier").last.click()
    expect(window.get_by_role("button", name=re.compile("Verstuur definitief"))).to_be_visible()
    window.wait_for_load_state()
    check(window)
    for box in window.locator("main input[type=checkbox]").all():
        box.check()
    window.get_by_role("button", name=re.compile("Verstuur definitief")).click()
    expect(window).to_have_url(re.compile("/ingediend/"))
    window.wait_for_load_state()
    check(window)
    live_site.site.work()
    window.reload()
    expect(window.locator(".pdf-link").first).to_be_visible()
    check(window)


def test_the_route_and_an_approvers_page(window: Page, live_site: Live) -> None:
    desk, token = live_site.site.desk, live_site.site.desk.new_token()
    answers = {
        name: value
        for name, value in realistic().items()
        if not name.startswith(("mr.", "bestuur.validatie"))
    }
    links: list[str] = []
    desk.save_draft("bao-2024", token, answers, None)

    def link_for(secret: str) -> str:
        links.append(f"{live_site.url}/advies/{secret}")
        return links[-1]

    desk.ask_approval("bao-2024", token, "mr", "mr@example.org", link_for)
    window.goto(links[0])
    check(window)
    window.get_by_role("button", name="Leg mijn besluit vast").click()
    expect(window.locator("#fouten")).to_be_focused()
    check(window)


@pytest.mark.parametrize("what", ["intrekken", "verwijderen"])
def test_pages_that_end_a_link(window: Page, live_site: Live, what: str) -> None:
    desk, token = live_site.site.desk, live_site.site.desk.new_token()
    desk.save_draft("proef", token, {"name": "De Linde"}, None)
    window.goto(f"{live_site.url}/formulier/proef/{token}/{what}")
    check(window)
    window.get_by_role("button", name=re.compile("Trek de link in|Verwijder")).click()
    expect(window.get_by_text(re.compile("is ingetrokken|is verwijderd")).first).to_be_visible()
    window.wait_for_load_state()
    check(window)


def test_two_people_changed_the_same(window: Page, live_site: Live) -> None:
    desk, token = live_site.site.desk, live_site.site.desk.new_token()
    desk.save_draft("proef", token, {"name": "De Linde"}, None)
    window.goto(f"{live_site.url}/formulier/proef/{token}")
    desk.save_draft("proef", token, {"name": "De Boom"}, None)
    enter(window, "name", "De Eik")
    window.get_by_role("button", name="Opslaan voor later").last.click()
    expect(window.get_by_role("dialog")).to_be_visible()
    check(window)
