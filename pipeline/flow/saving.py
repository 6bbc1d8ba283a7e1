"""Saves a draft: what a person typed, merged with what others on the same link saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.errors import (
    AlreadySubmitted,
    EditConflict,
    SubmissionError,
    UnknownLink,
    WouldVoidApproval,
)
from pipeline.flow.approval_changes import standing
from pipeline.flow.documents import Form, Stage, check, kept_answers
from pipeline.flow.drafts import (
    Draft,
    draft_for_writing,
    draft_form,
    require_same_template,
    saved_draft,
    store_values,
    was_sent,
)
from pipeline.flow.editions import keep_edition
from pipeline.flow.links import submission_token, token_digest
from pipeline.flow.merging import Basis, merged
from pipeline.flow.wiring import Wiring
from pipeline.model.field import Value
from pipeline.store.as_json import values_from_json
from pipeline.store.database import writing
from pipeline.store.records import DraftRecord


def save_draft(
    wiring: Wiring,
    form_id: str,
    token: str,
    raw: Mapping[str, object],
    version: int | None,
    template_digest: str | None = None,
    basis: Basis | None = None,
    quiet: bool = False,
) -> Draft:
    """Creates or updates; what is wrong or missing is saved as it is.

    ``version`` is the one that the page was made from: ``None`` overwrites whatever is there, 0
    stands for a form that was never saved. With ``basis`` the values are merged with what others
    saved meanwhile (``pipeline.flow.merging``); without it any other value there is a conflict.
    ``quiet`` says that nobody pressed a button. Raises ``EditConflict``, ``ExpiredLink``,
    ``AlreadySubmitted``, ``UnknownLink`` and what ``draft_form`` raises; ``SubmissionError`` for
    values of fields that the form does not have, which could not be kept; ``WouldVoidApproval``.
    """
    form = draft_form(wiring, form_id, token, template_digest)
    digest = token_digest(token)
    checked = check(form, raw, Stage.DRAFT)
    strangers = [each for each in checked.problems if each.field not in form.template.by_name]
    if strangers:
        raise SubmissionError(strangers)
    keep_edition(wiring, form)
    with writing(wiring.sessions) as session:
        record = draft_for_writing(wiring, session, form, digest)
        if was_sent(session, record):
            raise AlreadySubmitted(submission_token=submission_token(token))
        require_same_template(form, record)
        asked = len(standing(record))
        taken = _save_over(wiring, form, record, checked.values, version, basis)
        if quiet and len(standing(record)) < asked:
            raise WouldVoidApproval()
        return replace(saved_draft(session, record, token), taken=taken)


def _save_over(
    wiring: Wiring,
    form: Form,
    record: DraftRecord,
    mine: Mapping[str, Value],
    version: int | None,
    basis: Basis | None,
) -> tuple[str, ...]:
    """The fields that somebody else changed and that stay so."""
    if version is None or (version == record.version and (basis is None or version == 0)):
        store_values(wiring, form, record, mine)
        return ()
    if record.version == 0:
        raise UnknownLink()
    stored = values_from_json(record.values)
    answers = _answers(form, mine)
    found = merged(basis, answers, _answers(form, stored))
    if found.clashes:
        raise EditConflict(
            stored,
            found.clashes,
            found.taken + found.yielded,
            version=record.version,
            saved_at=record.saved_at,
        )
    values = mine
    if found.values != answers:
        # What is calculated follows from the answers of both.
        values = check(form, kept_answers(form, found.values), Stage.DRAFT).values
    if version == record.version or values != stored:
        store_values(wiring, form, record, values)
    return found.taken


def _answers(form: Form, values: Mapping[str, Value]) -> dict[str, Value]:
    """What people fill in: nobody changed what is calculated or fixed."""
    fields = form.template.by_name
    return {name: value for name, value in values.items() if fields[name].fillable}
