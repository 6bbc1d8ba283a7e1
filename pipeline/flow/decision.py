"""What an approver types becomes a decision, by the form's own rules for the fields it fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.errors import FieldProblem, SubmissionError
from pipeline.flow.documents import Checked, Form, Stage, check, kept_answers
from pipeline.model.approval_definition import ApprovalDefinition, verdicts_of
from pipeline.model.approvals import AGREED, REFUSED, is_box, says_no
from pipeline.model.dates import iso_date
from pipeline.model.field import Value
from pipeline.model.formats import DateFormat
from pipeline.model.text import length, normalised

LONGEST_NAME = 100
LONGEST_REMARK = 1000
"""Code points, where the form has no field for it whose own limit holds."""

PARTS = ("verdict", "remark", "name", "role", "date")
"""What an approver is asked, in this order; each may be a field of the form."""


@dataclass(frozen=True, slots=True)
class Decision:
    """``values`` go into the form: nothing where a check box is left off. ``dated`` is the day that
    the approver names."""

    verdict: str
    refused: bool
    remark: str
    name: str
    role: str
    dated: date
    values: dict[str, Value] = field(default_factory=dict)


def choices(form: Form, approval: ApprovalDefinition) -> tuple[str, ...]:
    """The verdicts that an approver may choose from."""
    if is_box(form.template, approval):
        return AGREED, REFUSED
    return verdicts_of(form.template.by_name[approval.verdict])


def decide_on(
    form: Form,
    approval: ApprovalDefinition,
    values: Mapping[str, Value],
    given: Mapping[str, str],
    now: datetime,
) -> Decision:
    """Raises ``SubmissionError`` with every problem together; their fields are of ``PARTS``."""
    typed = {part: normalised(given.get(part, "")).strip() for part in PARTS}
    verdict, day = typed["verdict"], form.template.definition.day(now)
    if verdict not in choices(form, approval):
        code = "not_in_options" if verdict else "required"
        typed["verdict"], problems = (
            "",
            {"verdict": FieldProblem("verdict", code, {"value": verdict})},
        )
    else:
        problems = {}
    no = says_no(form.template, approval, verdict)
    left_off = is_box(form.template, approval) and no
    checked = _checked(form, approval, values, typed, day, Stage.DRAFT if left_off else Stage.FINAL)
    for problem in _own_problems(approval, checked):
        problems.setdefault(problem.field, problem)
    dated = _dated(form, approval, checked) or day
    if dated > day:
        problems.setdefault("date", FieldProblem("date", "in_future"))
    for part in ("name", "date") if approval.date else ("name",):
        if not typed[part]:
            problems[part] = FieldProblem(part, "required")
    for part, limit in (("name", LONGEST_NAME), ("remark", LONGEST_REMARK)):
        long = length(typed[part])
        if not getattr(approval, part) and long > limit:
            problems[part] = FieldProblem(part, "max_len", {"limit": limit, "length": long})
    if problems:
        raise SubmissionError([problems[part] for part in PARTS if part in problems])
    filled = {name: checked.values[name] for name in approval.fields if name in checked.values}
    return Decision(
        verdict=verdict,
        refused=no,
        remark=typed["remark"],
        name=typed["name"],
        role=typed["role"] if approval.role else "",
        dated=dated,
        values={} if left_off else filled,
    )


def _checked(
    form: Form,
    approval: ApprovalDefinition,
    values: Mapping[str, Value],
    typed: Mapping[str, str],
    day: date,
    stage: Stage,
) -> Checked:
    """The judged version with the decision in it, checked as at sending."""
    answers: dict[str, object] = {
        getattr(approval, part): typed[part] for part in PARTS if getattr(approval, part)
    }
    if is_box(form.template, approval):
        answers[approval.verdict] = typed["verdict"] == AGREED
    return check(form, {**kept_answers(form, values), **answers}, stage, day)


def _own_problems(approval: ApprovalDefinition, checked: Checked) -> list[FieldProblem]:
    """Those of the decision. That a verdict keeps the form from being sent is no hindrance here."""
    part_of = {getattr(approval, part): part for part in PARTS if getattr(approval, part)}
    return [
        FieldProblem(part_of[each.field], each.code, each.data, each.level, each.message)
        for each in checked.errors
        if each.field in part_of and not (each.field == approval.verdict and each.code == "check")
    ]


def _dated(form: Form, approval: ApprovalDefinition, checked: Checked) -> date | None:
    shape = form.template.by_name[approval.date].format if approval.date else None
    value = checked.values.get(approval.date)
    if isinstance(shape, DateFormat) and isinstance(value, str):
        return iso_date(shape.pattern, value)
    return None
