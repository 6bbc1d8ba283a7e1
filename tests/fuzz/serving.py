"""A mutant as a template that somebody serves: its page on the web, its pictures, its documents.

A web or worker process that ends, hangs or fills the memory here takes everybody's forms along.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from pipeline.errors import FormpressError
from pipeline.flow import documents
from pipeline.flow.documents import Catalogue, Form, Stage
from pipeline.flow.linting import Linted, lint_form
from pipeline.model.definition import FormDefinition
from tests.fuzz.sources import LIMITS, Source
from tests.fuzz.target import Enter
from tests.web.site import JSON, website

_MOST_PICTURES = 3
_MOST_FIELDS = 50


def serve(mutant: bytes, source: Source, enter: Enter) -> str:
    """The answers of ``check``, the web, ``fill``, ``finish`` and ``flatten``, in a word each."""
    enter("template")
    form = documents.form_of(mutant, "fuzz", FormDefinition(), LIMITS)
    answers = []
    for stage, step in (
        ("check", _checked), ("web", _visited), ("fill and finish", _finished),
        ("flatten", documents.flatten_as_filled),
    ):  # fmt: skip
        enter(stage)
        try:
            step(form)
        except FormpressError as error:
            answers.append(error.code)
    return "/".join(dict.fromkeys(answers)) or "served"


def _checked(form: Form) -> None:
    report = lint_form(form, LIMITS)
    json.dumps(report.as_json())
    _ = report.lines()
    pictures = Linted(form, report, LIMITS).pictures()
    for _ in zip(range(_MOST_PICTURES), pictures, strict=False):
        pass


def _visited(form: Form) -> None:
    with (
        TemporaryDirectory() as folder,
        website(Catalogue({form.id: form}), Path(folder)) as site,
    ):
        # What a visitor sees as "something went wrong" is a crash here.
        site.app.error_handler_spec[None][None].pop(Exception)
        site.app.testing = True
        page = site.new(form.id)
        token = page.address.rpartition("/")[2]
        digest = form.template.digest
        site.client.get(f"/opmaak/{form.id}/{digest}.css")
        for number in range(1, 1 + min(_MOST_PICTURES, len(form.template.pages))):
            site.client.get(f"/bladzijde/{form.id}/{digest}/{number}.png")
        site.client.get(f"/bladzijde/{form.id}/{digest}/1-960.webp")
        for name in sorted(form.template.shown_names)[:2]:
            _look(site.client, form, token, name)
        page.press("voorbeeld")
        page.press("controleer", json=True)
        page.press("opslaan", json=True)


def _look(client: FlaskClient, form: Form, token: str, name: str) -> None:
    posted = {"veld": name, "waarde": "Ł 1", "sjabloon": form.template.digest}
    client.post(f"/formulier/{form.id}/{token}/vak", data=posted, headers=JSON)


def _finished(form: Form) -> None:
    values: dict[str, object] = {
        field.name: "Ł 1" for field in form.template.fields[:_MOST_FIELDS] if field.fillable
    }
    checked = documents.check(form, values, Stage.DRAFT)
    wrong = {problem.field for problem in checked.errors}
    right = {name: value for name, value in values.items() if name not in wrong}
    sent = documents.validate(form, right, Stage.DRAFT)
    documents.fill(form, sent)
    documents.finish(form, sent)
    with suppress(FormpressError):
        documents.archive_copy(form, sent)
