"""The archive copy of a submission: asked for, made once, kept, and told of where it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from pypdf import PdfReader

from pipeline.errors import NotReady, ProofError, StorageError, UnknownLink
from pipeline.flow import jobs
from pipeline.flow.documents import Catalogue
from pipeline.flow.submissions import ArchiveCopyView
from pipeline.store.records import State
from tests.pdf.test_archive import embedded_form
from tests.store.office import Office, close_office, open_office

FORM = embedded_form()


@pytest.fixture
def desk_with_archive(tmp_path: Path) -> Iterator[Office]:
    """Serves a form whose only font is in the file."""
    office = open_office(tmp_path)
    office.catalogue = Catalogue({FORM.id: FORM})
    yield office
    close_office(office)


def sent(office: Office) -> str:
    token = office.desk.send(FORM.id, office.desk.new_token(), {"name": "Łódź"}).token
    office.work()
    return token


def copy_of(office: Office, token: str) -> ArchiveCopyView:
    found = office.desk.submission(token).archive_copy
    assert found is not None
    return found


def published(office: Office, token: str) -> bytes:
    name = copy_of(office, token).file_name
    return office.desk.published_pdf(office.desk.submission(token).id, name)


def test_it_is_made_when_somebody_asks_for_it(desk_with_archive: Office) -> None:
    office = desk_with_archive
    token = sent(office)
    assert office.desk.submission(token).archive_copy is None
    assert len(office.stored("submissions")) == 1
    office.desk.ask_archive_copy(token)
    assert copy_of(office, token).state is State.QUEUED
    with pytest.raises(NotReady):
        published(office, token)
    office.work()
    view, data = copy_of(office, token), published(office, token)
    assert (view.state, view.failure) == (State.DONE, None)
    assert (view.sha256, view.bytes) == (sha256(data).hexdigest(), len(data))
    reader = PdfReader(BytesIO(data))
    assert not reader.is_encrypted
    assert "Łódź" in reader.pages[0].extract_text()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "2"
    name, definitive = office.desk.submission_pdf(token)
    assert definitive != data
    assert view.file_name == name.replace(".pdf", "-pdfa.pdf")


def test_asked_for_twice_it_is_one_job_and_one_file(desk_with_archive: Office) -> None:
    office = desk_with_archive
    token = sent(office)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: office.new_desk().ask_archive_copy(token), range(2)))
    assert len(office.jobs) == 1
    (job,) = office.jobs
    office.work()
    before = copy_of(office, token), published(office, token)
    office.desk.ask_archive_copy(token)
    assert office.jobs == []
    office.desk.work(job)
    assert (copy_of(office, token), published(office, token)) == before
    assert len(office.stored("submissions")) == 2


def test_there_is_none_before_the_definitive_pdf_and_none_for_strangers(
    desk_with_archive: Office,
) -> None:
    office = desk_with_archive
    token = office.desk.send(FORM.id, office.desk.new_token(), {"name": "x"}).token
    with pytest.raises(NotReady):
        office.desk.ask_archive_copy(token)
    with pytest.raises(UnknownLink):
        office.desk.ask_archive_copy(office.desk.new_token())
    assert office.desk.submission(token).archive_copy is None


def test_a_form_that_cannot_be_archived_says_why_and_is_not_tried_again(office: Office) -> None:
    """Its texts are set in a standard font, which is not in the file."""
    token = office.send()
    office.work()
    office.desk.ask_archive_copy(token)
    office.work()
    view = copy_of(office, token)
    assert view.state is State.FAILED
    assert view.failure is not None
    assert (view.failure.code, view.failure.reasons) == ("not_archivable", ("fonts",))
    office.desk.ask_archive_copy(token)
    assert office.jobs == []
    assert office.desk.submission(token).state is State.DONE
    assert len(office.stored("submissions")) == 1


def test_what_failed_may_be_asked_for_again(
    desk_with_archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_with_archive
    token = sent(office)

    def fail(*_: object) -> bytes:
        raise ProofError([])

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "archive_copy", fail)
        office.desk.ask_archive_copy(token)
        office.work()
    failure = copy_of(office, token).failure
    assert failure is not None
    assert failure.code == "proof"
    office.desk.ask_archive_copy(token)
    assert copy_of(office, token).state is State.QUEUED
    office.work()
    assert copy_of(office, token).state is State.DONE


def test_what_a_lost_worker_or_queue_left_is_swept(
    desk_with_archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_with_archive
    token = sent(office)

    def down(_: UUID) -> None:
        raise ConnectionError

    office.new_desk(down).ask_archive_copy(token)
    assert office.desk.requeue_stale() == 1
    with monkeypatch.context() as killed:
        killed.setattr(jobs, "archive_copy", lambda *_: (_ for _ in ()).throw(SystemExit()))
        with pytest.raises(SystemExit):
            office.desk.work(office.jobs.pop())
    assert copy_of(office, token).state is State.RUNNING
    assert office.desk.requeue_stale() == 0
    assert office.desk.requeue_stale(timedelta(0)) == 1
    office.work()
    assert copy_of(office, token).state is State.DONE
    assert office.desk.requeue_stale(timedelta(0)) == 0


def test_a_worker_that_ended_it_says_so(
    desk_with_archive: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = desk_with_archive
    token = sent(office)
    office.desk.ask_archive_copy(token)
    job = office.jobs.pop()
    monkeypatch.setattr(jobs, "archive_copy", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        office.desk.work(job)
    office.desk.give_up(job, "internal")
    failure = copy_of(office, token).failure
    assert failure is not None
    assert failure.code == "internal"
    assert office.desk.submission(token).state is State.DONE


def test_one_that_was_changed_on_disk_is_not_given_out(desk_with_archive: Office) -> None:
    office = desk_with_archive
    token = sent(office)
    office.desk.ask_archive_copy(token)
    office.work()
    (path,) = (each for each in office.stored("submissions") if "pdfa" in each.name)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(StorageError):
        published(office, token)
    assert office.desk.submission_pdf(token)


def test_it_stays_as_the_definitive_pdf_does(desk_with_archive: Office) -> None:
    """Its draft ends, the hourly purge comes by, the form is served no more."""
    office = desk_with_archive
    token = sent(office)
    office.clock.pass_time(days=100)
    office.catalogue = Catalogue({})
    assert office.desk.purge().drafts == 1
    office.desk.ask_archive_copy(token)
    office.work()
    data = published(office, token)
    assert office.desk.purge().orphans == 0
    assert published(office, token) == data
