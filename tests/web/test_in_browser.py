"""The form's page in a real browser: typing, limits, formats, sums, keys, dialogs, phones."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.web.live import Live
from tests.web.small import ODD_NAMES


def control(page: Page, name: str) -> Locator:
    return page.locator(f'.field[data-name="{name}"] .control')


def error(page: Page, name: str) -> Locator:
    return page.locator(f'.field[data-name="{name}"] .error')


def open_form(page: Page, live_site: Live, form_id: str) -> None:
    page.goto(f"{live_site.url}/formulier/{form_id}")
    page.wait_for_function("() => document.querySelector('.view-toggle').hidden === false")
    page.evaluate("document.fonts.ready")


def paste(page: Page, name: str, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    control(page, name).focus()
    page.keyboard.press("ControlOrMeta+V")


def test_typing_stops_at_the_maximum(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    name = control(page, "name")
    name.press_sequentially("é" * 38 + "abcd")
    expect(name).to_have_value("é" * 38 + "ab")
    expect(page.locator('.field[data-name="name"] .count')).to_have_text("Geen tekens meer over")
    name.press("ArrowLeft")
    name.press_sequentially("x")
    name.press("Delete")
    expect(name).to_have_value("é" * 38 + "a")
    name.press_sequentially("b")
    name.press("Backspace")
    expect(page.locator('.field[data-name="name"] .count')).to_have_text("Nog 1 teken")


def test_a_paste_that_is_too_long_is_cut_and_says_so(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    control(page, "name").fill("begin ")
    paste(page, "name", "😀" * 40)
    expect(control(page, "name")).to_have_value("begin " + "😀" * 34)
    expect(page.locator("#melding")).to_contain_text("de laatste 6 tekens zijn niet overgenomen")


def test_replacing_a_selection_in_a_full_field_works(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    name = control(page, "name")
    name.fill("x" * 40)
    name.press("ControlOrMeta+A")
    name.press_sequentially("De Boom")
    expect(name).to_have_value("De Boom")


def test_numbers_are_formatted_when_left(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "sommen")
    for typed, shown in (("19.25", "19,25"), ("7", "7,00"), (",5", "0,50"), ("0", "0,00")):
        control(page, "a").fill(typed)
        control(page, "a").blur()
        expect(control(page, "a")).to_have_value(shown)
    control(page, "a").fill("20")
    control(page, "b").fill("0.75")
    expect(control(page, "total")).to_have_value("20,75")
    control(page, "a").focus()
    sent = page.evaluate("Object.fromEntries(new FormData(document.getElementById('formulier')))")
    assert (sent["v:a"], sent["v:b"]) == ("20,00", "0,75")
    control(page, "a").fill("")
    control(page, "b").fill("")
    expect(control(page, "total")).to_have_value("")


def test_a_number_whose_format_is_longer_than_its_maximum_is_sent_as_typed(
    page: Page, live_site: Live
) -> None:
    open_form(page, live_site, "sommen")
    short = control(page, "short")
    short.press_sequentially("78")
    short.blur()
    expect(short).to_have_value("7,00")
    sent = page.evaluate("Object.fromEntries(new FormData(document.getElementById('formulier')))")
    assert sent["v:short"] == "7"
    short.focus()
    expect(short).to_have_value("7")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("8")
    short.blur()
    expect(short).to_have_value("8,00")


def test_an_error_speaks_when_the_field_is_left_and_goes_when_mended(
    page: Page, live_site: Live
) -> None:
    open_form(page, live_site, "sommen")
    control(page, "a").press_sequentially("201")
    expect(error(page, "a")).to_have_text("")
    control(page, "a").blur()
    expect(error(page, "a")).to_have_text("Vul een getal in van 0 tot en met 200.")
    expect(control(page, "a")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#melding")).to_have_text("a: Vul een getal in van 0 tot en met 200.")
    control(page, "a").focus()
    expect(error(page, "a")).to_be_visible()
    control(page, "a").press("Backspace")
    expect(error(page, "a")).to_have_text("")
    expect(control(page, "a")).not_to_have_attribute("aria-invalid", "true")


def test_the_servers_sentence_is_the_browsers(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "sommen")
    typed = {"a": "201", "b": "1,234", "day": "31-2-2024", "mail": "geen adres"}
    said = {}
    for name, text in typed.items():
        control(page, name).fill(text)
        control(page, name).blur()
        expect(error(page, name)).not_to_be_empty()
        said[name] = error(page, name).text_content()
    page.get_by_role("button", name="Verstuur het formulier").click()
    expect(page.locator("#fouten")).to_be_focused()
    for name, sentence in said.items():
        assert sentence
        expect(error(page, name)).to_have_text(sentence)


def test_a_radio_choice_can_be_taken_back(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    field = page.locator('.field[data-name="colour"]')
    field.locator('input[value="green"]').check()
    field.locator(".clear").click()
    expect(field.locator("input:checked")).to_have_count(0)
    expect(field.locator(".clear")).to_be_hidden()


def test_enter_in_a_field_sends_nothing(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "sommen")
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.url) if request.method == "POST" else None
    )
    control(page, "a").fill("7")
    control(page, "a").press("Enter")
    expect(control(page, "a")).to_have_value("7,00")
    save(page)
    (only,) = posts
    assert only.endswith("/opslaan")


def test_a_field_in_two_places_shows_in_both(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "vreemd")
    control(page, "twice").fill("overal")
    expect(page.locator(".mirror")).to_have_text("overal")


def test_odd_names_survive_a_real_browser(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "vreemd")
    fields = page.locator(".field .control")
    for number in range(len(ODD_NAMES)):
        fields.nth(number).fill(f"waarde {number}")
    page.get_by_role("button", name="Opslaan voor later").click()
    expect(page.locator("#opgeslagen")).to_be_visible()
    page.reload()
    for number in range(len(ODD_NAMES)):
        expect(fields.nth(number)).to_have_value(f"waarde {number}")


def tab_to(page: Page, element_id: str) -> None:
    """Tabs until the element has the focus; what has it on the way is never under the bar."""
    for _ in range(40):
        page.keyboard.press("Tab")
        page.wait_for_function(_IN_VIEW)
        if page.evaluate("document.activeElement.id") == element_id:
            return
    raise AssertionError(f"no way to {element_id}")


_IN_VIEW = """() => {
  const focused = document.activeElement.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  if (!bar || bar.contains(document.activeElement)) return true;
  return focused.top < bar.getBoundingClientRect().top && focused.bottom > 0;
}"""
"""WCAG 2.2, 2.4.11: not all of what has the focus is hidden."""


def test_saving_and_sending_with_the_keyboard_alone(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(control(page, "name")).to_be_focused()
    page.keyboard.type("De Boom")
    page.keyboard.press("Tab")
    page.keyboard.type("Regel een")
    page.keyboard.press("Enter")
    page.keyboard.type("Regel twee")
    page.keyboard.press("Tab")
    expect(page.locator(".look")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(control(page, "agreed")).to_be_checked()
    tab_to(page, "opslaan")
    page.keyboard.press("Enter")
    expect(page.locator("#opgeslagen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#opslaan")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dit is geen concept")).to_be_visible()
    tab_to(page, "definitief")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ingediend/"))
    live_site.site.work()
    expect(page.locator("#pdf-link")).to_be_visible()
    expect(page.locator("#stand")).to_contain_text("De PDF is klaar")


def pressed_until_saved(viewer: Page) -> Download:
    """Presses the viewer's own button, which no script of a page sees and which comes late."""
    begun: list[Download] = []
    viewer.on("download", lambda download: begun.append(download))
    for _ in range(60):
        viewer.mouse.click(896, 28)
        viewer.wait_for_timeout(500)
        if begun:
            return begun[0]
    raise AssertionError("the viewer saves nothing")


