"""A sent form as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_datetime, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import UnknownForm
from pipeline.flow.documents import Form
from pipeline.flow.submissions import Failure, SubmissionView
from pipeline.model.display import shown_text
from pipeline.model.field import Value
from pipeline.store.records import State
from web.field_view import ProblemView
from web.form_view import problem_views
from web.site import site

_ = lazy_gettext

FAILURES: Mapping[str, LazyString] = {
    "proof": _(
        "Bij de controle bleek dat de PDF niet precies bevat wat u hebt ingevuld. Daarom is hij "
        "niet vrijgegeven."
    ),
    "took_too_long": _("Het maken van de PDF duurde te lang en is afgebroken."),
    "worker_lost": _("Het maken van de PDF is een paar keer onverwacht afgebroken."),
    "storage": _("De PDF kon niet worden bewaard."),
    "internal": _("Bij het maken van de PDF ging bij ons iets mis."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    token: str
    sent: SubmissionView
    problems: tuple[ProblemView, ...]
    answers: tuple[Answer, ...]

    @property
    def state(self) -> State:
        return self.sent.state

    @property
    def submitted_at(self) -> str:
        return str(format_datetime(self.sent.submitted_at, "d MMMM y, HH:mm"))

    @property
    def pdf_address(self) -> str:
        return url_for("submission.pdf", token=self.token, file_name=self.sent.file_name)

    @property
    def pdf_size(self) -> str:
        kilobytes = round((self.sent.pdf_bytes or 0) / 1024)
        return str(gettext("%(count)s kB", count=kilobytes))

    @property
    def reason(self) -> str:
        failure: Failure | None = self.sent.failure
        return "" if failure is None else str(FAILURES.get(failure.code, FAILURES["internal"]))

    def as_json(self) -> dict[str, object]:
        done = self.state is State.DONE
        return {
            "state": self.state.value,
            "reference": self.sent.reference,
            "reason": self.reason,
            "problems": [problem.as_json() for problem in self.problems],
            "pdf": {"url": self.pdf_address, "size": self.pdf_size} if done else None,
        }


def submission_page(token: str) -> SubmissionPage:
    """Raises ``UnknownLink``."""
    sent = site().desk.submission(token)
    form = _form(sent.form_id)
    problems = () if sent.failure is None else sent.failure.problems
    return SubmissionPage(
        token,
        sent,
        problem_views(form, problems) if form else (),
        tuple(_answers(form, sent.values)),
    )


def _form(form_id: str) -> Form | None:
    """A form that is no longer served still has its submissions."""
    try:
        return site().form(form_id)
    except UnknownForm:
        return None


def _answers(form: Form | None, values: Mapping[str, Value]) -> list[Answer]:
    """What was sent, in the form's order and under its labels; by name where it has none."""
    fields = {} if form is None else form.template.by_name
    order = [name for name in fields if name in values]
    order += [name for name in values if name not in fields]
    answers = []
    for name in order:
        field, value = fields.get(name), values[name]
        if isinstance(value, bool):
            text = gettext("ja") if value else gettext("nee")
        elif field is None:
            text = value if isinstance(value, str) else ", ".join(value)
        else:
            text = shown_text(field, value)
        answers.append(Answer(name if field is None else field.title, text))
    return answers
