"""One browser for all browser tests of a process: Playwright runs only once in each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
expect.set_options(timeout=30_000)
"""A machine that is busy with something else makes no test fail."""

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--accept-lang=nl-NL",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(chromium).exists(), "the browser tests need Debian's package chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield running
        running.close()


DESK, PHONE = (1280, 900), (360, 780)
at_both_sizes = pytest.mark.parametrize("page", [DESK, PHONE], indirect=True, ids=["desk", "phone"])


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh window of 1280 by 900 or as asked; a script error on any page fails the test."""
    width, height = getattr(request, "param", DESK)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="nl-NL",
        permissions=["clipboard-read", "clipboard-write"],
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "422" not in message.text and "409" not in message.text
            else None
        ),
    )
    yield opened
    context.close()
    assert errors == []
