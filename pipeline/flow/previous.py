"""Last year's form begins this year's: from its PDF, or from the link of what was sent or saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline.errors import (
    EditConflict,
    FieldProblem,
    OtherEdition,
    OtherForm,
)
from pipeline.flow.carry_report import (
    LAST_YEAR,
    CarryReport,
    answered_anew,
    carried_over,
    report_to_json,
)
from pipeline.flow.documents import Form, Received, receive_guarded
from pipeline.flow.drafts import (
    Draft,
    draft_for_writing,
    require_valid,
    saved_draft,
    store_values,
    unknown_link,
)
from pipeline.flow.editions import edition, form_with_edition, keep_edition
from pipeline.flow.guarded import receive_own_edition
from pipeline.flow.links import token_digest
from pipeline.store.as_json import values_from_json, values_to_json
from pipeline.store.database import reading, writing
from pipeline.store.records import DraftRecord, SubmissionRecord

if TYPE_CHECKING:
    from pipeline.flow.wiring import Wiring
    from pipeline.model.field import Value


def begin_with_pdf(wiring: Wiring, form_id: str, token: str, file_name: str, data: bytes) -> Draft:
    """A new draft with what last year's PDF holds; the file itself is not kept.

    Raises what ``receive_guarded`` raises, and ``OtherEdition`` for a definitive PDF of an
    edition that was not kept, or of a form that this one does not follow.
    """
    form = wiring.catalogue.form(form_id)
    old, received = read_edition(wiring, form, _forms_before(form), data)
    doubts = received.problems
    return _begin(wiring, form, token, old, received.values, file_name, doubts)


def begin_with_link(wiring: Wiring, form_id: str, token: str, source_token: str) -> Draft:
    """A new draft with the values of a submission or of another draft.

    Raises what the link itself would (``UnknownLink``, ``ExpiredLink``, …), and ``OtherForm`` for
    a form that this one does not follow.
    """
    form = wiring.catalogue.form(form_id)
    record = _sent_or_saved(wiring, token_digest(source_token))
    if record.form_id not in _forms_before(form):
        raise OtherForm(form=record.form_id)
    old = edition(wiring, record.form_id, record.template_digest)
    if isinstance(record, DraftRecord):
        with reading(wiring.sessions) as session:
            require_valid(wiring, session, record.form_id, record)
    source = record.reference if isinstance(record, SubmissionRecord) else ""
    return _begin(wiring, form, token, old, values_from_json(record.values), source)


def read_edition(
    wiring: Wiring, form: Form, form_ids: tuple[str, ...], data: bytes
) -> tuple[Form, Received]:
    """The values of a PDF, and the edition of one of ``form_ids`` that they belong to.

    A definitive PDF is read with the edition it was made from, anything else with ``form``.
    Raises what ``receive_guarded`` raises, and ``OtherEdition``.
    """
    limits = wiring.settings.limits
    try:
        return form, receive_own_edition(form, data, limits)
    except OtherEdition as error:
        old = form_with_edition(wiring, form_ids, str(error.data["digest"]))
        if old is None:
            raise
    return old, receive_guarded(old, data, limits)


def _forms_before(form: Form) -> tuple[str, ...]:
    return (form.id, *form.template.definition.previous)


def _sent_or_saved(wiring: Wiring, digest: str) -> SubmissionRecord | DraftRecord:
    """What was sent counts, also where the draft's own link was given."""
    with reading(wiring.sessions) as session:
        sent = session.scalar(select(SubmissionRecord).filter_by(token_digest=digest))
        if sent is not None:
            return sent
        draft = session.scalar(select(DraftRecord).filter_by(token_digest=digest))
        if draft is None:
            raise unknown_link(session, digest)
        sent = session.scalar(select(SubmissionRecord).filter_by(draft_id=draft.id))
    return draft if sent is None else sent


def _begin(
    wiring: Wiring,
    form: Form,
    token: str,
    old: Form,
    values: Mapping[str, Value],
    source: str,
    doubts: tuple[FieldProblem, ...] = (),
) -> Draft:
    left_out = answered_anew(form, values)
    checked, previous, misfits = carried_over(values, old, form, left_out=left_out)
    report = CarryReport(LAST_YEAR, source, misfits, tuple(left_out), doubts)
    keep_edition(wiring, form)
    with writing(wiring.sessions) as session:
        record = draft_for_writing(wiring, session, form, token_digest(token))
        if record.version:
            raise EditConflict(version=record.version)
        record.previous_values = values_to_json(previous)
        record.carried = report_to_json(report)
        store_values(wiring, form, record, checked.values)
        return saved_draft(session, record, token)
