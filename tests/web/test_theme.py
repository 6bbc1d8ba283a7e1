"""An organisation's own colours and logo, in one file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.errors import SettingsError
from pipeline.flow.documents import Catalogue
from pipeline.settings import load_settings
from tests.web.live import Live, live
from tests.web.site import Website

THEME = """
:root {
  --basis-color-accent-1-inverse-bg-default: rgb(21, 66, 115);
  --basis-color-action-1-inverse-bg-default: rgb(1, 2, 3);
  --formpress-logo: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E");
}
"""


def test_without_one_no_page_asks_for_it(site: Website) -> None:
    assert "thema.css" not in site.client.get("/").get_data(as_text=True)
    assert site.client.get("/thema.css").status_code == 404


def test_with_one_every_page_has_it(site_with: Callable[..., Website], tmp_path: Path) -> None:
    path = tmp_path / "own.css"
    path.write_text(THEME, "utf-8")
    site = site_with(theme=path)
    assert 'href="/thema.css"' in site.client.get("/").get_data(as_text=True)
    answer = site.client.get("/thema.css")
    assert answer.mimetype == "text/css"
    assert THEME in answer.get_data(as_text=True)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_stops_the_start(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "own.css").write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(theme=tmp_path / "own.css")
    assert caught.value.data["variable"] == "FORMPRESS_THEME"


def colour(browser: Browser, url: str, selector: str, scheme: str) -> str:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    found: str = page.locator(selector).first.evaluate("it => getComputedStyle(it).backgroundColor")
    context.close()
    return found


def test_the_browser_shows_its_colours(
    catalogue: Catalogue, tmp_path: Path, browser: Browser
) -> None:
    path = tmp_path / "own.css"
    path.write_text(THEME, "utf-8")
    with live(catalogue, tmp_path, theme=path) as running:
        for scheme in ("light", "dark"):
            assert colour(browser, running.url, ".top", scheme) == "rgb(21, 66, 115)"
            assert colour(browser, running.url, ".primary", scheme) == "rgb(1, 2, 3)"
            # A theme of one set of colours stays light.
            assert colour(browser, running.url, ".card", scheme) == "rgb(255, 255, 255)"


def test_the_sheets_of_a_form_stay_light_in_the_dark(live_site: Live, browser: Browser) -> None:
    url = f"{live_site.url}/formulier/bao-2024"
    assert colour(browser, url, "body", "dark") == "rgb(18, 21, 29)"
    assert colour(browser, url, ".sheet", "dark") == "rgb(255, 255, 255)"
