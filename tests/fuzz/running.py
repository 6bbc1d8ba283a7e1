"""Runs cases in child processes, each with a bound on its time and memory, and says what came of
them."""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import IO, Any

from pipeline.errors import FormpressError
from tests.fuzz.sources import Source
from tests.fuzz.target import Target

_FORK = multiprocessing.get_context("fork")
_MEBIBYTE = 1 << 20
_MAKING_SECONDS = 5
_LONGEST_TRACE = 8_000
"""Characters; what a child says must fit the pipe, for nobody reads it before its end."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one case: seconds of processor time, and MiB that it may grow by."""

    seconds: int = 20
    mebibytes: int = 512


@dataclass(frozen=True)
class Case:
    """``build`` makes the mutant; it runs in the child, where harm can do none. ``copy`` is where
    the child leaves it, if anywhere."""

    number: int
    source: Source
    build: Callable[[], bytes]
    copy: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """``kind`` is read, crash, hang, memory, died or unmade (the mutant itself could not be made).

    ``where`` is the stage; ``error`` the exception, the signal or what was answered.
    """

    case: Case
    kind: str
    where: str = ""
    error: str = ""
    trace: str = ""
    seconds: float = 0.0
    mebibytes: int = 0
    size: int = 0

    @property
    def is_finding(self) -> bool:
        return self.kind not in ("read", "unmade")

    @property
    def signature(self) -> str:
        """The same for the same fault: kind, exception, and the function of ours it came from."""
        frames = [line.strip() for line in self.trace.splitlines() if 'File "' in line]
        if self.kind not in ("hang", "died"):
            frames.reverse()  # faulthandler writes the innermost frame first
        ours = [frame.rpartition("/pipeline/")[2] for frame in frames if "/pipeline/" in frame]
        others = [frame.rpartition("/")[2].partition('"')[0] for frame in frames]
        place = next(iter([*ours, *others]), self.where)
        words = [word for word in place.replace('"', "").split() if not word.strip(",").isdecimal()]
        return f"{self.kind}: {self.error.partition(':')[0]}: {' '.join(words)}"


def run(cases: Iterable[Case], target: Target, bounds: Bounds, jobs: int = 1) -> Iterator[Outcome]:
    """The outcomes, as they come; ``jobs`` children at a time."""
    waiting = iter(cases)
    running: list[_Child] = []
    try:
        while True:
            while len(running) < jobs and (case := next(waiting, None)) is not None:
                running.append(_Child(case, target, bounds))
            if not running:
                return
            wait([child.process.sentinel for child in running], timeout=1)
            for child in [each for each in running if each.is_over()]:
                running.remove(child)
                yield child.outcome()
    finally:
        for child in running:
            child.stop()


class _Child:
    """A process that lives for one case. What it says last is its outcome."""

    def __init__(self, case: Case, target: Target, bounds: Bounds) -> None:
        self.case, self.bounds = case, bounds
        self.deadline = time.monotonic() + 10 * bounds.seconds + 30
        self.trace: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``stop``
        self.told, telling = _FORK.Pipe(duplex=False)
        self.process = _FORK.Process(
            target=_live, args=(case, target, bounds, telling, self.trace), daemon=True
        )
        self.process.start()
        telling.close()

    def is_over(self) -> bool:
        if self.process.is_alive() and time.monotonic() > self.deadline:
            self.process.kill()
            self.process.join()
        return not self.process.is_alive()

    def outcome(self) -> Outcome:
        said: dict[str, Any] = {"kind": "died", "where": "start"}
        try:
            while self.told.poll():
                said |= json.loads(self.told.recv_bytes())
        except (EOFError, ValueError, OSError):
            pass
        self.process.join()
        code = self.process.exitcode or 0
        self.trace.seek(0)
        trace = said.pop("trace", "") or self.trace.read().decode("utf-8", "replace")
        self.stop()
        if said["kind"] == "died" and said["where"] in ("start", "making"):
            said["kind"] = "unmade"
        elif said["kind"] == "died":
            slow = code in (-signal.SIGKILL, -signal.SIGPROF)
            said["kind"] = "hang" if slow else "died"
            said["error"] = "" if slow else f"exit {code}"
        if said["kind"] == "read" and said["mebibytes"] > self.bounds.mebibytes:
            said["kind"] = "memory"
        trace = trace.partition(" in _live")[0] if said["kind"] == "hang" else trace
        return Outcome(self.case, trace=trace[:_LONGEST_TRACE], **said)

    def stop(self) -> None:
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.told.close()
        self.trace.close()


def _live(
    case: Case, target: Target, bounds: Bounds, telling: Connection, trace: IO[bytes]
) -> None:
    """The child's whole life. ``os._exit`` spares it the clean-up of a parent that it is not."""

    def tell(**what: object) -> None:
        telling.send_bytes(json.dumps(what).encode())

    def enter(stage: str) -> None:
        tell(where=stage)

    enter("making")
    _allow(replace(bounds, seconds=_MAKING_SECONDS), trace)
    try:
        mutant = case.build()
        if case.copy is not None:
            case.copy.write_bytes(mutant)
    except Exception as error:
        tell(kind="unmade", error=type(error).__name__)
        os._exit(0)
    _allow(bounds, trace)
    before, started = _peak(), time.process_time()

    def end(kind: str, error: str, shown: str = "") -> None:
        tell(
            kind=kind, error=error, trace=shown[-_LONGEST_TRACE:], size=len(mutant),
            mebibytes=_peak() - before, seconds=round(time.process_time() - started, 2),
        )  # fmt: skip

    try:
        end("read", target(mutant, case.source, enter))
    except MemoryError:
        end("memory", "MemoryError", traceback.format_exc())
    except FormpressError as error:
        end("read", error.code)
    except Exception as error:
        end("crash", f"{type(error).__name__}: {error}"[:300], traceback.format_exc())
    os._exit(0)


def _allow(bounds: Bounds, trace: IO[bytes]) -> None:
    """From now on: so much processor time, so much memory. A trace is left when time is up."""
    faulthandler.enable(trace)
    faulthandler.register(signal.SIGPROF, trace, all_threads=False, chain=True)
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + 3 * bounds.mebibytes * _MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _peak() -> int:
    """MiB, the most this process ever had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
