"""One run of all contenders over one form, in turns, so that a busy moment meets all of them."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.contenders import Contender, Failed, NotHere, Session
from benchmarks.fidelity import Fidelity, judge
from benchmarks.subjects import Subject

_QUICK = 0.3
"""Seconds; what runs longer fills the caches by itself."""


@dataclass(frozen=True, slots=True)
class Effort:
    """At most ``rounds`` runs of each; who has had ``seconds`` sits out what is left.

    ``warm_up`` is the share of the contenders' own warm-up that is granted.
    """

    rounds: int
    seconds: float
    warm_up: float = 1.0


@dataclass
class Outcome:
    """What came of one contender: either times and a judged document, or ``why`` not."""

    contender: Contender
    times: list[float] = field(default_factory=list)
    cpu_times: list[float] = field(default_factory=list)
    size: int = 0
    fidelity: Fidelity | None = None
    why: str = ""

    @property
    def name(self) -> str:
        return self.contender.name

    @property
    def seconds(self) -> float:
        """The median of the wall clock."""
        return median(self.times)

    @property
    def cpu(self) -> float:
        """The median of CPU seconds."""
        return median(self.cpu_times)


def measure(
    subject: Subject, contenders: Sequence[Contender], effort: Effort
) -> dict[str, Outcome]:
    """By name, in the given order. Nobody is measured cold."""
    outcomes = {each.name: Outcome(each) for each in contenders}
    sessions: dict[str, Session] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # peers complain about each field that they alter
        logging.disable(logging.ERROR)
        try:
            for outcome in outcomes.values():
                _note(f"{subject.name}: {outcome.name}")
                _warm_up(subject, outcome, sessions, effort)
            for number in range(effort.rounds):
                _note(f"{subject.name}: round {number + 1} of {effort.rounds}")
                for name, session in sessions.items():
                    outcome = outcomes[name]
                    if sum(outcome.times) < effort.seconds:
                        _run(outcome, session)
        finally:
            for session in sessions.values():
                session.close()
            logging.disable(logging.NOTSET)
            _note("")
    return outcomes


def _run(outcome: Outcome, session: Session) -> None:
    """One run that counts. A quick contender first gets the caches that the others took."""
    if not outcome.times or outcome.times[-1] < _QUICK:
        session.once()
    sample = session.once()
    outcome.times.append(sample.seconds)
    outcome.cpu_times.append(sample.cpu)


def _warm_up(
    subject: Subject, outcome: Outcome, sessions: dict[str, Session], effort: Effort
) -> None:
    session: Session | None = None
    granted = outcome.contender.warm_up * effort.warm_up
    try:
        session = outcome.contender.start(subject)
        sample = session.once()
        used = sample.cpu
        while used < granted:
            sample = session.once()
            used += sample.cpu
        outcome.size = len(sample.output)
        outcome.fidelity = judge(sample.output, subject)
    except NotHere as missing:
        outcome.why = f"skipped: {missing}"
    except Failed as failure:
        outcome.why = f"failed: {failure}"
        if session is not None:
            session.close()
    else:
        sessions[outcome.name] = session


def _note(text: str) -> None:
    """Progress, where somebody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()
