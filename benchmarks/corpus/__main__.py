"""``python -m benchmarks.corpus``: fills, finishes and judges every form of the corpus."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import pictures, report
from benchmarks.corpus.findings import Findings
from benchmarks.corpus.running import run_all
from benchmarks.corpus.values import ALPHABETS, Alphabet

_VARIABLE = "FORMPRESS_CORPUS"
_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def main(arguments: list[str] | None = None) -> int:
    """0 where all targets are reached, or where there is no corpus; else 1."""
    options = _parser().parse_args(arguments)
    folder = Path(os.environ.get(_VARIABLE) or _BESIDE)
    if not folder.is_dir():
        _say(f"No corpus: there is no folder ../shared/corpus, and {_VARIABLE} names none.")
        return 0
    paths = _chosen(folder, options.only)
    if not paths:
        _say("No file of the corpus is called that.")
        return 2
    if options.pictures is not None:
        pictures.draw(_pictured(folder, options.only), options.pictures, _progress)
        return 0
    found = _examined(paths, options.jobs, ALPHABETS[options.letters])
    if options.json is not None:
        told = json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=1)
        options.json.write_text(told, "utf-8")
    _say(report.table(found))
    _say(report.shortfalls(found, None if options.all else 12))
    _say(report.not_forms(found), "Slowest:\n" + report.slowest(found))
    return 1 if report.missed(found) else 0


def _examined(paths: Sequence[Path], jobs: int, alphabet: Alphabet) -> list[Findings]:
    began, found = time.monotonic(), []
    for findings in run_all(paths, jobs, alphabet):
        found.append(findings)
        fell = len(findings.shortfalls)
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        _progress(
            f"{len(found):>4}/{len(paths)} {minutes}:{seconds:02} {findings.name}"
            + (f": {fell} shortfall{'s' if fell > 1 else ''}" if fell else "")
        )
    return sorted(found, key=lambda each: each.name)


def _chosen(folder: Path, only: Sequence[str]) -> list[Path]:
    """Files whose name has one of ``only`` in it; the largest first, so that no core waits last."""
    named = [path for path in folder.glob("*.pdf") if _is_meant(path, only)]
    return sorted(named, key=lambda path: (-path.stat().st_size, path.name))


def _pictured(folder: Path, only: Sequence[str]) -> list[Path]:
    return sorted(_chosen(folder, only or pictures.TEN))


def _is_meant(path: Path, only: Sequence[str]) -> bool:
    return not only or any(each in path.stem for each in only)


def _say(*parts: str) -> None:
    sys.stdout.write("\n\n".join(part for part in parts if part) + "\n\n")
    sys.stdout.flush()


def _progress(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="part of a name")
    parser.add_argument("--jobs", type=int, default=2, help="forms at a time (2)")
    parser.add_argument(
        "--letters", choices=ALPHABETS, default="western", help="of the texts (western)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="all findings as data")
    parser.add_argument("--all", action="store_true", help="name every shortfall of a form")
    parser.add_argument(
        "--pictures", type=Path, metavar="DIR",
        help="judges nothing: final pages beside PDFium's own form filler, of ten forms or --only",
    )  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
