"""``python -m tests.fuzz``: cases until the time is over, findings kept with what made them."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import cast

from tests.fuzz.hostile import bombs
from tests.fuzz.recipe import Recipe, recipe
from tests.fuzz.running import Bounds, Case, Outcome, run
from tests.fuzz.serving import serve
from tests.fuzz.shrinking import case_of, shrunk
from tests.fuzz.sources import CORPUS, Source, corpus_sources, made_sources
from tests.fuzz.target import Target, read, warm_up

_TELL_EVERY = 30.0


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    sources = {source.name: source for source in made_sources()}
    real = [] if options.made_only else corpus_sources()
    if not real and not options.made_only:
        print(f"no folder ../shared/{CORPUS.name}: only forms made in code are mutated")
    sources |= {source.name: source for source in real}
    module, _, name = options.target.partition(":")
    target = cast("Target", getattr(importlib.import_module(module), name))
    bounds = Bounds(options.case_seconds, options.case_memory)
    fuzz = Fuzz(sources, target, bounds, options.seed, options.shrink)
    if options.file is not None:
        return fuzz.again(options.file, options.source)
    if options.case is not None:
        return fuzz.one(options.case)
    return fuzz.run(options.seconds, options.cases, options.jobs, options.keep)


class Fuzz:
    """A run with one seed: its cases, and the findings so far by signature."""

    def __init__(
        self,
        sources: dict[str, Source],
        target: Target,
        bounds: Bounds,
        seed: int,
        shrink_seconds: float,
    ) -> None:
        self.sources, self.target, self.bounds, self.seed = sources, target, bounds, seed
        self.shrink_seconds = shrink_seconds
        self.findings: dict[str, list[int]] = {}
        self.answers: Counter[str] = Counter()

    def run(self, seconds: float, most: int | None, jobs: int, keep: Path) -> int:
        """Exit code: 1 where anything was found."""
        bombs()
        if self.target in (read, serve):
            warm_up(self.sources.values())
        started = told = time.monotonic()
        slowest: Outcome | None = None
        largest: Outcome | None = None
        for outcome in run(self._cases(started + seconds, most), self.target, self.bounds, jobs):
            self.answers[outcome.error if outcome.kind == "read" else outcome.kind] += 1
            if outcome.kind == "read":
                slowest = max(slowest or outcome, outcome, key=lambda each: each.seconds)
                largest = max(largest or outcome, outcome, key=lambda each: each.mebibytes)
            if outcome.is_finding:
                self._found(outcome, keep)
            if time.monotonic() - told > _TELL_EVERY:
                told = time.monotonic()
                print(f"{sum(self.answers.values())} cases, {len(self.findings)} findings …")
                sys.stdout.flush()
        count = sum(self.answers.values())
        print(f"seed {self.seed}: {count} cases in {time.monotonic() - started:.0f} s")
        print("  " + ", ".join(f"{word} {times}" for word, times in self.answers.most_common(12)))
        if slowest is not None and largest is not None:
            print(f"  slowest: case {slowest.case.number}, {slowest.seconds} s of processor time")
            print(f"  largest: case {largest.case.number}, {largest.mebibytes} MiB")
        for signature, numbers in self.findings.items():
            print(f"FOUND {signature} ({len(numbers)} cases, first {numbers[0]})")
        return 1 if self.findings else 0

    def one(self, number: int) -> int:
        """One case again, with all there is to say of it."""
        order = recipe(self.seed, number, self.sources)
        return self._tell(str(order), case_of(number, order, self.sources))

    def again(self, file: Path, source: str) -> int:
        """A kept mutant again, as an upload to the form ``source``."""
        return self._tell(file.name, Case(0, self.sources[source], file.read_bytes))

    def _tell(self, words: str, case: Case) -> int:
        outcome = next(run([case], self.target, self.bounds))
        print(words)
        print(f"{outcome.kind} in {outcome.where}: {outcome.error}")
        print(f"{outcome.size} bytes, {outcome.seconds} s, {outcome.mebibytes} MiB")
        print(outcome.trace)
        return 1 if outcome.is_finding else 0

    def _cases(self, until: float, most: int | None) -> Iterator[Case]:
        number = 0
        while time.monotonic() < until and (most is None or number < most):
            yield case_of(number, recipe(self.seed, number, self.sources), self.sources)
            number += 1

    def _found(self, outcome: Outcome, keep: Path) -> None:
        known = self.findings.setdefault(outcome.signature, [])
        known.append(outcome.case.number)
        if len(known) > 1:
            return
        order = recipe(self.seed, outcome.case.number, self.sources)
        print(f"FOUND {outcome.signature} (case {outcome.case.number})\n  {order}")
        sys.stdout.flush()
        order, mutant = shrunk(
            outcome, order, self.sources, self.target, self.bounds, self.shrink_seconds
        )
        self._keep(outcome, order, mutant, keep)

    def _keep(self, outcome: Outcome, order: Recipe, mutant: bytes, keep: Path) -> None:
        keep.mkdir(parents=True, exist_ok=True)
        path = keep / f"{outcome.kind}-{sha256(outcome.signature.encode()).hexdigest()[:8]}.pdf"
        path.write_bytes(mutant)
        record = {
            "seed": self.seed,
            "case": outcome.case.number,
            "recipe": str(order),
            "source": order.source,
            "stage": outcome.where,
            "error": outcome.error,
            "bytes": outcome.size,
            "seconds": outcome.seconds,
            "mebibytes": outcome.mebibytes,
            "trace": outcome.trace.splitlines(),
        }
        path.with_suffix(".json").write_text(json.dumps(record, indent=1, ensure_ascii=False))
        print(f"  kept: {path} ({len(mutant)} bytes)")
        sys.stdout.flush()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    add = parser.add_argument
    add("--seconds", type=float, default=300, help="how long (300)")
    add("--cases", type=int, help="stop after so many cases")
    add("--seed", type=int, default=1, help="the same seed gives the same cases (1)")
    add("--jobs", type=int, default=2, help="cases at a time (2)")
    add("--keep", type=Path, default=Path("build/fuzz"), help="where findings go (build/fuzz)")
    add("--case", type=int, metavar="N", help="only case N of the seed, with all its words")
    add("--file", type=Path, metavar="PDF", help="only this file, as an upload to --source")
    add("--source", default="everything", help="with --file: the form it claims to be")
    add("--made-only", action="store_true", help="leave the real forms out")
    add("--shrink", type=float, default=30, help="seconds to make a finding smaller (30)")
    add("--case-seconds", type=int, default=20, help="processor time of a case (20)")
    add("--case-memory", type=int, default=512, help="MiB that a case may grow by (512)")
    add("--target", default="tests.fuzz.target:read", metavar="MODULE:FUNCTION")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
