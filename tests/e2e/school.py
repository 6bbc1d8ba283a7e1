"""How a school's person handles the form: finds fields by name, types, ticks, chooses."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

REALISTIC = Path(__file__).resolve().parents[1] / "profiles" / "bao-2024" / "realistic.json"


def realistic() -> dict[str, object]:
    values: dict[str, object] = json.loads(REALISTIC.read_text("utf-8"))
    return values


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-name="{name}"]')


def enter(page: Page, name: str, value: object) -> None:
    """Types or chooses ``value``, whatever kind of field it is."""
    place = field(page, name)
    if isinstance(value, bool):
        place.locator("input.control").first.set_checked(value)
        return
    control = place.locator(".control").first
    kind = control.evaluate("element => element.type || element.tagName")
    if kind == "radio":
        place.locator(f'input[value="{value}"]').check()
    elif kind == "select-one":
        control.select_option(str(value))
    elif control.get_attribute("readonly") is None:
        control.fill(str(value))


def enter_all(page: Page, values: dict[str, object]) -> None:
    for name, value in values.items():
        enter(page, name, value)


def expect_shown(page: Page, name: str, text: str) -> None:
    expect(field(page, name).locator(".control").first).to_have_value(text)


def confirm_sending(page: Page) -> None:
    """The page before sending; impatiently, as people are."""
    page.get_by_role("button", name="Verstuur definitief").dblclick()
