"""Raw values as the page shows them and as a person would type them."""

from __future__ import annotations

from pipeline.model.display import shown_text, typed_text
from pipeline.model.field import Field, FieldType, Option
from pipeline.model.formats import NumberFormat
from pipeline.model.numbers import NumberStyle

NUMBER = Field("n", FieldType.TEXT, format=NumberFormat(NumberStyle(2, 3)))
FRUIT = Field(
    "f", FieldType.CHOICE, options=(Option("a", "Appel"), Option("p", "Peer")), multi_select=True
)


def test_numbers() -> None:
    assert shown_text(NUMBER, "19.5") == "19,50"
    assert typed_text(NUMBER, "19.5") == "19,5"
    assert shown_text(NUMBER, "0") == "0,00"


def test_choices_show_what_stands_for_them() -> None:
    assert shown_text(FRUIT, "a") == "Appel"
    assert shown_text(FRUIT, ("p", "a")) == "Peer\nAppel"
    assert shown_text(FRUIT, "zelf") == "zelf"


def test_nothing_shows_as_nothing() -> None:
    for nothing in (None, "", (), True, False):
        assert shown_text(NUMBER, nothing) == ""
