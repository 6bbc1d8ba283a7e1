"""Runs each form in a child process of its own, with bounds on its time and memory."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from benchmarks.corpus.examination import Examination
from benchmarks.corpus.findings import Findings
from benchmarks.corpus.values import ALPHABETS, Alphabet

SECONDS = 180
"""Of the clock, for one form with all judges; what takes longer hangs."""

_MEMORY_BYTES = 4 * 1024**3
_CONTEXT = multiprocessing.get_context("fork")


def run_all(
    paths: Sequence[Path],
    jobs: int,
    alphabet: Alphabet = ALPHABETS["western"],
    seconds: float = SECONDS,
) -> Iterator[Findings]:
    """The findings of each, as they come; ``jobs`` at a time."""
    to_do = list(reversed(paths))
    running: list[_Child] = []
    try:
        while to_do or running:
            while to_do and len(running) < jobs:
                running.append(_Child.started(to_do.pop(), alphabet))
            ready = wait([child.ear for child in running], timeout=1.0)
            for child in list(running):
                if child.ear in ready:
                    child.listen()
                if child.over(seconds):
                    running.remove(child)
                    yield child.findings
    finally:
        for child in running:
            child.end()


@dataclass
class _Child:
    """``ear`` hears the stages as they begin, and at last the findings."""

    process: BaseProcess
    ear: Connection
    findings: Findings
    stage: str = "start"
    done: bool = False
    closed: bool = False
    began: float = field(default_factory=time.monotonic)

    @classmethod
    def started(cls, path: Path, alphabet: Alphabet) -> _Child:
        ear, mouth = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(target=_examine, args=(path, alphabet, mouth), daemon=False)
        process.start()
        mouth.close()
        return cls(process, ear, Findings(path.stem))

    def listen(self) -> None:
        try:
            told = self.ear.recv()
        except EOFError:
            self.closed = True
            return
        if isinstance(told, Findings):
            self.findings, self.done = told, True
        else:
            self.stage = str(told)

    def over(self, seconds: float) -> bool:
        """Whether it ended, by itself or because its time is up."""
        if self.done or self.closed:
            self.process.join(timeout=5)
            self.end()
            if not self.done:
                cause = f"the process died (exit code {self.process.exitcode}) in {self.stage!r}"
                self.findings.fell_short("crash", "", cause)
            return True
        if time.monotonic() - self.began > seconds:
            self.end()
            cause = f"still in {self.stage!r} after {seconds:.0f} seconds"
            self.findings.fell_short("hang", "", cause)
            return True
        return False

    def end(self) -> None:
        """The child and the programs that it started: it leads a group of its own."""
        if self.process.is_alive() and self.process.pid is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                self.process.kill()
        self.process.join()
        self.ear.close()


def _examine(path: Path, alphabet: Alphabet, mouth: Connection) -> None:
    """The child's whole life. What libraries say of strange files is not the report's."""
    os.setsid()
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    findings = Findings(path.stem)
    with tempfile.TemporaryDirectory() as folder:
        stage = ["start"]

        def tell(name: str) -> None:
            stage[0] = name
            mouth.send(name)

        try:
            Examination(findings, Path(folder), tell, alphabet).run(path)
        except Exception as error:
            findings.fell_short("crash", "", f"in {stage[0]!r}: {_place_of(error)}")
    findings.peak = _peak()
    mouth.send(findings)
    mouth.close()


def _place_of(error: Exception) -> str:
    """What was raised, and the last places that led to it."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
    said = " ".join(str(error).split())[:160]
    return f"{type(error).__name__}: {said} ({places})"


def _peak() -> float:
    """MiB; the kernel's own mark, since the other one begins with the parent's size."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
