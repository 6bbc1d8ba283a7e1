"""What is over is deleted: expired drafts, their uploads, files that no row speaks of.

Submissions stay. Of a draft its row stays, without content, so that its link can say that it
expired.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.orm import Session

from pipeline.errors import StorageError
from pipeline.flow.outbox import drop_reminder
from pipeline.store.database import Sessions, reading, writing
from pipeline.store.files import Files
from pipeline.store.records import DraftRecord, Emptied, SentMail, UploadRecord

_log = logging.getLogger(__name__)

QUARANTINE = "uploads"
_AT_ONCE = 100
_AN_HOUR = timedelta(hours=1)
"""A file is put before its row: a younger one without a row may still get it."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many there were of each."""

    drafts: int = 0
    uploads: int = 0
    orphans: int = 0
    counted_mails: int = 0


def purge(sessions: Sessions, files: Files, now: datetime, dry_run: bool = False) -> Purged:
    """Deletes, or with ``dry_run`` only counts. Several may run at once.

    A file that cannot be deleted stays behind as an orphan, for the next time.
    """
    if dry_run:
        return _count(sessions, files, now)
    drafts = uploads = 0
    while batch := _empty_some(sessions, now):
        drafts += batch[0]
        uploads += len(batch[1])
        for key in batch[1]:
            _delete(files, key)
    orphans = _orphans(sessions, files, now)
    with writing(sessions) as session:
        old = delete(SentMail).where(SentMail.sent_at <= now - _AN_HOUR)
        counted = session.execute(old.returning(SentMail.id)).all()
    deleted = sum(_delete(files, key) for key in orphans)
    return Purged(drafts, uploads, deleted, len(counted))


def empty_draft(session: Session, record: DraftRecord, why: Emptied) -> list[str]:
    """Takes all content from a draft; the keys of the files that are to be deleted after it."""
    record.values = {}
    record.previous_values = record.carried = None
    for approval in record.approvals:
        approval.values = {}
        approval.remark = approval.name = approval.role = None
    record.emptied = why
    drop_reminder(session, record.id)
    gone = delete(UploadRecord).filter_by(draft_id=record.id).returning(UploadRecord.file_key)
    return list(session.scalars(gone))


def _empty_some(sessions: Sessions, now: datetime) -> tuple[int, list[str]] | None:
    with writing(sessions) as session:
        expired = select(DraftRecord).where(_expired(now)).limit(_AT_ONCE)
        records = session.scalars(expired.with_for_update(skip_locked=True)).all()
        keys = [key for record in records for key in empty_draft(session, record, Emptied.EXPIRED)]
    return (len(records), keys) if records else None


def _count(sessions: Sessions, files: Files, now: datetime) -> Purged:
    ended = select(DraftRecord.id).where(_expired(now))
    counts = [
        select(func.count()).select_from(DraftRecord).where(_expired(now)),
        select(func.count()).select_from(UploadRecord).where(UploadRecord.draft_id.in_(ended)),
        select(func.count()).select_from(SentMail).where(SentMail.sent_at <= now - _AN_HOUR),
    ]
    with reading(sessions) as session:
        drafts, uploads, mails = (session.scalars(each).one() for each in counts)
    return Purged(drafts, uploads, len(_orphans(sessions, files, now)), mails)


def _expired(now: datetime) -> ColumnElement[bool]:
    return and_(DraftRecord.expires_at <= now, DraftRecord.emptied.is_(None))


def _orphans(sessions: Sessions, files: Files, now: datetime) -> list[str]:
    """Files in quarantine that no upload speaks of. Nothing else is ever taken for an orphan:
    with an older copy of the database, definitive PDFs must stay."""
    there = list(files.keys(QUARANTINE, now - _AN_HOUR))
    with reading(sessions) as session:
        known = set(session.scalars(select(UploadRecord.file_key)))
    return [key for key in there if key not in known]


def _delete(files: Files, key: str) -> bool:
    try:
        files.delete(key)
    except StorageError as error:
        _log.warning("%s was not deleted: %s", key, error)
        return False
    return True
