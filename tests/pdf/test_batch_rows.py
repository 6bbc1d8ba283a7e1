"""A CSV file as Excel, LibreOffice or a program writes it becomes rows of raw values."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, String

from pipeline.errors import ColumnsError, TooManyCells, ValuesError
from pipeline.flow.batch_rows import Table, raw_values, read_table
from pipeline.model.template import Template
from tests.pdf import small_forms
from tests.pdf.forms import form_of
from tests.pdf.small_forms import MULTI_SELECT, Sheet

EVERY_TYPE = form_of(small_forms.every_type()).template


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def table_of(path: Path, text: str | bytes, template: Template = EVERY_TYPE) -> Table:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(path, template)


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_however_it_is_written(path: Path, delimiter: str, line_end: str, bom: str) -> None:
    lines = (
        ["name", "story", "agreed"],
        ["Zoë", f'"a{line_end}b ""c"" {delimiter}"', "true"],
        ["Piet", "", ""],
    )
    table = table_of(path, bom + line_end.join(delimiter.join(line) for line in lines))
    assert (table.delimiter, table.columns) == (delimiter, ("name", "story", "agreed"))
    assert table.has_bom == bool(bom)
    first, second = table.rows()
    assert first.cells == ("Zoë", f'a{line_end}b "c" {delimiter}', "true")
    assert (first.number, first.line) == (1, 2)
    assert (second.number, second.line) == (2, 4)


def test_one_column_may_hold_any_delimiter(path: Path) -> None:
    table = table_of(path, 'name\nJansen, Piet; zn.\n"Vries, An de"\n')
    assert [row.cells for row in table.rows()] == [("Jansen, Piet; zn.",), ("Vries, An de",)]


def test_delimiters_in_the_names_of_fields(path: Path) -> None:
    sheet = Sheet()
    sheet.text("naam, voluit")
    sheet.text("plaats; land", (20, 100, 280, 120))
    template = form_of(sheet.bytes()).template
    table = table_of(path, '"naam, voluit","plaats; land"\nAn,Heerlen\n', template)
    assert table.columns == ("naam, voluit", "plaats; land")
    assert table_of(path, "naam, voluit\tplaats; land\n", template).columns == table.columns


def test_numbers_are_those_of_the_spreadsheet(path: Path) -> None:
    """Rows that say nothing are passed over, and counted."""
    table = table_of(path, "name,story\nAnna,\n\n,\nPiet\n")
    assert [(row.number, row.line) for row in table.rows()] == [(1, 2), (4, 5)]


def test_empty_columns_at_the_end_are_none(path: Path) -> None:
    table = table_of(path, "name;story;;\nAnna;x;;\nPiet;x;;y\n")
    assert table.columns == ("name", "story")
    first, second = table.rows()
    assert raw_values(EVERY_TYPE, table.columns, first.cells) == {"name": "Anna", "story": "x"}
    with pytest.raises(TooManyCells) as caught:
        raw_values(EVERY_TYPE, table.columns, second.cells)
    assert caught.value.data == {"found": 4, "limit": 2}


def test_a_row_that_ends_early_has_empty_cells() -> None:
    assert raw_values(EVERY_TYPE, ("name", "story"), ["Anna"]) == {"name": "Anna", "story": ""}


def test_several_selections() -> None:
    sheet = Sheet()
    options = [("a", "Appel"), ("p|k", "Peer of kers"), ("b", "Bes")]
    sheet.choice("fruits", options, Ff=MULTI_SELECT, V=Array([String("a")]))
    sheet.text("name", (20, 100, 280, 120))
    template = form_of(sheet.bytes()).template
    for cell, expected in {
        "a|b": ["a", "b"], "a": "a", "p|k": "p|k", "": "", "Appel|Bes": ["Appel", "Bes"],
    }.items():  # fmt: skip
        assert raw_values(template, ["fruits"], [cell]) == {"fruits": expected}
    assert raw_values(template, ["name"], ["a|b"]) == {"name": "a|b"}


def test_a_digest_is_of_what_a_row_says(path: Path) -> None:
    def digests(text: str) -> list[str]:
        table = table_of(path, text)
        return [table.digest(row) for row in table.rows()]

    (one,) = digests('name,story\nAnna,"a\nb"\n')
    assert [one] == digests('\ufeffstory;name;\r\n"a\r\nb";Anna;\r\n')
    assert one not in digests("name,story\nAnna,b\n") + digests('story,name\nAnna,"a\nb"\n')
    assert digests("name,story\nAnna,\n") != digests("name\nAnna\n")


WRONG_HEADERS = {
    "name,nmae": [("nmae", "unknown_column", {"nearest": "name"})],
    "NAME;story": [("NAME", "unknown_column", {"nearest": "name"})],
    " name\tstory": [(" name", "unknown_column", {"nearest": "name"})],
    "name,story,name": [("name", "duplicate_column", {"first": 1, "column": 3})],
    "name,,story": [("", "unnamed_column", {"column": 2})],
    "heel;iemand;anders": [
        ("heel", "unknown_field", {}),
        ("iemand", "unknown_field", {}),
        ("anders", "unknown_field", {}),
    ],
}


@pytest.mark.parametrize("header", WRONG_HEADERS)
def test_wrong_headers(path: Path, header: str) -> None:
    with pytest.raises(ColumnsError) as caught:
        table_of(path, header + "\nx\n")
    found = [(each.field, each.code, dict(each.data)) for each in caught.value.problems]
    assert found == WRONG_HEADERS[header]
    assert caught.value.data["path"] == str(path)


NO_TABLES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "no header row"),
    "empty cells": (b";;\nx;;\n", "no header row"),
    "Latin 1": (b"name\nAnna\nZo\xeb\n", "line 3, is not UTF-8"),
    "UTF-16": ("name\nAnna\n".encode("utf-16"), "is not UTF-8"),
    "an open quotation mark": (b'name,story\nAnna,x\nPiet,"x\nKees,y\n', "line 3: "),
    "text after a quotation mark": (b'name,story\n"An"na,x\n', "line 2: "),
    "an endless cell": (b"name\n" + b"x" * 200_000 + b"\n", "line 2: "),
}


@pytest.mark.parametrize("case", NO_TABLES)
def test_what_is_no_table(path: Path, case: str) -> None:
    data, why = NO_TABLES[case]
    with pytest.raises(ValuesError) as caught:
        list(table_of(path, data).rows())
    assert why in str(caught.value.data["why"])


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(ValuesError):
        read_table(path, EVERY_TYPE)
