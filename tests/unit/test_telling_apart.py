"""Fields of one label are told apart in words that the form itself has."""

from __future__ import annotations

from pipeline.model.field import Field, FieldType, Widget
from pipeline.model.geometry import Rect
from pipeline.model.outline import Outline, Section
from pipeline.model.telling_apart import contexts
from tests.unit.small_templates import template


def text(name: str, label: str, row: int = 0, column: int = 0) -> Field:
    """20 points high; rows from the top of the page down, 30 points apart."""
    bottom = 760.0 - 30 * row
    place = Rect(20.0 + 150 * column, bottom, 160.0 + 150 * column, bottom + 20)
    return Field(name, FieldType.TEXT, label=label, widgets=(Widget(0, 0, place),))


def told(*fields: Field, sections: tuple[Section, ...] = ()) -> dict[str, str]:
    return dict(contexts(template(*fields), Outline(sections)))


def test_labels_that_occur_once_need_no_more() -> None:
    assert told(text("a", "Name"), text("b", "Town", 1)) == {}


def test_the_heading_above_tells_them_apart_whatever_the_capitals() -> None:
    fields = text("a", "Total"), text("b", "Name", 1), text("c", "total ", 2)
    sections = Section("Pupils", 2, 0, ("a", "b")), Section("Staff", 2, 0, ("c",))
    assert told(*fields, sections=sections) == {"a": "Pupils", "c": "Staff"}


def test_a_heading_that_two_sections_have_gets_the_one_above() -> None:
    fields = text("a", "Total"), text("b", "Total", 1), text("c", "Total", 2)
    sections = (
        Section("Pupils", 2, 0),
        Section("This year", 3, 0, ("a",)),
        Section("Staff", 2, 0),
        Section("This year", 3, 0, ("b",)),
        Section("Money", 2, 0, ("c",)),
    )
    assert told(*fields, sections=sections) == {
        "a": "Pupils, This year",
        "b": "Staff, This year",
        "c": "Money",
    }


def test_the_label_that_begins_the_row_tells_a_table_apart() -> None:
    fields = [
        each
        for row in range(2)
        for each in (
            text(f"aim{row}", f"Aim {row + 1}", row),
            text(f"year{row}", "Year", row, column=1),
            text(f"who{row}", "Who", row, column=2),
        )
    ]
    names = tuple(each.name for each in fields)
    assert told(*fields, sections=(Section("Aims", 2, 0, names),)) == {
        "year0": "Aim 1",
        "who0": "Aim 1",
        "year1": "Aim 2",
        "who1": "Aim 2",
    }


def test_a_row_and_its_heading_together() -> None:
    fields = [
        each
        for part in range(2)
        for row in range(2)
        for each in (
            text(f"aim{part}{row}", f"Aim {row}", 2 * part + row),
            text(f"year{part}{row}", "Year", 2 * part + row, column=1),
        )
    ]
    half = [tuple(each.name for each in fields[at : at + 4]) for at in (0, 4)]
    sections = Section("First", 2, 0, half[0]), Section("Second", 2, 0, half[1])
    found = told(*fields, sections=sections)
    assert found["aim00"] == "First"
    assert found["year00"] != found["year10"]
    assert len({found[f"year{part}{row}"] for part in range(2) for row in range(2)}) == 4


def test_a_label_of_another_row_leads_none_and_a_number_is_left() -> None:
    fields = text("head", "Persons"), text("a", "Name", 1), text("b", "Name", 2)
    assert told(*fields) == {"a": "1/2", "b": "2/2"}


def test_a_label_as_long_as_a_sentence_is_no_name_for_a_row() -> None:
    fields = [
        each
        for row in range(2)
        for each in (text(f"q{row}", f"{row} " + 60 * "x", row), text(f"y{row}", "Year", row, 1))
    ]
    assert told(*fields) == {"y0": "1/2", "y1": "2/2"}


def test_full_labels_say_both() -> None:
    field, other = text("a", "Total"), text("b", "Name", 1)
    outline = Outline(contexts={"a": "Pupils"})
    assert outline.full_label_of(field) == "Total (Pupils)"
    assert outline.full_label_of(other) == "Name"
