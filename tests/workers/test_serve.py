"""``formpress serve``: the real command with its real children, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.store.records import State
from tests.store.office import Office, close_office, open_office
from tests.store.small_form import small_form_folder
from tests.workers.processes import descendants, has_ended, named, running, until
from tests.workers.visitor import pdf_over_http, send_over_http

_COMMAND = [sys.executable, "-m", "pipeline.cli", "serve"]


@dataclass
class Serving:
    process: subprocess.Popen[bytes]
    address: str
    office: Office
    log: Path
    temporary: Path

    def left_behind(self) -> list[Path]:
        return list(self.temporary.glob("formpress-*"))

    def pids(self) -> set[int]:
        return descendants(self.process.pid)

    def redis(self) -> set[int]:
        return named(self.pids(), "redis-server") - self.guards()

    def worker(self) -> set[int]:
        """The worker and its pool; the oldest is the worker itself."""
        return named(self.pids(), "workers.cli") - self.guards()

    def guards(self) -> set[int]:
        return {pid for pid in self.pids() if named({pid}, "-S")}


@contextmanager
def serving(office: Office) -> Iterator[Serving]:
    data, form = office.settings.data_dir, office.settings.forms[0]
    log = data.parent / "serve.log"
    command = [*_COMMAND, str(form), "--data", str(data), "--port", "0"]
    with (
        tempfile.TemporaryDirectory(prefix="fp-", dir="/tmp") as temporary,  # short, for the socket
        running(command, {"TMPDIR": temporary}, log) as process,
    ):
        until(lambda: "http://" in log.read_text())
        address = log.read_text().partition("http://")[2].split()[0]
        yield Serving(process, f"http://{address}", office, log, Path(temporary))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = open_office(tmp_path)
    yield office
    close_office(office)


def test_a_form_is_sent_and_finished_while_children_die(office: Office) -> None:
    with serving(office) as serve:
        assert pdf_over_http(send_over_http(serve.address)).startswith(b"%PDF")

        taken = _second_on(office.settings.data_dir, office.settings.forms[0])
        assert f"in use by another formpress serve (process {serve.process.pid})" in taken

        killed = serve.redis() | {min(serve.worker())}
        assert len(killed) == 2
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        sent = send_over_http(serve.address)
        until(lambda: serve.redis() - killed and serve.worker() - killed)
        assert pdf_over_http(sent).startswith(b"%PDF")
        said = serve.log.read_text()
        assert "redis ended" in said
        assert "worker ended" in said
        assert len(said.splitlines()) < 12, said

        pids = serve.pids()
        assert len(pids) >= 6
        serve.process.terminate()
        assert serve.process.wait(15) == 0
        assert all(map(has_ended, pids))
        assert serve.left_behind() == []


def test_killed_it_leaves_no_child_and_the_next_one_goes_on(office: Office) -> None:
    token = office.send()  # It stays in the database: this office's queue is a list.
    with serving(office) as serve:
        until(lambda: office.desk.submission(token).state is State.DONE)
        pids = serve.pids()
        assert serve.redis() <= pids
        assert serve.worker() <= pids
        serve.process.kill()
        serve.process.wait(5)
        until(lambda: all(map(has_ended, pids)), seconds=15)
        assert serve.left_behind() == []


def test_what_cannot_be_served_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = str(small_form_folder(tmp_path))
    not_a_pdf = tmp_path / "letter.pdf"
    not_a_pdf.write_text("Dear reader")
    data = ["--data", str(tmp_path / "data")]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments, words in (
            ([str(not_a_pdf), *data], "not a readable PDF"),
            ([str(tmp_path / "nowhere"), *data], "nowhere"),
            ([form, "--data", str(not_a_pdf)], "cannot be used"),
            ([form, "--host", "256.0.0.1", *data], "no such address"),
            ([form, "--port", port, *data], f"port {port}: Address already in use"),
        ):
            assert main(["serve", *arguments]) == 1
            said = capsys.readouterr()
            assert said.out == ""
            assert len(said.err.splitlines()) == 1, said.err
            assert said.err.startswith("formpress: ")
            assert words in said.err


def test_a_port_that_cannot_be_one_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--port", "65536"])
    assert caught.value.code == 2
    assert "65536" in capsys.readouterr().err


def _second_on(data: Path, form: Path) -> str:
    """What another ``serve`` on the same data folder says."""
    done = subprocess.run(
        [*_COMMAND, form, "--data", data, "--port", "0"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr
