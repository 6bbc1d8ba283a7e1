"""Sending: what is asked before, what is said besides, and a later version of the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pipeline.errors import AlreadySubmitted, EditConflict, SubmissionError, WouldSupersede
from pipeline.flow.sending import Consent
from pipeline.store.records import SubmissionRecord
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID
from tests.store.test_link_mail import letters

PAGE = "https://forms.example.org/ingediend/abc"
DOCUMENTS = "https://forms.example.org/document"


def filled(office: Office, **more: object) -> str:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, {**ANSWERS, **more}, None)
    return token


def rows(office: Office) -> list[SubmissionRecord]:
    with office.sessions() as session:
        found = select(SubmissionRecord).order_by(SubmissionRecord.reference)
        return list(session.scalars(found))


def test_before_sending_it_is_checked_and_nothing_happens(office: Office) -> None:
    token = filled(office)
    asked = office.desk.confirmation(FORM_ID, token)
    assert (asked.supersedes, asked.draft.version) == (None, 1)
    assert rows(office) == []
    with pytest.raises(SubmissionError) as caught:
        office.desk.confirmation(FORM_ID, filled(office, school=""))
    assert [each.field for each in caught.value.problems] == ["school"]
    office.desk.send(FORM_ID, token, ANSWERS)
    with pytest.raises(AlreadySubmitted):
        office.desk.confirmation(FORM_ID, token)


def test_a_form_of_the_same_key_replaces_only_what_was_agreed_to(office: Office) -> None:
    first = office.desk.send(FORM_ID, filled(office), ANSWERS, consent=Consent())
    token = filled(office)
    asked = office.desk.confirmation(FORM_ID, token)
    assert asked.supersedes is not None
    assert asked.supersedes.reference == first.reference
    assert asked.supersedes.submitted_at == first.submitted_at
    for consent in (Consent(), Consent(supersedes="SMALL-000009")):
        with pytest.raises(WouldSupersede) as caught:
            office.desk.send(FORM_ID, token, ANSWERS, consent=consent)
        assert caught.value.data["reference"] == first.reference
    assert len(rows(office)) == 1
    agreed = Consent(supersedes=first.reference)
    second = office.desk.send(FORM_ID, token, ANSWERS, consent=agreed)
    old, new = rows(office)
    assert (new.reference, new.replaces_id) == (second.reference, old.id)
    assert new.reference == "SMALL-000002", "what was refused took no number"


def test_another_key_replaces_nothing(office: Office) -> None:
    office.send()
    token = filled(office, school="De Linde")
    assert office.desk.confirmation(FORM_ID, token).supersedes is None
    office.desk.send(FORM_ID, token, {**ANSWERS, "school": "De Linde"}, consent=Consent())


def test_what_somebody_saved_after_the_question_is_not_sent(office: Office) -> None:
    token = filled(office)
    shown = office.desk.confirmation(FORM_ID, token).draft.version
    office.desk.save_draft(FORM_ID, token, {**ANSWERS, "note": "theirs"}, None)
    with pytest.raises(EditConflict):
        office.desk.send(FORM_ID, token, ANSWERS, consent=Consent(version=shown))
    assert office.desk.open_draft(FORM_ID, token).values["note"] == "theirs"
    assert rows(office) == []


def test_the_superseded_form_knows_the_newest(office: Office) -> None:
    first = office.send()
    assert office.desk.successor(first) is None
    second, third = office.send(), office.send()
    newest = office.desk.submission(third).reference
    for token in (first, second):
        found = office.desk.successor(token)
        assert found is not None
        assert found.reference == newest
    assert office.desk.successor(third) is None


def test_a_new_version_begins_with_what_was_sent(office: Office) -> None:
    sent, token = office.send(), office.desk.new_token()
    assert office.desk.begin_version(sent, token) == FORM_ID
    draft = office.desk.open_draft(FORM_ID, token)
    wanted = office.desk.submission(sent).values
    assert wanted.pop("agreed") is True
    assert {name: draft.values[name] for name in wanted} == wanted
    assert draft.values["agreed"] is False, "it was agreed to what was sent"
    assert draft.carried is not None
    assert draft.carried.left_out == ("agreed",)
    office.desk.save_draft(FORM_ID, token, {**ANSWERS, "note": "new"}, None)
    office.desk.begin_version(sent, token)
    assert office.desk.open_draft(FORM_ID, token).values["note"] == "new", "a second click"


def test_name_and_remark_stay_and_the_address_goes_with_the_receipt(office: Office) -> None:
    consent = Consent(
        name="Zoë",
        remark="één\ntwee",
        address="anna@example.org",
        page_link=PAGE,
        documents_of=lambda each: f"{DOCUMENTS}/{each}",
    )
    sent = office.desk.send(FORM_ID, filled(office), ANSWERS, consent=consent)
    (record,) = rows(office)
    assert (record.sender_name, record.remark) == ("Zoë", "één\ntwee")
    (letter,) = letters(office)
    assert "anna" not in letter.sealed
    assert office.desk.send_due_letters() == 0
    assert not office.desk.send_receipt(record.id), "the PDF is not there yet"
    office.work()
    assert office.desk.send_receipt(record.id)
    assert not office.desk.send_receipt(record.id)
    assert letters(office) == []
    (mail,) = office.mails()
    assert mail["To"] == "anna@example.org"
    text = mail.get_content()
    for words in (sent.reference, PAGE, f"{DOCUMENTS}/{record.id}/small-De-Boom.pdf"):
        assert words in text
    pdf = office.desk.submission_pdf(sent.token)[1]
    assert b"Zo" not in pdf
    assert b"een" not in pdf


def test_a_receipt_that_fails_goes_with_the_next_sweep(office: Office) -> None:
    consent = Consent(address="anna@example.org", page_link=PAGE)
    office.desk.send(FORM_ID, filled(office), ANSWERS, consent=consent)
    office.work()
    assert office.desk.send_due_letters() == 1
    assert office.desk.send_due_letters() == 0
