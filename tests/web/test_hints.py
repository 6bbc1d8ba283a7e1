"""What stands beside a field before anything is wrong: its range, its pattern, its kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.dates import DatePattern
from pipeline.model.field import Field, FieldType
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat, Range
from pipeline.model.numbers import NumberStyle
from tests.web.site import Website
from web.hints import hint


def field(**entries: object) -> Field:
    return Field("x", FieldType.TEXT, **entries)  # type: ignore[arg-type]


def number(decimals: int) -> NumberFormat:
    return NumberFormat(NumberStyle(decimals, 3))


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        (field(format=number(0), range=Range(Decimal(0), Decimal(500))), None,
         "geheel getal van 0 tot en met 500"),
        (field(format=number(2), range=Range(None, Decimal("99.5"))), None,
         "getal met hooguit twee cijfers achter de komma, van 99,5 of lager"),
        (field(format=DateFormat(DatePattern("dd-mm-yyyy"))), None, "datum als dd-mm-jjjj"),
        (field(format=DateFormat(DatePattern("HH:MM"), "time")), None, "tijd als uu:mm"),
        (field(format=MaskFormat(("99AA",))), None, "twee cijfers en twee letters"),
        (field(format=MaskFormat(("9999 AA",))), None, "vier cijfers en twee letters"),
        (field(format=MaskFormat(("(999) 999-9999",))), None, "tien cijfers"),
        (field(format=MaskFormat(("OOXX",))), None,
         "als OOXX: een 9 is een cijfer, een A een letter"),
        (field(format=PercentFormat(NumberStyle(0, 3))), None, "percentage, zoals 12%"),
        (field(), "brin", "twee cijfers en twee letters"),
        (field(), "email", "één e-mailadres"),
        (field(range=Range(Decimal(1), None)), None, "getal van 1 of hoger"),
        (field(), None, ""),
    ],
)  # fmt: skip
def test_a_field_says_what_it_takes(
    site: Website, given: Field, kind: str | None, said: str
) -> None:
    with site.app.test_request_context():
        assert hint(given, kind) == said


def test_the_hint_is_tied_to_its_input(site: Website) -> None:
    document = site.new("sommen").document
    control = document.xpath('//*[@name="v:day"]')[0]
    described = control.get("aria-describedby").split()
    texts = [document.get_element_by_id(each).text_content() for each in described]
    assert "Datum als dd-mm-jjjj" in texts
