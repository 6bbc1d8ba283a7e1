"""The worker processes of a batch, seen from the parent, which does as little as it can.

Each has a row in hand and one waiting, so that no one waits for the parent; whoever is done gets
the next. A process that dies, or is ended because its row took too long, costs that row only.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from math import inf
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from pipeline import errors
from pipeline.errors import FormpressError, NoWorkers, RowTookTooLong, WorkerDied
from pipeline.flow.batch_journal import Problem
from pipeline.flow.batch_rows import Row
from pipeline.flow.batch_worker import Task, row_problem, work

_AHEAD = 2
_START_SECONDS = 60.0
_FAILED_STARTS = 3
_FAREWELL_SECONDS = 0.2
_OVERSLEPT_SECONDS = 0.5

if sys.platform == "win32":
    _CONTEXT = get_context("spawn")
else:
    _CONTEXT = get_context("forkserver")


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a row: the name that its PDF is to have, or ``None``; and every problem."""

    file: str | None
    problems: list[Problem]


@dataclass(slots=True)
class _Worker:
    """``rows`` are with it, the first in hand. ``since`` is when it took that, or was started."""

    process: BaseProcess
    connection: Connection
    rows: deque[Row] = field(default_factory=deque)
    ready: bool = False
    since: float = field(default_factory=time.monotonic)


class _Supply:
    """The rows that nobody has yet."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = deque(islice(rows, 1))

    def __bool__(self) -> bool:
        return bool(self._next)

    def take(self) -> Row:
        row = self._next.popleft()
        if not self._next:
            self._next.extend(islice(self._rows, 1))
        return row

    def give_back(self, rows: Iterable[Row]) -> None:
        self._next.extend(rows)


class Crew:
    """``count`` worker processes, from ``with`` to its end; ``seconds`` is what a row may take."""

    def __init__(self, task: Task, count: int, seconds: float) -> None:
        self._task = task
        self._count = count
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._awake = time.monotonic()

    def __enter__(self) -> Self:
        _CONTEXT.set_forkserver_preload([work.__module__])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            _end(worker)

    def results(self, rows: Iterator[Row]) -> Iterator[tuple[Row, Made]]:
        """Each of ``rows`` with what came of it, in the order in which they are done.

        Raises ``NoWorkers``, and what a worker met with that is not the fault of its row.
        """
        supply = _Supply(rows)
        while supply or any(worker.rows for worker in self._workers):
            self._hand_out(supply)
            heard = self._wait()
            for worker in list(self._workers):
                if worker.connection in heard:
                    answer = _heard(worker)
                    if answer is None:
                        yield from self._lost(worker, WorkerDied(how=_end(worker)), supply)
                    elif (made := self._taken(worker, answer)) is not None:
                        yield made
                elif self._awake >= self._deadline(worker):
                    _end(worker)
                    yield from self._lost(worker, RowTookTooLong(seconds=self._seconds), supply)

    def _hand_out(self, supply: _Supply) -> None:
        """Fills everybody's hands, evenly, and the places of those who are gone."""
        while supply and len(self._workers) < self._count:
            self._workers.append(self._start())
        for held in range(_AHEAD):
            for worker in self._workers:
                if supply and worker.ready and len(worker.rows) <= held:
                    _give(worker, supply)

    def _taken(self, worker: _Worker, answer: dict[str, Any]) -> tuple[Row, Made] | None:
        if "error" in answer:
            kind: type[FormpressError] = getattr(errors, answer["error"])
            raise kind(**answer["data"])
        worker.since = time.monotonic()
        if "ready" in answer:
            worker.ready, self._failed_starts = True, 0
            return None
        return worker.rows.popleft(), Made(answer.get("file"), answer["problems"])

    def _lost(
        self, worker: _Worker, why: FormpressError, supply: _Supply
    ) -> Iterator[tuple[Row, Made]]:
        """The row that a worker had in hand is lost with it; the one that waited is not."""
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise NoWorkers(how=why.data.get("how", "no answer"))
        if worker.rows:
            row = worker.rows.popleft()
            supply.give_back(worker.rows)
            yield row, Made(None, [row_problem(why)])

    def _deadline(self, worker: _Worker) -> float:
        """Until when it may go on without a word."""
        if worker.ready and not worker.rows:
            return inf
        return worker.since + (self._seconds if worker.ready else _START_SECONDS)

    def _wait(self) -> list[object]:
        """The connections on which somebody speaks, as soon as it matters.

        Who wakes long after the first deadline was suspended (Ctrl-Z), and the workers with it:
        that time is nobody's.
        """
        deadline = min(map(self._deadline, self._workers))
        patience = None if deadline == inf else max(0.0, deadline - time.monotonic())
        heard = wait([worker.connection for worker in self._workers], patience)
        now = time.monotonic()
        if now > deadline + _OVERSLEPT_SECONDS:
            for worker in self._workers:
                worker.since += now - self._awake
        self._awake = now
        return list(heard)

    def _start(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=work, args=(theirs, self._task), daemon=True)
        with _interrupts_held_back():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def _heard(worker: _Worker) -> dict[str, Any] | None:
    """What a worker says; ``None`` if it has died."""
    try:
        answer: dict[str, Any] = json.loads(worker.connection.recv_bytes())
    except (EOFError, OSError):
        return None
    return answer


def _give(worker: _Worker, supply: _Supply) -> None:
    row = supply.take()
    if not worker.rows:
        worker.since = time.monotonic()
    try:
        worker.connection.send((row.number, row.cells))
    except OSError:
        supply.give_back([row])  # it has died; the next wait says so
    else:
        worker.rows.append(row)


def _end(worker: _Worker) -> str:
    """Ends a worker, if it does not by itself, and says how it ended."""
    worker.connection.close()
    worker.process.join(_FAREWELL_SECONDS)
    worker.process.kill()
    worker.process.join()
    code = worker.process.exitcode or 0
    worker.process.close()
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C goes to every process of the terminal; what is started here never notices."""
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting it would let Ctrl-C through again
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
