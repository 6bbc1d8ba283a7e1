"""A table of rows, as spreadsheets write CSV: each row holds the values of one form, as text.

A row is known by its number and by a digest of what it says, so that a batch that goes on can
tell which rows it already did. RFC 4180, with ``;`` and tabs as well, since Excel writes what its
country writes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO, TextIOWrapper
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ColumnsError, FieldProblem, TooManyCells, ValuesError
from pipeline.model.field import Field
from pipeline.model.template import Template

if TYPE_CHECKING:
    from _csv import Reader

SEPARATOR = "|"
"""Between several selections in one cell."""

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = "\t;,"
_SUGGESTIONS = 20
"""Names that are likened to the form's at most: a whole other table is not worth the time."""


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` counts the records below the header row from 1, empty ones too; ``line`` is where
    it begins in the file, from 1. It may have fewer or more cells than there are columns.
    """

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as it was when it was read. ``columns`` are names of fields of the form."""

    path: Path
    data: bytes
    delimiter: str
    columns: tuple[str, ...]

    @property
    def has_bom(self) -> bool:
        return self.data.startswith(_BOM)

    def rows(self) -> Iterator[Row]:
        """The rows that say anything. Raises ``ValuesError`` where it cannot be told apart."""
        reader = _reader(self.data, self.delimiter)
        number, line = -1, 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                why = f"{self.path}, line {line}: {error}; is a quotation mark left open?"
                raise ValuesError(why=why) from error
            if cells is None:
                return
            number += 1
            if number and any(cells):
                yield Row(number, line, tuple(cells))
            line = reader.line_num + 1

    def digest(self, row: Row) -> str:
        """SHA-256 of what a row says, hex: the same however the file delimits or orders it."""
        pairs = zip_longest(self.columns, row.cells, fillvalue="")
        said = sorted((name, cell.replace("\r\n", "\n")) for name, cell in pairs if cell)
        return hashlib.sha256(json.dumps([sorted(self.columns), said]).encode()).hexdigest()


def read_table(path: Path, template: Template) -> Table:
    """Raises ``ValuesError`` for a file that is no table, ``ColumnsError`` for its header row."""
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except OSError as error:
        raise ValuesError(why=f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"{path}, line {line}, is not UTF-8; save it as “CSV UTF-8”"
        raise ValuesError(why=why) from error
    delimiter, names = _header(data, template)
    if not names:
        raise ValuesError(why=f"{path} has no header row with the names of fields")
    problems = _column_problems(names, template)
    if problems:
        error_of_header = ColumnsError(problems)
        error_of_header.data["path"] = str(path)
        raise error_of_header
    return Table(path, data, delimiter, names)


def raw_values(
    template: Template, columns: Sequence[str], cells: Sequence[str]
) -> dict[str, object]:
    """A row as raw values. Raises ``TooManyCells``.

    An empty cell clears the field, as ``""`` does; one that nobody may set keeps what it holds.
    """
    if any(cells[len(columns) :]):
        raise TooManyCells(found=len(cells), limit=len(columns))
    raw: dict[str, object] = {}
    for name, cell in zip_longest(columns, cells[: len(columns)], fillvalue=""):
        field = template.by_name[name]
        if cell or field.fillable:
            raw[name] = _value(field, cell)
    return raw


def _value(field: Field, cell: str) -> str | list[str]:
    if not field.multi_select or SEPARATOR not in cell:
        return cell
    if any(cell in (option.export, option.display) for option in field.options):
        return cell
    return cell.split(SEPARATOR)


def _reader(data: bytes, delimiter: str) -> Reader:
    lines = TextIOWrapper(BytesIO(data), encoding="utf-8-sig", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _header(data: bytes, template: Template) -> tuple[str, tuple[str, ...]]:
    """The delimiter that finds most names of the form, and the names.

    One column fits any delimiter; then the tab is right, since text has none. Without the empty
    cells that spreadsheets leave at the end.
    """
    found = [(delimiter, _names(data, delimiter)) for delimiter in _DELIMITERS]
    delimiter, names = max(
        found, key=lambda each: (sum(name in template.by_name for name in each[1]), len(each[1]))
    )
    while names and not names[-1]:
        names.pop()
    return delimiter, tuple(names)


def _names(data: bytes, delimiter: str) -> list[str]:
    try:
        return next(_reader(data, delimiter), [])
    except csv.Error:
        return []


def _column_problems(names: Sequence[str], template: Template) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    first: dict[str, int] = {}
    for column, name in enumerate(names, 1):
        if not name:
            problems.append(FieldProblem(name, "unnamed_column", {"column": column}))
        elif name in first:
            places = {"first": first[name], "column": column}
            problems.append(FieldProblem(name, "duplicate_column", places))
        elif name not in template.by_name:
            problems.append(_unknown(name, template, len(problems) < _SUGGESTIONS))
        first.setdefault(name, column)
    return problems


def _unknown(name: str, template: Template, suggest: bool) -> FieldProblem:
    known = {each.casefold(): each for each in template.by_name} if suggest else {}
    near = get_close_matches(name.strip().casefold(), known, n=1)
    if not near:
        return FieldProblem(name, "unknown_field")
    return FieldProblem(name, "unknown_column", {"nearest": known[near[0]]})
