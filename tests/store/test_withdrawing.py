"""Links that are taken back, and forms that are deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.errors import (
    AlreadySubmitted,
    DeletedDraft,
    FormpressError,
    UnknownLink,
    WithdrawnLink,
)
from pipeline.flow.links import submission_token
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_pdf
from tests.store.test_link_mail import letters, saved

NEW_LINK = "https://forms.example.org/new"


def ways_in(office: Office, token: str) -> list[Callable[[], object]]:
    """Everything that somebody with a link can try."""
    desk = office.desk
    return [
        lambda: desk.open_draft(FORM_ID, token),
        lambda: desk.save_draft(FORM_ID, token, {"school": "stranger"}, None),
        lambda: desk.send(FORM_ID, token, ANSWERS),
        lambda: desk.take_upload(FORM_ID, token, "x.pdf", small_form_pdf()),
        lambda: desk.mail_link(FORM_ID, token, "a@example.org", "x", False),
        lambda: desk.stop_reminding(FORM_ID, token),
        lambda: desk.confirmation(FORM_ID, token),
    ]


def test_a_withdrawn_link_opens_nothing_and_begins_nothing(office: Office) -> None:
    old, new = saved(office), office.desk.new_token()
    before = office.desk.open_draft(FORM_ID, old)
    office.clock.pass_time(days=3)
    draft = office.desk.withdraw_link(FORM_ID, old, new, NEW_LINK)
    assert (draft.id, draft.values, draft.version) == (before.id, before.values, before.version)
    assert draft.expires_at == before.expires_at
    for attempt in ways_in(office, old):
        with pytest.raises(WithdrawnLink):
            attempt()
    assert office.desk.open_draft(FORM_ID, new) == draft


def test_the_sent_forms_link_follows_from_the_new_link_only(office: Office) -> None:
    old, new = saved(office), office.desk.new_token()
    office.desk.withdraw_link(FORM_ID, old, new, NEW_LINK)
    sent = office.desk.send(FORM_ID, new, ANSWERS)
    assert sent.token == submission_token(new)
    assert office.desk.submission(sent.token).reference == sent.reference
    with pytest.raises(UnknownLink):
        office.desk.submission(submission_token(old))
    with pytest.raises(AlreadySubmitted):
        office.desk.withdraw_link(FORM_ID, new, office.desk.new_token(), NEW_LINK)
    assert office.desk.submission(sent.token).reference == sent.reference


def test_a_second_click_finds_the_link_withdrawn(office: Office) -> None:
    old, new = saved(office), office.desk.new_token()
    first = office.desk.withdraw_link(FORM_ID, old, new, NEW_LINK)
    assert office.desk.withdraw_link(FORM_ID, old, new, NEW_LINK) == first
    with pytest.raises(UnknownLink):
        office.desk.withdraw_link(FORM_ID, old, office.desk.new_token(), NEW_LINK)


def test_the_reminder_speaks_of_the_new_link(office: Office) -> None:
    old, new = saved(office), office.desk.new_token()
    office.desk.mail_link(FORM_ID, old, "anna@example.org", "https://old/" + old, True)
    office.desk.withdraw_link(FORM_ID, old, new, NEW_LINK)
    office.clock.pass_time(days=54)
    assert office.desk.send_due_letters() == 1
    newest = office.mails()[-1].get_content()
    assert NEW_LINK in newest
    assert old not in newest


def test_a_deleted_form_is_gone_at_once_with_its_uploads(office: Office) -> None:
    token = office.desk.new_token()
    office.desk.take_upload(FORM_ID, token, "filled.pdf", small_form_pdf())
    office.desk.mail_link(FORM_ID, token, "anna@example.org", "x", True)
    assert len(office.stored("uploads")) == 1
    office.desk.delete_draft(FORM_ID, token)
    office.desk.delete_draft(FORM_ID, token)
    assert office.stored("uploads") == []
    assert letters(office) == []
    for attempt in ways_in(office, token):
        with pytest.raises(DeletedDraft):
            attempt()


def test_what_was_sent_cannot_be_deleted(office: Office) -> None:
    token = office.desk.new_token()
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    with pytest.raises(AlreadySubmitted):
        office.desk.delete_draft(FORM_ID, token)
    assert office.desk.submission(sent.token).values["school"] == "De Boom"


def test_nobody_begins_from_a_deleted_form(office: Office) -> None:
    token = saved(office)
    office.desk.delete_draft(FORM_ID, token)
    with pytest.raises(FormpressError):
        office.desk.begin_with_link(FORM_ID, office.desk.new_token(), token)
