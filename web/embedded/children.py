"""Child processes that are started again when they die, and never outlive their parent."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from web.embedded import guard

_log = logging.getLogger("formpress.serve")

_LARGEST_LOG = 5_000_000
_LOOK_SECONDS = 0.25
_SHORT_LIFE_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 30.0


@dataclass
class Child:
    """One process behind its guard. ``log`` gets what it prints; ``scratch`` goes with it.

    ``grace`` is the number of seconds it may take to stop politely.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    scratch: Path | None = None
    grace: float = 5.0
    started_at: float = field(default=0.0, init=False)
    _guard: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _lifeline: int = field(default=-1, init=False)

    def start(self) -> None:
        """The process group is the guard's, so that all of it can be ended by one number."""
        held_by_guard, self._lifeline = os.pipe()
        told = [str(held_by_guard), str(self.grace), str(self.scratch or "")]
        try:
            with _open_log(self.log) as output:
                self._guard = subprocess.Popen(
                    [sys.executable, "-I", "-S", guard.__file__, *told, *self.command],
                    env=dict(self.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    pass_fds=(held_by_guard,),
                    start_new_session=True,
                )
        finally:
            os.close(held_by_guard)
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self._guard is not None and self._guard.poll() is not None

    def clear_away(self) -> None:
        """After the guard itself was killed: what it guarded must not go on beside a new one."""
        if self._guard is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._guard.pid, signal.SIGKILL)
        self._let_go()

    def stop(self) -> None:
        """Returns when the process and all that it started are gone."""
        self._let_go()
        if self._guard is not None:
            self._guard.wait()
            self._guard = None
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def _let_go(self) -> None:
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1


def _open_log(path: Path) -> BinaryIO:
    """Adds to the log; one that has grown large is put aside as ``….1`` first."""
    with suppress(FileNotFoundError):
        if path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_name(path.name + ".1"))
    return path.open("ab")


class Watch:
    """Keeps children running while the block lasts; ends them in reverse order after it.

    ``restarted`` is called after each new start. A child that dies young is given longer and
    longer pauses, up to half a minute.
    """

    def __init__(self, children: Sequence[Child], restarted: Callable[[Child], None]) -> None:
        self._children = children
        self._restarted = restarted
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
        self._pauses = dict.fromkeys((child.name for child in children), 0.0)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        for child in reversed(self._children):
            child.stop()

    def _look(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            for child in self._children:
                if child.has_ended():
                    self._start_again(child)

    def _start_again(self, child: Child) -> None:
        pause = 0.0
        if time.monotonic() - child.started_at < _SHORT_LIFE_SECONDS:
            pause = min(max(0.5, 2 * self._pauses[child.name]), _LONGEST_PAUSE_SECONDS)
        self._pauses[child.name] = pause
        _log.warning("%s ended (see %s); it starts again", child.name, child.log)
        child.clear_away()
        if self._over.wait(pause):
            return
        try:
            child.start()
            self._restarted(child)
        except Exception:
            _log.exception("%s does not start", child.name)
