"""Fields that Formpress fills in itself when a form is sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pikepdf import String

from pipeline.errors import FormDefinitionError, SubmissionError
from pipeline.flow import documents
from pipeline.flow.documents import Receipt
from pipeline.pdf.field_reader import READ_ONLY
from tests.pdf.forms import form_of, received, submitted
from tests.pdf.judges import page_text
from tests.pdf.small_forms import Sheet

SYSTEM = '[system]\n"sys.ref" = "reference"\n"sys.at" = "submitted_at"\n'
RECEIPT = Receipt("FP-2026-000007", datetime(2026, 7, 1, 22, 5, tzinfo=UTC))


def sheet(flags: int = READ_ONLY) -> bytes:
    page = Sheet()
    page.text("name", TU=String("Naam"))
    page.text("sys.ref", (40, 40, 200, 60), Ff=flags)
    page.text("sys.at", (40, 10, 200, 30), Ff=flags)
    return page.bytes()


def test_they_are_painted_when_a_form_is_finished() -> None:
    form = form_of(sheet(), f'language = "nl"\n{SYSTEM}')
    final = documents.finish_open(form, submitted(form, {"name": "Anna"}), RECEIPT)
    words = page_text(final)
    assert "FP-2026-000007" in words
    assert "02-07-2026 00:05" in words  # in Amsterdam, in summer


def test_a_moment_is_written_as_iso_where_the_form_is_not_dutch() -> None:
    form = form_of(sheet(), f'time_zone = "America/New_York"\n{SYSTEM}')
    final = documents.finish_open(form, submitted(form, {}), RECEIPT)
    assert "2026-07-01 18:05" in page_text(final)


def test_without_a_receipt_they_stay_empty() -> None:
    form = form_of(sheet(), SYSTEM)
    final = documents.finish(form, submitted(form, {"name": "Anna"}))
    assert "FP-" not in page_text(final)


@pytest.mark.parametrize("receipt", [Receipt(), RECEIPT])
def test_they_are_nobodys_answers(receipt: Receipt) -> None:
    form = form_of(sheet(), SYSTEM)
    sent = submitted(form, {"name": "Anna"})
    final = documents.finish(form, sent, receipt=receipt)
    assert received(form, final) == sent.values == {"name": "Anna"}
    assert [rule["name"] for rule in documents.field_rules(form)] == ["name"]


def test_nobody_can_set_them() -> None:
    form = form_of(sheet(), SYSTEM)
    with pytest.raises(SubmissionError) as caught:
        submitted(form, {"sys.ref": "MINE"})
    assert [(each.field, each.code) for each in caught.value.problems] == [
        ("sys.ref", "not_fillable")
    ]


def test_a_field_that_people_may_type_in_cannot_be_one() -> None:
    with pytest.raises(FormDefinitionError) as caught:
        form_of(sheet(flags=0), SYSTEM)
    assert caught.value.data["where"] == "system.sys.ref"
    assert caught.value.data["file"] == "small/form.toml:2"
