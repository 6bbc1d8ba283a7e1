"""Formats, ranges and calculations that a field declares, as data.

A format knows three things: ``parse`` turns what a person typed (or what V holds) into the raw
value that is kept; ``show`` turns the raw value into the text that the page bears; ``read`` turns
that text back. ``read(show(raw)) == raw`` for every raw value that ``parse`` gives.

The shapes are those of Acrobat's format functions, which a PDF names in a field's additional
actions (ISO 32000-2, 12.6.3, table 199); no script is ever run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.model.dates import DatePattern
from pipeline.model.numbers import EXACT, NumberStyle, decimal_of, plain


class FormatError(ValueError):
    """A text that the format refuses; ``code`` and ``data`` as in ``FieldProblem``."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """``AFNumber_Format(decimals, sepStyle, negStyle, _, currency, prepend)``."""

    style: NumberStyle

    def parse(self, text: str) -> str:
        number = self.style.parse(text)
        if number is None:
            raise FormatError("not_a_number", text=text)
        if _decimals(number) > self.style.decimals:
            raise FormatError("too_many_decimals", limit=self.style.decimals)
        return plain(number)

    def show(self, raw: str) -> str:
        number = decimal_of(raw)
        return raw if number is None else self.style.show(number)

    def read(self, text: str) -> str:
        number = self.style.read(text)
        return text if number is None else plain(number)

    def typed(self, raw: str) -> str:
        """The raw value as a person would type it: the format's own decimal separator."""
        return raw.replace(".", self.style.decimal_separator)

    def as_json(self) -> dict[str, object]:
        return {
            "kind": "number",
            "decimals": self.style.decimals,
            "sep_style": self.style.sep_style,
            "decimal_separator": self.style.decimal_separator,
            "group_separator": self.style.group_separator,
            "neg_style": self.style.neg_style,
            "currency": self.style.currency,
            "prepend": self.style.prepend,
        }


@dataclass(frozen=True, slots=True)
class PercentFormat:
    """``AFPercent_Format(decimals, sepStyle)``: the raw value is the fraction, 0.25 for 25%."""

    style: NumberStyle

    def parse(self, text: str) -> str:
        stripped = text.strip()
        percent = stripped.endswith("%")
        # A bare number is the fraction, which has two decimals more than what is shown.
        style = self.style if percent else replace(self.style, decimals=self.style.decimals + 2)
        number = style.parse(stripped.removesuffix("%"))
        if number is None:
            raise FormatError("not_a_number", text=text)
        if percent:
            number = number.scaleb(-2, EXACT)
        if _decimals(number) > self.style.decimals + 2:
            raise FormatError("too_many_decimals", limit=self.style.decimals)
        return plain(number)

    def show(self, raw: str) -> str:
        number = decimal_of(raw)
        return raw if number is None else self.style.show(number.scaleb(2, EXACT)) + "%"

    def read(self, text: str) -> str:
        number = self.style.read(text.strip().removesuffix("%"))
        return text if number is None else plain(number.scaleb(-2, EXACT))

    def typed(self, raw: str) -> str:
        return self.show(raw)

    def as_json(self) -> dict[str, object]:
        return {
            "kind": "percent",
            "decimals": self.style.decimals,
            "sep_style": self.style.sep_style,
            "decimal_separator": self.style.decimal_separator,
            "group_separator": self.style.group_separator,
        }


@dataclass(frozen=True, slots=True)
class DateFormat:
    """``AFDate_Format(Ex)`` and ``AFTime_Format(Ex)``: the raw value is what the pattern writes."""

    pattern: DatePattern
    kind: str = "date"

    def parse(self, text: str) -> str:
        moment = self.pattern.parse(text)
        if moment is None:
            raise FormatError(f"not_a_{self.kind}", pattern=self.pattern.pattern, text=text)
        return self.pattern.show(moment)

    def show(self, raw: str) -> str:
        return raw

    def read(self, text: str) -> str:
        return text

    def typed(self, raw: str) -> str:
        return raw

    def as_json(self) -> dict[str, object]:
        return {"kind": self.kind, "pattern": self.pattern.pattern}


