"""The link by a real mail server, how many may go, the reminder, and what is left of it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.errors import AlreadySubmitted, MailError, TooManyMails, UnknownLink
from pipeline.flow.link_mail import MOST_OF_A_DRAFT, MOST_TO_AN_ADDRESS
from pipeline.store.files import FileStore
from pipeline.store.mail import open_mailer
from pipeline.store.records import LetterRecord, SentMail
from tests.store.mail_server import MailServer, mail_server
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID

ANNA = "anna@example.org"
LINK = "https://forms.example.org/formulier/small-form/"


@pytest.fixture
def server(office: Office, tmp_path: Path) -> Iterator[MailServer]:
    """The office's mail goes to this server from now on."""
    with mail_server() as running:
        office.mailer = open_mailer(running.url, "forms@example.org", FileStore(tmp_path / "none"))
        yield running


def saved(office: Office) -> str:
    token = office.desk.new_token()
    office.desk.save_draft(FORM_ID, token, {"school": "De Boom"}, None)
    return token


def mail_to(office: Office, token: str, address: str = ANNA, remind: bool = False) -> None:
    office.desk.mail_link(FORM_ID, token, address, LINK + token, remind)


def letters(office: Office) -> list[LetterRecord]:
    with office.sessions() as session:
        return list(session.scalars(select(LetterRecord)))


def test_the_link_goes_to_whoever_asks_and_the_address_is_forgotten(
    office: Office, server: MailServer
) -> None:
    token = saved(office)
    mail_to(office, token)
    (mail,) = server.received
    assert mail["To"] == ANNA
    assert mail["Subject"] == "Your link: Small form"
    text = mail.get_content()
    assert LINK + token in text
    assert "30 April 2026" in text
    assert "your address was not kept" in text
    assert letters(office) == []
    assert b"anna" not in everything_stored(office)


def test_only_a_draft_that_is_there_and_was_not_sent(office: Office, server: MailServer) -> None:
    with pytest.raises(UnknownLink):
        mail_to(office, office.desk.new_token())
    token = saved(office)
    office.desk.send(FORM_ID, token, ANSWERS)
    with pytest.raises(AlreadySubmitted):
        mail_to(office, token)
    assert server.received == []


def test_a_draft_sends_so_many_mails_in_an_hour(office: Office, server: MailServer) -> None:
    token = saved(office)
    for number in range(MOST_OF_A_DRAFT):
        mail_to(office, token, f"person{number}@example.org")
        office.clock.pass_time(minutes=1)
    with pytest.raises(TooManyMails):
        mail_to(office, token)
    mail_to(office, saved(office))
    office.clock.pass_time(minutes=56)
    mail_to(office, token)
    assert len(server.received) == MOST_OF_A_DRAFT + 2


def test_an_address_gets_so_many_mails_in_an_hour_whatever_the_draft(
    office: Office, server: MailServer
) -> None:
    for _ in range(MOST_TO_AN_ADDRESS):
        mail_to(office, saved(office))
    with pytest.raises(TooManyMails):
        mail_to(office, saved(office), "Anna@Example.org")
    mail_to(office, saved(office), "bert@example.org")


def test_a_refused_address_counts_and_a_server_that_is_away_does_not(
    office: Office, server: MailServer, tmp_path: Path
) -> None:
    token = saved(office)
    server.refused.add(ANNA)
    with pytest.raises(MailError) as caught:
        mail_to(office, token)
    assert caught.value.data["why"] == "refused"
    assert counted(office) == 1
    office.mailer = open_mailer("smtp://127.0.0.1:1", "a@b.c", FileStore(tmp_path))
    with pytest.raises(MailError):
        mail_to(office, token, remind=True)
    assert counted(office) == 1
    assert letters(office) == [], "nobody is reminded of a link that never came"


def test_a_reminder_goes_once_seven_days_before_the_end(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    assert "we keep your address, encrypted" in server.received[0].get_content()
    (letter,) = letters(office)
    assert ANNA not in letter.sealed
    assert token not in letter.sealed
    assert b"anna" not in everything_stored(office)
    office.clock.pass_time(days=52)
    assert office.desk.send_due_letters() == 0
    office.clock.pass_time(days=1)
    assert office.desk.send_due_letters() == 1
    assert office.desk.send_due_letters() == 0
    assert letters(office) == []
    mail = server.received[-1]
    assert (mail["To"], mail["Subject"]) == (ANNA, "Your link expires on 30 April 2026: Small form")
    assert LINK + token in mail.get_content()
    assert len(server.received) == 2


def test_a_save_moves_the_reminder_along(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    office.clock.pass_time(days=50)
    draft = office.desk.save_draft(FORM_ID, token, {"school": "De Linde"}, None)
    assert draft.reminder_at is not None
    assert (draft.expires_at - draft.reminder_at).days == 7
    office.clock.pass_time(days=52)
    assert office.desk.send_due_letters() == 0
    office.clock.pass_time(days=1)
    assert office.desk.send_due_letters() == 1


def test_consent_can_be_taken_back(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    assert office.desk.stop_reminding(FORM_ID, token).reminder_at is None
    assert letters(office) == []
    office.clock.pass_time(days=54)
    assert office.desk.send_due_letters() == 0


def test_what_was_sent_needs_no_reminder(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    office.desk.send(FORM_ID, token, ANSWERS)
    assert letters(office) == []


def test_a_reminder_that_fails_is_tried_three_times(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    server.refused.add(ANNA)
    office.clock.pass_time(days=54)
    assert [office.desk.send_due_letters() for _ in range(2)] == [0, 0]
    assert [letter.attempts for letter in letters(office)] == [2]
    server.refused.clear()
    assert office.desk.send_due_letters() == 1

    mail_to(office, token, remind=True)
    server.refused.add(ANNA)
    assert [office.desk.send_due_letters() for _ in range(3)] == [0, 0, 0]
    assert letters(office) == [], "given up, and the address is gone"


def test_a_letter_that_somebody_sends_is_left_to_them(office: Office, server: MailServer) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    office.clock.pass_time(days=54)
    with office.sessions.begin() as session:
        session.scalars(select(LetterRecord)).one().claimed_at = office.clock.now
    assert office.desk.send_due_letters() == 0
    office.clock.pass_time(minutes=11)
    assert office.desk.send_due_letters() == 1, "whoever claimed it is gone"


def test_with_another_key_a_letter_says_nothing_and_is_dropped(
    office: Office, server: MailServer
) -> None:
    token = saved(office)
    mail_to(office, token, remind=True)
    office.settings.key_file.unlink()
    office.clock.pass_time(days=54)
    assert office.new_desk().send_due_letters() == 0
    assert letters(office) == []


def counted(office: Office) -> int:
    with office.sessions() as session:
        return len(session.scalars(select(SentMail)).all())


def everything_stored(office: Office) -> bytes:
    """All files of the database, its journal as well."""
    folder = office.settings.data_dir
    return b"".join(path.read_bytes() for path in folder.glob("formpress.sqlite*")).lower()
