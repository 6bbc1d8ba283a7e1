"""The conditions of form.toml: when a field is required, when a check complains.

    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | "(" condition ")" | test
    test        = "filled(" name ")" | "empty(" name ")" | operand [ comparator operand ]
    operand     = ( name | 'text' | number | today ) { ("+" | "-") number unit }
    unit        = ( "day" | "month" | "year" ) [ "s" ]
    comparator  = "=" | "!=" | "<" | "<=" | ">" | ">="

A bare name is a checkbox that is on or a field that is filled; ``group.*`` is any field below
``group``. A name with other characters than letters, digits, ``_``, ``-``, ``.`` is written in
square brackets. A comparison with an empty field never holds, so that a rule speaks only of what
was answered.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Answer = str | bool | Decimal | date | tuple[str, ...] | None
"""What a name stands for when a condition is asked: typed by its field's format."""

Answers = Mapping[str, Answer]


class ConditionError(ValueError):
    """A condition that cannot be read; the message says where."""


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


def parse_condition(text: str) -> Condition:
    """Raises ``ConditionError``."""
    parser = _Parser(_tokens(text), text)
    try:
        condition = parser.condition()
    except RecursionError as error:
        raise ConditionError("too many brackets") from error
    if parser.peek() is not None:
        raise ConditionError(f"unexpected {parser.peek()!r} in {text!r}")
    return condition


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


_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*')|(?P<bracketed>\[[^\]]+\])|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|[=<>()+\-])|(?P<word>[^\W\d]\w*(?:[.-]\w+)*(?:\.\*)?))"
)
_WORDS = ("and", "or", "not", "today", "filled", "empty")


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ConditionError(f"cannot read {text[at:].strip()!r} in {text!r}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.at = 0

    def peek(self) -> str | None:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else None

    def take(self, *wanted: str) -> str | None:
        if self.peek() in wanted:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, wanted: str) -> None:
        if self.take(wanted) is None:
            raise ConditionError(f"{wanted!r} is missing in {self.text!r}")

    def condition(self) -> Condition:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Any(tuple(parts))

    def conjunction(self) -> Condition:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def negation(self) -> Condition:
        if self.take("not"):
            return Not(self.negation())
        if self.take("("):
            inner = self.condition()
            self.need(")")
            return inner
        return self.test()

    def test(self) -> Condition:
        word = self.take("filled", "empty")
        if word:
            self.need("(")
            name = self.name()
            self.need(")")
            return Filled(name) if word == "filled" else Not(Filled(name))
        left = self.operand()
        comparator = self.take("=", "!=", "<", "<=", ">", ">=")
        if comparator is not None:
            return Comparison(left, comparator, self.operand())
        if isinstance(left, Name):
            return Filled(left)
        raise ConditionError(f"a comparison is missing in {self.text!r}")

    def name(self) -> Name:
        operand = self.operand()
        if not isinstance(operand, Name):
            raise ConditionError(f"a field name is missing in {self.text!r}")
        return operand

    def operand(self) -> Operand:
        if self.at >= len(self.tokens):
            raise ConditionError(f"{self.text!r} ends too early")
        kind, token = self.tokens[self.at]
        self.at += 1
        operand: Operand
        if kind == "text":
            operand = Constant(token[1:-1])
        elif kind == "number":
            operand = Constant(Decimal(token))
        elif kind == "bracketed":
            operand = Name(token[1:-1])
        elif token == "today":
            operand = Today()
        elif kind == "word" and token not in _WORDS:
            operand = Name(token)
        else:
            raise ConditionError(f"unexpected {token!r} in {self.text!r}")
        while self.peek() in ("+", "-") and isinstance(operand, Name | Today | Shifted):
            operand = self.shifted(operand)
        return operand

    def shifted(self, operand: Operand) -> Shifted:
        sign = 1 if self.take("+", "-") == "+" else -1
        count = self.peek() or ""
        self.at += 1
        unit = (self.peek() or "").removesuffix("s")
        self.at += 1
        if not count.isdecimal() or unit not in ("day", "month", "year"):
            raise ConditionError(f"a count of days, months or years is missing in {self.text!r}")
        return Shifted(operand, sign * int(count), unit)