@dataclass(frozen=True, slots=True)
class MaskFormat:
    """``AFSpecial_KeystrokeEx(mask)``: 9 a digit, A a letter, O either, X anything, else itself.

    ``AFSpecial_Format(0…3)`` (zip, zip+4, phone, social security number) are masks as well. The
    raw value is the masked text: what the page shows.
    """

    masks: tuple[str, ...]

    def parse(self, text: str) -> str:
        for mask in self.masks:
            fitted = _fit_mask(mask, text.strip())
            if fitted is not None:
                return fitted
        raise FormatError("mask", mask=self.masks[-1], text=text)

    def show(self, raw: str) -> str:
        return raw

    def read(self, text: str) -> str:
        return text

    def typed(self, raw: str) -> str:
        return raw

    def as_json(self) -> dict[str, object]:
        return {"kind": "mask", "masks": list(self.masks)}


Format = NumberFormat | PercentFormat | DateFormat | MaskFormat


@dataclass(frozen=True, slots=True)
class Range:
    """``AFRange_Validate``: both bounds included; ``None`` is no bound."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def holds(self, raw: str) -> bool:
        number = decimal_of(raw)
        if number is None:
            return True
        return (self.minimum is None or number >= self.minimum) and (
            self.maximum is None or number <= self.maximum
        )

    def as_json(self) -> dict[str, object]:
        return {
            "minimum": None if self.minimum is None else plain(self.minimum),
            "maximum": None if self.maximum is None else plain(self.maximum),
        }


Expression = str | Decimal | tuple[str, "Expression", "Expression"]
"""A field's name, a number, or (operator, left, right) with operator one of ``+ - * /``."""


@dataclass(frozen=True, slots=True)
class SimpleCalculation:
    """``AFSimple_Calculate``: ``operation`` is SUM, PRD, AVG, MIN or MAX over ``fields``.

    A name that is not a terminal field's stands for all fields below it.
    """

    operation: str
    fields: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {"kind": "simple", "operation": self.operation, "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class ExpressionCalculation:
    """Acrobat's simplified field notation: a sum of fields, numbers and ``+ - * / ( )``."""

    text: str
    expression: Expression

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(_names(self.expression))

    def as_json(self) -> dict[str, object]:
        return {
            "kind": "expression",
            "text": self.text,
            "expression": _expression_json(self.expression),
        }


Calculation = SimpleCalculation | ExpressionCalculation

SPECIAL_MASKS: Mapping[int, tuple[str, ...]] = {
    0: ("99999",),
    1: ("99999-9999",),
    2: ("999-9999", "(999) 999-9999"),
    3: ("999-99-9999",),
}
"""``AFSpecial_Format``'s argument: zip code, zip + 4, phone, social security number."""


def _decimals(number: Decimal) -> int:
    exponent = number.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_MASK_TESTS: Mapping[str, Callable[[str], bool]] = {
    "9": lambda char: char.isascii() and char.isdecimal(),
    "A": str.isalpha,
    "O": str.isalnum,
    "X": lambda _: True,
}


def _fit_mask(mask: str, text: str) -> str | None:
    """``text`` with the mask's literals put in where they were left out; ``None`` where unfit."""
    out: list[str] = []
    rest = list(text)
    for want in mask:
        test = _MASK_TESTS.get(want)
        if test is None:
            if rest and rest[0] == want:
                rest.pop(0)
            out.append(want)
            continue
        while rest and want != "X" and rest[0] in " -.()/" and not test(rest[0]):
            rest.pop(0)
        if not rest or not test(rest[0]):
            return None
        out.append(rest.pop(0))
    return None if rest else "".join(out)


def _names(expression: Expression) -> list[str]:
    if isinstance(expression, str):
        return [expression]
    if isinstance(expression, tuple):
        return _names(expression[1]) + _names(expression[2])
    return []


def _expression_json(expression: Expression) -> object:
    if isinstance(expression, str):
        return {"field": expression}
    if isinstance(expression, Decimal):
        return {"number": plain(expression)}
    return [expression[0], _expression_json(expression[1]), _expression_json(expression[2])]
