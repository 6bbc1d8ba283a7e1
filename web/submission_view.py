"""A sent form as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import format_datetime, gettext

from pipeline.errors import StorageError, UnknownForm
from pipeline.flow.documents import Form
from pipeline.flow.submissions import Failure, OnePageView, SubmissionView
from pipeline.flow.versions import Sent
from pipeline.model.display import shown_text
from pipeline.model.field import Value
from pipeline.store.records import State
from web.archive_view import ArchivePart, archive_part
from web.field_view import ProblemView
from web.form_view import problem_views
from web.language import own_words, speak_as
from web.route_view import RouteView, route_view
from web.site import site
from web.submission_words import document_address, kilobytes, reason_of


@dataclass(frozen=True, slots=True)
class Answer:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class OnePagePart:
    """The one-page as the page of a sent form offers it, or says why there is none."""

    address: str
    sent: OnePageView
    problems: tuple[ProblemView, ...]

    @property
    def size(self) -> str:
        return kilobytes(self.sent.bytes)

    @property
    def reason(self) -> str:
        return reason_of(self.sent.failure)

    def as_json(self) -> dict[str, object]:
        return {
            "url": self.address if self.sent.failure is None else None,
            "name": self.sent.file_name,
            "size": self.size,
            "reason": self.reason,
            "problems": [problem.as_json() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    token: str
    sent: SubmissionView
    problems: tuple[ProblemView, ...]
    answers: tuple[Answer, ...]
    one_page: OnePagePart | None
    archive: ArchivePart | None
    has_one_page: bool
    successor: Sent | None
    new_token: str | None
    route: RouteView | None
    own: str = ""
    """The ``lang`` attribute of the form's own words."""

    @property
    def state(self) -> State:
        return self.sent.state

    @property
    def waiting(self) -> bool:
        """Whether a job is under way, so that the page has to look again."""
        return self.state in (State.QUEUED, State.RUNNING) or (
            self.archive is not None and self.archive.waiting
        )

    @property
    def submitted_at(self) -> str:
        return str(format_datetime(self.sent.submitted_at, "d MMMM y, HH:mm"))

    @property
    def superseded_at(self) -> str:
        later = self.successor
        return "" if later is None else str(format_datetime(later.submitted_at, "d MMMM y, HH:mm"))

    @property
    def pdf_address(self) -> str:
        return document_address(self.sent, self.sent.file_name)

    @property
    def pdf_size(self) -> str:
        return kilobytes(self.sent.pdf_bytes)

    @property
    def reason(self) -> str:
        return reason_of(self.sent.failure)

    def as_json(self) -> dict[str, object]:
        done = self.state is State.DONE
        return {
            "state": self.state.value,
            "waiting": self.waiting,
            "reference": self.sent.reference,
            "reason": self.reason,
            "problems": [problem.as_json() for problem in self.problems],
            "pdf": {"url": self.pdf_address, "size": self.pdf_size} if done else None,
            "one_page": None if self.one_page is None else self.one_page.as_json(),
            "archive": None if self.archive is None else self.archive.as_json(),
        }


def submission_page(token: str) -> SubmissionPage:
    """Raises ``UnknownLink``."""
    sent = site().desk.submission(token)
    form = _form(sent)
    served = sent.form_id in site().catalogue.forms
    if form is not None:
        speak_as(form)
    problems = () if sent.failure is None else sent.failure.problems
    return SubmissionPage(
        token,
        sent,
        problem_views(form, problems) if form else (),
        tuple(_answers(form, sent.values)),
        _one_page(form, sent),
        archive_part(form, sent),
        sent.one_page is not None or (form is not None and form.one_page is not None),
        site().desk.successor(token),
        site().desk.new_token() if served else None,
        route_view(form, site().desk.route_of_sent(token), sent.values) if form else None,
        own_words(form) if form else "",
    )


def _one_page(form: Form | None, sent: SubmissionView) -> OnePagePart | None:
    sheet = sent.one_page
    if sheet is None:
        return None
    address = document_address(sent, sheet.file_name)
    return OnePagePart(address, sheet, _one_page_problems(form, sheet.failure))


def _one_page_problems(form: Form | None, failure: Failure | None) -> tuple[ProblemView, ...]:
    """Under the form's labels, or the one-page's own; no links, as no field stands here."""
    if form is None or form.one_page is None or failure is None:
        return ()
    own = {name: field.title for name, field in form.one_page.template.by_name.items()}
    return tuple(
        view
        if view.field in form.template.by_name
        else replace(view, label=own.get(view.field, ""))
        for view in (replace(each, anchor=None) for each in problem_views(form, failure.problems))
    )


def _form(sent: SubmissionView) -> Form | None:
    """The edition that was sent, also of a form that is no longer served; ``None`` where it was
    not kept. The submission is shown in any case."""
    try:
        return site().desk.edition(sent.form_id, sent.template_digest)
    except (StorageError, UnknownForm) as error:
        current_app.logger.error("the edition of %s cannot be had: %s", sent.reference, error)
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
        label = name if form is None or field is None else form.outline.full_label_of(field)
        answers.append(Answer(label, text))
    return answers
