"""Values of another edition, year or form put into a form, with a report of what did not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import FieldProblem
from pipeline.flow.carrying import Misfit, carry, shown_value
from pipeline.flow.documents import Checked, Form, Stage, check
from pipeline.model.definition import covers
from pipeline.model.field import Value, is_empty
from pipeline.store.as_json import JsonObject, problems_from_json, problems_to_json

EDITION, UPLOAD, LAST_YEAR, VERSION = "edition", "upload", "last_year", "version"
"""Where values came from: the draft's own earlier edition, a PDF of one, or last year's form."""


@dataclass(frozen=True, slots=True)
class CarryReport:
    """``source`` is a reference or file name. ``left_out`` are fields to be answered anew.

    ``doubts`` are what a PDF was not read with certainty.
    """

    origin: str
    source: str = ""
    misfits: tuple[Misfit, ...] = ()
    left_out: tuple[str, ...] = ()
    doubts: tuple[FieldProblem, ...] = ()

    def with_earlier(self, earlier: CarryReport | None) -> CarryReport:
        """An old value that was listed before is listed on: it is nowhere else any more."""
        if earlier is None:
            return self
        known = {misfit.field for misfit in self.misfits}
        older = tuple(misfit for misfit in earlier.misfits if misfit.field not in known)
        return CarryReport(
            self.origin, self.source, (*self.misfits, *older), earlier.left_out, self.doubts
        )


def carried_over(
    values: Mapping[str, Value],
    old: Form,
    new: Form,
    *,
    cleared: Iterable[str] = (),
    left_out: Iterable[str] = (),
) -> tuple[Checked, dict[str, Value], tuple[Misfit, ...]]:
    """The new form's checked values, those of them that were carried over, and what did not fit.

    A field in ``cleared`` that has no value stays empty, whatever the new template holds; one in
    ``left_out`` is not taken over at all.
    """
    skipped = set(left_out)
    wanted = {name: value for name, value in values.items() if name not in skipped}
    carried = carry(wanted, old.template, new.template)
    raw = {**dict.fromkeys(cleared, ""), **carried.values}
    checked = check(new, raw, Stage.DRAFT)
    known = {misfit.field for misfit in carried.problems}
    unset = [
        Misfit(
            problem.field,
            problem.code,
            old.template.by_name[problem.field].title,
            shown_value(old.template.by_name[problem.field], values[problem.field]),
            problem.data,
        )
        for problem in checked.errors
        if problem.field in carried.values and problem.field not in known
    ]
    kept = {name: checked.values[name] for name in carried.values if name in checked.values}
    return checked, kept, (*carried.problems, *unset)


def fields_of_both(old: Form, new: Form) -> list[str]:
    return [name for name in new.template.by_name if _is_asked(new, name) and _is_asked(old, name)]


def answered_anew(form: Form, values: Mapping[str, Value]) -> list[str]:
    """Of ``values``, what is known only when the form is sent, or is an approver's: each year's
    own."""
    definition = form.template.definition
    approved = (name for approval in definition.approvals for name in approval.fields)
    asked = (*definition.required_at_submit, *approved)
    return [
        name
        for name in form.template.by_name
        if covers(asked, name) and not is_empty(values.get(name)) and values[name] is not False
    ]


def _is_asked(form: Form, name: str) -> bool:
    return name in form.template.fillable_names


def report_to_json(report: CarryReport) -> JsonObject:
    misfits = [FieldProblem(misfit.field, misfit.code, misfit.data) for misfit in report.misfits]
    return {
        "origin": report.origin,
        "source": report.source,
        "misfits": [
            {**problem, "label": misfit.label, "shown": misfit.shown}
            for problem, misfit in zip(problems_to_json(misfits), report.misfits, strict=True)
        ],
        "left_out": list(report.left_out),
        "doubts": problems_to_json(report.doubts),
    }


def report_from_json(stored: JsonObject | None) -> CarryReport | None:
    if stored is None:
        return None
    return CarryReport(
        stored["origin"],
        stored["source"],
        tuple(
            Misfit(each["field"], each["code"], each["label"], each["shown"], each["data"])
            for each in stored["misfits"]
        ),
        tuple(stored["left_out"]),
        problems_from_json(stored["doubts"]),
    )
