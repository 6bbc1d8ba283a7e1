"""``formpress check``: what an author should know of a template before it goes online."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from pipeline.cli_files import form_path, make_directory, write_file
from pipeline.flow.linting import Linted, lint
from pipeline.model.limits import Limits

Command = Callable[[argparse.Namespace], int]


def add_check(add: Callable[[str, Command, str], argparse.ArgumentParser]) -> None:
    command = add("check", _check, "what a form will do online, and what of it needs mending")
    command.add_argument("form", metavar="FORM.pdf", type=Path)
    command.add_argument("--json", action="store_true", help="answer as JSON")
    command.add_argument(
        "--pictures", metavar="DIR", type=Path, help="draw each page with what was found on it"
    )


def _check(options: argparse.Namespace) -> int:
    linted = lint(form_path(options.form), Limits())
    if options.pictures is not None:
        _draw(linted, options.pictures)
    if options.json:
        print(json.dumps(linted.report.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(linted.report.lines()))
    return 0


def _draw(linted: Linted, directory: Path) -> None:
    make_directory(directory)
    for name, picture in linted.pictures():
        write_file(directory / name, picture)
