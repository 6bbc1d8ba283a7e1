"""Nothing gets lost: saving by itself, no network, a crash, no storage, two people on one link."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import DESK, PHONE
from tests.web.live import Live
from tests.web.test_accessibility import violations
from tests.web.test_in_browser import control, open_form, save

SAVED = "Opgeslagen om"
QUIET = 3_000
"""Milliseconds after which a page saves by itself; see autosave.js."""
AGAIN = 4_000
"""… and after which it tries once more."""


@dataclass
class Person:
    """A browser of its own, whose clock a test moves on: nobody waits for a timer."""

    context: BrowserContext
    page: Page

    def state(self, text: str) -> None:
        expect(self.page.locator("#opslag")).to_contain_text(text)

    def types(self, name: str, text: str) -> None:
        control(self.page, name).fill(text)

    def pauses(self, milliseconds: int = QUIET) -> None:
        self.page.clock.run_for(milliseconds)

    @contextmanager
    def slow_network(self) -> Iterator[None]:
        """What is saved inside arrives when this ends, however slow the test itself is."""
        held: list[Route] = []
        self.page.route("**/opslaan", lambda route: held.append(route))
        yield
        for route in held:
            route.continue_()
        self.page.unroute("**/opslaan")

    def leaves_field(self) -> None:
        self.page.evaluate("document.activeElement.blur()")

    def keeps(self, count: int) -> None:
        """Waits for so many records: what keeps and forgets runs after the page, or in another."""
        self.page.wait_for_function(
            "count => Object.keys(localStorage)"
            ".filter(key => key.startsWith('formpress:')).length === count",
            arg=count,
        )

    def forgot(self) -> None:
        self.keeps(0)

    def kept(self) -> list[dict[str, object]]:
        """The records in this browser's storage now."""
        texts = self.page.evaluate(
            "Object.keys(localStorage).filter(key => key.startsWith('formpress:'))"
            ".map(key => localStorage[key])"
        )
        return [json.loads(text) for text in texts]


at_both_sizes = pytest.mark.parametrize(
    "people", [DESK, PHONE], indirect=True, ids=["desk", "phone"]
)


@pytest.fixture
def people(browser: Browser, request: pytest.FixtureRequest) -> Iterator[list[Person]]:
    width, height = getattr(request, "param", DESK)
    contexts = [
        browser.new_context(locale="nl-NL", viewport={"width": width, "height": height})
        for _ in range(2)
    ]
    faults: list[str] = []
    for context in contexts:
        context.clock.install()
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
    yield [Person(context, context.new_page()) for context in contexts]
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def draft(people: list[Person], live_site: Live) -> tuple[Person, Person]:
    """Both have the same draft before them."""
    desk = live_site.site.desk
    token = desk.new_token()
    desk.save_draft("proef", token, {"name": "begin", "story": "begin"}, None)
    for person in people:
        open_form(person.page, live_site, f"proef/{token}")
    first, second = people
    return first, second


def stored(live_site: Live, person: Person, name: str) -> str:
    address = "/formulier" + person.page.url.partition("/formulier")[2]
    return str(live_site.site.open(address).values()[f"v:{name}"])


def test_before_the_draft_exists_changes_stay_in_the_browser(
    people: list[Person], live_site: Live
) -> None:
    person = people[0]
    posts: list[str] = []
    person.page.on("request", lambda each: posts.append(each.method))
    open_form(person.page, live_site, "proef")
    person.types("name", "De Boom")
    person.page.locator('.field[data-name="colour"] input[value="green"]').check()
    person.state("wel bewaard in deze browser")
    person.pauses(10 * QUIET)
    person.page.reload()
    assert "POST" not in posts
    notice = person.page.locator("#bewaard")
    expect(notice).to_contain_text("velden: 2")
    expect(notice).to_contain_text("alleen in deze browser")
    expect(person.page.locator("#melding")).to_contain_text("In deze browser bewaard")
    expect(control(person.page, "name")).to_have_value("")
    notice.get_by_role("button", name="Verder gaan").focus()
    person.page.keyboard.press("Enter")
    expect(control(person.page, "name")).to_have_value("De Boom")
    expect(person.page.locator('.field[data-name="colour"] input[value="green"]')).to_be_checked()
    save(person.page)
    person.forgot()
    open_form(person.page, live_site, "proef")
    expect(notice).to_be_hidden()


def test_what_was_left_can_be_thrown_away(people: list[Person], live_site: Live) -> None:
    person = people[0]
    open_form(person.page, live_site, "proef")
    person.types("name", "De Boom")
    open_form(person.page, live_site, "proef")
    person.page.get_by_role("button", name="Weggooien").click()
    expect(person.page.locator("#bewaard")).to_be_hidden()
    person.forgot()
    expect(control(person.page, "name")).to_have_value("")


