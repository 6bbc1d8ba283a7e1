"""The internal route by link: a school asks its council and its board; they read and decide."""

from __future__ import annotations

import re
import subprocess
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from pipeline.flow.documents import open_form
from pipeline.model.limits import Limits
from tests.conftest import at_both_sizes
from tests.e2e.conftest import ROOT, Served
from tests.e2e.school import confirm_sending, enter, enter_all, expect_shown, field, realistic

APPROVALS = open_form(ROOT / "pdf_templates" / "bao-2024", Limits()).template.definition.approvals
BY_APPROVERS = {name for approval in APPROVALS for name in approval.fields}


def approver_link(served: Served) -> str:
    """Out of the last mail; the submitter's pages never show it."""
    for path in sorted((served.data / "mail").glob("*.eml"), reverse=True):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        if found := re.search(r"http\S+/advies/\S+", mail.get_content()):
            return found[0]
    raise AssertionError("no mail to an approver")


def ask(page: Page, approval_id: str) -> None:
    step = page.locator(".route-step", has=page.locator(f"#adres-{approval_id}"))
    step.locator("summary", has_text="met een link").click()
    step.get_by_label("E-mailadres").fill("iemand@school.example")
    step.get_by_role("button", name="Sla op en mail de link").click()
    expect(page.locator(".route-step.is-current")).to_contain_text("Er is nog geen antwoord")


def decide(browser: Browser, link: str, verdict: str, **given: str) -> Page:
    """On the approver's own machine, without scripts."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(link)
    page.get_by_label(verdict, exact=True).check()
    for name, text in given.items():
        page.locator(f"#o-{name}").fill(text)
    page.get_by_role("button", name="Leg mijn besluit vast").click()
    expect(page.get_by_role("heading", name="Uw besluit is vastgelegd")).to_be_visible()
    return page


@at_both_sizes
def test_council_and_board_decide_by_link_and_a_change_voids_it(
    page: Page, browser: Browser, served: Served, tmp_path: Path
) -> None:
    branch = "07" if page.viewport_size == {"width": 1280, "height": 900} else "08"
    profile = {name: value for name, value in realistic().items() if name not in BY_APPROVERS}
    page.goto(f"{served.url}/formulier/bao-2024")
    enter_all(page, {**profile, "school.vestiging": branch, "ap5.aanbod.a1_naam": ""})
    page.locator("#opslaan").click()
    page.get_by_role("button", name="Verder invullen").click()

    page.locator(".route-ask summary").first.click()
    page.locator("#adres-mr").fill("mr@school.example")
    page.get_by_role("button", name="Sla op en mail de link").click()
    expect(page.locator("#fouten")).to_be_focused()
    page.locator("#fouten a").click()
    expect(field(page, "ap5.aanbod.a1_naam").locator(".control")).to_be_focused()
    enter(page, "ap5.aanbod.a1_naam", profile["ap5.aanbod.a1_naam"])
    page.get_by_role("button", name="Sla op en mail de link").click()
    expect(page.locator(".route-step.is-current")).to_contain_text("Er is nog geen antwoord")
    draft = page.url.partition("#")[0]

    council = approver_link(served)
    assert council not in page.content()
    remark = "Graag volgend jaar meer over de instroomgroep."
    page_of_council = decide(
        browser, council, "Positief, met opmerkingen", remark=remark, name="Zoë Łukasiewicz"
    )
    page.goto(draft)
    expect_shown(page, "mr.toelichting", remark)
    expect(field(page, "mr.voorzitter").locator(".control")).not_to_be_editable()
    ask(page, "bestuur")
    board = {"name": "Th. Ramaekers", "role": "Bestuurder"}
    agreed = "Ja: Het bestuur heeft dit profiel gevalideerd"
    decide(browser, approver_link(served), agreed, **board)

    page.goto(draft)
    enter(page, "school.straat", "Kerkstraat")
    expect(page.locator("#opslag")).to_contain_text("dan vervalt: Advies van de medezeggenschaps")
    page.locator("#opslaan").click()
    expect(page.locator("#vervallen")).to_contain_text("Validatie door het schoolbestuur")
    page.get_by_role("button", name="Verder invullen").click()
    expect(page.locator("#route")).to_contain_text("het formulier is daarna gewijzigd")
    expect_shown(page, "mr.voorzitter", "")
    page_of_council.reload()
    expect(page_of_council.get_by_role("heading", name="Deze vraag is vervallen")).to_be_visible()

    ask(page, "mr")
    decide(browser, approver_link(served), "Positief", name="Zoë Łukasiewicz")
    page.goto(draft)
    ask(page, "bestuur")
    decide(browser, approver_link(served), agreed, **board)
    page.goto(draft)
    expect(page.locator(".route-step.is-current")).to_contain_text("Versturen")
    page.get_by_role("button", name="Verstuur het formulier").click()
    confirm_sending(page)
    pdf_link = page.locator("#pdf-link")
    expect(pdf_link).to_be_visible(timeout=60_000)
    definitive = tmp_path / "definitive.pdf"
    definitive.write_bytes(page.request.get(str(pdf_link.evaluate("link => link.href"))).body())
    text = subprocess.run(
        ["pdftotext", "-layout", str(definitive), "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Kerkstraat", "Zoë Łukasiewicz", "Th. Ramaekers", "Bestuurder"):
        assert words in text
    assert remark not in text
    page.reload()
    expect(page.locator(".route-step.is-done")).to_have_count(5)
