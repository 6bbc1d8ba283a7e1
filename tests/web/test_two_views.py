"""The page of a form as pages and as a list: one form, two views, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.web.live import Live
from tests.web.test_in_browser import control, open_form
from web.pictures import WIDTHS

LIST, PAGES = "list", "pages"


def expect_view(page: Page, expected: str) -> None:
    expect(page.locator("html")).to_have_attribute("data-view", expected)


def posted(page: Page) -> object:
    return page.evaluate("[...new FormData(document.getElementById('formulier'))]")


def test_a_change_of_view_loses_no_character(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "bao-2024")
    control(page, "school.naam").fill("De Boom")
    control(page, "profiel.typering").fill("Een regel.\nEn nog een, met ‘tekens’ € 😀")
    page.locator('.field[data-name="ap4.desk.gedrag"] input').nth(1).check()
    before = posted(page)
    for expected in (LIST, PAGES):
        page.locator(".view-toggle").click()
        expect_view(page, expected)
        assert posted(page) == before
    control(page, "school.naam").press("End")
    control(page, "school.naam").press_sequentially(" 2")
    expect(control(page, "school.naam")).to_have_value("De Boom 2")


def test_the_choice_of_view_is_remembered_without_a_cookie(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    expect_view(page, PAGES)
    page.locator(".view-toggle").click()
    expect_view(page, LIST)
    page.reload()
    expect_view(page, LIST)
    expect(page.locator(".picture").first).to_be_hidden()
    assert page.context.cookies() == []
    page.locator(".view-toggle").click()
    expect_view(page, PAGES)
    assert page.evaluate("localStorage.getItem('formpress.weergave')") is None


@pytest.mark.parametrize(("width", "expected"), [(360, LIST), (320, LIST), (1280, PAGES)])
def test_a_narrow_screen_begins_with_the_list(
    page: Page, live_site: Live, width: int, expected: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_form(page, live_site, "bao-2024")
    expect_view(page, expected)
    if expected == LIST:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_pages_can_be_had_on_a_phone(page: Page, live_site: Live) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_form(page, live_site, "bao-2024")
    page.locator(".view-toggle").click()
    expect_view(page, PAGES)
    picture = page.locator(".picture").first
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.getBoundingClientRect().width") >= 720
    expect(page.locator("html")).to_have_js_property("scrollWidth", 360)


def test_zooming_in_far_turns_the_pages_into_a_list(page: Page, live_site: Live) -> None:
    """400 % of a window of 1280 pixels are 320 CSS pixels."""
    open_form(page, live_site, "bao-2024")
    control(page, "school.naam").fill("De Boom")
    page.set_viewport_size({"width": 320, "height": 225})
    expect(page.locator("html")).to_have_attribute("data-view", LIST)
    expect(control(page, "school.naam")).to_have_value("De Boom")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_list_has_the_forms_own_headings_in_order(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "bao-2024")
    page.locator(".view-toggle").click()
    expect(page.get_by_role("heading", name="Adres en bereikbaarheid")).to_be_visible()
    found = page.locator("#formulier :is(h2, h3, h4)").all_text_contents()
    assert found.index("A. Schoolgegevens en contact") + 1 == found.index("Adres en bereikbaarheid")
    expect(page.get_by_role("radio", name="bovenschools", exact=True).first).to_be_visible()


@pytest.mark.parametrize("density", [1, 2, 3])
def test_a_dense_screen_is_given_a_sharper_page(
    browser: Browser, live_site: Live, density: int
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, device_scale_factor=density
    )
    opened = context.new_page()
    open_form(opened, live_site, "bao-2024")
    picture = opened.locator(".picture").first
    opened.wait_for_function("() => document.querySelector('.picture').naturalWidth > 0")
    chosen = str(picture.evaluate("each => each.currentSrc"))
    shown = picture.evaluate("each => each.getBoundingClientRect().width")
    context.close()
    match = re.search(r"/1-(\d+)\.webp", chosen)
    assert match
    assert int(match[1]) in WIDTHS
    assert int(match[1]) >= shown * density


def test_a_phone_is_given_no_pictures(browser: Browser, live_site: Live) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=3)
    opened = context.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    opened.on("request", note)
    open_form(opened, live_site, "bao-2024")
    opened.wait_for_load_state("networkidle")
    context.close()
    assert not [url for url in asked if url.partition("?")[0].endswith((".webp", ".png"))]


def test_nothing_comes_from_elsewhere(page: Page, live_site: Live) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_form(page, live_site, "bao-2024")
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(live_site.url) for url in asked)


def test_without_scripts_the_list_saves_and_sends(browser: Browser, live_site: Live) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{live_site.url}/formulier/proef")
    expect(opened.locator(".picture").first).to_be_hidden()
    control(opened, "name").fill("De Boom")
    opened.locator('.field[data-name="agreed"] input').check()
    opened.locator("#opslaan").click()
    expect(opened.locator("h1")).to_contain_text("opgeslagen")
    opened.goto(opened.url.rpartition("/")[0])
    expect(control(opened, "name")).to_have_value("De Boom")
    opened.locator("#versturen").click()
    opened.locator("#definitief").click()
    expect(opened).to_have_url(re.compile("/ingediend/"))
    context.close()


# ---- dates ----


def test_a_date_is_picked_in_the_fields_own_pattern(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "sommen")
    field = page.locator('.field[data-name="day"]')
    control(page, "day").fill("1-2-2024")
    control(page, "day").blur()
    page.evaluate(
        """() => {
          HTMLInputElement.prototype.showPicker = function () { this.dataset.shown = "yes"; };
        }"""
    )
    control(page, "day").focus()
    page.keyboard.press("Tab")
    expect(field.locator(".pick")).to_be_focused()
    page.keyboard.press("Enter")
    calendar = field.locator(".calendar")
    expect(calendar).to_have_attribute("data-shown", "yes")
    expect(calendar).to_have_value("2024-02-01")
    calendar.evaluate(
        """(each) => {
          each.value = "2025-12-31";
          each.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(control(page, "day")).to_have_value("31-12-2025")
    assert not [name for name, _ in posted(page) if not name]  # type: ignore[attr-defined]


def test_the_calendar_moves_nothing(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "sommen")
    places = """() => [...document.querySelectorAll(".control")].map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return [x + scrollX, y + scrollY, width, height];
    })"""
    control(page, "a").focus()
    before = page.evaluate(places)
    control(page, "day").focus()
    assert page.evaluate(places) == before
    picker = page.locator('.field[data-name="day"] .pick').bounding_box()
    assert picker
    assert picker["width"] >= 24
    assert picker["height"] >= 24


# ---- the box in the PDF ----


def test_how_a_box_will_look_is_shown_and_goes_with_escape(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "bao-2024")
    control(page, "profiel.typering").fill("Een school in het dorp.")
    page.keyboard.press("Tab")
    button = page.locator(".look")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-label", re.compile("^Zo staat het in de PDF: "))
    page.keyboard.press("Enter")
    panel = page.locator("#vak")
    expect(panel.locator(".vak-woorden")).to_have_text("De letters zijn 9 punten groot.")
    canvas = panel.locator("canvas")
    expect(canvas).to_be_visible()
    drawn = canvas.evaluate(
        """(each) => {
          const { data } = each.getContext("2d").getImageData(0, 0, each.width, each.height);
          return data.some((one) => one < 90);
        }"""
    )
    assert drawn
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_a_box_is_shown_in_the_list_too(page: Page, live_site: Live) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_form(page, live_site, "bao-2024")
    control(page, "profiel.typering").fill("Kort.")
    page.locator(".look").click()
    panel = page.locator("#vak")
    expect(panel.locator(".vak-woorden")).to_have_text("De letters zijn 9 punten groot.")
    box = panel.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_texts_are_spelled_in_the_forms_language_and_codes_are_not(
    page: Page, live_site: Live
) -> None:
    open_form(page, live_site, "bao-2024")
    prose, code = control(page, "profiel.typering"), control(page, "school.brin")
    expect(prose).to_have_js_property("spellcheck", True)
    assert str(prose.get_attribute("lang")).startswith("nl")
    expect(code).to_have_js_property("spellcheck", False)
    for each in (prose, code):
        expect(each).to_have_attribute("autocorrect", "off")
