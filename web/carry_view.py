"""What came over from another edition or year, and what did not fit, as the page lists it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import FieldProblem
from pipeline.flow.carry_report import CarryReport
from pipeline.flow.carrying import Misfit
from pipeline.flow.documents import Form
from web.field_view import ProblemView
from web.form_view import problem_views


@dataclass(frozen=True, slots=True)
class MisfitView:
    """``shown`` is the old answer, as it was shown."""

    problem: ProblemView
    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class CarryView:
    """``left_out`` point to the fields that are to be answered anew."""

    origin: str
    source: str
    misfits: tuple[MisfitView, ...]
    left_out: tuple[ProblemView, ...]
    doubts: tuple[ProblemView, ...]


def carry_view(form: Form, report: CarryReport) -> CarryView:
    problems = problem_views(
        form, [FieldProblem(each.field, each.code, each.data) for each in report.misfits]
    )
    return CarryView(
        report.origin,
        report.source,
        tuple(
            MisfitView(problem, _label(form, problem, misfit), misfit.shown)
            for problem, misfit in zip(problems, report.misfits, strict=True)
        ),
        problem_views(form, [FieldProblem(name, "required") for name in report.left_out]),
        problem_views(form, report.doubts),
    )


def _label(form: Form, problem: ProblemView, misfit: Misfit) -> str:
    """The field's old one, told from others where it has it still."""
    field = form.template.by_name.get(misfit.field)
    same = field is not None and misfit.label in (field.title, form.outline.label_of(field))
    return problem.label if same else misfit.label