def test_two_new_forms_in_one_browser_do_not_mix(people: list[Person], live_site: Live) -> None:
    person = people[0]
    open_form(person.page, live_site, "proef")
    other = person.context.new_page()
    open_form(other, live_site, "proef")
    person.types("name", "Een")
    control(other, "name").fill("Twee")
    person.keeps(2)
    other.close()
    open_form(person.page, live_site, "proef")
    parts = person.page.locator(".kept-part")
    expect(parts).to_have_count(2)
    parts.nth(1).get_by_role("button", name="Verder gaan").click()
    expect(control(person.page, "name")).to_have_value("Twee")
    parts.nth(0).get_by_role("button", name="Verder gaan").click()
    expect(person.page.locator("#bewaard .clash-text")).to_have_text(["Een", "Twee"])
    expect(control(person.page, "name")).to_have_value("Twee")
    person.page.get_by_role("button", name="Gebruik mijn tekst: Naam").click()
    expect(control(person.page, "name")).to_have_value("Een")


def test_what_is_typed_before_the_scripts_are_there_is_saved(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    """On a slow network the controls are there long before form.js is."""
    person = draft[0]
    late: list[Route] = []
    person.page.route("**/static/form.js", lambda route: late.append(route))
    person.page.goto(person.page.url, wait_until="commit")
    person.types("name", "vroeg")
    for route in late:
        route.continue_()
    person.page.unroute("**/static/form.js")
    person.state("wel bewaard in deze browser")
    person.pauses()
    person.state(SAVED)
    assert stored(live_site, person, "name") == "vroeg"
    assert stored(live_site, person, "story") == "begin"


def test_old_leftovers_are_forgotten(people: list[Person], live_site: Live) -> None:
    person = people[0]
    open_form(person.page, live_site, "proef")
    person.page.evaluate(
        "localStorage['formpress:new:x:y:z'] = JSON.stringify("
        "{at: Date.now() - 61 * 24 * 3600 * 1000, fields: {name: {base: '', mine: 'x'}}})"
    )
    open_form(person.page, live_site, "proef")
    person.forgot()


def test_a_draft_saves_itself(draft: tuple[Person, Person], live_site: Live) -> None:
    person = draft[0]
    with person.slow_network():
        person.types("name", "vanzelf")
        person.pauses(QUIET - 1_000)
        person.keeps(1)
        person.pauses()
        person.state("Bezig met opslaan")
    person.state(SAVED)
    # A screen reader is told of what was asked for and of trouble, not of every few words.
    expect(person.page.locator("#opslag")).to_have_attribute("aria-live", "off")
    assert stored(live_site, person, "name") == "vanzelf"
    expect(person.page.locator("#opgeslagen")).to_be_hidden()
    person.forgot()


@at_both_sizes
def test_no_network_is_told_and_made_good(draft: tuple[Person, Person], live_site: Live) -> None:
    person = draft[0]
    person.context.set_offline(True)
    person.types("name", "zonder net")
    person.pauses()
    person.state("geen verbinding. We proberen het opnieuw")
    person.types("story", "nog meer")
    person.context.set_offline(False)
    person.state(SAVED)
    assert stored(live_site, person, "name") == "zonder net"
    assert stored(live_site, person, "story") == "nog meer"


def test_a_server_that_cannot_save_is_asked_again(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    person = draft[0]
    answers = [(502, "kapot"), (200, "{}")]

    def gone(route: Route) -> None:
        if not answers:
            route.continue_()
            return
        status, body = answers.pop(0)
        route.fulfill(status=status, body=body)

    person.page.route("**/opslaan", gone)
    person.types("name", "later")
    person.pauses()
    person.state("de server kan het nu niet bewaren. We proberen het opnieuw")
    person.pauses(AGAIN)
    person.state("geen verbinding. We proberen het opnieuw")
    person.pauses(2 * AGAIN)
    person.state(SAVED)
    assert stored(live_site, person, "name") == "later"


def test_the_first_save_is_made_good_as_well(people: list[Person], live_site: Live) -> None:
    person = people[0]
    open_form(person.page, live_site, "proef")
    person.types("name", "De Boom")
    person.context.set_offline(True)
    person.page.get_by_role("button", name="Opslaan voor later").click()
    expect(person.page.locator("#mislukt")).to_contain_text("geen verbinding")
    person.context.set_offline(False)
    expect(person.page.locator("#opgeslagen")).to_be_visible()
    expect(person.page.locator("#mislukt")).to_be_hidden()
    assert stored(live_site, person, "name") == "De Boom"


@at_both_sizes
def test_after_a_crash_the_changes_are_put_back(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    person, other = draft
    address = person.page.url
    person.context.set_offline(True)
    person.types("name", "voor de klap")
    person.types("story", "ook van mij")
    person.pauses()
    person.state("geen verbinding")
    assert address.rpartition("/")[2] not in json.dumps(person.page.evaluate("({...localStorage})"))
    person.page.close()
    other.types("story", "van de ander")
    other.pauses()
    other.state(SAVED)

    person.context.set_offline(False)
    person.page = person.context.new_page()
    person.page.goto(address)
    expect(control(person.page, "name")).to_have_value("voor de klap")
    notice = person.page.locator("#bewaard")
    expect(notice).to_contain_text("staan weer in het formulier (velden: 1)")
    expect(notice.locator(".clash-text")).to_have_text(["ook van mij", "van de ander"])
    assert violations(person.page) == []
    expect(control(person.page, "story")).to_have_value("van de ander")
    person.pauses()
    person.state(SAVED)
    assert stored(live_site, person, "name") == "voor de klap"
    person.keeps(1)
    notice.get_by_role("button", name="Gebruik mijn tekst").click()
    person.pauses()
    person.state(SAVED)
    assert stored(live_site, person, "story") == "ook van mij"
    person.forgot()


@pytest.mark.parametrize(
    ("people", "trouble"),
    [(DESK, "SecurityError"), (PHONE, "SecurityError"), (PHONE, "QuotaExceededError")],
    indirect=["people"],
    ids=["desk-forbidden", "phone-forbidden", "phone-full"],
)
def test_without_storage_leaving_asks(people: list[Person], live_site: Live, trouble: str) -> None:
    person = people[0]
    person.page.add_init_script(
        "Storage.prototype.setItem = Storage.prototype.getItem = () => {"
        f"throw new DOMException('no', '{trouble}') }}"
    )
    asked: list[str] = []
    person.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_form(person.page, live_site, "proef")
    control(person.page, "name").press_sequentially("De Boom")
    person.state("Niet opgeslagen wijzigingen")
    person.page.goto(f"{live_site.url}/")
    assert asked == ["beforeunload"]


def test_with_storage_leaving_does_not_ask(people: list[Person], live_site: Live) -> None:
    person = people[0]
    asked: list[str] = []
    person.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_form(person.page, live_site, "proef")
    control(person.page, "name").press_sequentially("De Boom")
    person.page.goto(f"{live_site.url}/")
    person.keeps(1)
    assert asked == []


@at_both_sizes
def test_what_the_other_changed_comes_into_the_page(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    first, second = draft
    second.types("name", "van hen")
    second.page.locator('.field[data-name="colour"] input[value="green"]').check()
    second.pauses()
    second.state(SAVED)
    first.types("story", "van mij")
    first.pauses()
    first.state(SAVED)
    expect(first.page.locator("#intussen")).to_contain_text("‘Naam’")
    expect(control(first.page, "name")).to_have_value("van hen")
    expect(first.page.locator('.field[data-name="colour"] input[value="green"]')).to_be_checked()
    assert stored(live_site, first, "name") == "van hen"
    assert stored(live_site, first, "story") == "van mij"


def test_the_field_one_is_in_waits(draft: tuple[Person, Person], live_site: Live) -> None:
    first, second = draft
    second.types("name", "van hen")
    second.pauses()
    second.state(SAVED)
    with first.slow_network():
        first.types("story", "van mij")
        first.pauses()
        control(first.page, "name").focus()
    first.state(SAVED)
    expect(control(first.page, "name")).to_have_value("begin")
    first.leaves_field()
    expect(control(first.page, "name")).to_have_value("van hen")


def test_typing_on_in_what_the_other_changed_is_a_conflict(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    first, second = draft
    second.types("name", "van hen")
    second.pauses()
    second.state(SAVED)
    with first.slow_network():
        first.types("story", "van mij")
        first.pauses()
        control(first.page, "name").focus()
    first.state(SAVED)
    control(first.page, "name").press_sequentially("!")
    first.pauses()
    first.state("iemand anders wijzigde hetzelfde veld")
    assert stored(live_site, first, "name") == "van hen"


@at_both_sizes
@pytest.mark.parametrize(
    ("choice", "left"), [("Uw tekst", "van mij"), ("De tekst van de ander", "van hen")]
)
def test_the_same_field_is_chosen_in_a_dialog(
    draft: tuple[Person, Person], live_site: Live, choice: str, left: str
) -> None:
    first, second = draft
    second.types("name", "van hen")
    second.types("story", "ook hun")
    second.pauses()
    second.state(SAVED)
    first.types("name", "van mij")
    first.pauses()
    first.state("iemand anders wijzigde hetzelfde veld")
    dialog = first.page.locator("#conflict")
    expect(dialog).to_be_hidden()
    first.leaves_field()
    expect(dialog).to_be_visible()
    expect(dialog.locator(".clash-text")).to_have_text(["van mij", "van hen"])
    expect(dialog.locator("input:checked")).to_have_count(0)
    assert violations(first.page) == []
    dialog.get_by_role("button", name="Opslaan met deze keuzes").click()
    expect(first.page.locator("#conflict-fout")).to_be_visible()
    assert stored(live_site, first, "name") == "van hen"
    dialog.get_by_role("radio", name=choice).check()
    dialog.get_by_role("button", name="Opslaan met deze keuzes").click()
    first.state(SAVED)
    first.page.get_by_role("button", name="Verder invullen").click()
    assert stored(live_site, first, "name") == left
    expect(control(first.page, "name")).to_have_value(left)
    expect(control(first.page, "story")).to_have_value("ook hun")
    first.types("name", "en verder")
    first.pauses()
    first.state(SAVED)
    assert stored(live_site, first, "name") == "en verder"


def test_a_conflict_on_a_page_of_its_own(draft: tuple[Person, Person], live_site: Live) -> None:
    first, second = draft
    second.types("name", "van hen")
    second.pauses()
    second.state(SAVED)
    first.types("name", "van mij")
    first.page.get_by_role("button", name="Verstuur het formulier").click()
    page = first.page.locator(".overtaken")
    expect(page).to_contain_text("Kies bij elk veld")
    assert violations(first.page) == []
    page.get_by_role("radio", name="Uw tekst").check()
    page.get_by_role("button", name="Opslaan met deze keuzes").click()
    expect(first.page.locator("#opgeslagen")).to_be_visible()
    expect(page).to_have_count(0)
    assert stored(live_site, first, "name") == "van mij"
    first.forgot()


def test_a_form_that_was_sent_meanwhile_says_so_once(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    first, second = draft
    second.page.locator('.field[data-name="agreed"] input').check()
    second.page.get_by_role("button", name="Verstuur het formulier").click()
    second.page.get_by_role("button", name="Verstuur definitief").click()
    expect(second.page).to_have_url(re.compile("/ingediend/"))
    first.types("name", "te laat")
    first.pauses()
    first.state("Niet opgeslagen")
    first.leaves_field()
    dialog = first.page.locator("#mislukt")
    expect(dialog).to_contain_text("al verstuurd")
    expect(dialog).to_contain_text("blijven in deze browser bewaard")
    dialog.get_by_role("button").click()
    posts: list[str] = []
    first.page.on("request", lambda each: posts.append(each.method))
    first.types("name", "veel te laat")
    first.pauses(10 * QUIET)
    expect(dialog).to_be_hidden()
    first.page.reload()
    assert "POST" not in posts
    assert first.kept()[0]["fields"] == {"name": {"base": "begin", "mine": "veel te laat"}}


def test_a_sent_form_leaves_nothing_behind(people: list[Person], live_site: Live) -> None:
    person = people[0]
    open_form(person.page, live_site, "proef")
    person.types("name", "De Boom")
    person.page.get_by_role("button", name="Verstuur het formulier").click()
    expect(person.page.locator("#fouten")).to_be_focused()
    expect(person.page.locator("#bewaard")).to_be_hidden()
    person.forgot()
    person.page.locator('.field[data-name="agreed"] input').check()
    person.page.get_by_role("button", name="Verstuur het formulier").click()
    expect(person.page.get_by_role("button", name="Verstuur definitief")).to_be_visible()
    person.forgot()


@at_both_sizes
def test_a_link_lives_sixty_days_from_the_last_save(
    draft: tuple[Person, Person], live_site: Live
) -> None:
    first, _ = draft
    site, today = live_site.site, live_site.site.passed
    try:
        site.later(days=59)
        first.page.reload()
        first.types("name", "op tijd")
        first.leaves_field()
        first.pauses()
        first.state(SAVED)
        site.later(days=59)
        first.page.reload()
        expect(control(first.page, "name")).to_have_value("op tijd")
        site.later(days=2)
        answer = first.page.reload()
        assert answer is not None
        assert answer.status == 410
        expect(first.page.get_by_role("heading", level=1)).to_contain_text("verlopen")
    finally:
        site.passed = today
