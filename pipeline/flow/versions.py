"""A sent form has versions: a later one begins with what was sent, and supersedes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.errors import UnknownLink
from pipeline.flow.carry_report import (
    VERSION,
    CarryReport,
    answered_anew,
    carried_over,
    fields_of_both,
    report_to_json,
)
from pipeline.flow.drafts import draft_for_writing, store_values
from pipeline.flow.editions import edition, keep_edition
from pipeline.flow.links import token_digest
from pipeline.flow.wiring import Wiring
from pipeline.store.as_json import values_from_json
from pipeline.store.database import reading, writing
from pipeline.store.records import SubmissionRecord


@dataclass(frozen=True, slots=True)
class Sent:
    """By what people know a submission; its link stays with whoever sent it."""

    reference: str
    submitted_at: datetime


def begin_version(wiring: Wiring, sent_token: str, token: str) -> str:
    """A draft under ``token`` with the values of what was sent; the id of its form.

    What is known only when a form is sent, or is an approver's, belongs to the version that was
    judged: it is asked anew.

    A second call with the same token finds it begun. Raises ``UnknownLink``, and ``UnknownForm``
    for a form that is no longer served.
    """
    with reading(wiring.sessions) as session:
        sent = _by_token(session, sent_token)
    form = wiring.catalogue.form(sent.form_id)
    old = edition(wiring, sent.form_id, sent.template_digest)
    values = values_from_json(sent.values)
    left_out = answered_anew(form, values)
    kept = dict.fromkeys(fields_of_both(old, form), "")
    checked, _, misfits = carried_over(values, old, form, cleared=kept, left_out=left_out)
    keep_edition(wiring, form)
    with writing(wiring.sessions) as session:
        draft = draft_for_writing(wiring, session, form, token_digest(token))
        if draft.version == 0:
            if old is not form or left_out:
                report = CarryReport(VERSION, misfits=misfits, left_out=tuple(left_out))
                draft.carried = report_to_json(report)
            store_values(wiring, form, draft, checked.values)
    return form.id


def successor(wiring: Wiring, sent_token: str) -> Sent | None:
    """The newest of the submissions that superseded this one. Raises ``UnknownLink``."""
    with reading(wiring.sessions) as session:
        found = None
        record: SubmissionRecord | None = _by_token(session, sent_token)
        while record is not None:
            later = select(SubmissionRecord).filter_by(replaces_id=record.id)
            record = session.scalar(later.order_by(SubmissionRecord.submitted_at.desc()).limit(1))
            found = record or found
        return None if found is None else Sent(found.reference, found.submitted_at)


def _by_token(session: Session, token: str) -> SubmissionRecord:
    record = session.scalar(select(SubmissionRecord).filter_by(token_digest=token_digest(token)))
    if record is None:
        raise UnknownLink()
    return record
