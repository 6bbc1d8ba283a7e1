"""``python -m benchmarks``: measures, prints, and writes docs/performance.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import ours, pdfium_peer, process_peers, python_peers, report, subjects
from benchmarks.contenders import Contender
from benchmarks.measuring import Effort, Outcome, measure
from benchmarks.memory import peak_of
from benchmarks.ours import FLOOR, WITH_PROOF
from benchmarks.subjects import Subject
from benchmarks.targets import targets

_PERFORMANCE = Path(__file__).parent.parent / "docs" / "performance.md"

_FULL = Effort(rounds=9, seconds=5)
_QUICK = Effort(rounds=3, seconds=2, warm_up=0.2)

_CONTENDERS = (
    *ours.CONTENDERS, *python_peers.CONTENDERS, *pdfium_peer.CONTENDERS,
    *process_peers.CONTENDERS,
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    load = os.getloadavg()[0]
    effort = _QUICK if options.quick else _FULL
    contenders = ours.CONTENDERS if options.ours else _CONTENDERS
    forms = [subjects.profile(), subjects.onepage(), subjects.bao()]
    peak = peak_of(forms[0])
    tables = [(form, _measured(form, contenders, effort)) for form in forms]
    growth = _growth(forms[0], effort) if options.scale else None
    reached = targets({form.name: outcomes for form, outcomes in tables}, peak, growth)
    _say(report.target_table(reached))
    if not (options.quick or options.ours):
        command = "python -m benchmarks" + (" --scale" if options.scale else "")
        _, heading, page = _PERFORMANCE.read_text("utf-8").partition(report.PAGE_PART)
        loads = (load, os.getloadavg()[0])
        text = report.document(tables, reached, peak, command, loads)
        _PERFORMANCE.write_text(text + ("\n" + heading + page if page else ""), "utf-8")
        _say(f"written to docs/{_PERFORMANCE.name}")
    return 0


def _measured(
    form: Subject, contenders: tuple[Contender, ...], effort: Effort
) -> Mapping[str, Outcome]:
    outcomes = measure(form, contenders, effort)
    _say(f"## {form.name}: {form.summary}", report.table(outcomes), *report.absent(outcomes))
    return outcomes


def _growth(small: Subject, effort: Effort) -> float:
    """Seconds for 3,000 fields over seconds for 300, with proof."""
    ours_only = tuple(each for each in ours.CONTENDERS if each.name in (FLOOR, WITH_PROOF))
    few = measure(small, ours_only, Effort(3, effort.seconds))[WITH_PROOF].seconds
    large = measure(subjects.profile(scale=10), ours_only, Effort(3, 2 * effort.seconds))
    _say("## 3,000 fields on 120 pages", report.table(large))
    return large[WITH_PROOF].seconds / few


def _say(*parts: str) -> None:
    sys.stdout.write("\n\n".join(parts) + "\n\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few runs; writes no file")
    parser.add_argument("--ours", action="store_true", help="without the peers; writes no file")
    parser.add_argument("--scale", action="store_true", help="also 3,000 fields")
    return parser


if __name__ == "__main__":
    sys.exit(main())
