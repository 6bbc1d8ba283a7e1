"""What a mutant goes through: everything that reads a PDF from outside.

A target tells each stage it enters, and returns what came of it in a word. ``FormpressError`` is an
answer; any other exception is a finding.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.cli import main
from pipeline.errors import FormpressError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.definition import FormDefinition
from pipeline.pdf.intake import open_pdf
from tests.fuzz.sources import LIMITS, Source

Enter = Callable[[str], None]
Target = Callable[[bytes, Source, Enter], str]


def warm_up(sources: Iterable[Source]) -> None:
    """What is imported and worked out at first use, once, rather than in each child."""
    for source in sources:
        if source.is_made and source.form is not None:
            _ = source.form.printed
            read(source.pdf, source, lambda stage: None)


def read(mutant: bytes, source: Source, enter: Enter) -> str:
    """As an upload to the form it was made from, as a template, and as a file by itself."""
    enter("intake")
    try:
        open_pdf(mutant, LIMITS).close()
    except FormpressError as error:
        return error.code
    answers = [_received(source.form, mutant, enter, "receive")]
    enter("template")
    try:
        form = documents.form_of(mutant, "fuzz", FormDefinition(), LIMITS)
        json.dumps(documents.field_rules(form))
        answers.append("template")
    except FormpressError as error:
        form, answers = None, [*answers, error.code]
    if form is not None and form.template.digest != (source.form and source.form.template.digest):
        answers.append(_received(form, mutant, enter, "receive own"))
    _extracted_alone(mutant, enter)
    return "/".join(dict.fromkeys(answers))


def _received(form: Form | None, mutant: bytes, enter: Enter, stage: str) -> str:
    if form is None:
        return "no form"
    enter(stage)
    try:
        return documents.receive(form, mutant, LIMITS).source
    except FormpressError as error:
        return error.code


def _extracted_alone(mutant: bytes, enter: Enter) -> None:
    """``formpress extract FILE --json``: no template at hand; its exit code is 0 or 1."""
    enter("extract")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(mutant)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = main(["extract", file.name, "--json"])
    assert code in (0, 1), code
