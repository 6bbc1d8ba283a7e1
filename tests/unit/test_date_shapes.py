"""A pattern's shapes, judged against what the pattern writes."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.date_shapes import as_glob, as_regex, date_shapes, names_a_day
from pipeline.model.dates import DATE_PATTERNS, DatePattern

PATTERNS = [
    *(pattern for pattern in DATE_PATTERNS if names_a_day(DatePattern(pattern))),
    "dd-mm-yyyy",
    "yyyy-mm-dd",
    "dddd d mmmm yyyy",
    "ddd, dd.mmm.yy",
    "[d] *m* ?yyyy?",
]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("dd-mm-yyyy", True), ("mm/yy", False), ("m/d", False), ("m/d/yy h:MM tt", False)],
)
def test_a_calendar_date_has_a_day_a_month_and_a_year(pattern: str, says: bool) -> None:
    assert names_a_day(DatePattern(pattern)) is says


@pytest.mark.parametrize("pattern", PATTERNS)
@given(day=st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_what_a_pattern_writes_has_one_of_its_shapes(pattern: str, day: date) -> None:
    written = DatePattern(pattern).show(datetime(day.year, day.month, day.day))
    fitting = [s for s in date_shapes(DatePattern(pattern)) if re.match(as_regex(s), written)]
    assert fitting
    for shape in fitting:
        assert sum(part.width for part in shape) == len(written)


def test_literals_are_literal() -> None:
    shape = date_shapes(DatePattern("[dd] *mm* ?yyyy?"))[0]
    assert as_glob(shape) == "[[][0-9][0-9]] [*][0-9][0-9][*] [?][0-9][0-9][0-9][0-9][?]"
    assert re.match(as_regex(shape), "[01] *02* ?2024?")
    assert not re.match(as_regex(shape), "x01] *02* ?2024?")
