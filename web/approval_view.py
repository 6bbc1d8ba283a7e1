"""The page of an approver: what is asked, the version that it is about, the decision to make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import format_date, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from pipeline.errors import FieldProblem
from pipeline.flow.approver import ApproverView
from pipeline.flow.documents import file_name, shown_text
from pipeline.flow.route import Approval, ApprovalState
from pipeline.model.field import Field, Value, is_empty
from web.approval_questions import Question, questions_of
from web.field_view import ProblemView
from web.language import own_words, speak_as
from web.route_words import capital, in_words, verdict_text

_ = lazy_gettext

OVER: Mapping[str, tuple[LazyString, LazyString]] = {
    "changed": (
        _("Deze vraag is vervallen"),
        _(
            "Het formulier is gewijzigd nadat het u was voorgelegd. Wat u eventueel hebt besloten, "
            "telt niet meer. U krijgt een nieuwe link als het u opnieuw wordt gevraagd."
        ),
    ),
    "earlier": (
        _("Deze vraag is vervallen"),
        _(
            "Een eerdere stap is opnieuw aan de beurt. Wat u eventueel hebt besloten, telt niet "
            "meer. U krijgt een nieuwe link als het u daarna opnieuw wordt gevraagd."
        ),
    ),
    "withdrawn": (
        _("Deze vraag is ingetrokken"),
        _("Wie u dit vroeg, heeft de vraag teruggenomen. U hoeft niets meer te doen."),
    ),
    "replaced": (
        _("Deze link is vervangen"),
        _("Er is daarna een nieuwe link gemaild. Gebruik de link uit de laatste mail."),
    ),
    "submitted": (
        _("Het formulier is al verstuurd"),
        _("Er valt hier niets meer te beslissen."),
    ),
    "expired": (
        _("Deze link is verlopen"),
        _("De bewaartermijn is voorbij en het formulier is verwijderd."),
    ),
    "deleted": (
        _("Het formulier is verwijderd"),
        _("Degene die het invulde, heeft het weggegooid. U hoeft niets meer te doen."),
    ),
}


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    page: int
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ApproverPage:
    """``over`` is a heading and a text where the link has nothing to show any more."""

    token: str
    title: str
    form_title: str
    ask: str
    about: tuple[tuple[str, str], ...]
    version: int
    asked_on: str
    valid_until: str
    pdf_address: str
    decided: tuple[tuple[str, str], ...]
    refused: bool
    questions: tuple[Question, ...]
    problems: tuple[ProblemView, ...]
    groups: tuple[AnswerGroup, ...]
    over: tuple[str, str] | None = None
    own: str = ""
    """The ``lang`` attribute of the form's own words."""


def approver_page(
    token: str,
    found: ApproverView,
    given: Mapping[str, str] | None = None,
    problems: Sequence[FieldProblem] = (),
) -> ApproverPage:
    """``given`` is what was typed, where the decision was not taken in, and ``problems`` why."""
    form, approval = found.form, found.approval
    speak_as(form)
    fields = form.template.by_name
    over = OVER.get(found.over)
    name = file_name(form, found.values).removesuffix(".pdf")
    questions = () if over or approval.decided_at else questions_of(found, given, problems)
    return ApproverPage(
        token=token,
        title=found.definition.title,
        form_title=form.title,
        ask=found.definition.ask,
        about=tuple(
            (fields[each].title, shown_text(fields[each], found.values.get(each)))
            for each in form.template.definition.key
            if found.values.get(each)
        ),
        version=approval.version,
        asked_on=in_words(approval.requested_at),
        valid_until=str(format_date(found.expires_at, "d MMMM y")),
        pdf_address=url_for(
            "approval.pdf", token=token, file_name=f"{name}-versie-{approval.version}"
        ),
        decided=tuple(_decided(found)) if approval.decided_at else (),
        refused=approval.state is ApprovalState.REFUSED,
        questions=questions,
        problems=tuple(_problem_views(questions, problems)),
        groups=() if over else tuple(_groups(found)),
        over=None if over is None else (str(over[0]), str(over[1])),
        own=own_words(form),
    )


def _problem_views(
    questions: Sequence[Question], problems: Sequence[FieldProblem]
) -> list[ProblemView]:
    known = {each.name: each for each in questions}
    return [
        ProblemView(
            field=problem.field,
            code=problem.code,
            message=known[problem.field].error,
            level=problem.level,
            label=known[problem.field].label,
            anchor=known[problem.field].control_id,
            page=None,
        )
        for problem in problems
        if problem.field in known
    ]


def _decided(found: ApproverView) -> list[tuple[str, str]]:
    approval: Approval = found.approval
    verdict = verdict_text(found.form, found.definition, approval.verdict or "")
    shown = [
        (gettext("Uw besluit"), capital(verdict)),
        (gettext("Opmerking"), approval.remark),
        (gettext("Naam"), approval.name),
        (gettext("Functie"), approval.role),
        (gettext("Datum"), str(format_date(approval.dated, "d MMMM y")) if approval.dated else ""),
    ]
    return [(label, text) for label, text in shown if text]


def _groups(found: ApproverView) -> list[AnswerGroup]:
    """What was filled in, by page, under the form's own labels."""
    label_of = found.form.outline.full_label_of
    by_page: dict[int, list[tuple[str, str]]] = {}
    for field in found.form.template.data_fields():
        text = _answer_text(field, found.values.get(field.name))
        if text and field.page is not None:
            by_page.setdefault(field.page, []).append((label_of(field), text))
    return [AnswerGroup(page + 1, tuple(answers)) for page, answers in sorted(by_page.items())]


def _answer_text(field: Field, value: Value | None) -> str:
    if value is True:
        return str(gettext("ja"))
    if value is None or value is False or is_empty(value):
        return ""
    return shown_text(field, value)
