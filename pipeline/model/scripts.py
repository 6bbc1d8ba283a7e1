"""Reads the scripts that form makers attach to fields, as data. Nothing is ever run.

Acrobat's form dialogs write one call per trigger (``AFNumber_Format(2, 3, 0, 0, "", true);``), and
its simplified field notation between ``BVCALC`` and ``EVCALC``. A script that is anything else is
not understood, and ``None`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from pipeline.model.dates import DATE_PATTERNS, TIME_PATTERNS, DatePattern
from pipeline.model.formats import (
    SPECIAL_MASKS,
    Calculation,
    DateFormat,
    Expression,
    ExpressionCalculation,
    Format,
    MaskFormat,
    NumberFormat,
    PercentFormat,
    Range,
    SimpleCalculation,
)
from pipeline.model.numbers import NumberStyle, decimal_of

Argument = str | Decimal | bool | tuple["Argument", ...]

_ARGUMENT = re.compile(
    r"""\s*(?:
      "(?P<double>(?:\\.|[^"\\])*)" | '(?P<single>(?:\\.|[^'\\])*)'
    | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+)) | (?P<word>true|false|null)
    | (?P<open>new\s+Array\s*\(|\[) | (?P<close>[)\]]) | (?P<comma>,)
    )""",
    re.VERBOSE,
)
_CALL = re.compile(r"(?:event\.value\s*=\s*)?(AF[A-Za-z]+_[A-Za-z]+)\s*\((.*)\)", re.DOTALL)
_OPERATIONS = ("SUM", "PRD", "AVG", "MIN", "MAX")
_LONGEST = 20_000
_MOST_TOKENS = 1_000


def af_call(script: str) -> tuple[str, tuple[Argument, ...]] | None:
    """The function and arguments of a script that is one ``AF…`` call and nothing else."""
    if len(script) > _LONGEST:
        return None
    bare = re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL)
    bare = re.sub(r"^\s*//[^\r\n]*$", "", bare, flags=re.MULTILINE).strip().rstrip("; \t\r\n")
    match = _CALL.fullmatch(bare)
    if match is None:
        return None
    arguments = _arguments(match[2])
    return None if arguments is None else (match[1], arguments)


def parse_format(format_script: str, keystroke_script: str = "") -> Format | None:
    """The format of a field's F action, or of its keystroke twin where only that says it."""
    for script in (format_script, keystroke_script):
        call = af_call(script)
        found = None if call is None else _format(*call)
        if found is not None:
            return found
    return None


def is_understood_format(script: str) -> bool:
    call = af_call(script)
    return call is not None and _format(*call) is not None


def parse_range(script: str) -> Range | None:
    """``AFRange_Validate(bGreater, nGreater, bLess, nLess)``."""
    call = af_call(script)
    if call is None or call[0] != "AFRange_Validate" or len(call[1]) != 4:
        return None
    has_minimum, minimum, has_maximum, maximum = call[1]
    return Range(
        _number(minimum) if _truth(has_minimum) else None,
        _number(maximum) if _truth(has_maximum) else None,
    )


def parse_calculation(script: str) -> Calculation | None:
    """``AFSimple_Calculate`` or simplified field notation."""
    notation = re.search(r"BVCALC(.*?)EVCALC", script, re.DOTALL)
    if notation and len(script) <= _LONGEST:
        try:
            expression = _Notation(notation[1]).parse()
        except RecursionError:
            return None
        text = " ".join(notation[1].split())
        return None if expression is None else ExpressionCalculation(text, expression)
    call = af_call(script)
    if call is None or call[0] != "AFSimple_Calculate" or len(call[1]) != 2:
        return None
    operation, names = call[1]
    if isinstance(names, str):
        names = tuple(name.strip() for name in names.split(","))
    if operation not in _OPERATIONS or not isinstance(names, tuple):
        return None
    return SimpleCalculation(str(operation), tuple(str(name) for name in names))


