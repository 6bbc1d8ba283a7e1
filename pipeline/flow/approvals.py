"""Approvals by link: asking for one, and taking the question back.

The submitter never sees the approver's link, and nobody keeps the approver's address: the link
goes out by mail before its digest is stored, so that a mail that nobody took changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from pipeline.errors import (
    ApprovalTooEarly,
    EditConflict,
    SubmissionError,
    UnknownApproval,
    UnknownLink,
)
from pipeline.flow.approval_changes import standing, void, void_changed
from pipeline.flow.documents import Form, Stage, check, kept_answers, shown_text
from pipeline.flow.drafts import draft_form, save_values
from pipeline.flow.letters import AskedApproval, approval_letter
from pipeline.flow.link_mail import count_mail, send_counted, unsent_draft
from pipeline.flow.links import new_token, token_digest
from pipeline.flow.route import Route, route_of
from pipeline.flow.wiring import Wiring
from pipeline.model.approval_definition import ApprovalDefinition
from pipeline.model.approvals import (
    approval_of,
    is_given_by_hand,
    judged_digest,
    later_fields,
    without_answers,
)
from pipeline.model.field import Value
from pipeline.store.as_json import values_from_json, values_to_json
from pipeline.store.database import reading, writing
from pipeline.store.records import (
    ApprovalRecord,
    DraftRecord,
    SubmissionRecord,
    VoidReason,
)

LinkFor = Callable[[str], str]
"""From an approver's token to the whole address of his page."""


def ask(
    wiring: Wiring, form_id: str, token: str, approval_id: str, address: str, link_for: LinkFor
) -> None:
    """Mails an approver a link to the draft as it is saved now. Replaces an earlier request.

    Raises ``UnknownApproval``; ``ApprovalTooEarly``; ``SubmissionError`` with all that is missing
    or wrong but for what approvals fill in; ``EditConflict`` where somebody saves meanwhile;
    ``MailError``, ``TooManyMails``, and what ``unsent_draft`` raises.
    """
    form = draft_form(wiring, form_id, token)
    approval = _definition(form, approval_id)
    with writing(wiring.sessions) as session:
        draft = unsent_draft(wiring, session, form_id, token)
        version, expires_at = draft.version, draft.expires_at
        values = _require_ready(form, draft, approval)
        counted = count_mail(wiring, session, draft, address)
    secret = new_token()
    asked = AskedApproval(approval.title, _key(form, values), version, expires_at)
    send_counted(wiring, approval_letter(form, link_for(secret), asked).to(address), counted)
    with writing(wiring.sessions) as session:
        draft = unsent_draft(wiring, session, form_id, token)
        if draft.version != version:
            raise EditConflict(version=draft.version)
        _end(wiring, form, draft, approval, VoidReason.REPLACED)
        draft.approvals.append(_request(wiring, form, draft, approval, secret))


def withdraw(wiring: Wiring, form_id: str, token: str, approval_id: str) -> None:
    """Takes a request back, or a decision, with what it filled in; else nothing happens.

    Raises ``UnknownApproval`` and what ``unsent_draft`` raises.
    """
    form = draft_form(wiring, form_id, token)
    approval = _definition(form, approval_id)
    with writing(wiring.sessions) as session:
        draft = unsent_draft(wiring, session, form_id, token)
        if any(each.approval_id == approval_id for each in standing(draft)):
            _end(wiring, form, draft, approval, VoidReason.WITHDRAWN)


def route_of_sent(wiring: Wiring, token: str) -> Route:
    """The route that a sent form went; ``token`` is of its page. Raises ``UnknownLink``."""
    sent = select(SubmissionRecord.draft_id).filter_by(token_digest=token_digest(token))
    with reading(wiring.sessions) as session:
        draft = session.scalar(select(DraftRecord).filter_by(id=sent.scalar_subquery()))
        if draft is None:
            raise UnknownLink()
        return route_of(session, draft)


def _require_ready(
    form: Form, draft: DraftRecord, approval: ApprovalDefinition
) -> dict[str, Value]:
    """First complete, then the internal route. Gives the values that will be judged."""
    values = values_from_json(draft.values)
    for earlier in approval.after:
        if not _is_given(form, draft, _definition(form, earlier), values):
            raise ApprovalTooEarly(title=_definition(form, earlier).title)
    values = without_answers(form.template, approval.fields, values)
    checked = check(form, kept_answers(form, values), Stage.FINAL)
    later = later_fields(form.template, approval)
    missing = [problem for problem in checked.errors if problem.field not in later]
    if missing:
        raise SubmissionError(missing)
    return values


def _is_given(
    form: Form, draft: DraftRecord, approval: ApprovalDefinition, values: Mapping[str, Value]
) -> bool:
    """By link; or by hand, where nobody was asked by link."""
    asked = [each for each in standing(draft) if each.approval_id == approval.id]
    if asked:
        return all(each.decided_at is not None and not each.refused for each in asked)
    return is_given_by_hand(form.template, approval, values)


def _request(
    wiring: Wiring, form: Form, draft: DraftRecord, approval: ApprovalDefinition, secret: str
) -> ApprovalRecord:
    values = values_from_json(draft.values)
    return ApprovalRecord(
        number=1 + max((each.number for each in draft.approvals), default=0),
        approval_id=approval.id,
        token_digest=token_digest(secret),
        template_digest=form.template.digest,
        draft_version=draft.version,
        values=values_to_json(values),
        judged=judged_digest(form.template, approval, values),
        requested_at=wiring.clock(),
    )


def _end(
    wiring: Wiring, form: Form, draft: DraftRecord, approval: ApprovalDefinition, why: VoidReason
) -> None:
    """Ends what stands of an approval, and what relied on it. Its fields are empty afterwards,
    also where somebody had filled them in by hand; a new version where that shows."""
    now = wiring.clock()
    for record in standing(draft):
        if record.approval_id == approval.id:
            void(record, now, why)
    kept = values_from_json(draft.values)
    values = without_answers(form.template, approval.fields, kept)
    values = void_changed(form, draft, values, now, VoidReason.EARLIER)
    if values != kept:
        save_values(form, draft, values, now)


def _definition(form: Form, approval_id: str) -> ApprovalDefinition:
    found = approval_of(form.template, approval_id)
    if found is None:
        raise UnknownApproval(approval=approval_id)
    return found


def _key(form: Form, values: Mapping[str, Value]) -> str:
    """What the form is about, on one line: the answers that tell one from another."""
    fields = form.template.by_name
    names = form.template.definition.key
    shown = (shown_text(fields[name], values.get(name)) for name in names)
    return " ".join(" ".join(text.split()) for text in shown if text)
