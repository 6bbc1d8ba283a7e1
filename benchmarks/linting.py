"""``python -m benchmarks.linting``: checks every form of the corpus, and counts what is found.

It fails where a form takes too long, or where the linter itself breaks.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import FormpressError
from pipeline.flow.linting import lint
from pipeline.lint.severities import SEVERITIES
from pipeline.model.limits import Limits

SECONDS = 10.0
"""What one form may take, without pictures."""

_VARIABLE = "FORMPRESS_CORPUS"
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@dataclass
class Tally:
    """``forms`` and ``findings`` by code; ``refused`` are no forms, ``broken`` are our mistakes."""

    forms: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    @property
    def slow(self) -> list[str]:
        return [name for name, seconds in self.seconds.items() if seconds > SECONDS]


def tally_of(paths: Iterable[Path], pictures: bool = False) -> Tally:
    tally = Tally()
    for path in paths:
        began = time.monotonic()
        try:
            linted = lint(path, Limits())
            linted.report.as_json()
            list(linted.report.lines())
            codes = Counter(finding.code for finding in linted.report.findings)
            tally.findings.update(codes)
            tally.forms.update(codes.keys())
            tally.seconds[path.stem] = time.monotonic() - began
            if pictures:
                list(linted.pictures())
        except FormpressError as error:
            tally.refused[path.stem] = error.code
        except Exception as error:
            tally.broken[path.stem] = f"{type(error).__name__}: {error}"
    return tally


def main(arguments: list[str] | None = None) -> int:
    """0 where nothing broke and nothing was slow, or where there is no corpus; else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linting", description=__doc__)
    parser.add_argument("--pictures", action="store_true", help="draw every page, too")
    options = parser.parse_args(arguments)
    folder = Path(os.environ.get(_VARIABLE) or _BESIDE)
    if not folder.is_dir():
        _say(f"No corpus: there is no folder ../shared/corpus, and {_VARIABLE} names none.")
        return 0
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
    tally = tally_of(sorted(folder.glob("*.pdf")), options.pictures)
    _say(_table(tally))
    return 1 if tally.broken or tally.slow else 0


def _table(tally: Tally) -> str:
    lines = [f"{'severity':<8} {'findings':>8} {'forms':>5}  code"]
    for code, count in tally.findings.most_common():
        lines.append(f"{SEVERITIES[code]:<8} {count:>8} {tally.forms[code]:>5}  {code}")
    slowest = sorted(tally.seconds.items(), key=lambda each: -each[1])[:5]
    lines += ["", "slowest: " + ", ".join(f"{name} {took:.1f} s" for name, took in slowest)]
    lines += [f"{len(tally.seconds)} forms checked in {sum(tally.seconds.values()):.0f} s"]
    lines += [f"refused: {name}: {code}" for name, code in tally.refused.items()]
    lines += [f"BROKEN: {name}: {what}" for name, what in tally.broken.items()]
    return "\n".join(lines)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
