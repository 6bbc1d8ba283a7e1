"""``python -m benchmarks.extraction``: reading values back from filled forms, beside a raw walk.

The peer is what a competent person writes with pikepdf in 25 lines. It knows no widgets that
/Fields forgot, no cycles, no state that only AS shows and no appearance to check one against.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pikepdf

from benchmarks import subjects
from benchmarks.subjects import Subject
from pipeline.flow import documents
from pipeline.flow.documents import Form, form_of
from pipeline.model.definition import FormDefinition
from pipeline.model.limits import Limits
from pipeline.pdf.form_values import form_values
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.template_reader import template_of

_VARIABLE = "FORMPRESS_CORPUS"
_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"
_REAL = (
    "apache_pdfbox__AcroFormsRotation.pdf",
    "codeforamerica_vita-min__f1040-TY2021.pdf",
    "codeforamerica_vita-min__az301-TY2024.pdf",
    "mozilla_pdf.js__js-buttons.pdf",
    "pdfcpu_pdfcpu__english-57065669.pdf",
    "pikepdf_pikepdf__form_dd0293.pdf",
    "py-pdf_pypdf__FormTestFromOo.pdf",
    "qpdf_qpdf__form-mod1.pdf",
    "ustaxes_UsTaxes__f1040s1.pdf",
    "ustaxes_UsTaxes__IL-WIT-6fb89737.pdf",
)
"""As they are: some filled in, most empty."""

_TODAY = date(2026, 12, 31)
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Upload:
    """A filled form, and the form that it was made from."""

    name: str
    form: Form
    data: bytes


def raw_walk(data: bytes) -> dict[str, str]:
    """Values as text by fully qualified name: down from /Fields, what a parent says included."""
    found: dict[str, str] = {}

    def walk(node: pikepdf.Object, prefix: str, kind: object = None, value: object = None) -> None:
        name = prefix
        if "/T" in node:
            partial = str(node["/T"])
            name = f"{prefix}.{partial}" if prefix else partial
        kind = node.get("/FT", kind)
        value = node.get("/V", value)
        kids = node.get("/Kids")
        if kids is None:
            if kind is not None:
                found.setdefault(name, "" if value is None else str(value))
            return
        for kid in kids:
            walk(kid, name, kind, value)

    with pikepdf.open(BytesIO(data)) as pdf:
        for root in pdf.Root.AcroForm.Fields:
            walk(root, "")
    return found


def values_alone(upload: Upload) -> object:
    """No template is known."""
    with open_pdf(upload.data, _LIMITS, only_read=True) as pdf:
        return form_values(pdf, _LIMITS).held


def values_of_the_form(upload: Upload) -> object:
    """Of a template that is known."""
    with open_pdf(upload.data, _LIMITS, only_read=True) as pdf:
        return form_values(pdf, _LIMITS, upload.form.template.by_name).held


def received(upload: Upload) -> object:
    """Read, checked against the form's rules, in their kept form."""
    return documents.receive(upload.form, upload.data, _LIMITS)


def whole_template(upload: Upload) -> object:
    """Everything there is to know of an unknown form."""
    with open_pdf(upload.data, _LIMITS, only_read=True) as pdf:
        return template_of(pdf, "", None, _LIMITS)


_RAW = "raw pikepdf walk"
_WAYS: dict[str, Callable[[Upload], object]] = {
    _RAW: lambda upload: raw_walk(upload.data),
    "values alone": values_alone,
    "values, form known": values_of_the_form,
    "receive": received,
    "whole template": whole_template,
}


@dataclass(frozen=True, slots=True)
class Times:
    """Medians of one way, in milliseconds, and of its ratio to the raw walk beside it."""

    wall: float
    cpu: float
    share: float


def measure(upload: Upload, rounds: int) -> dict[str, Times]:
    """All ways in turns, so that a busy moment meets all of them."""
    walls: dict[str, list[float]] = {name: [] for name in _WAYS}
    cpus: dict[str, list[float]] = {name: [] for name in _WAYS}
    for way in _WAYS.values():
        way(upload)
    for _ in range(rounds):
        for name, way in _WAYS.items():
            wall, cpu = perf_counter(), process_time()
            way(upload)
            cpus[name].append((process_time() - cpu) * 1000)
            walls[name].append((perf_counter() - wall) * 1000)
    return {
        name: Times(
            median(walls[name]),
            median(cpus[name]),
            median(own / raw for own, raw in zip(cpus[name], cpus[_RAW], strict=True)),
        )
        for name in _WAYS
    }


def drawn() -> list[Upload]:
    """The bench's own forms, filled in by Formpress."""
    return [
        _filled(subject) for subject in (subjects.profile(), subjects.onepage(), subjects.bao())
    ]


def real() -> list[Upload]:
    """Files of the corpus, each its own form; none where the corpus is not there."""
    folder = Path(os.environ.get(_VARIABLE) or _BESIDE)
    paths = [folder / name for name in _REAL if (folder / name).is_file()]
    return [
        Upload(path.stem, form_of(data, "real", FormDefinition(), _LIMITS), data)
        for path, data in ((path, path.read_bytes()) for path in paths)
    ]


def _filled(subject: Subject) -> Upload:
    submission = documents.validate(subject.form, subject.values, today=_TODAY)
    return Upload(subject.name, subject.form, documents.fill(subject.form, submission))


def _table(uploads: list[Upload], rounds: int) -> None:
    width = max(len(upload.name) for upload in uploads)
    _say(f"{'':{width}}  fields  " + "".join(f"{name:>30}" for name in _WAYS))
    for upload in uploads:
        times = measure(upload, rounds)
        cells = [f"{t.wall:9.2f} ms {t.cpu:8.2f} ms {t.share:5.2f} ×" for t in times.values()]
        _say(f"{upload.name:{width}}  {len(upload.form.template.fields):6}  " + "".join(cells))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--rounds", type=int, default=101, help="runs of each (101)")
    rounds = parser.parse_args(arguments).rounds
    _say(f"Load average {os.getloadavg()[0]:.1f}. Medians of {rounds} runs of each, in turns:")
    _say("wall clock, CPU, and CPU as a share of the raw walk's in the same turn.")
    found = real()
    if not found:
        _say(f"No corpus: there is no folder ../shared/corpus, and {_VARIABLE} names none.")
    _table([*drawn(), *found], rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
