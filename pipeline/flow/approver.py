"""The approver's own page: the version that is judged, and the decision on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import ApprovalOver, UnknownLink
from pipeline.flow.decision import Decision, decide_on
from pipeline.flow.documents import Form, kept_answers, preview
from pipeline.flow.drafts import save_values, was_sent
from pipeline.flow.editions import edition
from pipeline.flow.links import token_digest
from pipeline.flow.route import Approval, ApprovalState, approval_from
from pipeline.flow.wiring import Wiring
from pipeline.model.approval_definition import ApprovalDefinition
from pipeline.model.approvals import approval_of, without_answers
from pipeline.model.field import Value
from pipeline.store.as_json import values_from_json
from pipeline.store.database import reading, writing
from pipeline.store.records import ApprovalRecord, DraftRecord, Emptied


@dataclass(frozen=True, slots=True)
class ApproverView:
    """What an approver's link shows: ``values`` are those of the version that is judged.

    ``over`` says why there is nothing to decide or to show any more: ``submitted`` or one of
    ``VoidReason`` and ``Emptied``; else empty.
    """

    form: Form
    definition: ApprovalDefinition
    approval: Approval
    values: dict[str, Value]
    expires_at: datetime
    over: str = ""


def open_approval(wiring: Wiring, token: str) -> ApproverView:
    """Reads only. Raises ``UnknownLink``."""
    digest = token_digest(token)
    with reading(wiring.sessions) as session:
        record = session.scalar(select(ApprovalRecord).filter_by(token_digest=digest))
        draft = None if record is None else session.get(DraftRecord, record.draft_id)
        if record is None or draft is None:
            raise UnknownLink()
        return _view(wiring, session, draft, record)


def approval_pdf(wiring: Wiring, token: str) -> bytes:
    """The version that is judged, as a concept. Raises ``UnknownLink`` and ``ApprovalOver``."""
    found = open_approval(wiring, token)
    if found.over:
        raise ApprovalOver(why=found.over)
    return preview(found.form, kept_answers(found.form, found.values))


def decide(wiring: Wiring, token: str, given: Mapping[str, str]) -> ApproverView:
    """Keeps what the approver decided and fills it into the draft, once; a second call finds it so.

    ``given``: ``verdict``, ``remark``, ``name``, ``role`` and ``date``, as typed. Raises
    ``SubmissionError`` whose problems bear these words as fields; ``ApprovalOver`` and
    ``UnknownLink``.
    """
    found = open_approval(wiring, token)
    if found.over:
        raise ApprovalOver(why=found.over)
    if found.approval.state is not ApprovalState.ASKED:
        return found
    decision = decide_on(found.form, found.definition, found.values, given, wiring.clock())
    digest = token_digest(token)
    own = select(ApprovalRecord.draft_id).filter_by(token_digest=digest).scalar_subquery()
    with writing(wiring.sessions) as session:
        draft = session.scalars(select(DraftRecord).filter_by(id=own).with_for_update()).one()
        record = next(each for each in draft.approvals if each.token_digest == digest)
        if over := _over(wiring, session, draft, record):
            raise ApprovalOver(why=over)
        if record.decided_at is None:
            _keep(wiring, found.form, draft, record, decision)
        return _view(wiring, session, draft, record)


def _keep(
    wiring: Wiring, form: Form, draft: DraftRecord, record: ApprovalRecord, decision: Decision
) -> None:
    record.decided_at = now = wiring.clock()
    record.verdict, record.refused = decision.verdict, decision.refused
    record.remark, record.name, record.role = decision.remark, decision.name, decision.role
    record.dated = decision.dated
    if decision.values:
        together = {**values_from_json(draft.values), **decision.values}
        save_values(form, draft, without_answers(form.template, (), together), now)


def _view(
    wiring: Wiring, session: Session, draft: DraftRecord, record: ApprovalRecord
) -> ApproverView:
    form = edition(wiring, draft.form_id, record.template_digest)
    approval = approval_of(form.template, record.approval_id)
    if approval is None:
        raise UnknownLink()
    return ApproverView(
        form,
        approval,
        approval_from(record),
        values_from_json(record.values),
        draft.expires_at,
        _over(wiring, session, draft, record),
    )


def _over(wiring: Wiring, session: Session, draft: DraftRecord, record: ApprovalRecord) -> str:
    if draft.emptied is Emptied.DELETED:
        return Emptied.DELETED.value
    if draft.emptied is not None or draft.expires_at <= wiring.clock():
        return "submitted" if was_sent(session, draft) else Emptied.EXPIRED.value
    if record.void_reason is not None:
        return record.void_reason.value
    return "submitted" if record.decided_at is None and was_sent(session, draft) else ""
