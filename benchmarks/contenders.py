"""What a contender is: something that makes one document after another, and times itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from benchmarks.subjects import Subject


class NotHere(Exception):
    """A contender that this machine cannot run; the message says what is missing."""


class Failed(Exception):
    """A contender that runs, and refuses this form or these values."""


@dataclass(frozen=True, slots=True)
class Sample:
    """``seconds`` by the clock on the wall; ``cpu`` seconds of all threads that did the work."""

    seconds: float
    cpu: float
    output: bytes


class Session(ABC):
    """A contender with a form in its hands, warm."""

    @abstractmethod
    def once(self) -> Sample:
        """One document. Raises ``Failed``."""

    def close(self) -> None:  # noqa: B027  most have nothing to end
        """Ends whatever runs."""


@dataclass(frozen=True)
class Contender:
    """``leaves_out`` says which part of the work it cannot do. ``start`` raises ``NotHere``.

    ``warm_up`` are the seconds of CPU that it may use before it is measured.
    """

    name: str
    start: Callable[[Subject], Session]
    leaves_out: str = ""
    warm_up: float = 1.0


class InProcess(Session):
    """A Python function that makes the document's bytes."""

    def __init__(self, make: Callable[[], bytes]) -> None:
        self._make = make

    def once(self) -> Sample:
        started, worked = perf_counter(), process_time()
        try:
            output = self._make()
        except Exception as error:
            # A peer may fail in any way it likes: the table says so and goes on.
            raise Failed(f"{type(error).__name__}: {error}") from error
        return Sample(perf_counter() - started, process_time() - worked, output)


def in_process(make: Callable[[Subject], bytes]) -> Callable[[Subject], Session]:
    return lambda subject: InProcess(lambda: make(subject))
