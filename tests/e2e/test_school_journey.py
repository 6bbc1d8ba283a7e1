"""What a school does: fill in, save, go on from the link, preview, send with gaps, repair, send,
download; and upload a PDF that was filled in elsewhere."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader, PdfWriter

from pipeline.flow import documents
from pipeline.model.limits import Limits
from tests.conftest import at_both_sizes
from tests.e2e.conftest import ROOT, Served
from tests.e2e.school import confirm_sending, enter, enter_all, expect_shown, field, realistic

TEMPLATE = ROOT / "pdf_templates" / "bao-2024"
LINK_LIFE = timedelta(days=60)


def open_form(page: Page, served: Served) -> None:
    page.goto(served.url)
    page.get_by_role("link", name=re.compile("Schoolondersteuningsprofiel BAO 2024")).first.click()
    expect(page.locator("#formulier")).to_be_visible()


def save(page: Page) -> str:
    """Opslaan voor later, and the private link that the dialog shows."""
    page.get_by_role("button", name="Opslaan voor later").last.click()
    dialog = page.locator("dialog#opgeslagen")
    expect(dialog).to_be_visible()
    link = dialog.locator("input.link").input_value()
    assert "/formulier/bao-2024/" in link
    return link


def close_dialog(page: Page) -> None:
    page.get_by_role("button", name="Verder invullen").click()


@at_both_sizes
def test_a_school_fills_in_saves_previews_sends_and_downloads(
    page: Page, served: Served, tmp_path: Path
) -> None:
    branch = "00" if page.viewport_size == {"width": 1280, "height": 900} else "01"
    profile = realistic() | {"school.vestiging": branch}
    first = {name: value for name, value in profile.items() if not name.startswith("ap5.")}
    rest = {name: value for name, value in profile.items() if name.startswith("ap5.")}

    open_form(page, served)
    enter_all(page, first)
    enter(page, "directie.naam", "Zoë Łukasiewicz")
    enter(page, "ap4.fte.leraar", "19,25")
    enter(page, "ap4.fte.ib", "0.75")
    field(page, "ap4.fte.ib").locator(".control").blur()
    expect_shown(page, "ap4.fte.ib", "0,75")
    expect_shown(page, "kengetal.ll.totaal", "205")

    link = save(page)
    until = (datetime.now(UTC) + LINK_LIFE).astimezone()
    expect(page.locator("#geldig-tot")).to_contain_text(f"{until:%Y}")
    page.get_by_role("button", name="Kopieer").click()
    expect(page.locator("#gekopieerd")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == link
    close_dialog(page)

    page.goto("about:blank")
    page.goto(link)
    expect_shown(page, "directie.naam", "Zoë Łukasiewicz")
    expect_shown(page, "ap4.fte.leraar", "19,25")
    expect(field(page, "ap1.zelf.aanbod").locator("input:checked")).to_have_count(1)

    with (
        page.expect_popup() as popup,
        page.context.expect_event("response", lambda answer: "/voorbeeld" in answer.url) as answer,
    ):
        page.get_by_role("button", name=re.compile("Bekijk PDF")).click()
    assert answer.value.headers["content-type"] == "application/pdf"
    popup.value.close()
    expect(page.locator("#ontbreekt")).to_be_visible()
    expect(page.locator("#ontbreekt")).to_contain_text("Aanbod 1: naam")
    page.locator("#ontbreekt .close").click()

    page.get_by_role("button", name="Verstuur het formulier").click()
    expect(page.locator("#fouten")).to_be_focused()
    expect(page).to_have_title(re.compile("^Fout:"))
    problems = page.locator("#fouten a")
    expect(problems).to_have_count(9)
    expect_shown(page, "directie.naam", "Zoë Łukasiewicz")
    problems.first.click()
    expect(field(page, "ap5.aanbod.a1_naam").locator(".control")).to_be_focused()

    enter_all(page, rest)
    page.get_by_role("button", name="Verstuur het formulier").dblclick()
    confirm_sending(page)
    expect(page).to_have_url(re.compile("/ingediend/"))
    expect(page.locator("#kenmerk")).to_have_text(re.compile(r"^BAO-2024-\d{6}$"))
    pdf_link = page.locator("#pdf-link")
    expect(pdf_link).to_be_visible(timeout=60_000)
    expect(pdf_link).to_have_text(f"schoolondersteuningsprofiel-99ZZ-{branch}-2026-2027.pdf")
    answered = page.request.get(str(pdf_link.evaluate("link => link.href")))
    assert answered.headers["content-type"] == "application/pdf"
    definitive = tmp_path / "definitive.pdf"
    definitive.write_bytes(answered.body())

    reader = PdfReader(definitive)
    assert len(reader.pages) == 10
    assert reader.is_encrypted
    assert "/AcroForm" not in reader.root_object
    text = subprocess.run(
        ["pdftotext", "-layout", str(definitive), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Zoë Łukasiewicz", "19,25", "0,75", "205"):
        assert words in text
    assert "Vier tekens: twee cijfers en twee letters" not in text
    check = subprocess.run(["qpdf", "--check", str(definitive)], capture_output=True, check=False)
    assert check.returncode == 0, check.stdout

    form = documents.open_form(TEMPLATE, Limits())
    received = documents.receive(form, definitive.read_bytes(), Limits())
    wanted = {**profile, "directie.naam": "Zoë Łukasiewicz"}
    assert {name: received.values.get(name) for name, value in wanted.items() if value != ""} == {
        name: value for name, value in wanted.items() if value != ""
    }

    page.goto(link)
    expect(page.get_by_text("ingediend").first).to_be_visible()
    expect(page.locator("#formulier")).to_have_count(0)


def filled_by_pypdf(values: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=TEMPLATE / "template.pdf")
    for sheet in writer.pages:
        writer.update_page_form_field_values(sheet, values, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_filled_in_elsewhere_becomes_a_draft(
    page: Page, served: Served, tmp_path: Path
) -> None:
    filled = tmp_path / "ingevuld.pdf"
    filled.write_bytes(
        filled_by_pypdf(
            {
                "school.naam": "De Vlinder",
                "ap4.fte.leraar": "19.25",
                "ib.dag.ma": "/Ja",
                "kengetal.groepen": "veel",
                "profiel.versiedatum": "1-2-2024",
            }
        )
    )
    open_form(page, served)
    page.locator("summary", has_text="pload").first.click()
    page.locator('input[type="file"]').first.set_input_files(filled)
    page.get_by_role("button", name=re.compile("[Uu]pload")).first.click()
    expect(page.get_by_role("heading", name="Uw PDF is ingelezen")).to_be_visible()
    expect_shown(page, "school.naam", "De Vlinder")
    expect_shown(page, "ap4.fte.leraar", "19,25")
    expect_shown(page, "profiel.versiedatum", "01-02-2024")
    expect(field(page, "ib.dag.ma").locator("input").first).to_be_checked()
    report = page.locator("section", has=page.locator("#upload-kop"))
    expect(report.locator("a")).to_have_count(1)
    expect(report).to_contain_text("Aantal groepen")
    enter(page, "kengetal.groepen", "9")
    link = save(page)
    close_dialog(page)
    page.goto(link)
    expect_shown(page, "kengetal.groepen", "9")
    expect_shown(page, "school.naam", "De Vlinder")
