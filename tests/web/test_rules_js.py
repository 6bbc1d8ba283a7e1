"""The browser's rules against Python's, input by input: the same value, problem, text and words."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page

from pipeline.errors import FieldProblem
from pipeline.flow.documents import Form, Stage, field_rules
from pipeline.model import text
from pipeline.model.calculation import recalculate
from pipeline.model.dates import DATE_PATTERNS, TIME_PATTERNS, DatePattern
from pipeline.model.definition import FormDefinition
from pipeline.model.display import shown_text, typed_text
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.formats import (
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
from pipeline.model.kinds import KINDS
from pipeline.model.numbers import NumberStyle
from pipeline.model.template import Template
from pipeline.model.validation import examine
from pipeline.pdf.states import TemplatePdf
from tests.web.live import Live
from web.wording import SENTENCES, sentence

NUMBERS = [
    "", " ", "0", "00", "-0", "7", "-7", "+7", "+-7", "--7", "19,25", "19.25", "19,2", "19,255",
    "0,75", ",5", ".5", "5,", "5.", "1.234,56", "1,234.56", "1.234", "1,234", "1'234.5", "1 234",
    "1\u00a0234,5", "1.234.567", "1,2,3", "(5)", "(1,50)", "-(5)", "€ 5", "€5,00", "5 €",
    "$1,234.50", "1e3", "abc", "12abc", "∞", "٣", "999999999999999999999", "0,005", "2,675",
    "200", "200,01", "25%", "25 %", "12,5%", "0.25", "-0,004",
]  # fmt: skip
DATES = [
    "1-2-2024", "01-02-2024", "1/2/2024", "2024-02-01", "31-2-2024", "29-2-2023", "29-2-2024",
    "1 2 24", "1-2-49", "1-2-50", "12/31/1999", "13/1/2020", "3 mei 2024", "3 May 2024",
    "May 3, 2024", "Friday, May 3, 2024", "3-May", "may-24", "14:05", "2:05 pm", "12:00 am",
    "24:00", "23:59:60", "9:5:7", "1-13-2024", "0-1-2024", "1-1-0000", "1-1-10000", "tomorrow", "",
]  # fmt: skip
MASKED = [
    "12345", "12345-6789", "123456789", "1234", "12AB", "12ab", "1234 AB", "1234AB",
    "(555) 123-4567", "555-1234", "5551234567", "123-45-6789", "x-1", "é1", "12 AB", "", "٣2AB",
]  # fmt: skip
WORDS = [
    "12ab", "99ZZ", "6211ab", "6211 AB", "0211 AB", "6211 SS", "043-1234567", "+31 43 1234567",
    "+31 (0)43 1234567", "0612345678", "06 1234567", "info@school.nl", "Info@School.NL", "a@b",
    "a b@school.nl", "a@b@school.nl", "www.school.nl", "http://school.nl/x?y#z", "ftp://school.nl",
    "https://", "school", "https://gebruiker@school.nl:8080/pad", "sch ool.nl", "12", "12a",
    " 12  bis ", "a12", "één", "HTTPS://SCHOOL.NL", "http://.nl",
]  # fmt: skip
TEXTS = [
    "", "a", "é", "e\u0301", "👩‍👩‍👧", "😀", "a\r\nb", "a\rb", "a\tb", "a\u2028b", "x\u0000y",
    "\u0085", "ﬁ", "Å", "한", "\u1112\u1161\u11ab", "a" * 50, "\n", "\n\n ",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(browser: Browser, live_site: Live) -> Iterator[Page]:
    """A page of ours, so that it may load our modules."""
    opened = browser.new_page()
    opened.goto(live_site.url)
    yield opened
    opened.close()


def formats() -> list[Format]:
    styles = [
        NumberStyle(decimals, sep_style, neg_style, currency, prepend)
        for decimals in (0, 2, 3)
        for sep_style in range(5)
        for neg_style in (0, 2)
        for currency, prepend in (("", True), ("€ ", True), (" €", False))
    ]
    found: list[Format] = [NumberFormat(style) for style in styles]
    found += [PercentFormat(NumberStyle(decimals, sep)) for decimals in (0, 1, 2) for sep in (0, 3)]
    return found


def field(**entries: object) -> Field:
    return replace(Field("v", FieldType.TEXT), **entries)  # type: ignore[arg-type]


def template_of(*fields: Field, **definition: object) -> Template:
    return Template(
        "0" * 64,
        (),
        fields,
        definition=FormDefinition(**definition),  # type: ignore[arg-type]
    )


def rule_of(template: Template) -> dict[str, object]:
    return field_rules(Form("f", "F", template, TemplatePdf(b"")))[0]


def judged(template: Template, typed: str) -> dict[str, object]:
    """What Python makes of one typed text."""
    only = template.fields[0]
    examined = examine(template, {"v": typed}, Stage.DRAFT, date(2024, 1, 1))
    problem = next(iter(examined.problems), None)
    value = examined.values.get("v")
    return {
        "code": None if problem is None else problem.code,
        "value": value if problem is None else None,
        "shown": shown_text(only, value) if problem is None else None,
        "typed": typed_text(only, value) if problem is None else None,
        "words": None if problem is None else sentence(only, problem),
    }


JUDGE = """async ([cases, sentences]) => {
  const { examineText, sentence } = await import("/static/rules.js");
  const { showFormat, typedFormat } = await import("/static/formats.js");
  return cases.map(([rule, typed]) => {
    const { value, problem } = examineText(rule, typed);
    if (problem) {
      return { code: problem.code, value: null, shown: null, typed: null, words: sentence(rule, problem, sentences) };
    }
    const asText = (turn) => value === null ? "" : rule.format ? turn(rule.format, value) : value;
    return { code: null, value, shown: asText(showFormat), typed: asText(typedFormat), words: null };
  });
}"""  # noqa: E501 - JavaScript


def compare(page: Page, live: Live, cases: list[tuple[Template, str]]) -> None:
    with live.app.test_request_context():
        expected = [judged(template, typed) for template, typed in cases]
        sentences = {code: str(words) for code, words in SENTENCES.items()}
    given = [[rule_of(template), typed] for template, typed in cases]
    found = page.evaluate(JUDGE, [given, sentences])
    for (template, typed), wanted, got in zip(cases, expected, found, strict=True):
        assert got == wanted, (typed, template.fields[0].format, template.definition.kinds)


def test_numbers_and_percentages(rules: Page, live_site: Live) -> None:
    templates = [template_of(field(format=each)) for each in formats()]
    compare(rules, live_site, [(each, typed) for each in templates for typed in NUMBERS])


def test_ranges(rules: Page, live_site: Live) -> None:
    number = NumberFormat(NumberStyle(2, 3))
    bounds = [
        Range(Decimal(0), Decimal(200)), Range(Decimal("0.5")), Range(None, Decimal("-1.25")),
        Range(),
    ]  # fmt: skip
    templates = [template_of(field(format=number, range=each)) for each in bounds]
    templates += [template_of(field(range=bounds[0]))]
    compare(rules, live_site, [(each, typed) for each in templates for typed in NUMBERS])


def test_dates_and_times(rules: Page, live_site: Live) -> None:
    patterns = [*DATE_PATTERNS, "dd-mm-yyyy", "yyyy-mm-dd", "dddd, mmmm d, yyyy", "ddd d mmm yy"]
    shapes = [DateFormat(DatePattern(each)) for each in patterns]
    shapes += [DateFormat(DatePattern(each), "time") for each in TIME_PATTERNS]
    templates = [template_of(field(format=each)) for each in shapes]
    compare(rules, live_site, [(each, typed) for each in templates for typed in DATES])


def test_masks(rules: Page, live_site: Live) -> None:
    masks = [
        ("99999",), ("99999-9999",), ("999-9999", "(999) 999-9999"), ("99AA",), ("9999 AA",),
        ("OX-9",),
    ]  # fmt: skip
    templates = [template_of(field(format=MaskFormat(each))) for each in masks]
    compare(rules, live_site, [(each, typed) for each in templates for typed in MASKED])


def test_kinds(rules: Page, live_site: Live) -> None:
    templates = [template_of(field(max_len=40), kinds={"v": kind}) for kind in KINDS]
    compare(rules, live_site, [(each, typed) for each in templates for typed in WORDS])


def test_length_and_line_breaks(rules: Page, live_site: Live) -> None:
    templates = [
        template_of(field(max_len=limit, multiline=multiline))
        for limit in (None, 0, 1, 3)
        for multiline in (False, True)
    ]
    compare(rules, live_site, [(each, typed) for each in templates for typed in TEXTS])


def test_text_is_counted_and_normalised_alike(rules: Page) -> None:
    script = """async (texts) => {
      const { length, normalised } = await import("/static/rules.js");
      return texts.map((text) => [normalised(text), length(text)]);
    }"""
    found = rules.evaluate(script, TEXTS)
    assert found == [[text.normalised(each), text.length(each)] for each in TEXTS]


def test_what_comes_in_is_cut_to_what_fits(rules: Page) -> None:
    cases = [
        ("", "abcdef", "", 3, "abc"), ("ab", "cd", "e", 4, "c"), ("abc", "d", "", 3, ""),
        ("", "😀😀😀", "", 2, "😀😀"), ("e", "\u0301\u0301x", "", 2, "\u0301\u0301"),
        ("abcd", "x", "", 3, ""), ("", "a\r\nb", "", 3, "a\r\nb"),
        ("", "a👨\u200d👩\u200d👧b", "", 4, "a"),
        ("", "a👨\u200d👩\u200d👧b", "", 6, "a👨\u200d👩\u200d👧"),
        ("", "xe\u0323\u0308y", "", 2, "x"),
    ]  # fmt: skip
    script = """async (cases) => {
      const { fit } = await import("/static/rules.js");
      return cases.map(([before, inserted, after, limit]) => fit(before, inserted, after, limit));
    }"""
    found = rules.evaluate(script, [list(each[:4]) for each in cases])
    assert found == [each[4] for each in cases]


def random_expression(dice: random.Random, depth: int = 0) -> Expression:
    if depth > 2 or dice.random() < 0.3:
        return dice.choice(["a", "b", "c", "d.x", Decimal("2"), Decimal("0.1"), Decimal("0")])
    left, right = (random_expression(dice, depth + 1) for _ in range(2))
    return (dice.choice("+-*/"), left, right)


def random_values(dice: random.Random) -> dict[str, Value]:
    texts = ["", "0", "1", "-3", "19.25", "0.75", "1,5", "7", "100000000000", "0.000001", "x", "3"]
    return {
        name: value
        for name in ("a", "b", "c", "d.x", "d.y")
        if (value := dice.choice(texts)) != "" or dice.random() < 0.3
    }


def test_calculations(rules: Page) -> None:
    dice = random.Random(20241124)
    cases = []
    for _ in range(600):
        calculation = (
            SimpleCalculation(
                dice.choice(["SUM", "PRD", "AVG", "MIN", "MAX"]),
                tuple(dice.choices(["a", "b", "c", "d"], k=dice.randint(1, 4))),
            )
            if dice.random() < 0.5
            else ExpressionCalculation("", random_expression(dice))
        )
        shape = dice.choice([None, NumberFormat(NumberStyle(2, 3)), PercentFormat(NumberStyle(1))])
        values = random_values(dice)
        names = ["a", "b", "c", "d.x", "d.y"]
        fields = [
            *(Field(name, FieldType.TEXT) for name in names),
            field(name="total", calculation=calculation, format=shape),
        ]
        expected = dict(values)
        recalculate(fields, ["total"], expected)
        rule = {
            "name": "total",
            "calculation": json.loads(json.dumps(calculation.as_json())),
            "format": None if shape is None else shape.as_json(),
        }
        cases.append((rule, [*names, "total"], values, expected.get("total")))
    script = """async (cases) => {
      const { recalculate } = await import("/static/calculation.js");
      return cases.map(([rule, names, values]) => {
        recalculate(new Map([[rule.name, rule]]), [rule.name], names, values);
        return values.total ?? null;
      });
    }"""
    found = rules.evaluate(script, [list(each[:3]) for each in cases])
    for (rule, _, values, wanted), got in zip(cases, found, strict=True):
        assert got == wanted, (rule, values)


def test_the_words_of_a_required_field_are_the_servers_alone() -> None:
    """The browser never says that a field is missing; it hears so from the server."""
    assert FieldProblem("v", "required").code in SENTENCES
