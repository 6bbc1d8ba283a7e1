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
    DeletedDraft,
    ExpiredLink,
    FieldProblem,
    LinkError,
    TemplateChanged,
    UnknownLink,
    WithdrawnLink,
)
from pipeline.flow.approval_changes import revised, void_changed
from pipeline.flow.carry_report import (
    EDITION,
    CarryReport,
    carried_over,
    fields_of_both,
    report_from_json,
    report_to_json,
)
from pipeline.flow.documents import Form
from pipeline.flow.editions import edition, form_with_edition, keep_edition
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.outbox import reminder_day
from pipeline.flow.route import Route, route_of
from pipeline.flow.wiring import Wiring
from pipeline.model.field import Value
from pipeline.store.as_json import problems_from_json, values_from_json, values_to_json
from pipeline.store.database import reading, writing
from pipeline.store.records import (
    DraftRecord,
    Emptied,
    SubmissionRecord,
    UploadRecord,
    WithdrawnRecord,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """``values`` are kept as typed where they are wrong. ``submission_token`` once it was sent.

    ``upload_report`` are the problems of the PDF this draft was read from, else ``None``.
    ``previous`` are last year's values, where it began with them; ``carried`` says what came over
    from elsewhere. ``reminder_at`` is when somebody is to be reminded of it. After a save,
    ``taken`` are the fields that somebody else had changed meanwhile and that stayed so.
    """

    id: UUID
    form_id: str
    values: dict[str, Value]
    version: int
    saved_at: datetime
    expires_at: datetime
    template_digest: str
    route: Route
    submission_token: str | None = None
    upload_report: list[FieldProblem] | None = None
    previous: dict[str, Value] | None = None
    carried: CarryReport | None = None
    reminder_at: datetime | None = None
    taken: tuple[str, ...] = ()


def open_draft(wiring: Wiring, form_id: str, token: str) -> Draft:
    """Reads only. Raises the errors of links; one that was sent has none, whatever became of it."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = session.scalar(select(DraftRecord).filter_by(token_digest=digest))
        if record is None or not was_sent(session, record):
            wiring.catalogue.form(form_id)
        if record is None:
            raise unknown_link(session, digest)
        require_valid(wiring, session, form_id, record)
        return saved_draft(session, record, token)


def draft_form(
    wiring: Wiring, form_id: str, token: str, template_digest: str | None = None
) -> Form:
    """The form in the edition that a draft began with; of a new one, that of its page, or today's.

    ``template_digest`` is what the page was drawn from. Raises ``TemplateChanged`` where that is
    not the draft's, or was not kept; ``UnknownForm``, ``UnknownLink``, and ``StorageError``.
    """
    today = wiring.catalogue.form(form_id)
    begun = select(DraftRecord.template_digest).filter_by(
        token_digest=token_digest(token), form_id=form_id
    )
    with reading(wiring.sessions) as session:
        own = session.scalar(begun)
    if own is not None and template_digest in (None, own):
        return edition(wiring, form_id, own)
    if own is None and template_digest in (None, today.template.digest):
        return today
    kept = None if own is not None else form_with_edition(wiring, (form_id,), template_digest or "")
    if kept is None:
        raise TemplateChanged(form_id=form_id)
    return kept


def carry_over(wiring: Wiring, form_id: str, token: str) -> Draft:
    """Puts a draft into today's edition, under its own link; one that is there already stays.

    Raises ``UnknownLink``, ``ExpiredLink`` and ``AlreadySubmitted``.
    """
    old, today = draft_form(wiring, form_id, token), wiring.catalogue.form(form_id)
    keep_edition(wiring, today)
    with writing(wiring.sessions) as session:
        locked = select(DraftRecord).filter_by(token_digest=token_digest(token)).with_for_update()
        record = session.scalar(locked)
        if record is None:
            raise UnknownLink()
        require_valid(wiring, session, form_id, record)
        if was_sent(session, record):
            raise AlreadySubmitted(submission_token=submission_token(token))
        if record.template_digest == old.template.digest != today.template.digest:
            _put_into(wiring, record, old, today)
        return saved_draft(session, record, token)


def _put_into(wiring: Wiring, record: DraftRecord, old: Form, today: Form) -> None:
    checked, _, misfits = carried_over(
        values_from_json(record.values), old, today, cleared=fields_of_both(old, today)
    )
    report = CarryReport(EDITION, misfits=misfits)
    record.carried = report_to_json(report.with_earlier(report_from_json(record.carried)))
    if record.previous_values is not None:
        _, previous, _ = carried_over(values_from_json(record.previous_values), old, today)
        record.previous_values = values_to_json(previous)
    record.template_digest = today.template.digest
    # An approval is for one edition: what an approver filled in goes with it.
    now = wiring.clock()
    save_values(today, record, void_changed(today, record, dict(checked.values), now), now)


def draft_for_writing(wiring: Wiring, session: Session, form: Form, digest: str) -> DraftRecord:
    """The draft of a token, locked until the transaction ends; a new one has version 0.

    Of two requests that begin the same draft, the second waits here and goes on with the first's.
    """
    locked = select(DraftRecord).filter_by(token_digest=digest).with_for_update()
    record = session.scalar(locked)
    if record is None and (error := unknown_link(session, digest)).code != UnknownLink.code:
        raise error
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
    require_valid(wiring, session, form.id, record)
    return record


def require_valid(wiring: Wiring, session: Session, form_id: str, record: DraftRecord) -> None:
    """A link opens one form, until it expires; what was sent stays, and so does its link."""
    if record.form_id != form_id:
        raise UnknownLink()
    if record.emptied is Emptied.DELETED:
        raise DeletedDraft()
    if record.expires_at <= wiring.clock() and not was_sent(session, record):
        raise ExpiredLink(expired_at=record.expires_at)


def unknown_link(session: Session, digest: str) -> LinkError:
    """Why a token opens no draft: it was withdrawn, or it never did."""
    withdrawn = session.get(WithdrawnRecord, digest)
    return UnknownLink() if withdrawn is None else WithdrawnLink()


def require_same_template(form: Form, record: DraftRecord) -> None:
    """Values belong to the PDF they were typed into; what was sent stays as it is."""
    if record.template_digest != form.template.digest:
        raise TemplateChanged(form_id=form.id)


def store_values(
    wiring: Wiring, form: Form, record: DraftRecord, values: Mapping[str, Value]
) -> None:
    """What a person saved. It voids the approvals that are not for these values (``revised``)."""
    now = wiring.clock()
    save_values(form, record, revised(form, record, values, now), now)


def save_values(
    form: Form, record: DraftRecord, values: Mapping[str, Value], now: datetime
) -> None:
    """One save: a new version, and the time that the link stays valid begins again."""
    record.values = values_to_json(values)
    record.version += 1
    record.saved_at = now
    record.expires_at = _expiry(form, now)


def was_sent(session: Session, record: DraftRecord) -> bool:
    return session.scalar(select(SubmissionRecord.id).filter_by(draft_id=record.id)) is not None


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
        template_digest=record.template_digest,
        submission_token=submission_token(token) if was_sent(session, record) else None,
        upload_report=None if report is None else list(problems_from_json(report["problems"])),
        previous=(
            None if record.previous_values is None else values_from_json(record.previous_values)
        ),
        carried=report_from_json(record.carried),
        reminder_at=reminder_day(session, record),
        route=route_of(session, record),
    )
