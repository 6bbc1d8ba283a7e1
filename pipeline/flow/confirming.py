"""What a person is shown before a form is sent: that it is whole, and what it would replace."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import AlreadySubmitted, FieldProblem, SubmissionError
from pipeline.flow.documents import Form, Stage, check, kept_answers, shown_text
from pipeline.flow.drafts import Draft, draft_form, open_draft
from pipeline.flow.one_page import one_page_warnings
from pipeline.flow.sending import earlier_submission, key_text_of
from pipeline.flow.versions import Sent
from pipeline.flow.wiring import Wiring
from pipeline.store.database import reading


@dataclass(frozen=True, slots=True)
class Confirmation:
    """``warnings`` stop nothing; ``sender`` is the name that the form itself suggests."""

    form: Form
    draft: Draft
    warnings: tuple[FieldProblem, ...]
    supersedes: Sent | None
    sender: str


def confirmation(wiring: Wiring, form_id: str, token: str) -> Confirmation:
    """Of the draft as it is saved; changes nothing.

    Raises ``SubmissionError`` with every problem, ``AlreadySubmitted``, and the errors of links.
    """
    form = draft_form(wiring, form_id, token)
    draft = open_draft(wiring, form_id, token)
    if draft.submission_token is not None:
        raise AlreadySubmitted(submission_token=draft.submission_token)
    checked = check(form, kept_answers(form, draft.values), Stage.FINAL)
    if checked.submission is None:
        raise SubmissionError(checked.problems)
    with reading(wiring.sessions) as session:
        key_text = key_text_of(form, checked.submission)
        earlier = earlier_submission(session, form.id, key_text)
    field = form.template.by_name.get(form.template.definition.sender)
    return Confirmation(
        form,
        draft,
        (*checked.problems, *one_page_warnings(form, checked)),
        None if earlier is None else Sent(earlier.reference, earlier.submitted_at),
        "" if field is None else shown_text(field, checked.values.get(field.name, "")),
    )