def test_a_preview_can_be_saved_from_the_viewer(
    page: Page, live_site: Live, tmp_path: Path
) -> None:
    """Chromium's viewer asks for the address again unless it may keep the answer to the POST."""
    open_form(page, live_site, "proef")
    control(page, "name").fill("Voorbeeldschool")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Bekijk PDF").dblclick()
    expect(page.locator("#ontbreekt")).to_contain_text("agreed")
    viewer = popup.value
    viewer.set_viewport_size({"width": 1000, "height": 800})
    saved = pressed_until_saved(viewer)
    assert saved.suggested_filename == "proef-concept.pdf"
    saved.save_as(tmp_path / "concept.pdf")
    words = subprocess.run(
        ["pdftotext", tmp_path / "concept.pdf", "-"], capture_output=True, text=True, check=True
    )
    assert "Voorbeeldschool" in words.stdout
    assert page.context.pages == [page, viewer]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    yield context.new_page()
    context.close()


def test_a_phone_shows_a_list_that_fits(phone: Page, live_site: Live) -> None:
    open_form(phone, live_site, "bao-2024")
    expect(phone.locator(".picture").first).to_be_hidden()
    expect(phone.locator('.field[data-name="school.naam"] .label')).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    sizes = phone.locator(".control").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert min(sizes) >= 16


