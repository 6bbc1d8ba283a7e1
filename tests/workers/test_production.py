"""The processes of docker-compose.yml, without the containers: gunicorn and the worker as they are
started there, on a real PostgreSQL and a real Redis."""

from __future__ import annotations

import re
import socket
import sys
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

from pypdf import PdfReader
from sqlalchemy import select

from pipeline.settings import load_settings
from pipeline.store.database import connect, open_sessions, reading
from pipeline.store.records import State, SubmissionRecord
from tests.store.postgres import running_postgres
from tests.store.small_form import small_form_folder
from tests.workers.processes import ROOT, running, running_redis, until
from tests.workers.visitor import pdf_over_http, send_over_http

_BIN = Path(sys.executable).parent


def test_a_form_is_sent_through_gunicorn_and_finished_by_the_worker(tmp_path: Path) -> None:
    with running_postgres() as database, running_redis() as broker:
        settings = load_settings(
            data_dir=tmp_path / "data",
            database_url=database,
            broker_url=broker,
            forms=[small_form_folder(tmp_path)],
            worker_concurrency=1,
        )
        environment = settings.as_environment()
        address = f"127.0.0.1:{_free_port()}"
        with (
            running(_gunicorn(address), environment, tmp_path / "web.log"),
            running([_BIN / "formpress", "worker"], environment, tmp_path / "worker.log"),
            running(
                [_BIN / "formpress", "worker", "--beat-only"], environment, tmp_path / "beat.log"
            ),
        ):
            until(lambda: _answers(f"http://{address}/gezond"))
            pdf = pdf_over_http(send_over_http(f"http://{address}/"))
            assert "De Boom" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
            until(lambda: "beat: Starting" in (tmp_path / "beat.log").read_text())
        engine = connect(settings.database)
        with reading(open_sessions(engine)) as session:
            record = session.scalars(select(SubmissionRecord)).one()
        engine.dispose()
    assert (record.state, record.pdf_sha256) == (State.DONE, sha256(pdf).hexdigest())


def _gunicorn(address: str) -> list[str]:
    """The image's own command, on another address."""
    command = re.search(r"^CMD \[(.+)\]$", (ROOT / "Dockerfile").read_text(), re.M)
    assert command is not None
    words = [word.strip().strip('"') for word in command[1].split('", ')]
    words[0] = str(_BIN / "gunicorn")
    return [f"--bind={address}" if word.startswith("--bind=") else word for word in words]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
