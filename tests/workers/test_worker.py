"""A real worker on a real Redis: what becomes of a job when things go wrong around it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pipeline.flow.sending import Consent
from pipeline.flow.submissions import ArchiveCopyView, SubmissionView
from pipeline.settings import load_settings
from pipeline.store.records import State, SubmissionRecord
from tests.store.office import Office, close_office, open_office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_pdf
from tests.workers.processes import running, running_redis, until
from workers.app import catch_up, create_worker
from workers.queue import Queue, celery_app

_JOB_SECONDS = 4


@dataclass
class Shop:
    """A desk whose queue is the real one, and the folder that rules the worker's documents."""

    office: Office
    queue: Queue
    broker: str
    rules: Path

    def send(self) -> str:
        desk = self.office.new_desk(self.queue.enqueue)
        return desk.send(FORM_ID, desk.new_token(), ANSWERS).token

    def view(self, token: str) -> SubmissionView:
        return self.office.desk.submission(token)

    def ended(self, token: str) -> SubmissionView:
        def over() -> SubmissionView | None:
            view = self.view(token)
            return view if view.state in (State.DONE, State.FAILED) else None

        return until(over)

    def working(self) -> int:
        """Waits until a document is begun; the id of the pool's process."""
        told = self.rules / "pid"
        until(told.exists)
        pid = int(told.read_text())
        told.unlink()
        return pid


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    office = open_office(folder)
    with running_redis() as broker:
        settings = load_settings(
            data_dir=office.settings.data_dir,
            forms=office.settings.forms,
            broker_url=broker,
            job_seconds=_JOB_SECONDS,
            worker_concurrency=1,
        )
        environment = {**settings.as_environment(), "WORKER_TEST": str(folder)}
        command = [sys.executable, "-m", "tests.workers.slow_worker"]
        log = folder / "worker.log"
        with running(command, environment, log):
            until(lambda: " ready." in log.read_text())
            queue = Queue(settings)
            yield Shop(office, queue, broker, folder)
            queue.close()
    close_office(office)


@pytest.fixture(autouse=True)
def no_rules(shop: Shop) -> Iterator[None]:
    yield
    for name in ("wait", "break", "pid"):
        (shop.rules / name).unlink(missing_ok=True)


class TestWorker:
    """One class, which xdist (loadfile, loadscope) keeps together: one worker serves all of it."""

    def test_a_job_through_redis_ends_done(self, shop: Shop) -> None:
        token = shop.send()
        assert shop.ended(token).state is State.DONE
        assert shop.office.desk.submission_pdf(token)[1].startswith(b"%PDF")

    def test_an_archive_copy_that_is_asked_for_goes_the_same_way(self, shop: Shop) -> None:
        """Of the small form none can be made, which is an outcome like another."""
        token = shop.send()
        assert shop.ended(token).state is State.DONE
        shop.office.new_desk(shop.queue.enqueue).ask_archive_copy(token)

        def over() -> ArchiveCopyView | None:
            copy = shop.view(token).archive_copy
            return copy if copy is not None and copy.state is State.FAILED else None

        failure = until(over).failure
        assert failure is not None
        assert (failure.code, failure.reasons) == ("not_archivable", ("fonts",))

    def test_killed_in_the_middle_the_job_is_done_all_the_same(self, shop: Shop) -> None:
        (shop.rules / "wait").touch()
        token = shop.send()
        pid = shop.working()
        assert shop.view(token).state is State.RUNNING
        os.kill(pid, signal.SIGKILL)
        assert shop.working() != pid
        (shop.rules / "wait").unlink()
        assert shop.ended(token).state is State.DONE
        assert _attempts(shop.office, token) == 2
        pdf_names = [path.name for path in shop.office.stored("submissions")]
        assert len(pdf_names) == len(set(pdf_names)) == _done(shop.office)

    def test_over_its_time_a_job_fails_and_a_retry_does_it(self, shop: Shop) -> None:
        (shop.rules / "wait").touch()
        token = shop.send()
        shop.working()
        view = shop.ended(token)
        assert view.failure is not None
        assert view.failure.code == "took_too_long"
        (shop.rules / "wait").unlink()
        shop.office.new_desk(shop.queue.enqueue).retry(token)
        assert shop.ended(token).state is State.DONE

    def test_a_bug_fails_the_job_and_not_the_worker(self, shop: Shop) -> None:
        (shop.rules / "break").touch()
        failure = shop.ended(shop.send()).failure
        assert failure is not None
        assert failure.code == "internal"
        (shop.rules / "break").unlink()
        assert shop.ended(shop.send()).state is State.DONE
        assert "ZeroDivisionError" in (shop.rules / "worker.log").read_text()

    def test_the_receipt_goes_when_the_document_is_there(self, shop: Shop) -> None:
        desk = shop.office.new_desk(shop.queue.enqueue)
        page = "https://forms.example.org/ingediend/x"
        documents = "https://forms.example.org/document"
        consent = Consent(
            address="anna@example.org",
            page_link=page,
            documents_of=lambda each: f"{documents}/{each}",
        )
        answers = {**ANSWERS, "school": "De Linde"}
        sent = desk.send(FORM_ID, desk.new_token(), answers, consent=consent)
        assert shop.ended(sent.token).state is State.DONE
        (mail,) = until(shop.office.mails)
        assert mail["To"] == "anna@example.org"
        assert sent.reference in mail["Subject"]
        assert f"\n{page}\n" in mail.get_content()
        assert re.search(rf"{documents}/[0-9a-f-]{{36}}/small-De-Linde.pdf", mail.get_content())

    def test_the_schedule_reminds_and_purges(self, shop: Shop) -> None:
        office, before = shop.office, len(shop.office.mails())
        now = datetime.now(UTC)
        office.clock.now = now - timedelta(days=54)
        soon = office.desk.new_token()
        office.desk.save_draft(FORM_ID, soon, {"school": "De Boom"}, None)
        office.desk.mail_link(FORM_ID, soon, "bert@example.org", "https://x/soon", True)
        office.clock.now = now - timedelta(days=61)
        over = office.desk.new_token()
        office.desk.take_upload(FORM_ID, over, "filled.pdf", small_form_pdf())
        office.clock.now = now
        app = celery_app(load_settings(broker_url=shop.broker))
        entries = create_worker(office.settings).conf.beat_schedule
        assert {entries[name]["schedule"] for name in ("letters", "purge")} == {3600.0}
        catch_up(app)
        reminder = until(lambda: office.mails()[before + 1 :])
        app.close()
        assert [mail["To"] for mail in reminder] == ["bert@example.org"]
        until(lambda: not office.stored("uploads"))
        assert office.desk.open_draft(FORM_ID, soon).values["school"] == "De Boom"

    def test_a_worker_answers_a_ping(self, shop: Shop) -> None:
        command = [sys.executable, "-m", "workers.cli", "--ping"]
        environment = {**os.environ, "FORMPRESS_BROKER_URL": shop.broker}
        assert subprocess.run(command, env=environment, timeout=30, check=False).returncode == 0


def _attempts(office: Office, token: str) -> int:
    reference = office.desk.submission(token).reference
    with office.sessions() as session:
        found = session.scalars(select(SubmissionRecord).filter_by(reference=reference))
        return found.one().attempts


def _done(office: Office) -> int:
    with office.sessions() as session:
        return len(session.scalars(select(SubmissionRecord).filter_by(state=State.DONE)).all())
