"""Mails that go later: the reminder of a draft, the receipt of a submission.

Each is a row that holds address and link, sealed. It is claimed before it goes and deleted when
it went, so two workers do not send it both; a worker that dies in that very moment may have sent
a mail that goes again. What fails is tried again the next time, three times in all.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from pipeline.errors import FormpressError
from pipeline.flow.editions import edition
from pipeline.flow.letters import Delivered, Words, receipt_letter, reminder_letter
from pipeline.flow.wiring import Wiring
from pipeline.store.database import reading, writing
from pipeline.store.records import DraftRecord, LetterRecord, State, SubmissionRecord

_log = logging.getLogger(__name__)

REMINDER_DAYS = 7
"""Before the end of a draft."""

MOST_ATTEMPTS = 3
_CLAIM = timedelta(minutes=10)
"""Far longer than a mail takes: whoever claimed it longer ago is gone."""


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: UUID
    attempt: int
    to: str
    words: Words


def keep_reminder(wiring: Wiring, session: Session, draft: DraftRecord, to: str, link: str) -> None:
    """Replaces an earlier one of this draft."""
    drop_reminder(session, draft.id)
    session.add(LetterRecord(draft_id=draft.id, sealed=_sealed(wiring, to, link)))


def keep_receipt(
    wiring: Wiring, session: Session, submission_id: UUID, to: str, page: str, documents: str
) -> None:
    """``page`` is the submission's; its PDFs have addresses below ``documents``."""
    sealed = _sealed(wiring, to, page, documents)
    session.add(LetterRecord(submission_id=submission_id, sealed=sealed))


def drop_reminder(session: Session, draft_id: UUID) -> None:
    session.execute(delete(LetterRecord).filter_by(draft_id=draft_id))


def move_reminder(wiring: Wiring, session: Session, draft_id: UUID, link: str) -> None:
    """The draft has another link from now on."""
    letter = session.scalar(select(LetterRecord).filter_by(draft_id=draft_id).with_for_update())
    unsealed = None if letter is None else _unsealed(wiring, letter)
    if letter is not None and unsealed is not None:
        letter.sealed = _sealed(wiring, unsealed[0], link)


def reminder_day(session: Session, draft: DraftRecord) -> datetime | None:
    """When its reminder goes; ``None`` where nobody asked for one."""
    asked = session.scalar(select(LetterRecord.id).filter_by(draft_id=draft.id))
    return None if asked is None else draft.expires_at - timedelta(days=REMINDER_DAYS)


def send_due_letters(wiring: Wiring) -> int:
    """Sends what is due; gives how many mails went."""
    now = wiring.clock()
    reminders = and_(
        DraftRecord.expires_at > now,
        DraftRecord.expires_at <= now + timedelta(days=REMINDER_DAYS),
        DraftRecord.emptied.is_(None),
    )
    due = (
        select(LetterRecord.id)
        .outerjoin(DraftRecord, LetterRecord.draft_id == DraftRecord.id)
        .outerjoin(SubmissionRecord, LetterRecord.submission_id == SubmissionRecord.id)
        .where(or_(reminders, SubmissionRecord.state == State.DONE))
    )
    with reading(wiring.sessions) as session:
        found: Sequence[UUID] = session.scalars(due).all()
    return sum(_send(wiring, each) for each in found)


def send_receipt(wiring: Wiring, submission_id: UUID) -> bool:
    """Sends the receipt of a submission whose PDF is done; whether a mail went."""
    with reading(wiring.sessions) as session:
        letter = session.scalar(
            select(LetterRecord.id)
            .join(SubmissionRecord, LetterRecord.submission_id == SubmissionRecord.id)
            .where(SubmissionRecord.id == submission_id, SubmissionRecord.state == State.DONE)
        )
    return letter is not None and _send(wiring, letter)


def _send(wiring: Wiring, letter_id: UUID) -> bool:
    try:
        claimed = _claim(wiring, letter_id)
        if claimed is None:
            return False
        wiring.mailer.send(claimed.words.to(claimed.to))
    except FormpressError as error:
        _log.warning("letter %s did not go: %s", letter_id, error)
        _after_failure(wiring, letter_id)
        return False
    with writing(wiring.sessions) as session:
        session.execute(delete(LetterRecord).filter_by(id=letter_id, attempts=claimed.attempt))
    return True


def _claim(wiring: Wiring, letter_id: UUID) -> _Claimed | None:
    """``None`` where somebody else sends it, or where its words cannot be read any more."""
    now = wiring.clock()
    with writing(wiring.sessions) as session:
        letter = session.get(LetterRecord, letter_id, with_for_update=True)
        if letter is None or (letter.claimed_at is not None and letter.claimed_at > now - _CLAIM):
            return None
        unsealed = _unsealed(wiring, letter)
        if unsealed is None or letter.attempts >= MOST_ATTEMPTS:
            _log.warning("letter %s is given up", letter_id)
            session.delete(letter)
            return None
        letter.attempts += 1
        letter.claimed_at = now
        draft = letter.draft_id and session.get(DraftRecord, letter.draft_id)
        sent = letter.submission_id and session.get(SubmissionRecord, letter.submission_id)
        attempt = letter.attempts
    to, links = unsealed
    if draft:
        form = edition(wiring, draft.form_id, draft.template_digest)
        return _Claimed(letter_id, attempt, to, reminder_letter(form, links[0], draft.expires_at))
    assert sent, "a letter belongs to a draft or to a submission"
    form = edition(wiring, sent.form_id, sent.template_digest)
    one_page = sent.one_page_name if sent.one_page_key else None
    page, documents = links
    delivered = Delivered(
        sent.reference, sent.submitted_at, page, documents, sent.file_name, one_page
    )
    return _Claimed(letter_id, attempt, to, receipt_letter(form, delivered))


def _after_failure(wiring: Wiring, letter_id: UUID) -> None:
    with writing(wiring.sessions) as session:
        letter = session.get(LetterRecord, letter_id, with_for_update=True)
        if letter is None:
            return
        if letter.attempts >= MOST_ATTEMPTS:
            _log.error("letter %s is given up after %s attempts", letter_id, letter.attempts)
            session.delete(letter)
        letter.claimed_at = None


def _sealed(wiring: Wiring, to: str, *links: str) -> str:
    return wiring.sealer.seal(json.dumps([to, *links]))


def _unsealed(wiring: Wiring, letter: LetterRecord) -> tuple[str, list[str]] | None:
    """The address and the links of a letter."""
    text = wiring.sealer.unseal(letter.sealed)
    if text is None:
        return None
    to, *links = json.loads(text)
    return to, links
