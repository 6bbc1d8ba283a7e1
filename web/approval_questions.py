"""What an approver is asked, as his page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask_babel import gettext

from pipeline.errors import FieldProblem
from pipeline.flow.approver import ApproverView
from pipeline.flow.decision import choices
from pipeline.model.field import Field, FieldType
from pipeline.model.formats import DateFormat
from web.route_words import capital, verdict_text
from web.wording import pattern_in_words, sentence


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the approver is asked; ``hint`` and ``error`` may be empty."""

    name: str
    label: str
    text: str = ""
    hint: str = ""
    error: str = ""
    choices: tuple[Choice, ...] = ()
    labelled_by_form: bool = False

    @property
    def id(self) -> str:
        return f"o-{self.name}"

    @property
    def control_id(self) -> str:
        return f"{self.id}-1" if self.choices else self.id

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-h"] if self.hint else []
        return " ".join([*parts, *([f"{self.id}-e"] if self.error else [])])


def questions_of(
    found: ApproverView, given: Mapping[str, str] | None, problems: Sequence[FieldProblem]
) -> tuple[Question, ...]:
    """In the order in which a person thinks: the decision, why, who, when."""
    form, definition = found.form, found.definition
    typed = {"date": _today(found)} if given is None else given
    fields = {
        "verdict": form.template.by_name[definition.verdict],
        "remark": form.template.by_name.get(definition.remark),
        "name": form.template.by_name.get(definition.name),
        "role": form.template.by_name.get(definition.role),
        "date": form.template.by_name.get(definition.date),
    }
    options = tuple(
        Choice(each, _choice_label(found, each), typed.get("verdict") == each)
        for each in choices(form, definition)
    )
    questions = [Question("verdict", definition.title, choices=options, labelled_by_form=True)]
    remark = gettext("Opmerking (mag leeg blijven)")
    hint = gettext("Alleen voor degene die het formulier invult. Dit komt niet in het formulier.")
    if fields["remark"] is not None:
        remark, hint = fields["remark"].title, _remark_hint(fields["remark"])
    remark_on_form = fields["remark"] is not None
    questions.append(
        Question("remark", remark, typed.get("remark", ""), hint, labelled_by_form=remark_on_form)
    )
    for name, label in (("name", gettext("Uw naam")), ("role", gettext("Uw functie"))):
        if name == "name" or fields[name] is not None:
            questions.append(Question(name, label, typed.get(name, "")))
    if fields["date"] is not None:
        pattern = _pattern(fields["date"])
        questions.append(Question("date", gettext("Datum"), typed.get("date", ""), pattern))
    said = {problem.field: sentence(fields.get(problem.field), problem) for problem in problems}
    return tuple(replace(each, error=said.get(each.name, "")) for each in questions)


def _choice_label(found: ApproverView, verdict: str) -> str:
    field = found.form.template.by_name[found.definition.verdict]
    words = capital(verdict_text(found.form, found.definition, verdict))
    if field.type is FieldType.CHECKBOX and verdict == "true":
        return f"{words}: {field.title}"
    return words


def _remark_hint(field: Field) -> str:
    limit = (
        "" if field.max_len is None else gettext("Hooguit %(limit)s tekens.", limit=field.max_len)
    )
    return f"{gettext('Dit komt in het formulier.')} {limit}".strip()


def _pattern(field: Field) -> str:
    shape = field.format
    return pattern_in_words(shape.pattern.pattern) if isinstance(shape, DateFormat) else ""


def _today(found: ApproverView) -> str:
    """Today as the date's own field writes it."""
    field = found.form.template.by_name.get(found.definition.date)
    if field is None or field.format is None:
        return ""
    return field.format.parse(found.form.template.definition.day(datetime.now(UTC)).isoformat())
