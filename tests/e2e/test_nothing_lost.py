"""Nothing gets lost when the server goes away under a person who is typing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.e2e.conftest import start_serving, stop_serving
from tests.e2e.school import enter, shown


def test_a_server_that_stops_and_starts_again(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    served = start_serving(data)
    port = str(urlsplit(served.url).port)
    first = browser.new_context(locale="nl-NL").new_page()
    second = browser.new_context(locale="nl-NL").new_page()
    state = first.locator("#opslag")
    try:
        first.goto(f"{served.url}/formulier/bao-2024")
        enter(first, "school.naam", "De Boom")
        first.get_by_role("button", name="Opslaan voor later").click()
        first.get_by_role("button", name="Verder invullen").click()
        second.goto(first.url)
        assert shown(second, "school.naam") == "De Boom"

        stop_serving(served)
        enter(first, "school.straat", "Dorpsstraat")
        expect(state).to_contain_text("We proberen het opnieuw", timeout=15_000)
        enter(first, "school.email", "info@boom.example")
        served = start_serving(data, port=port)
        expect(state).to_contain_text("Opgeslagen om", timeout=70_000)

        enter(second, "school.website", "www.boom.example")
        expect(second.locator("#intussen")).to_contain_text(
            "Iemand anders wijzigde intussen", timeout=15_000
        )
        second.evaluate("document.activeElement.blur()")
        assert shown(second, "school.straat") == "Dorpsstraat"
        second.reload()
        assert shown(second, "school.website") == "https://www.boom.example"
        assert shown(second, "school.email") == "info@boom.example"
    finally:
        stop_serving(served)
        first.context.close()
        second.context.close()
