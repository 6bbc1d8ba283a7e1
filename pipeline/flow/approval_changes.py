"""What a save means for the approvals of a draft: what they filled stays, or they are void.

An approval is for one version of the answers. While it stands, its fields are the approver's;
whatever else a person changes takes it away again, with all that was decided after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from pipeline.errors import FieldProblem, SubmissionError
from pipeline.flow.catalogue import Form
from pipeline.flow.links import token_digest
from pipeline.flow.wiring import Wiring
from pipeline.model.approvals import approval_of, judged_digest, without_answers
from pipeline.model.field import Value, is_empty
from pipeline.model.validation import in_page_order
from pipeline.store.as_json import values_from_json
from pipeline.store.database import reading
from pipeline.store.records import ApprovalRecord, DraftRecord, VoidReason


def standing(draft: DraftRecord) -> list[ApprovalRecord]:
    """What is asked or decided and not void."""
    return [each for each in draft.approvals if each.voided_at is None]


def reserved_fields(form: Form, draft: DraftRecord) -> frozenset[str]:
    """The fields that nobody but an approver may fill in now."""
    found = (approval_of(form.template, each.approval_id) for each in standing(draft))
    return frozenset(name for approval in found if approval for name in approval.fields)


def decided_values(wiring: Wiring, form: Form, token: str) -> dict[str, Value | None]:
    """The reserved fields of a draft with what is kept in them: nothing where it is only asked.

    Empty for a token that nothing was saved with. Raises ``UnknownLink`` for what is no token.
    """
    found = select(DraftRecord).filter_by(token_digest=token_digest(token), form_id=form.id)
    with reading(wiring.sessions) as session:
        draft = session.scalar(found)
        if draft is None:
            return {}
        kept = values_from_json(draft.values)
        names = reserved_fields(form, draft)
    return {each.name: kept.get(each.name) for each in form.template.fields if each.name in names}


def revised(
    form: Form, draft: DraftRecord, values: Mapping[str, Value], now: datetime
) -> dict[str, Value]:
    """``values`` as they are to be kept; voids every approval that they are no longer for.

    An empty answer in a reserved field leaves it as it is; another one than the approver's raises
    ``SubmissionError``.
    """
    reserved = reserved_fields(form, draft)
    if not standing(draft):
        return dict(values)
    kept = values_from_json(draft.values)
    others = [
        FieldProblem(name, "approved")
        for name in reserved
        if not _means_nothing(values.get(name)) and values[name] != kept.get(name)
    ]
    if others:
        raise SubmissionError(in_page_order(form.template, others))
    found = {name: value for name, value in values.items() if name not in reserved}
    found.update({name: kept[name] for name in reserved if name in kept})
    return void_changed(form, draft, without_answers(form.template, (), found), now)


def void_changed(
    form: Form,
    draft: DraftRecord,
    values: dict[str, Value],
    now: datetime,
    why: VoidReason = VoidReason.CHANGED,
) -> dict[str, Value]:
    """Voids, in the form's order of approvals, what is no longer for these values.

    Clearing what one of them filled changes what those after it judged.
    """
    place = {each.id: at for at, each in enumerate(form.template.definition.approvals)}
    left = values
    for record in sorted(standing(draft), key=lambda each: place.get(each.approval_id, -1)):
        if record.judged != _judged(form, record, left):
            itself = record.judged != _judged(form, record, values)
            void(record, now, why if itself else VoidReason.EARLIER)
            left = _without(form, record, left)
    return left


def void(record: ApprovalRecord, now: datetime, why: VoidReason) -> None:
    record.voided_at = now
    record.void_reason = why


def _without(form: Form, record: ApprovalRecord, values: Mapping[str, Value]) -> dict[str, Value]:
    approval = approval_of(form.template, record.approval_id)
    return without_answers(form.template, () if approval is None else approval.fields, values)


def _judged(form: Form, record: ApprovalRecord, values: Mapping[str, Value]) -> str:
    """Empty for an approval that the form has no more."""
    approval = approval_of(form.template, record.approval_id)
    return "" if approval is None else judged_digest(form.template, approval, values)


def _means_nothing(value: Value | None) -> bool:
    return is_empty(value) or value is False
