"""What is over is deleted, and nothing else."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import JSON, select

from pipeline.cli import main
from pipeline.errors import ExpiredLink
from pipeline.flow.purging import Purged, purge
from pipeline.store.records import DraftRecord, Emptied, SentMail, UploadRecord
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_pdf


def uploaded(office: Office) -> str:
    token = office.desk.new_token()
    office.desk.take_upload(FORM_ID, token, "filled.pdf", small_form_pdf())
    return token


def drafts(office: Office) -> list[DraftRecord]:
    with office.sessions() as session:
        return list(session.scalars(select(DraftRecord)))


def test_of_an_expired_draft_only_a_row_without_content_stays(office: Office) -> None:
    token = uploaded(office)
    office.desk.save_draft(FORM_ID, token, {"school": "De Boom"}, None)
    with office.sessions.begin() as session:
        record = session.scalars(select(DraftRecord)).one()
        record.previous_values = {"school": "Last year"}
        record.carried = {"origin": "last_year"}
    office.clock.pass_time(days=61)
    assert office.desk.purge() == Purged(drafts=1, uploads=1)
    (record,) = drafts(office)
    assert record.emptied is Emptied.EXPIRED
    contents = [
        getattr(record, column.key)
        for column in DraftRecord.__table__.columns
        if isinstance(column.type, JSON)
    ]
    assert [each for each in contents if each] == []
    assert office.stored("uploads") == []
    with pytest.raises(ExpiredLink):
        office.desk.open_draft(FORM_ID, token)
    with pytest.raises(ExpiredLink):
        office.desk.save_draft(FORM_ID, token, {"school": "x"}, None)
    assert office.desk.purge() == Purged()


def test_what_is_not_over_stays(office: Office) -> None:
    old, token = uploaded(office), uploaded(office)
    office.clock.pass_time(days=59)
    office.desk.save_draft(FORM_ID, token, {"school": "De Boom"}, None)
    office.clock.pass_time(days=2)
    assert office.desk.purge() == Purged(drafts=1, uploads=1)
    assert office.desk.open_draft(FORM_ID, token).values["school"] == "De Boom"
    assert len(office.stored("uploads")) == 1
    with pytest.raises(ExpiredLink):
        office.desk.open_draft(FORM_ID, old)


def test_what_was_sent_outlives_its_draft(office: Office) -> None:
    token = uploaded(office)
    sent = office.desk.send(FORM_ID, token, ANSWERS)
    office.work()
    pdf = office.desk.submission_pdf(sent.token)
    office.clock.pass_time(days=400)
    assert office.desk.purge() == Purged(drafts=1, uploads=1)
    view = office.desk.submission(sent.token)
    assert view.values["school"] == "De Boom"
    assert office.desk.submission_pdf(sent.token) == pdf
    later = office.desk.new_token()
    office.desk.begin_version(sent.token, later)
    assert office.desk.open_draft(FORM_ID, later).values["school"] == "De Boom"


def test_files_that_no_row_speaks_of_go_after_an_hour_and_only_from_quarantine(
    office: Office,
) -> None:
    now = office.clock.now = datetime.now(UTC)
    sent = office.send()
    office.work()
    uploaded(office)
    office.files.put("uploads/ab/abcd.pdf", b"left behind")
    office.files.put("uploads/ab/abce.pdf", b"just now")
    office.files.put("submissions/ab/abcd.pdf", b"from another copy of the database")
    for key, age in (("uploads/ab/abcd.pdf", 2), ("submissions/ab/abcd.pdf", 2)):
        moment = (now - timedelta(hours=age)).timestamp()
        os.utime(office.files.folder / key, (moment, moment))
    dry = purge(office.sessions, office.files, now, dry_run=True)
    assert dry.orphans == 1
    assert office.files.exists("uploads/ab/abcd.pdf")
    assert purge(office.sessions, office.files, now).orphans == 1
    assert not office.files.exists("uploads/ab/abcd.pdf")
    assert office.files.exists("uploads/ab/abce.pdf")
    assert office.files.exists("submissions/ab/abcd.pdf")
    assert len(office.stored("uploads")) == 2
    assert office.desk.submission_pdf(sent)[1].startswith(b"%PDF")


def test_counts_of_mails_are_kept_for_an_hour(office: Office) -> None:
    token = uploaded(office)
    office.desk.mail_link(FORM_ID, token, "anna@example.org", "x", False)
    office.clock.pass_time(minutes=59)
    assert office.desk.purge().counted_mails == 0
    office.clock.pass_time(minutes=2)
    assert office.desk.purge().counted_mails == 1
    with office.sessions() as session:
        assert session.scalars(select(SentMail)).all() == []


def test_more_than_a_batch_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.purging._AT_ONCE", 2)
    for _ in range(5):
        office.desk.save_draft(FORM_ID, office.desk.new_token(), {"school": "x"}, None)
    office.clock.pass_time(days=61)
    assert office.desk.purge() == Purged(drafts=5)


def test_the_command_counts_and_deletes(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.clock.now = datetime.now(UTC) - timedelta(days=70)
    uploaded(office)
    data = str(office.settings.data_dir)
    assert main(["purge", "--data", data, "--dry-run"]) == 0
    counted = capsys.readouterr().out
    assert "expired drafts: 1\ntheir uploads: 1\n" in counted
    assert [record.emptied for record in drafts(office)] == [None]
    assert main(["purge", "--data", data]) == 0
    assert capsys.readouterr().out.startswith("expired drafts: 1\ntheir uploads: 1\n")
    assert [record.emptied for record in drafts(office)] == [Emptied.EXPIRED]
    with office.sessions() as session:
        assert session.scalars(select(UploadRecord)).all() == []
    assert office.stored("uploads") == []
