"""Reads a condition as it is written in form.toml.

    condition   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | "(" condition ")" | test
    test        = "filled(" name ")" | "empty(" name ")" | operand [ comparator operand ]
    operand     = ( name | 'text' | number | today ) { ("+" | "-") number unit }
    unit        = ( "day" | "month" | "year" ) [ "s" ]
    comparator  = "=" | "!=" | "<" | "<=" | ">" | ">="

A bare name is a checkbox that is on or a field that is filled; ``group.*`` is any field below
``group``. A name with other characters than letters, digits, ``_``, ``-``, ``.`` is written in
square brackets.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pipeline.model.conditions import (
    All,
    Any,
    Comparison,
    Condition,
    Constant,
    Filled,
    Name,
    Not,
    Operand,
    Shifted,
    Today,
)


class ConditionError(ValueError):
    """A condition that cannot be read; the message says where."""


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
