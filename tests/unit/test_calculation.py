"""Calculated fields: /CO order, what counts as answered, rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.calculation import recalculate, result_of
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.formats import (
    Calculation,
    ExpressionCalculation,
    NumberFormat,
    PercentFormat,
    SimpleCalculation,
)
from pipeline.model.numbers import NumberStyle
from pipeline.model.scripts import parse_calculation

KOMMA = NumberFormat(NumberStyle(2, 3))


def number(name: str, calculation: Calculation | None = None, decimals: int = 2) -> Field:
    style = NumberFormat(NumberStyle(decimals, 3))
    return Field(name, FieldType.TEXT, format=style, calculation=calculation)


def notation(text: str) -> ExpressionCalculation:
    found = parse_calculation(f"BVCALC {text} EVCALC")
    assert isinstance(found, ExpressionCalculation)
    return found


def result(calculation: Calculation, values: dict[str, Value]) -> Decimal | None:
    return result_of(calculation, values, list(values) or ["a", "b"])


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [("SUM", "6.5"), ("PRD", "9"), ("AVG", "3.25"), ("MIN", "2"), ("MAX", "4.5")],
)
def test_the_simple_operations(operation: str, wanted: str) -> None:
    values: dict[str, Value] = {"a": "2", "b": "4.5"}
    assert result(SimpleCalculation(operation, ("a", "b")), values) == Decimal(wanted)


def test_nothing_answered_gives_nothing() -> None:
    assert result(SimpleCalculation("SUM", ("a", "b")), {}) is None
    assert result(SimpleCalculation("SUM", ("a", "b")), {"a": "", "b": ()}) is None
    assert result(notation("a + b"), {}) is None


def test_zero_is_an_answer() -> None:
    assert result(SimpleCalculation("SUM", ("a", "b")), {"a": "0"}) == 0
    assert result(notation("a - b"), {"a": "0"}) == 0


def test_an_empty_operand_counts_as_zero() -> None:
    assert result(SimpleCalculation("AVG", ("a", "b")), {"a": "3"}) == Decimal("1.5")


def test_a_division_by_zero_gives_nothing() -> None:
    assert result(notation("a / b"), {"a": "3"}) is None
    assert result(notation("a / b + 1"), {"a": "3", "b": "0"}) is None
    assert result(notation("(a / b) * 100"), {"a": "1", "b": "4"}) == 25


def test_a_group_stands_for_the_fields_below_it() -> None:
    values: dict[str, Value] = {"fte.a": "1.5", "fte.b": "2", "fteother": "9"}
    assert result(SimpleCalculation("SUM", ("fte",)), values) == Decimal("3.5")


def test_decimals_are_exact() -> None:
    values: dict[str, Value] = {str(each): "0.1" for each in range(10)}
    assert result(SimpleCalculation("SUM", tuple(values)), values) == 1


def test_what_the_page_shows_is_what_is_kept() -> None:
    """Rounded half up to the format's decimals."""
    fields = [number("a"), number("b", notation("a / 8"))]
    values: dict[str, Value] = {"a": "1"}
    recalculate(fields, ["b"], values)
    assert values == {"a": "1", "b": "0.13"}


def test_a_percentage_keeps_two_decimals_more() -> None:
    share = Field("b", FieldType.TEXT, format=PercentFormat(NumberStyle(1, 2)),
                  calculation=notation("a / 3"))  # fmt: skip
    values: dict[str, Value] = {"a": "1"}
    recalculate([number("a"), share], ["b"], values)
    assert values["b"] == "0.333"


def test_the_order_is_the_documents() -> None:
    """``total`` needs ``half`` first, wherever the fields lie."""
    fields = [number("total", notation("half + a")), number("a"), number("half", notation("a / 2"))]
    values: dict[str, Value] = {"a": "4"}
    recalculate(fields, ["half", "total"], values)
    assert values["total"] == "6"
    stale: dict[str, Value] = {"a": "4"}
    recalculate(fields, ["total", "half"], stale)
    assert stale["total"] == "4"


def test_a_result_that_is_gone_takes_the_old_one_out() -> None:
    values: dict[str, Value] = {"b": "12"}
    recalculate([number("a"), number("b", notation("a * 2"))], ["b"], values)
    assert values == {}


def test_text_counts_as_zero() -> None:
    assert result(SimpleCalculation("SUM", ("a", "b")), {"a": "n.v.t.", "b": "2"}) == 2


def test_great_numbers_do_not_crash() -> None:
    huge: dict[str, Value] = {"a": "9" * 38, "b": "9" * 38}
    values = dict(huge)
    recalculate([number("a"), number("b"), number("c", notation("a * b * a"))], ["c"], values)
    assert values == huge
