"""A sent form as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import format_datetime, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import UnknownForm
from pipeline.flow.documents import Form
from pipeline.flow.submissions import Failure, OnePageView, SubmissionView
from pipeline.flow.versions import Sent
from pipeline.model.display import shown_text
from pipeline.model.field import Value
from pipeline.store.records import State
from web.field_view import ProblemView
from web.form_view import problem_views
from web.language import own_words, speak_as
from web.route_view import RouteView, route_view
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
    "page_overflow": _(
        "Uw teksten passen samen niet op één A4, ook niet in de kleinste letter die nog goed "
        "leesbaar is."
    ),
    "submission": _("Een van uw teksten past niet in het vak dat ervoor is."),
    "internal": _("Bij het maken van de PDF ging bij ons iets mis."),
}


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
        return _kilobytes(self.sent.bytes)

    @property
    def reason(self) -> str:
        return _reason(self.sent.failure)

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
        return _kilobytes(self.sent.pdf_bytes)

    @property
    def reason(self) -> str:
        return _reason(self.sent.failure)

    def as_json(self) -> dict[str, object]:
        done = self.state is State.DONE
        return {
            "state": self.state.value,
            "reference": self.sent.reference,
            "reason": self.reason,
            "problems": [problem.as_json() for problem in self.problems],
            "pdf": {"url": self.pdf_address, "size": self.pdf_size} if done else None,
            "one_page": None if self.one_page is None else self.one_page.as_json(),
        }


def submission_page(token: str) -> SubmissionPage:
    """Raises ``UnknownLink``."""
    sent = site().desk.submission(token)
    form = _form(sent.form_id)
    if form is not None:
        speak_as(form)
    problems = () if sent.failure is None else sent.failure.problems
    return SubmissionPage(
        token,
        sent,
        problem_views(form, problems) if form else (),
        tuple(_answers(form, sent.values)),
        _one_page(form, sent),
        sent.one_page is not None or (form is not None and form.one_page is not None),
        site().desk.successor(token),
        None if form is None else site().desk.new_token(),
        route_view(form, site().desk.route_of_sent(token), sent.values) if form else None,
        own_words(form) if form else "",
    )


def document_address(sent: SubmissionView, file_name: str) -> str:
    """Where a document of the submission may be had by everybody; it leads nowhere else."""
    return url_for("documents.pdf", submission_id=sent.id, file_name=file_name)


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
    fields = {**form.one_page.template.by_name, **form.template.by_name}
    return tuple(
        replace(view, anchor=None, label=fields[view.field].title if view.field in fields else "")
        for view in problem_views(form, failure.problems)
    )


def _reason(failure: Failure | None) -> str:
    return "" if failure is None else str(FAILURES.get(failure.code, FAILURES["internal"]))


def _kilobytes(count: int | None) -> str:
    return str(gettext("%(count)s kB", count=round((count or 0) / 1024)))


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