def _format(function: str, arguments: tuple[Argument, ...]) -> Format | None:
    function = function.replace("_Keystroke", "_Format").removesuffix("Ex")
    first = arguments[0] if arguments else ""
    match function, first:
        case "AFNumber_Format", Decimal() if len(arguments) >= 2:
            return NumberFormat(_number_style(arguments))
        case "AFPercent_Format", Decimal() if len(arguments) >= 2:
            return PercentFormat(_number_style(arguments[:2]))
        case "AFDate_Format", str() if first:
            return _date(first, "date")
        case "AFDate_Format", Decimal() if 0 <= first < len(DATE_PATTERNS):
            return _date(DATE_PATTERNS[int(first)], "date")
        case "AFTime_Format", str() if first:
            return _date(first, "time")
        case "AFTime_Format", Decimal() if 0 <= first < len(TIME_PATTERNS):
            return _date(TIME_PATTERNS[int(first)], "time")
        case "AFSpecial_Format", Decimal() if int(first) in SPECIAL_MASKS:
            return MaskFormat(SPECIAL_MASKS[int(first)])
        case "AFSpecial_Format", str() if first:
            return MaskFormat((first,))
    return None


def _date(pattern: str, kind: str) -> DateFormat | None:
    found = DatePattern(pattern)
    return DateFormat(found, kind) if found.tokens else None


def _number_style(arguments: tuple[Argument, ...]) -> NumberStyle:
    def whole(at: int) -> int:
        return int(_number(arguments[at]) or 0) if len(arguments) > at else 0

    currency = arguments[4] if len(arguments) > 4 and isinstance(arguments[4], str) else ""
    prepend = _truth(arguments[5]) if len(arguments) > 5 else True
    return NumberStyle(min(max(whole(0), 0), 10), whole(1), whole(2), currency, prepend)


def _number(argument: Argument) -> Decimal | None:
    if isinstance(argument, bool):
        return Decimal(int(argument))
    return argument if isinstance(argument, Decimal) else decimal_of(str(argument))


def _truth(argument: Argument) -> bool:
    return argument not in (False, Decimal(0), "", "false", "null")


def _arguments(text: str) -> tuple[Argument, ...] | None:
    stack: list[list[Argument]] = [[]]
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _ARGUMENT.match(text, at)
        if match is None:
            return None
        at = match.end()
        kind = match.lastgroup
        if kind == "open":
            stack.append([])
        elif kind == "close":
            if len(stack) < 2:
                return None
            inner = tuple(stack.pop())
            stack[-1].append(inner)
        elif kind in ("double", "single"):
            stack[-1].append(_unescape(match[kind]))
        elif kind == "number":
            stack[-1].append(Decimal(match["number"]))
        elif kind == "word":
            stack[-1].append("" if match["word"] == "null" else match["word"] == "true")
    return tuple(stack[0]) if len(stack) == 1 else None


def _unescape(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        if match[1]:
            return chr(int(match[1], 16))
        return {"n": "\n", "r": "\r", "t": "\t"}.get(match[2], match[2])

    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|(.))", one, text, flags=re.DOTALL)


class _Notation:
    """Simplified field notation: names with ``\\`` before their special characters."""

    _TOKEN = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|((?:\\.|[^\s()*/+\-\\,])+)|([()*/+\-]))")

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        self.broken = False
        at, text = 0, text.rstrip()
        while at < len(text):
            match = self._TOKEN.match(text, at)
            if match is None or len(self.tokens) == _MOST_TOKENS:
                self.broken = True
                return
            at = match.end()
            kind = ("number", "name", "sign")[(match.lastindex or 1) - 1]
            self.tokens.append((kind, match[match.lastindex or 1]))

    def parse(self) -> Expression | None:
        if self.broken:
            return None
        expression = self.sum()
        return expression if self.at == len(self.tokens) else None

    def sign(self, *signs: str) -> str | None:
        if self.at < len(self.tokens) and self.tokens[self.at] in [("sign", s) for s in signs]:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def sum(self) -> Expression | None:
        return self.chain(self.product, "+", "-")

    def product(self) -> Expression | None:
        return self.chain(self.factor, "*", "/")

    def chain(self, part: Callable[[], Expression | None], *signs: str) -> Expression | None:
        left: Expression | None = part()
        while left is not None and (sign := self.sign(*signs)):
            right = part()
            left = None if right is None else (sign, left, right)
        return left

    def factor(self) -> Expression | None:
        if self.sign("("):
            inner = self.sum()
            return inner if self.sign(")") else None
        if self.at >= len(self.tokens) or self.tokens[self.at][0] == "sign":
            return None
        kind, token = self.tokens[self.at]
        self.at += 1
        return Decimal(token) if kind == "number" else re.sub(r"\\(.)", r"\1", token)
