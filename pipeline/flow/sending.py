"""Sends a form: everything is checked, everything is kept, and it happens once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pipeline.errors import SubmissionError
from pipeline.flow.documents import Form, Stage, check, file_name, shown_text
from pipeline.flow.drafts import (
    draft_for_writing,
    keep_template,
    require_same_template,
    store_values,
)
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.submissions import hand_over
from pipeline.flow.wiring import Wiring
from pipeline.model.submission import Submission
from pipeline.store.as_json import values_to_json
from pipeline.store.database import writing
from pipeline.store.records import DraftRecord, FormCounter, State, SubmissionRecord


@dataclass(frozen=True, slots=True)
class Submitted:
    """``token`` opens the page of the sent form."""

    token: str
    reference: str
    submitted_at: datetime


def send(wiring: Wiring, form_id: str, token: str, raw: Mapping[str, object]) -> Submitted:
    """Checks everything, keeps the values in any case, and sends the form at most once.

    A second call, also at the same time, gives the first one's submission. Raises
    ``SubmissionError`` after the values were saved as a draft, and what ``save_draft`` raises.
    """
    form = wiring.catalogue.form(form_id)
    digest = token_digest(token)
    checked = check(form, raw, Stage.FINAL)
    keep_template(wiring, form)
    with writing(wiring.sessions) as session:
        draft = draft_for_writing(wiring, session, form, digest)
        record = session.scalar(select(SubmissionRecord).filter_by(draft_id=draft.id))
        if record is not None:
            return _submitted(record, token)
        require_same_template(form, draft)
        store_values(wiring, form, draft, checked.values)
        if checked.submission is not None:
            record = _insert(wiring, session, form, draft, token, checked.submission)
    if record is None:
        raise SubmissionError(checked.problems)
    hand_over(wiring, record.id)
    return _submitted(record, token)


def _insert(
    wiring: Wiring,
    session: Session,
    form: Form,
    draft: DraftRecord,
    token: str,
    accepted: Submission,
) -> SubmissionRecord:
    now = wiring.clock()
    key_text = _key_text(form, accepted)
    record = SubmissionRecord(
        id=uuid4(),
        reference=_reference(form, _next_number(session, form.id)),
        form_id=form.id,
        template_digest=accepted.template_digest,
        draft_id=draft.id,
        token_digest=token_digest(submission_token(token)),
        values=values_to_json(accepted.values),
        key_text=key_text,
        replaces_id=_earlier(session, form.id, key_text),
        submitted_at=now,
        state=State.QUEUED,
        attempts=0,
        queued_at=now,
        file_name=file_name(form, accepted.values),
    )
    session.add(record)
    session.flush()
    return record


def _next_number(session: Session, form_id: str) -> int:
    """The next of this form, from 1; a second sender waits until the first has committed."""
    locked = select(FormCounter).filter_by(form_id=form_id).with_for_update()
    counter = session.scalar(locked)
    if counter is None:
        counter = FormCounter(form_id=form_id, last=0)
        try:
            with session.begin_nested():
                session.add(counter)
        except IntegrityError:
            counter = session.scalars(locked).one()
    counter.last += 1
    return counter.last


def _reference(form: Form, number: int) -> str:
    """What people call a submission: ``BAO-2024-000123``."""
    return f"{form.template.definition.reference or form.id.upper()}-{number:06}"


def _key_text(form: Form, accepted: Submission) -> str:
    """The values of the key fields, as shown; empty where the form has no key."""
    fields = form.template.by_name
    return " ".join(
        shown_text(fields[name], accepted.values.get(name, ""))
        for name in form.template.definition.key
    )


def _earlier(session: Session, form_id: str, key_text: str) -> UUID | None:
    if not key_text.strip():
        return None
    return session.scalar(
        select(SubmissionRecord.id)
        .filter_by(form_id=form_id, key_text=key_text)
        .order_by(SubmissionRecord.submitted_at.desc())
        .limit(1)
    )


def _submitted(record: SubmissionRecord, token: str) -> Submitted:
    return Submitted(submission_token(token), record.reference, record.submitted_at)
