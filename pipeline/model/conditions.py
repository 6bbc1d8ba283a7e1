"""The conditions of form.toml: when a field is required, when a check complains.

How they are written: ``pipeline.model.condition_grammar``. A comparison with an empty field never
holds, so that a rule speaks only of what was answered.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Answer = str | bool | Decimal | date | tuple[str, ...] | None
"""What a name stands for when a condition is asked: typed by its field's format."""

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Name:
    name: str

    def answers(self, answers: Answers) -> list[Answer]:
        if self.name.endswith(".*"):
            prefix = self.name[:-1]
            return [answer for name, answer in answers.items() if name.startswith(prefix)]
        return [answers.get(self.name)]


@dataclass(frozen=True, slots=True)
class Constant:
    value: Answer


@dataclass(frozen=True, slots=True)
class Today:
    pass


@dataclass(frozen=True, slots=True)
class Shifted:
    """``operand`` moved by ``count`` units of ``unit`` (day, month, year)."""

    operand: Operand
    count: int
    unit: str


Operand = Name | Constant | Today | Shifted


@dataclass(frozen=True, slots=True)
class Filled:
    operand: Name


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Operand
    comparator: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    conditions: tuple[Condition, ...]


Condition = Filled | Comparison | Not | All | Any


def holds(condition: Condition, answers: Answers, today: date) -> bool:
    match condition:
        case Filled(name):
            return any(_is_filled(answer) for answer in name.answers(answers))
        case Comparison(left, comparator, right):
            return any(
                _compare(a, comparator, b)
                for a in _values(left, answers, today)
                for b in _values(right, answers, today)
            )
        case Not(inner):
            return not holds(inner, answers, today)
        case All(conditions):
            return all(holds(each, answers, today) for each in conditions)
        case Any(conditions):
            return any(holds(each, answers, today) for each in conditions)


def names_in(condition: Condition) -> Iterator[str]:
    """Every name that a condition mentions, ``group.*`` as written."""
    match condition:
        case Filled(name):
            yield name.name
        case Comparison(left, _, right):
            yield from _operand_names(left)
            yield from _operand_names(right)
        case Not(inner):
            yield from names_in(inner)
        case All(conditions) | Any(conditions):
            for each in conditions:
                yield from names_in(each)


def _operand_names(operand: Operand) -> Iterator[str]:
    if isinstance(operand, Name):
        yield operand.name
    elif isinstance(operand, Shifted):
        yield from _operand_names(operand.operand)


def _is_filled(answer: Answer) -> bool:
    return answer not in (None, "", (), False) or (
        isinstance(answer, Decimal) and not isinstance(answer, bool)
    )


def _values(operand: Operand, answers: Answers, today: date) -> list[Answer]:
    match operand:
        case Name():
            return [answer for answer in operand.answers(answers) if answer not in (None, "", ())]
        case Constant(value):
            return [value]
        case Today():
            return [today]
        case Shifted(inner, count, unit):
            moved = _values(inner, answers, today)
            return [_shift(each, count, unit) for each in moved if isinstance(each, date)]


def _shift(day: date, count: int, unit: str) -> date:
    """The end of a shorter month stands for its missing days, the calendar's end for what lies
    beyond it."""
    if unit == "day":
        ordinal = min(max(day.toordinal() + count, date.min.toordinal()), date.max.toordinal())
        return date.fromordinal(ordinal)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _compare(left: Answer, comparator: str, right: Answer) -> bool:
    if isinstance(left, tuple) or isinstance(right, tuple):
        chosen, one = (left, right) if isinstance(left, tuple) else (right, left)
        inside = isinstance(chosen, tuple) and one in chosen
        return inside if comparator == "=" else (not inside if comparator == "!=" else False)
    if type(left) is not type(right):
        return comparator == "!="
    if comparator == "=":
        return left == right
    if comparator == "!=":
        return left != right
    if isinstance(left, bool) or left is None:
        return False
    ordered = {
        "<": left < right,  # type: ignore[operator]  # both sides are of one ordered type here
        "<=": left <= right,  # type: ignore[operator]
        ">": left > right,  # type: ignore[operator]
        ">=": left >= right,  # type: ignore[operator]
    }
    return ordered[comparator]
