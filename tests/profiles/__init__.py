"""Answers to fill the official forms with, and the field lists that the forms were drawn from.

A folder a form: ``fields.csv`` is its field list; ``realistic.json`` is written by hand, the other
profiles follow from it (``derive``). ``empty`` is no file: it answers nothing.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

FORMS = ("bao-2024", "sbo-so-2024")

FULL_PROFILES = ("realistic", "full_w", "full_lines", "zero")
"""Those that answer everything that a submission must have."""

EMPTY = "empty"

_HERE = Path(__file__).parent

Values = dict[str, str | bool]


def folder(form: str) -> Path:
    return _HERE / form


def profile_names(form: str) -> tuple[str, ...]:
    return (*(name for name in FULL_PROFILES if (folder(form) / f"{name}.json").is_file()), EMPTY)


def profile_values(form: str, profile: str) -> Values:
    """Raw values by field name, in the form's own order."""
    if profile == EMPTY:
        return {}
    values: Values = json.loads((folder(form) / f"{profile}.json").read_text("utf-8"))
    return values


@cache
def listed(form: str) -> dict[str, dict[str, str]]:
    """The lines of the form's field list by field name, in the list's order.

    ``need`` is R, R0, S, C, O or B as in ``pdf_templates.authoring.fields.Need``.
    """
    with (folder(form) / "fields.csv").open(encoding="utf-8", newline="") as file:
        return {line["name"]: line for line in csv.DictReader(file)}
