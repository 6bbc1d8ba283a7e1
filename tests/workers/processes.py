"""Real processes for tests: each is ended by its own id, whatever the test does."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from web.embedded.redis_server import broker_url, find_redis, redis_child, wait_for_redis

T = TypeVar("T")

ROOT = Path(__file__).parent.parent.parent


def until(what: Callable[[], T | None], seconds: float = 30.0) -> T:
    """The first answer that is true; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.02)
    return found


@contextmanager
def running(
    command: Sequence[str | Path], environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process with the test's own code; what it says is in ``log``."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def running_redis() -> Iterator[str]:
    """The address of an empty Redis of the test's own, on a Unix socket."""
    assert find_redis(), "no Redis: apt-get install redis-server"
    folder = Path(tempfile.mkdtemp(prefix="fp-redis-"))
    child = redis_child(folder / "redis.log")
    child.start()
    try:
        wait_for_redis(child)
        yield broker_url(child)
    finally:
        child.stop()
        shutil.rmtree(folder)


def has_ended(pid: int) -> bool:
    """Also true of a zombie that nobody has waited for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def descendants(pid: int) -> set[int]:
    """All processes below ``pid``."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(stat[1]), []).append(int(entry.name))
    found: set[int] = set()
    new = [pid]
    while new:
        new = [child for each in new for child in children.get(each, []) if child not in found]
        found.update(new)
    return found


def named(pids: set[int], text: str) -> set[int]:
    """Those whose command line begins with the program, or has the argument, ``text``."""
    found = set()
    for pid in pids:
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
            if text in words or Path(words[0].split(" ")[0]).name == text:
                found.add(pid)
    return found
