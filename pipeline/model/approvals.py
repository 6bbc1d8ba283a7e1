"""Rules of approvals: what an approver judges, what a decision says, what it leaves in the form."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import sha256

from pipeline.model.approval_definition import ApprovalDefinition
from pipeline.model.field import FieldType, Value, is_empty
from pipeline.model.template import Template

AGREED, REFUSED = "true", "false"
"""The verdicts of a check box: on, or left off."""


def approval_of(template: Template, approval_id: str) -> ApprovalDefinition | None:
    approvals = template.definition.approvals
    return next((each for each in approvals if each.id == approval_id), None)


def later_fields(template: Template, approval: ApprovalDefinition) -> frozenset[str]:
    """The fields that are none of this approver's business: filled by this decision or a later one.

    What an earlier approval filled is part of what is judged.
    """
    before = _before(template, approval)
    return frozenset(
        name
        for other in template.definition.approvals
        if other.id not in before
        for name in other.fields
    )


def judged_digest(
    template: Template, approval: ApprovalDefinition, values: Mapping[str, Value]
) -> str:
    """SHA-256, hex, of the edition and of every answer that a person gave, in the form's order.

    Empty is left out in whichever way it is kept. Calculated fields follow from the others.
    """
    later = later_fields(template, approval)
    judged = [
        [field.name, values[field.name]]
        for field in template.fields
        if field.fillable and field.name not in later and not _is_blank(values.get(field.name))
    ]
    text = json.dumps([template.digest, judged], ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def says_no(template: Template, approval: ApprovalDefinition, verdict: str) -> bool:
    """Whether this verdict stops the route."""
    if is_box(template, approval):
        return verdict != AGREED
    return verdict in approval.refuses


def is_given_by_hand(
    template: Template, approval: ApprovalDefinition, values: Mapping[str, Value]
) -> bool:
    """Whether the form itself bears a verdict that does not stop the route."""
    verdict = values.get(approval.verdict)
    if _is_blank(verdict):
        return False
    return not says_no(template, approval, AGREED if verdict is True else str(verdict))


def is_box(template: Template, approval: ApprovalDefinition) -> bool:
    return template.by_name[approval.verdict].type is FieldType.CHECKBOX


def without_answers(
    template: Template, names: Collection[str], values: Mapping[str, Value]
) -> dict[str, Value]:
    """``values`` as if nobody had filled in these fields; in the form's order."""
    cleared: dict[str, Value] = {
        field.name: False
        for field in template.fields
        if field.name in names and field.type is FieldType.CHECKBOX
    }
    left = {name: value for name, value in values.items() if name not in names} | cleared
    return {field.name: left[field.name] for field in template.fields if field.name in left}


def _before(template: Template, approval: ApprovalDefinition) -> set[str]:
    """The approvals that this one comes after, also by way of others."""
    known = {each.id: each for each in template.definition.approvals}
    found: set[str] = set()
    waiting = list(approval.after)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += known[name].after
    return found


def _is_blank(value: Value | None) -> bool:
    return is_empty(value) or value is False
