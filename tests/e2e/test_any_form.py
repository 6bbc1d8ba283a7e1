"""`formpress serve some-form.pdf`: a PDF that nobody prepared, online, sent and finished."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.conftest import Served, start_serving, stop_serving
from tests.e2e.school import confirm_sending, enter, field
from tests.pdf.small_forms import every_type

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TAX_FORM = CORPUS / "codeforamerica_vita-min__f1040-TY2021.pdf"


def serving(folder: Path, *forms: Path) -> Iterator[Served]:
    running = start_serving(folder / "data", *forms)
    yield running
    stop_serving(running)


@pytest.fixture
def unprepared(tmp_path: Path) -> Iterator[Served]:
    form = tmp_path / "Aanvraag formulier.pdf"
    form.write_bytes(every_type())
    yield from serving(tmp_path, form)


@pytest.fixture
def tax_form(tmp_path: Path) -> Iterator[Served]:
    yield from serving(tmp_path, TAX_FORM)


def finished_text(page: Page) -> str:
    expect(page).to_have_url(re.compile("/ingediend/"))
    link = page.locator("#pdf-link")
    expect(link).to_be_visible(timeout=60_000)
    answer = page.request.get(str(link.evaluate("link => link.href")))
    assert answer.ok
    reader = PdfReader(BytesIO(answer.body()))
    assert "/AcroForm" not in reader.root_object
    return "\n".join(sheet.extract_text() for sheet in reader.pages)


def test_a_pdf_that_nobody_prepared(page: Page, unprepared: Served) -> None:
    page.goto(f"{unprepared.url}/formulier/aanvraag-formulier")
    names = page.eval_on_selector_all(
        "[data-name]:has(input[type=text].control:not([readonly]))",
        "found => found.map(each => each.dataset.name)",
    )
    assert names
    enter(page, names[0], "Łukasz Ωδ")
    page.get_by_role("button", name="Verstuur het formulier").click()
    confirm_sending(page)
    assert "Łukasz Ωδ" in finished_text(page)


@pytest.mark.corpus
@pytest.mark.skipif(not TAX_FORM.exists(), reason="no folder ../shared/corpus with real forms")
def test_an_official_tax_form(page: Page, tax_form: Served) -> None:
    page.goto(tax_form.url)
    page.get_by_role("link", name="Begin met invullen").first.click()
    page.wait_for_url("**/formulier/**")
    first = page.locator("[data-name]:has(input[type=text].control)").nth(3)
    name = str(first.get_attribute("data-name"))
    enter(page, name, "Zoë")
    box = page.locator('[data-name]:has(input[type="checkbox"])').nth(2)
    box.locator("input").first.check()
    page.get_by_role("button", name="Verstuur het formulier").click()
    confirm_sending(page)
    assert "Zoë" in "".join(finished_text(page).split())
    expect(field(page, name)).to_have_count(0)
