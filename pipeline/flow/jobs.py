"""The worker's whole job: make the definitive PDF of one submission, store it, say so; with it,
where the form has one, its one-page; and its archive copy, once somebody asked for that.

How runs that meet keep out of each other's way: ``pipeline.flow.runs``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from pipeline.errors import FormpressError, NotArchivable, ProofError, StorageError
from pipeline.flow import runs
from pipeline.flow.documents import Form, Receipt, archive_copy, finish
from pipeline.flow.editions import edition
from pipeline.flow.one_page import one_page, one_page_name
from pipeline.flow.wiring import Wiring
from pipeline.model.submission import Submission
from pipeline.store.as_json import JsonObject, values_from_json
from pipeline.store.database import writing
from pipeline.store.records import ArchiveCopyRecord, Job, SubmissionRecord

_log = logging.getLogger(__name__)

_WHAT: dict[type[Job], str] = {SubmissionRecord: "", ArchiveCopyRecord: "-pdfa"}
"""What the key of a job's file says."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What one run knows of its submission; ``attempt`` is its number."""

    id: UUID
    table: type[Job]
    attempt: int
    form_id: str
    receipt: Receipt
    submission: Submission


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A one-page, or why there is none."""

    name: str
    pdf: bytes | None
    failure: JsonObject | None = None


def work(wiring: Wiring, submission_id: UUID) -> None:
    """Does what is to be done; afterwards that is done or failed, whoever else ran it as well.

    Errors that have a name become the job's ``failure``. Anything else is a bug and is raised on,
    for the worker's log; the job then stays running until ``give_up`` or the sweep.
    """
    for table, make in ((SubmissionRecord, _finish), (ArchiveCopyRecord, _archive)):
        run = _claim(wiring, table, submission_id)
        if run is not None:
            _make(wiring, run, make)


def give_up(wiring: Wiring, submission_id: UUID, code: str) -> None:
    """The worker's own word on a running job that it ended: ``took_too_long``, ``internal``."""
    for table in runs.TABLES:
        runs.give_up(wiring, table, submission_id, code)


def requeue_stale(wiring: Wiring, patience: timedelta | None = None) -> int:
    """Queues what nobody works on any more; gives how many jobs that were.

    Jobs that never reached the queue go at once, the others after ``patience``: by default the
    time limit of a job and a margin; zero when queue or worker began anew and hold nothing.
    """
    patience = wiring.patience if patience is None else patience
    wiring.files.discard_unfinished()
    return sum(runs.requeue_stale(wiring, table, patience) for table in runs.TABLES)


def _claim(wiring: Wiring, table: type[Job], submission_id: UUID) -> _Run | None:
    """Begins a run of a job that is not over."""
    with writing(wiring.sessions) as session:
        row = session.get(table, submission_id, with_for_update=True)
        attempt = None if row is None else runs.begin(row, wiring.clock())
        if attempt is None:
            return None
        sent = session.get_one(SubmissionRecord, submission_id)
        return _Run(
            id=sent.id,
            table=table,
            attempt=attempt,
            form_id=sent.form_id,
            receipt=Receipt(sent.reference, sent.submitted_at),
            submission=Submission(sent.template_digest, values_from_json(sent.values)),
        )


def _make(wiring: Wiring, run: _Run, make: Callable[[Wiring, _Run, Form], None]) -> None:
    reference = run.receipt.reference
    try:
        make(wiring, run, edition(wiring, run.form_id, run.submission.template_digest))
    except NotArchivable as error:
        _fail(wiring, run, runs.failure(error.code, reasons=error.reasons))
    except ProofError as error:
        _fail(wiring, run, runs.failure(error.code, error.problems))
    except FormpressError as error:
        _log.error("submission %s failed: %s", reference, error)
        _fail(wiring, run, runs.failure(error.code))
    except OSError as error:
        _log.error("submission %s failed: %s", reference, error)
        _fail(wiring, run, runs.failure(StorageError.code))


def _finish(wiring: Wiring, run: _Run, form: Form) -> None:
    pdf = finish(form, run.submission, receipt=run.receipt)
    _store(wiring, run, pdf, _sheet(form, run))


def _archive(wiring: Wiring, run: _Run, form: Form) -> None:
    _store(wiring, run, archive_copy(form, run.submission, run.receipt), None)


def _sheet(form: Form, run: _Run) -> _Sheet | None:
    """The one-page, where the form has one. Whatever hinders it, the definitive PDF is there."""
    if form.one_page is None:
        return None
    name = one_page_name(form, run.submission.values)
    reference = run.receipt.reference
    try:
        return _Sheet(name, one_page(form, run.submission, run.receipt))
    except FormpressError as error:
        _log.error("the one-page of submission %s failed: %s", reference, error)
        problems = getattr(error, "problems", ())
        return _Sheet(name, None, runs.failure(error.code, problems))
    except Exception:
        _log.exception("the one-page of submission %s failed", reference)
        return _Sheet(name, None, runs.failure("internal"))


def _store(wiring: Wiring, run: _Run, pdf: bytes, sheet: _Sheet | None) -> None:
    with writing(wiring.sessions) as session:
        row = session.get(run.table, run.id, with_for_update=True)
        if row is None or not runs.is_last(row, run.attempt):
            return
        if isinstance(row, SubmissionRecord) and sheet is not None:
            _store_sheet(wiring, run, row, sheet)
        runs.set_done(row, wiring.clock(), wiring.files, _key(run, _WHAT[run.table]), pdf)


def _store_sheet(wiring: Wiring, run: _Run, row: SubmissionRecord, sheet: _Sheet) -> None:
    row.one_page_name = sheet.name
    row.one_page_failure = sheet.failure
    if sheet.pdf is not None:
        key = _key(run, "-one-page")
        wiring.files.put(key, sheet.pdf)
        row.one_page_key = key
        row.one_page_sha256 = sha256(sheet.pdf).hexdigest()
        row.one_page_bytes = len(sheet.pdf)


def _key(run: _Run, what: str) -> str:
    """It follows from template and submission, so that a second run writes the same file."""
    digest = run.submission.template_digest
    return f"submissions/{run.id.hex[:2]}/{run.id.hex}-{digest[:16]}{what}.pdf"


def _fail(wiring: Wiring, run: _Run, failure: JsonObject) -> None:
    with writing(wiring.sessions) as session:
        row = session.get(run.table, run.id, with_for_update=True)
        if row is not None and runs.is_last(row, run.attempt):
            runs.set_failed(row, wiring.clock(), failure)
