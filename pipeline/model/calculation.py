"""Works out the calculated fields, in /CO order. ISO 32000-2, 12.7.3, table 224."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from pipeline.model.formats import (
    Calculation,
    Expression,
    NumberFormat,
    PercentFormat,
    SimpleCalculation,
)
from pipeline.model.numbers import EXACT, decimal_of, plain

if TYPE_CHECKING:
    from pipeline.model.field import Field, Value

_UNFORMATTED_DECIMALS = 6
"""A result without a number format is kept to this many decimals."""

_TOO_LARGE = Decimal(10) ** 24
"""No form counts so far: such a result is no result."""


def recalculate(
    fields: Iterable[Field], order: Iterable[str], values: MutableMapping[str, Value]
) -> None:
    """Puts every calculated field's value into ``values``; an empty result takes it out.

    A result is rounded to the decimals that its format shows, so that what is kept is what the
    page says. Nothing answered gives nothing; so do a division by zero and a result too large.
    """
    by_name = {field.name: field for field in fields}
    for name in order:
        field = by_name.get(name)
        if field is None or field.calculation is None:
            continue
        result = result_of(field.calculation, values, by_name)
        if result is None or result.copy_abs() >= _TOO_LARGE:
            values.pop(name, None)
        else:
            values[name] = plain(_rounded(field, result))


def result_of(
    calculation: Calculation, values: Mapping[str, Value], names: Iterable[str]
) -> Decimal | None:
    """``None`` where no operand is filled or the calculation divides by zero."""
    if isinstance(calculation, SimpleCalculation):
        operands = [
            values.get(name) for asked in calculation.fields for name in _below(asked, names)
        ]
        if not any(_answered(operand) for operand in operands):
            return None
        return _simple(calculation.operation, [_number(operand) for operand in operands])
    if not any(_answered(values.get(name)) for name in calculation.fields):
        return None
    with localcontext(EXACT):
        return _evaluate(calculation.expression, values)


def _below(asked: str, names: Iterable[str]) -> list[str]:
    prefix = f"{asked}."
    below = [name for name in names if name.startswith(prefix)]
    return below or [asked]


def _answered(value: Value | None) -> bool:
    return value not in (None, "", ())


def _number(value: Value | None) -> Decimal:
    """An operand as ``AFMakeNumber`` takes it: what is no number counts as 0."""
    if isinstance(value, str):
        return decimal_of(value.replace(",", ".")) or Decimal(0)
    return Decimal(0)


def _simple(operation: str, numbers: list[Decimal]) -> Decimal:
    with localcontext(EXACT):
        if operation == "PRD":
            product = Decimal(1)
            for number in numbers:
                product *= number
            return product
        if operation == "MIN":
            return min(numbers)
        if operation == "MAX":
            return max(numbers)
        total = sum(numbers, Decimal(0))
        return total / len(numbers) if operation == "AVG" else total


def _evaluate(expression: Expression, values: Mapping[str, Value]) -> Decimal | None:
    if isinstance(expression, Decimal):
        return expression
    if isinstance(expression, str):
        return _number(values.get(expression))
    sign, left_side, right_side = expression
    left, right = _evaluate(left_side, values), _evaluate(right_side, values)
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right


def _rounded(field: Field, number: Decimal) -> Decimal:
    decimals = _UNFORMATTED_DECIMALS
    if isinstance(field.format, NumberFormat):
        decimals = field.format.style.decimals
    elif isinstance(field.format, PercentFormat):
        decimals = field.format.style.decimals + 2
    return number.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
