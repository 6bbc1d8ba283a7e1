"""Judges the official forms and what is made from them: ``python -m tests.conformance [-o DIR]``.

The empty templates and the definitive documents (before encryption, which a validator cannot see
through) must be PDF/UA-1; the archive copies must be PDF/UA-1 and PDF/A-2b.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PageOverflow
from pipeline.flow import documents
from pipeline.flow.documents import Form, Receipt, Stage
from pipeline.flow.one_page import one_page_archive_copy
from pipeline.model.limits import Limits
from tests.conformance.verapdf import NoValidator, judge
from tests.profiles import FORMS, profile_names, profile_values

_TEMPLATES = Path(__file__).parents[2] / "pdf_templates"
_RECEIPT = Receipt("PROEF-2024-000001", datetime(2026, 11, 24, 12, 0, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Subject:
    path: Path
    flavours: tuple[str, ...]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help="keeps the PDFs there")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.output or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _report(list(_subjects(folder)))
        except NoValidator as error:
            print(f"no verdict: {error}", file=sys.stderr)
            return 1


def _report(subjects: list[Subject]) -> int:
    failed = 0
    for flavour in ("ua1", "2b"):
        asked = [each.path for each in subjects if flavour in each.flavours]
        for path, verdict in judge(asked, flavour).items():
            failed += not verdict.passed
            word = "passes" if verdict.passed else f"FAILS {', '.join(verdict.failures)}"
            print(f"{flavour:>4}  {path.name:<44} {word}")
    print(f"{failed} failure(s)" if failed else "no failure")
    return 1 if failed else 0


def _subjects(folder: Path) -> Iterator[Subject]:
    for name in FORMS:
        form = documents.open_form(_TEMPLATES / name, Limits())
        yield _written(folder / f"{name}.pdf", form.pdf, "ua1")
        if form.one_page is not None:
            yield _written(folder / f"{name}-one-page.pdf", form.one_page.pdf, "ua1")
        for profile in profile_names(name):
            checked = documents.check(form, profile_values(name, profile), Stage.DRAFT)
            if checked.submission is None:
                raise SystemExit(f"{name}, {profile}: {checked.errors}")
            yield from _documents(folder / f"{name}-{profile}", form, checked.submission)


def _documents(stem: Path, form: Form, submission: documents.Submission) -> Iterator[Subject]:
    final = documents.finish_open(form, submission, _RECEIPT)
    yield _written(stem.with_name(f"{stem.name}.pdf"), final, "ua1")
    archived = documents.archive_copy(form, submission, _RECEIPT)
    yield _written(stem.with_name(f"{stem.name}-archive.pdf"), archived, "ua1", "2b")
    if form.one_page is not None:
        with suppress(PageOverflow):
            sheet = one_page_archive_copy(form, submission, _RECEIPT)
            yield _written(stem.with_name(f"{stem.name}-one-page.pdf"), sheet, "ua1", "2b")


def _written(path: Path, data: bytes, *flavours: str) -> Subject:
    path.write_bytes(data)
    return Subject(path, flavours)


if __name__ == "__main__":
    raise SystemExit(main())
