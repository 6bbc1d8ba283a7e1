"""Drafts: what a person saved to go on with later, under a private link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pipeline.errors import (
    AlreadySubmitted,
    EditConflict,
    ExpiredLink,
    FieldProblem,
    SubmissionError,
    TemplateChanged,
    UnknownLink,
)
from pipeline.flow.documents import Form, Stage, check
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.wiring import Wiring
from pipeline.model.field import Value
from pipeline.store.as_json import problems_from_json, values_from_json, values_to_json
from pipeline.store.database import reading, writing
from pipeline.store.records import DraftRecord, SubmissionRecord, UploadRecord


@dataclass(frozen=True, slots=True)
class Draft:
    """``values`` are kept as typed where they are wrong. ``submission_token`` once it was sent.

    ``upload_report`` are the problems of the PDF this draft was read from, else ``None``.
    """

    id: UUID
    form_id: str
    values: dict[str, Value]
    version: int
    saved_at: datetime
    expires_at: datetime
    submission_token: str | None = None
    upload_report: list[FieldProblem] | None = None


def save_draft(
    wiring: Wiring, form_id: str, token: str, raw: Mapping[str, object], version: int | None
) -> Draft:
    """Creates or updates; what is wrong or missing is saved as it is.

    ``version`` is the one that the page was made from: ``None`` overwrites whatever is there, 0
    stands for a form that was never saved. Raises ``EditConflict``, ``ExpiredLink``,
    ``AlreadySubmitted``, ``UnknownLink`` and ``TemplateChanged``; ``SubmissionError`` for values
    of fields that the form does not have, which could not be kept.
    """
    form = wiring.catalogue.form(form_id)
    digest = token_digest(token)
    checked = check(form, raw, Stage.DRAFT)
    strangers = [each for each in checked.problems if each.field not in form.template.by_name]
    if strangers:
        raise SubmissionError(strangers)
    keep_template(wiring, form)
    with writing(wiring.sessions) as session:
        record = draft_for_writing(wiring, session, form, digest)
        if was_sent(session, record):
            raise AlreadySubmitted(submission_token=submission_token(token))
        require_same_template(form, record)
        values = values_to_json(checked.values)
        if version is None or version == record.version:
            store_values(wiring, form, record, checked.values)
        elif record.version == 0:
            raise UnknownLink()
        elif record.values != values:
            raise EditConflict(version=record.version)
        return saved_draft(session, record, token)


def open_draft(wiring: Wiring, form_id: str, token: str) -> Draft:
    """Reads only. Raises ``UnknownLink``, ``ExpiredLink`` and ``TemplateChanged``."""
    form = wiring.catalogue.form(form_id)
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = session.scalar(select(DraftRecord).filter_by(token_digest=digest))
        if record is None:
            raise UnknownLink()
        require_valid(wiring, form, record)
        draft = saved_draft(session, record, token)
        if draft.submission_token is None:
            require_same_template(form, record)
        return draft


def draft_for_writing(wiring: Wiring, session: Session, form: Form, digest: str) -> DraftRecord:
    """The draft of a token, locked until the transaction ends; a new one has version 0.

    Of two requests that begin the same draft, the second waits here and goes on with the first's.
    """
    locked = select(DraftRecord).filter_by(token_digest=digest).with_for_update()
    record = session.scalar(locked)
    if record is None:
        now = wiring.clock()
        record = DraftRecord(
            form_id=form.id,
            template_digest=form.template.digest,
            token_digest=digest,
            values={},
            version=0,
            created_at=now,
            saved_at=now,
            expires_at=_expiry(form, now),
        )
        try:
            with session.begin_nested():
                session.add(record)
        except IntegrityError:
            record = session.scalars(locked).one()
    require_valid(wiring, form, record)
    return record


def require_valid(wiring: Wiring, form: Form, record: DraftRecord) -> None:
    """A link opens one form, until it expires."""
    if record.form_id != form.id:
        raise UnknownLink()
    if record.expires_at <= wiring.clock():
        raise ExpiredLink(expired_at=record.expires_at)


def require_same_template(form: Form, record: DraftRecord) -> None:
    """Values belong to the PDF they were typed into; what was sent stays as it is."""
    if record.template_digest != form.template.digest:
        raise TemplateChanged(form_id=form.id)


def store_values(
    wiring: Wiring, form: Form, record: DraftRecord, values: Mapping[str, Value]
) -> None:
    """One save: a new version, and the time that the link stays valid begins again."""
    now = wiring.clock()
    record.values = values_to_json(values)
    record.version += 1
    record.saved_at = now
    record.expires_at = _expiry(form, now)


def keep_template(wiring: Wiring, form: Form) -> None:
    """Keeps a copy of the PDF by digest: what was begun with it can be finished with it."""
    key = template_key(form.template.digest)
    if not wiring.files.exists(key):
        wiring.files.put(key, form.pdf)


def template_key(digest: str) -> str:
    return f"templates/{digest}.pdf"


def was_sent(session: Session, record: DraftRecord) -> bool:
    sent = select(SubmissionRecord.id).filter_by(draft_id=record.id)
    return session.scalar(sent) is not None


def _expiry(form: Form, saved_at: datetime) -> datetime:
    return saved_at + timedelta(days=form.template.definition.retention_days)


def saved_draft(session: Session, record: DraftRecord, token: str) -> Draft:
    report = session.scalar(
        select(UploadRecord.report)
        .filter_by(draft_id=record.id)
        .order_by(UploadRecord.received_at.desc())
        .limit(1)
    )
    return Draft(
        id=record.id,
        form_id=record.form_id,
        values=values_from_json(record.values),
        version=record.version,
        saved_at=record.saved_at,
        expires_at=record.expires_at,
        submission_token=submission_token(token) if was_sent(session, record) else None,
        upload_report=None if report is None else list(problems_from_json(report["problems"])),
    )
