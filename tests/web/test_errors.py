"""Every error is a clear page with the right status, the same as JSON for scripts; no traceback."""

from __future__ import annotations

import logging

import pytest

from pipeline import errors
from pipeline.errors import FormpressError
from pipeline.flow.desk import Desk
from tests.web.site import JSON, Website
from web.explanations import EXPLANATIONS, explain

STATUSES = {
    "unknown_form": 404,
    "unknown_link": 404,
    "expired_link": 410,
    "withdrawn_link": 410,
    "deleted_draft": 410,
    "would_supersede": 409,
    "mail": 503,
    "too_many_mails": 429,
    "not_a_link": 422,
    "other_form": 422,
    "already_submitted": 409,
    "template_changed": 409,
    "edit_conflict": 409,
    "would_void_approval": 409,
    "unknown_approval": 404,
    "approval_too_early": 409,
    "approval_over": 410,
    "submission": 422,
    "not_a_pdf": 422,
    "encrypted": 422,
    "dynamic_xfa": 422,
    "no_fields": 422,
    "other_edition": 422,
    "too_large": 413,
    "took_too_long": 422,
    "proof": 500,
    "not_ready": 404,
    "storage": 503,
}
NOT_FOR_PEOPLE = {
    "columns", "document", "error", "form_definition", "link", "not_archivable", "page_overflow",
    "settings", "values",
}  # fmt: skip
"""Branches of the tree, faults of an installation (told in general) and of a table of rows, and
what only a command or a job meets (its submission's page tells that)."""


def codes() -> set[str]:
    def below(kind: type[FormpressError]) -> set[str]:
        return {kind.code}.union(*(below(each) for each in kind.__subclasses__()))

    of_the_command_line = below(errors.BatchError)
    return {
        code
        for code in below(FormpressError) - of_the_command_line
        if any(getattr(each, "code", None) == code for each in vars(errors).values())
    }


def test_every_error_has_its_explanation_and_status() -> None:
    assert codes() - NOT_FOR_PEOPLE == set(STATUSES)
    for code, status in STATUSES.items():
        assert EXPLANATIONS[code].status == status
    assert explain(errors.SettingsError()).status == 500


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nergens", 404, "Deze pagina bestaat niet"),
        ("/formulier/nergens", 404, "Dit formulier bestaat niet"),
        ("/formulier/proef/" + 32 * "a", 404, "Deze link opent geen formulier"),
        ("/formulier/proef/te-kort", 404, "Deze link opent geen formulier"),
        ("/ingediend/" + 32 * "a", 404, "Deze link opent geen formulier"),
        ("/ingediend/" + 32 * "a" + "/status", 404, "Deze link opent geen formulier"),
    ],
)
def test_an_address_that_opens_nothing(
    site: Website, address: str, status: int, words: str
) -> None:
    page = site.client.get(address)
    assert page.status_code == status
    assert words in page.get_data(as_text=True)
    assert "<title>Fout:" in page.get_data(as_text=True)
    as_json = site.client.get(address, headers=JSON)
    assert as_json.status_code == status
    assert words in as_json.get_json()["error"]["message"]


def test_the_wrong_method_is_405_and_says_which_is_right(site: Website) -> None:
    answer = site.client.post("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_link_of_another_form_opens_nothing(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan")
    token = page.address.rpartition("/")[2]
    assert site.client.get(f"/formulier/sommen/{token}").status_code == 404


def test_an_expired_link_is_410(site: Website) -> None:
    page = site.new("proef")
    page.press("opslaan")
    site.later(days=61)
    for answer in (site.client.get(page.address), page.press("opslaan"), page.press("versturen")):
        assert answer.status_code == 410
        assert "verlopen" in answer.get_data(as_text=True)


def test_a_page_of_another_edition_is_refused_before_anything_is_stored(site: Website) -> None:
    page = site.new("proef")
    posted = page.values()
    posted["sjabloon"] = 64 * "0"
    for button in ("opslaan", "versturen", "controleer", "voorbeeld"):
        answer = page.press(button, posted)
        assert answer.status_code == 409, button
        assert "een andere uitgave" in answer.get_data(as_text=True)
    assert site.client.get(page.address).status_code == 404


def test_a_bug_is_a_page_without_a_traceback_and_a_log_without_a_token(
    site: Website, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError("geheim")

    monkeypatch.setattr(Desk, "open_draft", bug)
    token = 32 * "t"
    with caplog.at_level(logging.DEBUG):
        answer = site.client.get(f"/formulier/proef/{token}")
    assert answer.status_code == 500
    text = answer.get_data(as_text=True)
    assert "Er ging bij ons iets mis" in text
    assert "Traceback" not in text
    assert "geheim" not in text
    assert "ZeroDivisionError" in caplog.text
    assert token not in caplog.text


def test_no_page_logs_a_token(site: Website, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        page = site.new("proef")
        page.press("opslaan", page.filled(name="De Boom"))
        page.send(page.filled(name="De Boom", agreed="Yes"))
        site.client.get(page.address)
    assert page.address.rpartition("/")[2] not in caplog.text


def test_more_fields_than_a_browser_form_usually_has_are_no_error(site: Website) -> None:
    page = site.new("proef")
    posted = page.values()
    for number in range(3000):
        posted[f"rest{number}"] = "x"
    assert page.press("controleer", posted).status_code == 200
