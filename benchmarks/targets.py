"""The targets for speed and size, each beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.fidelity import BEYOND
from benchmarks.measuring import Outcome
from benchmarks.memory import Peak
from benchmarks.ours import FLOOR, WITH_PROOF, WITHOUT_PROOF

_OURS = (FLOOR, WITH_PROOF, WITHOUT_PROOF)

PDFBOX = "PDFBox, `?` for Ł"


@dataclass(frozen=True, slots=True)
class Target:
    """``reached`` is ``None`` where it was not measured."""

    wanted: str
    measured: str
    reached: bool | None


def targets(
    tables: Mapping[str, Mapping[str, Outcome]], peak: Peak, growth: float | None
) -> list[Target]:
    """``tables`` by form; ``growth`` is the time of 3,000 fields over that of 300."""
    found: list[Target] = []
    for form, outcomes in tables.items():
        found += _beside_the_floor(form, outcomes)
    profile = tables["profile"]
    found += [_three_times_pdfbox(profile), _keeping_every_character(profile)]
    found.append(
        Target(
            "3,000 fields cost at most 11 × 300 fields",
            "not measured (`--scale`)" if growth is None else f"{growth:.1f} ×",
            None if growth is None else growth <= 11,
        )
    )
    found.append(Target("peak memory ≤ 200 MB", f"{peak.most:.0f} MiB", peak.most <= 200))
    if not (profile[WITH_PROOF].why or profile[FLOOR].why):
        share = profile[WITH_PROOF].size / profile[FLOOR].size
        found.append(Target("*profile* ≤ 1.1 × floor's bytes", f"{share:.2f} ×", share <= 1.1))
    return found


def _beside_the_floor(form: str, outcomes: Mapping[str, Outcome]) -> Iterator[Target]:
    for name, wanted, words in (
        (WITH_PROOF, 1.0, "with proof"),
        (WITHOUT_PROOF, 1.5, "without proof"),
    ):
        target = f"*{form}* {words} ≥ {wanted} × floor"
        if outcomes[name].why:
            yield Target(target, outcomes[name].why, False)
            continue
        yield Target(target, *_compared(outcomes[FLOOR], outcomes[name], wanted))


def _three_times_pdfbox(profile: Mapping[str, Outcome]) -> Target:
    wanted = "*profile* with proof ≥ 3 × PDFBox (which writes `?`)"
    other = profile.get(PDFBOX)
    if other is None or other.why or profile[WITH_PROOF].why:
        return Target(wanted, "not measured: PDFBox was not there", None)
    return Target(wanted, *_compared(other, profile[WITH_PROOF], 3))


def _keeping_every_character(profile: Mapping[str, Outcome]) -> Target:
    wanted = "*profile* with proof ≥ 200 × the fastest peer that keeps every character"
    keeping = [
        outcome
        for name, outcome in profile.items()
        if name not in _OURS and outcome.fidelity and outcome.fidelity.share(BEYOND) == 1
    ]
    if not keeping or profile[WITH_PROOF].why:
        return Target(wanted, "no peer that ran does", None)
    fastest = min(keeping, key=lambda each: each.seconds)
    measured, reached = _compared(fastest, profile[WITH_PROOF], 200)
    return Target(wanted, f"{measured} ({fastest.name})", reached)


def _compared(other: Outcome, ours: Outcome, wanted: float) -> tuple[str, bool]:
    """How many times as fast, by the clock and by CPU time; the clock decides."""
    ratio = other.seconds / ours.seconds
    return f"{ratio:.2f} ×, CPU {other.cpu / ours.cpu:.2f} ×", ratio >= wanted
