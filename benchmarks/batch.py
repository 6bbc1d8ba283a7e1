"""``python -m benchmarks.batch``: how ``formpress batch`` scales with its worker processes.

The form is bao-2024, each row its realistic values made its own. Runs with few and many processes
take turns, each as a program of its own: what starting and ending costs is counted.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

_ROOT = Path(__file__).parent.parent
_FORM = _ROOT / "pdf_templates/bao-2024"
_VALUES = _ROOT / "tests/profiles/bao-2024/realistic.json"


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    with TemporaryDirectory() as folder:
        table = Path(folder) / "rows.csv"
        write_table(table, options.rows)
        for number in range(1, options.rounds + 1):
            one = _seconds(table, Path(folder) / f"one-{number}", options.rows, 1)
            several = _seconds(
                table, Path(folder) / f"several-{number}", options.rows, options.jobs
            )
            _say(
                f"round {number}: --jobs 1 {one:.1f} s ({options.rows / one:.1f} rows a second), "
                f"--jobs {options.jobs} {several:.1f} s ({options.rows / several:.1f}): "
                f"{one / several:.2f} ×, load {os.getloadavg()[0]:.2f}"
            )
    return 0


def write_table(path: Path, rows: int) -> None:
    """As a Dutch Excel would: a header row, semicolons, CRLF."""
    values: dict[str, str | bool] = json.loads(_VALUES.read_text("utf-8"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(values), delimiter=";")
        writer.writeheader()
        for number in range(rows):
            own = {
                "school.naam": f"{values['school.naam']} {number}",
                "school.brin": f"{number % 100:02}ZZ",
                "school.vestiging": f"{number // 100 % 100:02}",
                "school.huisnummer": f"{number}a",
                "directie.naam": f"{values['directie.naam']} {number}",
            }
            writer.writerow({name: _cell(value) for name, value in (values | own).items()})


def _cell(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def _seconds(table: Path, output: Path, rows: int, jobs: int) -> float:
    """Of a whole run. All rows must have come out of it."""
    command = [
        sys.executable, "-m", "pipeline.cli", "batch", str(_FORM), str(table),
        "-o", str(output), "--jobs", str(jobs), "--json",
    ]  # fmt: skip
    began = time.perf_counter()
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    seconds = time.perf_counter() - began
    made = json.loads(run.stdout)["made"]
    if made != rows or len(list(output.glob("*.pdf"))) != rows:
        raise RuntimeError(f"{made} of {rows} rows")
    return seconds


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2, help="to hold against one")
    return parser


if __name__ == "__main__":
    sys.exit(main())
