"""``formpress reports``: the views that a reporting tool reads, made anew or shown as SQL."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

Adder = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_reports(add: Adder) -> None:
    command = add("reports", _reports, "make the reporting views of the database anew")
    command.description = (
        "Makes a view for each form in the database of an installation: its fields as typed "
        "columns. Serving does the same at its start. Settings come from the environment."
    )
    command.add_argument("forms", nargs="*", type=Path, metavar="TEMPLATE.pdf | FOLDER")
    command.add_argument("--data", type=Path, metavar="DIR", help="default: ./data")
    command.add_argument("--print", action="store_true", help="show the SQL and change nothing")


def _reports(options: argparse.Namespace) -> int:
    # SQLAlchemy takes a while to load; the document commands should not wait for it.
    from pipeline.flow.documents import open_catalogue
    from pipeline.flow.reports import renew_reports, report_statements
    from pipeline.settings import load_settings
    from pipeline.store.migrations import migrate

    settings = load_settings(data_dir=options.data, forms=options.forms or None)
    catalogue = open_catalogue(settings.forms, settings.limits)
    if options.print:
        print(";\n\n".join(report_statements(settings, catalogue)) + ";")
        return 0
    migrate(settings.database)
    renewed = renew_reports(settings, catalogue)
    for name in renewed.changed:
        print(f"{name}: made")
    for name, why in renewed.refused:
        print(f"{name}: not made: {why}", file=sys.stderr)
    return 1 if renewed.refused else 0
