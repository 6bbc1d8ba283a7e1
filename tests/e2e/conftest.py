"""The product as a person runs it: `formpress serve` in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    url: str
    process: subprocess.Popen[str]
    data: Path


def start_serving(data: Path, *forms: Path, port: str = "0") -> Served:
    """`formpress serve` on a port (0: a free one), once it says that it answers."""
    errors = data.parent / "serve.err"
    with errors.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "serve", *map(str, forms),
             "--data", str(data), "--port", port],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "http://" in line, (line, errors.read_text())
    url = next(word for word in line.split() if word.startswith("http://")).rstrip("/")
    with urlopen(url) as answer:
        assert answer.status == 200
    return Served(url, process, data)


def stop_serving(served: Served) -> None:
    served.process.send_signal(signal.SIGTERM)
    try:
        served.process.wait(60)
    finally:
        served.process.kill()
        if served.process.stdout is not None:
            served.process.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The forms that come with Formpress."""
    running = start_serving(tmp_path_factory.mktemp("serve") / "data")
    yield running
    stop_serving(running)
