"""The worker's job, run in this process: twice, halfway, on a full disk, with another template."""

from __future__ import annotations

import errno
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from pipeline.errors import FieldProblem, ProofError, StorageError
from pipeline.flow import jobs
from pipeline.flow.documents import Catalogue, Form, Receipt, finish, open_catalogue
from pipeline.flow.runs import MOST_ATTEMPTS
from pipeline.model.submission import Submission
from pipeline.store.records import State, SubmissionRecord
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_folder

Finish = Callable[..., bytes]


def test_the_job_makes_the_pdf_that_the_row_vouches_for(office: Office) -> None:
    token = office.send()
    office.work()
    view = office.desk.submission(token)
    name, data = office.desk.submission_pdf(token)
    assert view.state is State.DONE
    assert name == "small-De-Boom.pdf"
    assert (view.pdf_sha256, view.pdf_bytes) == (sha256(data).hexdigest(), len(data))
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert "De Boom" in text
    assert "19,25" in text


def test_a_job_that_is_delivered_twice_changes_nothing(office: Office) -> None:
    token = office.send()
    job = office.jobs[0]
    office.work()
    before = office.desk.submission(token), office.desk.submission_pdf(token)
    office.clock.pass_time(hours=1)
    office.desk.work(job)
    assert (office.desk.submission(token), office.desk.submission_pdf(token)) == before
    assert len(office.stored("submissions")) == 1


def test_two_workers_with_one_job_leave_one_pdf_and_the_row_fits_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.send()
    both = Barrier(2)

    def finish_together(form: Form, submission: Submission, *, receipt: Receipt) -> bytes:
        both.wait(10)
        return finish(form, submission, receipt=receipt)

    monkeypatch.setattr(jobs, "finish", finish_together)
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(office.new_desk().work, office.jobs[0]) for _ in range(2)]
        for run in runs:
            run.result()
    view = office.desk.submission(token)
    assert view.state is State.DONE
    assert sha256(office.desk.submission_pdf(token)[1]).hexdigest() == view.pdf_sha256
    assert len(office.stored("submissions")) == 1
    assert office.stored(".unfinished") == []


def test_a_full_disk_fails_the_job_and_a_retry_does_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.send()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.files._write_synced", _no_space)
        office.work()
    view = office.desk.submission(token)
    assert view.state is State.FAILED
    assert view.failure is not None
    assert view.failure.code == "storage"
    assert office.stored("submissions") == []
    assert office.desk.retry(token).state is State.QUEUED
    office.work()
    assert office.desk.submission(token).state is State.DONE
    assert office.desk.submission(token).failure is None


def test_a_failed_proof_says_which_fields(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = FieldProblem("school", "not_read_back", {"found": ("De", "Boom"), "page": 1})
    monkeypatch.setattr(jobs, "finish", _raising(ProofError([problem])))
    token = office.send()
    office.work()
    failure = office.desk.submission(token).failure
    assert failure is not None
    assert failure.code == "proof"
    assert [each.field for each in failure.problems] == ["school"]
    assert failure.problems[0].data == {"found": ["De", "Boom"], "page": 1}


def test_a_retry_changes_nothing_but_a_failed_job(office: Office) -> None:
    token = office.send()
    assert office.desk.retry(token).state is State.QUEUED
    assert len(office.jobs) == 1
    office.work()
    assert office.desk.retry(token).state is State.DONE
    assert office.jobs == []


def test_an_error_without_a_name_is_raised_on_and_the_worker_says_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "finish", _raising(ZeroDivisionError()))
    token = office.send()
    job = office.jobs.pop()
    with pytest.raises(ZeroDivisionError):
        office.desk.work(job)
    assert office.desk.submission(token).state is State.RUNNING
    office.desk.give_up(job, "internal")
    failure = office.desk.submission(token).failure
    assert failure is not None
    assert failure.code == "internal"


def test_giving_up_touches_only_what_runs(office: Office) -> None:
    token = office.send()
    job = office.jobs[0]
    office.desk.give_up(job, "internal")
    assert office.desk.submission(token).state is State.QUEUED
    office.work()
    office.desk.give_up(job, "internal")
    assert office.desk.submission(token).state is State.DONE
    office.desk.give_up(uuid4(), "internal")
    office.desk.work(uuid4())


def test_what_a_lost_worker_left_is_swept_after_its_time_limit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.send()
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "finish", _raising(SystemExit()))
        with pytest.raises(SystemExit):
            office.desk.work(office.jobs.pop())
    office.clock.pass_time(seconds=office.settings.job_seconds)
    assert office.desk.requeue_stale() == 0
    office.clock.pass_time(seconds=60)
    assert office.desk.requeue_stale() == 1
    assert office.desk.requeue_stale() == 0
    office.work()
    assert office.desk.submission(token).state is State.DONE


