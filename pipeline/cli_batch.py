"""``formpress batch``: one definitive PDF for each row of a CSV file."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from pipeline.errors import BadRows, BatchError, Interrupted
from pipeline.flow.batch import Order, Progress, Result, run_batch
from pipeline.flow.batch_journal import PROBLEMS_FILE
from pipeline.wording import error_sentence

_REDRAW_SECONDS = 0.1
_LINE_SECONDS = 10.0

Command = Callable[[argparse.Namespace], int]


def add_batch(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    command = add("batch", _batch, "one definitive PDF for each row of a CSV file")
    command.add_argument("form", metavar="FORM.pdf", type=Path)
    command.add_argument("rows", metavar="ROWS.csv", type=Path)
    command.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    command.add_argument(
        "--jobs", metavar="N", type=_count, default=_usable_cpus(), help="worker processes"
    )
    command.add_argument("--retry", action="store_true", help="try bad rows once more")
    command.add_argument("--no-encrypt", action="store_true", help="leave the PDFs unencrypted")
    command.add_argument("--json", action="store_true", help="answer as JSON")


def _batch(options: argparse.Namespace) -> int:
    from pipeline.settings import load_settings  # takes a moment that other commands need not

    template = options.form.name == "template.pdf" and options.form.is_file()
    order = Order(
        form=options.form.parent if template else options.form,  # with the form.toml beside it
        rows=options.rows,
        directory=options.output,
        jobs=options.jobs,
        encrypt=not options.no_encrypt,
        retry=options.retry,
        seconds=load_settings().job_seconds,
    )
    if options.json:
        result = run_batch(order)
    else:
        with _Meter() as meter:
            result = run_batch(order, meter.show)
    return _report(result, options.output, options.json)


def _report(result: Result, directory: Path, as_json: bool) -> int:
    error: BatchError | None = None
    if result.interrupted:
        error = Interrupted(done=result.made + result.kept, rows=result.rows)
    elif result.bad:
        file = directory / PROBLEMS_FILE
        error = BadRows(bad=result.bad, rows=result.rows, file=str(file))
    if as_json:
        print(json.dumps(_as_json(result, directory, error), ensure_ascii=False, indent=2))
    if error is not None:
        print("formpress: " + error_sentence(error), file=sys.stderr)
    if result.interrupted:
        return 130
    return 0 if error is None else 1


def _as_json(result: Result, directory: Path, error: BatchError | None) -> dict[str, object]:
    told: dict[str, object] = {
        "directory": str(directory),
        "rows": result.rows,
        "made": result.made,
        "kept": result.kept,
        "bad": result.bad,
        "seconds": round(result.seconds, 3),
        "warnings": _problems_json(result, "warning"),
    }
    if error is not None:
        told["error"] = {
            "code": error.code,
            "message": error_sentence(error),
            "problems": _problems_json(result, "error"),
        }
    return told


def _problems_json(result: Result, level: str) -> list[dict[str, object]]:
    return [
        {
            "row": each.row,
            "line": each.line,
            "field": each.field,
            "code": each.code,
            "message": each.message,
        }
        for each in result.problems
        if each.level == level
    ]


class _Meter:
    """How far it is: a bar where somebody watches, elsewhere a line now and then."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._shown = time.monotonic()
        self._last: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        if self._watched and self._last is not None:
            self._draw(self._last)
            sys.stderr.write("\n")

    def show(self, progress: Progress) -> None:
        self._last = progress
        now = time.monotonic()
        if now - self._shown < (_REDRAW_SECONDS if self._watched else _LINE_SECONDS):
            return
        self._shown = now
        if self._watched:
            self._draw(progress)
        else:
            print(_in_words(progress), file=sys.stderr, flush=True)

    def _draw(self, progress: Progress) -> None:
        words = _in_words(progress)
        width = min(40, shutil.get_terminal_size().columns - len(words) - 4)
        filled = width * progress.tried // progress.rows
        bar = f"[{'#' * filled}{'.' * (width - filled)}] " if width >= 10 else ""
        sys.stderr.write(f"\r\033[K{bar}{words}")
        sys.stderr.flush()


def _in_words(progress: Progress) -> str:
    rate = progress.now / progress.seconds
    left = round((progress.rows - progress.tried) / rate)
    bad = f", {progress.bad} bad" if progress.bad else ""
    time_left = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
    return f"{progress.tried}/{progress.rows} rows{bad}, {rate:.1f} a second, {time_left} left"


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _usable_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
