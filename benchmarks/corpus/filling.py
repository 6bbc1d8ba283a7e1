"""Fills in a form with the hardest values that it takes itself."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from benchmarks.corpus.values import ALPHABETS, Alphabet, candidates
from pipeline.errors import FieldProblem
from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.field import Field
from pipeline.model.submission import Submission

_MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """A field that took none of its candidates, or only a plainer one (``taken``)."""

    field: str
    code: str
    taken: bool


@dataclass(frozen=True)
class Filling:
    """``submission`` has a value in every fillable field but the refused; ``emptied`` in none."""

    submission: Submission
    emptied: Submission
    refusals: tuple[Refusal, ...]
    tried: int


class Unfillable(Exception):
    """A form that cannot be finished whatever is filled in; ``problems`` say why."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.field}: {each.code}" for each in self.problems))


def fill_in(
    form: Form, alphabet: Alphabet = ALPHABETS["western"], without: Set[str] = frozenset()
) -> Filling:
    """Tries each field's candidates until the form takes one; ``without`` stay empty.

    Raises ``Unfillable``.
    """
    fields = [field for field in form.template.fields if field.fillable]
    ladders = {each.name: _ladder(each, alphabet, without) for each in fields}
    step = dict.fromkeys(ladders, 0)
    codes = {name: "no_options" for name, ladder in ladders.items() if not ladder}
    for _ in range(_MOST_ROUNDS):
        raw = {
            name: ladder[step[name]] if step[name] < len(ladder) else ""
            for name, ladder in ladders.items()
        }
        checked = documents.check(form, raw, Stage.DRAFT)
        if checked.submission is not None:
            break
        down = [(name, each) for each in checked.errors for name in _causes(form, each, step)]
        moved = [(name, each) for name, each in down if step[name] < len(ladders[name])]
        if not moved:
            raise Unfillable(checked.errors)
        for name, each in dict(moved).items():
            step[name] += 1
            codes[name] = each.code
    else:
        raise Unfillable(checked.errors)
    return Filling(
        checked.submission,
        _emptied(form, fields),
        tuple(
            Refusal(name, code, taken=step[name] < len(ladders[name]))
            for name, code in codes.items()
            if name not in without
        ),
        len(fields) - len(without),
    )


def _ladder(field: Field, alphabet: Alphabet, without: Set[str]) -> list[object]:
    return [] if field.name in without else candidates(field, alphabet)


def _causes(form: Form, problem: FieldProblem, step: dict[str, int]) -> list[str]:
    """Whose value to make plainer: the field's own, or those that it is calculated from."""
    if problem.field in step:
        return [problem.field]
    field: Field | None = form.template.by_name.get(problem.field)
    calculation = None if field is None else field.calculation
    if calculation is None:
        return []
    return [
        name
        for name in step
        if any(name == source or name.startswith(f"{source}.") for source in calculation.fields)
    ]


def _emptied(form: Form, fields: list[Field]) -> Submission:
    return documents.validate(form, {field.name: "" for field in fields}, Stage.DRAFT)