def test_a_message_that_was_lost_is_swept(office: Office) -> None:
    token = office.send()
    office.jobs.clear()
    assert office.desk.requeue_stale() == 0
    office.clock.pass_time(seconds=office.settings.job_seconds + 60)
    assert office.desk.requeue_stale() == 1
    office.work()
    assert office.desk.submission(token).state is State.DONE


def test_at_a_new_start_everything_unfinished_is_queued_at_once(office: Office) -> None:
    tokens = [office.send() for _ in range(3)]
    office.desk.work(office.jobs[0])
    office.jobs.clear()
    assert office.desk.requeue_stale(timedelta(0)) == 2
    office.work()
    assert {office.desk.submission(token).state for token in tokens} == {State.DONE}


def test_a_sweep_without_a_queue_tries_once_and_keeps_all_for_the_next(office: Office) -> None:
    for _ in range(3):
        office.send()
    calls: list[UUID] = []

    def down(job: UUID) -> None:
        calls.append(job)
        raise ConnectionError

    assert office.new_desk(down).requeue_stale(timedelta(0)) == 0
    assert len(calls) == 1
    office.jobs.clear()
    assert office.desk.requeue_stale() == 3


def test_a_job_that_ends_every_worker_stops_in_the_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = office.send()
    job = office.jobs.pop()
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "finish", _raising(SystemExit()))
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(SystemExit):
                office.desk.work(job)
    office.desk.work(job)
    failure = office.desk.submission(token).failure
    assert failure is not None
    assert failure.code == "worker_lost"
    office.desk.retry(token)
    office.work()
    assert office.desk.submission(token).state is State.DONE


def test_only_the_last_run_may_write(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first worker was thought lost, and finishes after all: the second's outcome stands."""
    token = office.send()
    job = office.jobs[0]

    def overtaken(form: Form, submission: Submission, *, receipt: Receipt) -> bytes:
        monkeypatch.setattr(jobs, "finish", finish)
        office.new_desk().work(job)
        return b"from the first"

    monkeypatch.setattr(jobs, "finish", overtaken)
    office.desk.work(job)
    assert office.desk.submission(token).state is State.DONE
    assert office.desk.submission_pdf(token)[1].startswith(b"%PDF")


def test_a_form_that_was_sent_is_finished_with_its_own_template(office: Office) -> None:
    token = office.send()
    folder = small_form_folder(office.settings.data_dir / "next", width=310)
    office.catalogue = open_catalogue([folder], office.settings.limits)
    office.work()
    view, pdf = office.desk.submission(token), office.desk.submission_pdf(token)[1]
    assert view.state is State.DONE
    assert PdfReader(BytesIO(pdf)).pages[0].mediabox.width == 300


def test_a_form_that_is_no_longer_served_is_finished_as_it_was_kept(office: Office) -> None:
    token = office.send()
    office.catalogue = Catalogue({})
    office.work()
    assert office.desk.submission(token).state is State.DONE


def test_a_form_that_was_not_kept_fails_the_job_by_name(office: Office) -> None:
    token = office.send()
    office.catalogue = Catalogue({})
    for kept in office.stored("templates"):
        kept.unlink()
    office.work()
    view = office.desk.submission(token)
    assert view.failure is not None
    assert (view.failure.code, view.title) == ("unknown_form", FORM_ID)


def test_a_pdf_that_was_changed_on_disk_is_not_given_out(office: Office) -> None:
    token = office.send()
    office.work()
    (path,) = office.stored("submissions")
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(StorageError):
        office.desk.submission_pdf(token)
    path.unlink()
    with pytest.raises(StorageError):
        office.desk.submission_pdf(token)


def test_the_numbers_of_a_job_are_in_its_row(office: Office) -> None:
    office.desk.send(FORM_ID, office.desk.new_token(), ANSWERS)
    office.clock.pass_time(seconds=5)
    office.work()
    with office.sessions() as session:
        record = session.scalars(select(SubmissionRecord)).one()
    assert record.attempts == 1
    assert record.started_at == record.finished_at == office.clock.now
    assert record.submitted_at == office.clock.now - timedelta(seconds=5)
    assert record.pdf_key is not None
    assert record.id.hex in record.pdf_key
    assert record.template_digest[:16] in record.pdf_key


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _raising(error: BaseException) -> Finish:
    def fail(*_: object, **__: object) -> bytes:
        raise error

    return fail