_FREE_OF_THE_BAR = """id => {
  const box = document.getElementById(id).getBoundingClientRect();
  const bar = document.querySelector(".bar").getBoundingClientRect();
  return box.top >= 0 && box.top + Math.min(box.height, 40) <= bar.top;
}"""


def test_jumping_to_a_field_does_not_hide_it_behind_the_bar(phone: Page, live_site: Live) -> None:
    open_form(phone, live_site, "bao-2024")
    phone.get_by_role("button", name="Verstuur het formulier").click()
    expect(phone.locator("#fouten")).to_be_focused()
    for number in (3, 60, 120):
        link = phone.locator("#fouten a").nth(number)
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        phone.wait_for_function(_FREE_OF_THE_BAR, arg=target)


def test_the_list_can_be_chosen_on_a_wide_screen(page: Page, live_site: Live) -> None:
    open_form(page, live_site, "proef")
    expect(page.locator(".picture")).to_be_visible()
    page.get_by_role("button", name="Toon als lijst").click()
    expect(page.locator(".picture")).to_be_hidden()
    expect(page.locator(".label").first).to_be_visible()
    page.get_by_role("button", name="Toon als bladzijden").click()
    expect(page.locator(".picture")).to_be_visible()


_BOXES = "ids => ids.map(id => document.getElementById(id).getBoundingClientRect().toJSON())"


def test_controls_lie_on_their_boxes(page: Page, live_site: Live) -> None:
    """In hundredths of the page, against the widget's own rectangle."""
    form = live_site.site.desk and live_site.app.extensions["formpress"].catalogue.form("bao-2024")
    open_form(page, live_site, "bao-2024")
    for number, field in list(enumerate(form.template.fields))[::17]:
        widget = field.widgets[0]
        sheet = form.template.pages[widget.page]
        wanted, (width, height) = sheet.shown(widget.rect), sheet.shown_size
        place, paper = page.evaluate(_BOXES, [f"v{number}-w0", f"p{widget.page + 1}"])
        assert (place["x"] - paper["x"]) / paper["width"] == pytest.approx(
            wanted.x0 / width, abs=0.002
        )
        assert (place["y"] - paper["y"]) / paper["height"] == pytest.approx(
            wanted.y0 / height, abs=0.002
        )
        assert place["width"] / paper["width"] == pytest.approx(wanted.width / width, abs=0.003)


def test_the_policy_blocks_nothing_of_ours(browser: Browser, live_site: Live) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for form_id in ("proef", "sommen", "vreemd", "bao-2024"):
        open_form(page, live_site, form_id)
        page.wait_for_load_state("networkidle")
    assert said == []
    context.close()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan voor later").click()
    expect(page.locator("#opgeslagen")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/formulier/\w+/[\w-]{32}$"))
    page.get_by_role("button", name="Verder invullen").click()
