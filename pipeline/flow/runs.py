"""What the row of a job says: queued, begun, done or failed; and how it gets to the queue.

A job may be delivered twice, at the same time even, and a worker may die in the middle. So each
run takes the next number (``attempts``), and only the run with the last number may write the file
and the row's outcome: the file first, under the row's lock. A row that says done thus always
speaks of the file that is there.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.errors import FieldProblem, StorageError
from pipeline.flow.wiring import Wiring
from pipeline.store.as_json import JsonObject, problems_to_json
from pipeline.store.database import writing
from pipeline.store.files import Files
from pipeline.store.records import ArchiveCopyRecord, Job, State, SubmissionRecord

_log = logging.getLogger(__name__)

TABLES: tuple[type[Job], ...] = (SubmissionRecord, ArchiveCopyRecord)

_BEGAN: dict[type[Job], InstrumentedAttribute[Any]] = {
    SubmissionRecord: SubmissionRecord.submitted_at,
    ArchiveCopyRecord: ArchiveCopyRecord.queued_at,
}

MOST_ATTEMPTS = 3
"""A job that ended its worker this often would end the next one, too."""


def queue(row: Job, now: datetime) -> None:
    """For the first time, or again after it failed."""
    row.state = State.QUEUED
    row.attempts = 0
    row.failure = row.started_at = row.finished_at = None
    row.queued_at = now


def begin(row: Job, now: datetime) -> int | None:
    """The number of the run that begins, or ``None`` where nothing is left to do.

    A running job is taken over: its worker was lost.
    """
    if row.state in (State.DONE, State.FAILED):
        return None
    if row.attempts >= MOST_ATTEMPTS:
        set_failed(row, now, failure("worker_lost"))
        return None
    row.state = State.RUNNING
    row.attempts += 1
    row.started_at = now
    return row.attempts


def is_last(row: Job, attempt: int) -> bool:
    return row.state is State.RUNNING and row.attempts == attempt


def set_done(row: Job, now: datetime, files: Files, key: str, pdf: bytes) -> None:
    """Keeps the file, and says what it is."""
    files.put(key, pdf)
    row.state = State.DONE
    row.finished_at = now
    row.failure = None
    row.pdf_key = key
    row.pdf_sha256 = sha256(pdf).hexdigest()
    row.pdf_bytes = len(pdf)


def set_failed(row: Job, now: datetime, why: JsonObject) -> None:
    """``why`` is a ``failure``."""
    row.state = State.FAILED
    row.finished_at = now
    row.failure = why


def failure(
    code: str, problems: tuple[FieldProblem, ...] = (), reasons: Sequence[str] = ()
) -> JsonObject:
    """As it is stored; ``reasons`` are those of ``NotArchivable``."""
    found: JsonObject = {"code": code, "problems": problems_to_json(problems)}
    return {**found, "reasons": list(reasons)} if reasons else found


def offer(wiring: Wiring, submission_id: UUID) -> bool:
    """Tells the queue that there is something to do for a submission; whether it took that."""
    try:
        wiring.enqueue(submission_id)
    except Exception as error:  # whatever its broker raises
        _log.warning("the job of submission %s waits, no queue: %s", submission_id, error)
        return False
    return True


def hand_over(wiring: Wiring, table: type[Job], submission_id: UUID) -> None:
    """Without a queue the job waits in the database, for the next sweep.

    So a person who sends a form while Redis is down sees it waiting, not an error.
    """
    if offer(wiring, submission_id):
        return
    with suppress(StorageError), writing(wiring.sessions) as session:
        row = session.get_one(table, submission_id, with_for_update=True)
        if row.state is State.QUEUED:
            row.queued_at = None


def give_up(wiring: Wiring, table: type[Job], submission_id: UUID, code: str) -> None:
    """The worker's own word on a running job that it ended: ``took_too_long``, ``internal``."""
    with writing(wiring.sessions) as session:
        row = session.get(table, submission_id, with_for_update=True)
        if row is not None and row.state is State.RUNNING:
            set_failed(row, wiring.clock(), failure(code))


def requeue_stale(wiring: Wiring, table: type[Job], patience: timedelta) -> int:
    """Queues what nobody works on any more, the oldest first; gives how many jobs that were."""
    now = wiring.clock()
    lost = or_(
        and_(table.state == State.QUEUED, table.queued_at.is_(None)),
        and_(table.state == State.QUEUED, table.queued_at <= now - patience),
        and_(table.state == State.RUNNING, table.started_at <= now - patience),
    )
    with writing(wiring.sessions) as session:
        oldest_first = select(table).where(lost).order_by(_BEGAN[table])
        rows = session.scalars(oldest_first.with_for_update(skip_locked=True)).all()
        waiting = [row.id for row in rows]
        for row in rows:
            row.state = State.QUEUED
            row.queued_at = None
    queued = list(takewhile(lambda each: offer(wiring, each), waiting))
    with writing(wiring.sessions) as session:
        session.execute(
            update(table)
            .where(table.id.in_(queued), table.state == State.QUEUED)
            .values(queued_at=now)
        )
    return len(queued)
