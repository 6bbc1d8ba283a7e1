"""Declared scripts are data: what is understood becomes the model, anything else ``None``."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.formats import (
    DateFormat,
    ExpressionCalculation,
    MaskFormat,
    NumberFormat,
    PercentFormat,
    Range,
    SimpleCalculation,
)
from pipeline.model.numbers import NumberStyle
from pipeline.model.scripts import (
    af_call,
    is_understood_format,
    parse_calculation,
    parse_format,
    parse_range,
)


@pytest.mark.parametrize(
    ("script", "style"),
    [
        ('AFNumber_Format(2, 3, 0, 0, "", true);', NumberStyle(2, 3)),
        ("AFNumber_Format(0,0,0,0,'',false)", NumberStyle(0, 0, 0, "", False)),
        ('AFNumber_Format(2, 0, 2, 0, "$", true);', NumberStyle(2, 0, 2, "$")),
        ('AFNumber_Format(2, 2, 0, 0, "\\u20ac ", true);', NumberStyle(2, 2, 0, "€ ")),
        ('  AFNumber_Format( 2 , 1 , 0 , 0 , "" , true ) ; ', NumberStyle(2, 1)),
        ('// euros\nAFNumber_Format(2, 1, 0, 0, "", true);', NumberStyle(2, 1)),
        ('/* euros */ AFNumber_Format(2, 1, 0, 0, "", true);', NumberStyle(2, 1)),
        ('AFNumber_Keystroke(2, 3, 0, 0, "", true);', NumberStyle(2, 3)),
    ],
)
def test_number_formats(script: str, style: NumberStyle) -> None:
    assert parse_format(script) == NumberFormat(style)


@pytest.mark.parametrize(
    ("script", "pattern", "kind"),
    [
        ('AFDate_FormatEx("dd-mm-yyyy");', "dd-mm-yyyy", "date"),
        ('AFDate_KeystrokeEx("dd-mm-yyyy");', "dd-mm-yyyy", "date"),
        ("AFDate_Format(2);", "mm/dd/yy", "date"),
        ("AFDate_Keystroke(0);", "m/d", "date"),
        ("AFTime_Format(0);", "HH:MM", "time"),
        ('AFTime_FormatEx("h:MM tt");', "h:MM tt", "time"),
    ],
)
def test_date_and_time_formats(script: str, pattern: str, kind: str) -> None:
    found = parse_format(script)
    assert isinstance(found, DateFormat)
    assert (found.pattern.pattern, found.kind) == (pattern, kind)


@pytest.mark.parametrize(
    ("script", "masks"),
    [
        ("AFSpecial_Format(0);", ("99999",)),
        ("AFSpecial_Keystroke(3);", ("999-99-9999",)),
        ('AFSpecial_KeystrokeEx("99AA");', ("99AA",)),
    ],
)
def test_special_formats(script: str, masks: tuple[str, ...]) -> None:
    assert parse_format(script) == MaskFormat(masks)


def test_a_percent_format() -> None:
    assert parse_format("AFPercent_Format(1, 2);") == PercentFormat(NumberStyle(1, 2))


def test_the_keystroke_twin_speaks_where_the_format_is_silent() -> None:
    assert parse_format("", 'AFNumber_Keystroke(2, 3, 0, 0, "", true);') is not None
    assert parse_format("myFormat();", "AFDate_Keystroke(2);") is not None


@pytest.mark.parametrize(
    "script",
    [
        "event.value = 3;",
        "AFNumber_Format(2, 3);app.alert(1)",
        "if (x) AFNumber_Format(2, 3, 0, 0, '', true);",
        "AFNumber_Format(n, 3, 0, 0, '', true);",
        "AFNumber_Format(2, 3, 0, 0, 'open, true);",
        "AFDate_Format(99);",
        "AFDate_Format(-1);",
        "AFSpecial_Format(7);",
        "AFNumber_Format();",
        "AFUnknown_Format(1);",
        "AFNumber_Format(2, 3, [1, 2, true);",
        "AFNumber_Format(2, 3, 1), 2);",
        "x" * 30_000,
        "",
    ],
)
def test_anything_else_is_not_understood(script: str) -> None:
    assert parse_format(script) is None
    assert not is_understood_format(script)


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("AFRange_Validate(true, 0, true, 200);", Range(Decimal(0), Decimal(200))),
        ("AFRange_Validate(true, 0.5, false, 0);", Range(Decimal("0.5"), None)),
        ('AFRange_Validate(false, "", true, "10");', Range(None, Decimal(10))),
        ("AFRange_Validate(1, -5, 0, 0);", Range(Decimal(-5), None)),
    ],
)
def test_ranges(script: str, wanted: Range) -> None:
    assert parse_range(script) == wanted


@pytest.mark.parametrize("script", ["AFRange_Validate(true, 0);", "event.rc = false;", ""])
def test_no_ranges(script: str) -> None:
    assert parse_range(script) is None


@pytest.mark.parametrize(
    ("script", "operation", "fields"),
    [
        ('AFSimple_Calculate("SUM", new Array ("a", "b.c"));', "SUM", ("a", "b.c")),
        ('AFSimple_Calculate("PRD", ["a", "b"]);', "PRD", ("a", "b")),
        ('AFSimple_Calculate("AVG", "a, b");', "AVG", ("a", "b")),
        ('event.value = AFSimple_Calculate("MIN", new Array("a"));', "MIN", ("a",)),
        ('AFSimple_Calculate("MAX", new Array("a\\"b"));', "MAX", ('a"b',)),
    ],
)
def test_simple_calculations(script: str, operation: str, fields: tuple[str, ...]) -> None:
    assert parse_calculation(script) == SimpleCalculation(operation, fields)


@pytest.mark.parametrize(
    ("notation", "expression"),
    [
        ("a + b", ("+", "a", "b")),
        ("a - b - c", ("-", ("-", "a", "b"), "c")),
        ("a + b * 2", ("+", "a", ("*", "b", Decimal(2)))),
        ("(a + b) / 0.5", ("/", ("+", "a", "b"), Decimal("0.5"))),
        ("ap4\\.fte\\.leraar", "ap4.fte.leraar"),
        ("total\\ sum * 2", ("*", "total sum", Decimal(2))),
        ("a\\-b - c", ("-", "a-b", "c")),
        ("ap4.niveau.n1 / kengetal.ll.totaal * 100",
         ("*", ("/", "ap4.niveau.n1", "kengetal.ll.totaal"), Decimal(100))),
    ],
)  # fmt: skip
def test_simplified_field_notation(notation: str, expression: object) -> None:
    script = f"/** BVCALC {notation} EVCALC **/ event.value = something(1);"
    found = parse_calculation(script)
    assert isinstance(found, ExpressionCalculation)
    assert found.expression == expression


@pytest.mark.parametrize(
    "script",
    [
        "/** BVCALC a + EVCALC **/",
        "/** BVCALC (a EVCALC **/",
        "/** BVCALC a b EVCALC **/",
        "/** BVCALC EVCALC **/",
        "/** BVCALC a , b EVCALC **/",
        'AFSimple_Calculate("XYZ", new Array("a"));',
        'AFSimple_Calculate("SUM");',
        "event.value = this.getField('a').value * 2;",
        "",
    ],
)
def test_calculations_that_are_not_understood(script: str) -> None:
    assert parse_calculation(script) is None


def test_deep_brackets_end_without_a_crash() -> None:
    assert parse_calculation("BVCALC " + "(" * 9_000 + "a" + ")" * 9_000 + " EVCALC") is None
    assert parse_calculation("BVCALC " + "a+" * 9_000 + "a EVCALC") is None
    assert af_call("AFX_Y(" + "[" * 9_000 + "]" * 9_000 + ")") is not None


@given(st.text(alphabet="AFSimple_Calculate(\"'\\,[]0.5)true; \n", max_size=60))
def test_no_script_crashes_the_reader(script: str) -> None:
    af_call(script)
    parse_format(script)
    parse_range(script)
    parse_calculation(f"BVCALC {script} EVCALC")
