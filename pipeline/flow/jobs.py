"""The worker's whole job: make the definitive PDF of one submission, store it, say so; with it,
where the form has one, its one-page.

A job may be delivered twice, at the same time even, and a worker may die in the middle. So each
run takes the next number (``attempts``), and only the run with the last number may write the file
and the row's outcome: the file first, under the row's lock, at a key that follows from template
and submission. A row that says done thus always speaks of the file that is there.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from uuid import UUID

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from pipeline.errors import FieldProblem, FormpressError, ProofError, StorageError
from pipeline.flow.documents import Form, Receipt, finish
from pipeline.flow.editions import edition
from pipeline.flow.one_page import one_page, one_page_name
from pipeline.flow.submissions import offer
from pipeline.flow.wiring import Wiring
from pipeline.model.submission import Submission
from pipeline.store.as_json import JsonObject, problems_to_json, values_from_json
from pipeline.store.database import writing
from pipeline.store.records import State, SubmissionRecord

_log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
"""A job that ended its worker this often would end the next one, too."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run knows of its submission; ``attempt`` is its number."""

    id: UUID
    attempt: int
    form_id: str
    reference: str
    submitted_at: datetime
    submission: Submission


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A one-page, or why there is none."""

    name: str
    pdf: bytes | None
    failure: JsonObject | None = None


def work(wiring: Wiring, submission_id: UUID) -> None:
    """Does the job; afterwards the submission is done or failed, whoever else ran it as well.

    Errors that have a name become the submission's ``failure``. Anything else is a bug and is
    raised on, for the worker's log; the job then stays running until ``give_up`` or the sweep.
    """
    run = _claim(wiring, submission_id)
    if run is None:
        return
    try:
        form = edition(wiring, run.form_id, run.submission.template_digest)
        receipt = Receipt(run.reference, run.submitted_at)
        pdf = finish(form, run.submission, receipt=receipt)
        _store(wiring, run, pdf, _sheet(form, run, receipt))
    except ProofError as error:
        _fail(wiring, run, error.code, error.problems)
    except FormpressError as error:
        _log.error("submission %s failed: %s", run.reference, error)
        _fail(wiring, run, error.code)
    except OSError as error:
        _log.error("submission %s failed: %s", run.reference, error)
        _fail(wiring, run, StorageError.code)


def give_up(wiring: Wiring, submission_id: UUID, code: str) -> None:
    """The worker's own word on a running job that it ended: ``took_too_long``, ``internal``."""
    with writing(wiring.sessions) as session:
        record = _locked(session, submission_id)
        if record is not None and record.state is State.RUNNING:
            _set_failed(record, wiring.clock(), code)


def requeue_stale(wiring: Wiring, patience: timedelta | None = None) -> int:
    """Queues what nobody works on any more; gives how many jobs that were.

    Jobs that never reached the queue go at once, the others after ``patience``: by default the
    time limit of a job and a margin; zero when queue or worker began anew and hold nothing.
    """
    now = wiring.clock()
    before = now - (wiring.patience if patience is None else patience)
    lost = or_(
        and_(SubmissionRecord.state == State.QUEUED, SubmissionRecord.queued_at.is_(None)),
        and_(SubmissionRecord.state == State.QUEUED, SubmissionRecord.queued_at <= before),
        and_(SubmissionRecord.state == State.RUNNING, SubmissionRecord.started_at <= before),
    )
    wiring.files.discard_unfinished()
    with writing(wiring.sessions) as session:
        oldest_first = select(SubmissionRecord).where(lost).order_by(SubmissionRecord.submitted_at)
        records = session.scalars(oldest_first.with_for_update(skip_locked=True)).all()
        waiting = [record.id for record in records]
        for record in records:
            record.state = State.QUEUED
            record.queued_at = None
    queued = list(takewhile(lambda each: offer(wiring, each), waiting))
    with writing(wiring.sessions) as session:
        session.execute(
            update(SubmissionRecord)
            .where(SubmissionRecord.id.in_(queued), SubmissionRecord.state == State.QUEUED)
            .values(queued_at=now)
        )
    return len(queued)


def _claim(wiring: Wiring, submission_id: UUID) -> _Run | None:
    """Begins a run of a job that is not over. A running one is taken over: its worker was lost."""
    with writing(wiring.sessions) as session:
        record = _locked(session, submission_id)
        if record is None or record.state in (State.DONE, State.FAILED):
            return None
        if record.attempts >= MOST_ATTEMPTS:
            _set_failed(record, wiring.clock(), "worker_lost")
            return None
        record.state = State.RUNNING
        record.attempts += 1
        record.started_at = wiring.clock()
        return _Run(
            id=record.id,
            attempt=record.attempts,
            form_id=record.form_id,
            reference=record.reference,
            submitted_at=record.submitted_at,
            submission=Submission(record.template_digest, values_from_json(record.values)),
        )


def _sheet(form: Form, run: _Run, receipt: Receipt) -> _Sheet | None:
    """The one-page, where the form has one. Whatever hinders it, the definitive PDF is there."""
    if form.one_page is None:
        return None
    name = one_page_name(form, run.submission.values)
    try:
        return _Sheet(name, one_page(form, run.submission, receipt))
    except FormpressError as error:
        _log.error("the one-page of submission %s failed: %s", run.reference, error)
        problems = getattr(error, "problems", ())
        return _Sheet(name, None, _failure(error.code, problems))
    except Exception:
        _log.exception("the one-page of submission %s failed", run.reference)
        return _Sheet(name, None, _failure("internal"))


def _store(wiring: Wiring, run: _Run, pdf: bytes, sheet: _Sheet | None) -> None:
    digest = run.submission.template_digest
    stem = f"submissions/{run.id.hex[:2]}/{run.id.hex}-{digest[:16]}"
    key, sheet_key = f"{stem}.pdf", f"{stem}-one-page.pdf"
    with writing(wiring.sessions) as session:
        record = _locked(session, run.id)
        if record is None or not _is_last(record, run):
            return
        wiring.files.put(key, pdf)
        if sheet is not None:
            record.one_page_name = sheet.name
            record.one_page_failure = sheet.failure
        if sheet is not None and sheet.pdf is not None:
            wiring.files.put(sheet_key, sheet.pdf)
            record.one_page_key = sheet_key
            record.one_page_sha256 = sha256(sheet.pdf).hexdigest()
            record.one_page_bytes = len(sheet.pdf)
        record.state = State.DONE
        record.finished_at = wiring.clock()
        record.failure = None
        record.pdf_key = key
        record.pdf_sha256 = sha256(pdf).hexdigest()
        record.pdf_bytes = len(pdf)


def _fail(wiring: Wiring, run: _Run, code: str, problems: tuple[FieldProblem, ...] = ()) -> None:
    with writing(wiring.sessions) as session:
        record = _locked(session, run.id)
        if record is not None and _is_last(record, run):
            _set_failed(record, wiring.clock(), code, problems)


def _is_last(record: SubmissionRecord, run: _Run) -> bool:
    return record.state is State.RUNNING and record.attempts == run.attempt


def _set_failed(
    record: SubmissionRecord, now: datetime, code: str, problems: tuple[FieldProblem, ...] = ()
) -> None:
    record.state = State.FAILED
    record.finished_at = now
    record.failure = _failure(code, problems)


def _failure(code: str, problems: tuple[FieldProblem, ...] = ()) -> JsonObject:
    return {"code": code, "problems": problems_to_json(problems)}


def _locked(session: Session, submission_id: UUID) -> SubmissionRecord | None:
    return session.get(SubmissionRecord, submission_id, with_for_update=True)
