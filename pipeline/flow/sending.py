"""Sends a form: everything is checked, everything is kept, and it happens once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pipeline.errors import EditConflict, SubmissionError, WouldSupersede
from pipeline.flow.documents import Form, Stage, check, file_name, kept_answers, shown_text
from pipeline.flow.drafts import (
    draft_for_writing,
    draft_form,
    require_same_template,
    store_values,
)
from pipeline.flow.editions import keep_edition
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.outbox import drop_reminder, keep_receipt
from pipeline.flow.runs import hand_over
from pipeline.flow.wiring import Wiring
from pipeline.model.submission import Submission
from pipeline.store.as_json import values_from_json, values_to_json
from pipeline.store.database import writing
from pipeline.store.records import DraftRecord, FormCounter, State, SubmissionRecord


@dataclass(frozen=True, slots=True)
class Submitted:
    """``token`` opens the page of the sent form."""

    token: str
    reference: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """What a sender says besides the form, and agrees to, on the page that asks before sending.

    ``version`` is the draft's that was shown; ``supersedes`` the reference of the submission that
    this one may replace. The receipt goes to ``address`` with ``page_link`` and the addresses of
    the PDFs, which lie below ``documents_of`` the submission's id; all of these are kept until it
    went. ``name`` and ``remark`` stay with the submission: its page shows them, no document does.
    """

    name: str = ""
    remark: str = ""
    address: str = ""
    page_link: str = ""
    documents_of: Callable[[UUID], str] = str
    supersedes: str | None = None
    version: int | None = None


def send(
    wiring: Wiring,
    form_id: str,
    token: str,
    raw: Mapping[str, object],
    template_digest: str | None = None,
    consent: Consent | None = None,
) -> Submitted:
    """Checks everything, keeps the values in any case, and sends the form at most once.

    A second call, also at the same time, gives the first one's submission. Raises
    ``SubmissionError`` after the values were saved as a draft, and what ``save_draft`` raises;
    ``EditConflict`` where the draft is no longer the version that ``consent`` speaks of, and
    ``WouldSupersede`` where it does not speak of the submission that this one replaces. Without
    ``consent`` nobody was asked, and neither is looked at.
    """
    form = draft_form(wiring, form_id, token, template_digest)
    digest = token_digest(token)
    checked = check(form, raw, Stage.FINAL)
    keep_edition(wiring, form)
    with writing(wiring.sessions) as session:
        draft = draft_for_writing(wiring, session, form, digest)
        record = session.scalar(select(SubmissionRecord).filter_by(draft_id=draft.id))
        if record is not None:
            return _submitted(record, token)
        require_same_template(form, draft)
        if consent is not None and consent.version not in (None, draft.version):
            raise EditConflict(version=draft.version)
        store_values(wiring, form, draft, checked.values)
        if draft.values != values_to_json(checked.values):  # by what approvers decided, or not
            kept = kept_answers(form, values_from_json(draft.values))
            checked = check(form, kept, Stage.FINAL)
        if checked.submission is not None:
            record = _insert(wiring, session, form, draft, token, checked.submission, consent)
    if record is None:
        raise SubmissionError(checked.problems)
    hand_over(wiring, SubmissionRecord, record.id)
    return _submitted(record, token)


def _insert(
    wiring: Wiring,
    session: Session,
    form: Form,
    draft: DraftRecord,
    token: str,
    accepted: Submission,
    consent: Consent | None,
) -> SubmissionRecord:
    now = wiring.clock()
    number = _next_number(session, form.id)  # others that send this form wait from here on
    key_text = key_text_of(form, accepted)
    replaced = earlier_submission(session, form.id, key_text)
    if consent and replaced and replaced.reference != consent.supersedes:
        raise WouldSupersede(reference=replaced.reference, submitted_at=replaced.submitted_at)
    record = SubmissionRecord(
        id=uuid4(),
        reference=_reference(form, number),
        form_id=form.id,
        template_digest=accepted.template_digest,
        draft_id=draft.id,
        token_digest=token_digest(submission_token(token)),
        values=values_to_json(accepted.values),
        key_text=key_text,
        replaces_id=None if replaced is None else replaced.id,
        submitted_at=now,
        state=State.QUEUED,
        attempts=0,
        queued_at=now,
        file_name=file_name(form, accepted.values),
        sender_name=(consent and consent.name) or None,
        remark=(consent and consent.remark) or None,
    )
    session.add(record)
    session.flush()
    drop_reminder(session, draft.id)
    if consent and consent.address:
        documents = consent.documents_of(record.id)
        keep_receipt(wiring, session, record.id, consent.address, consent.page_link, documents)
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


def key_text_of(form: Form, accepted: Submission) -> str:
    """The values of the key fields, as shown; empty where the form has no key."""
    fields = form.template.by_name
    return " ".join(
        shown_text(fields[name], accepted.values.get(name, ""))
        for name in form.template.definition.key
    )


def earlier_submission(session: Session, form_id: str, key_text: str) -> SubmissionRecord | None:
    """The newest of the same key."""
    if not key_text.strip():
        return None
    return session.scalar(
        select(SubmissionRecord)
        .filter_by(form_id=form_id, key_text=key_text)
        .order_by(SubmissionRecord.submitted_at.desc(), SubmissionRecord.reference.desc())
        .limit(1)
    )


def _submitted(record: SubmissionRecord, token: str) -> Submitted:
    return Submitted(submission_token(token), record.reference, record.submitted_at)
