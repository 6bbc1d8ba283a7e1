"""The views of ``pipeline.model.reporting`` as SQL, for PostgreSQL and for SQLite.

A view reads the JSON of the submission row and keeps nothing itself. Each expression gives NULL
for what it cannot read, in either dialect: one odd value must not cost anybody the whole view.
Names of fields may hold any character; they are only ever text literals, never JSON paths.
"""
# ruff: noqa: S608 - this module writes SQL; what comes from forms goes through ``literal``

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from pipeline.model.date_shapes import Part, Shape, as_glob, as_regex, date_shapes
from pipeline.model.dates import MONTHS
from pipeline.model.reporting import Column, ColumnType, Source, View

MARK = "Formpress report"
"""Says in the database itself which views are ours."""

_SHORT_MONTHS = "".join(f"|{month[:3]}" for month in MONTHS)
_LONG_MONTHS = "".join(f"|{month:9}" for month in MONTHS)
_LONGEST_NUMBER = 40


class Dialect(Protocol):
    """How one database reads a submission ``s``; every method gives an SQL expression.

    ``text``, ``boolean`` and ``joined`` read a field; the others work on the column ``t`` (its
    text) or on ``y``, ``m`` and ``d``.
    """

    rows: str
    find: str

    def text(self, field: str) -> str: ...

    def boolean(self, field: str) -> str: ...

    def joined(self, field: str) -> str: ...

    def integer(self) -> str: ...

    def numeric(self) -> str: ...

    def matches(self, shape: Shape) -> str: ...

    def date(self) -> str: ...

    def whole(self, expression: str) -> str: ...


class PostgreSql:
    """``v.j`` is the values as jsonb, made once a row.

    What JSON can write and PostgreSQL's text cannot hold (NUL, half a surrogate pair) is left out.
    """

    rows = r"""submission AS s
CROSS JOIN LATERAL (SELECT (CASE
  WHEN s."values"::text ~ '\\u(0000|[dD][89a-fA-F])' THEN regexp_replace(s."values"::text,
    '(?<!\\)((?:\\\\)*)(?:\\u0000|\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])'
    || '|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})', '\1', 'g')
  ELSE s."values"::text END)::jsonb AS j OFFSET 0) AS v"""
    find = "strpos"

    def text(self, field: str) -> str:
        name = literal(field)
        return f"CASE jsonb_typeof(v.j -> {name}) WHEN 'string' THEN v.j ->> {name} END"

    def boolean(self, field: str) -> str:
        name = literal(field)
        return f"CASE jsonb_typeof(v.j -> {name}) WHEN 'boolean' THEN (v.j ->> {name})::boolean END"

    def joined(self, field: str) -> str:
        name = literal(field)
        return (
            f"CASE jsonb_typeof(v.j -> {name}) WHEN 'string' THEN v.j ->> {name} WHEN 'array' "
            "THEN (SELECT string_agg(e.value, '|' ORDER BY e.ordinality) FROM "
            f"jsonb_array_elements_text(v.j -> {name}) WITH ORDINALITY AS e) END"
        )

    def integer(self) -> str:
        return "CASE WHEN t ~ '^[-+]?[0-9]{1,18}$' THEN t::bigint END"

    def numeric(self) -> str:
        number = r"'^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)$'"
        return f"CASE WHEN length(t) <= {_LONGEST_NUMBER} AND t ~ {number} THEN t::numeric END"

    def matches(self, shape: Shape) -> str:
        return f"t ~ {literal(as_regex(shape))}"

    def date(self) -> str:
        return "make_date(y, m, d)"

    def whole(self, expression: str) -> str:
        return f"({expression})::integer"


class Sqlite:
    """A date is ISO text, a boolean 1 or 0, a number as exact as SQLite keeps it."""

    rows = "submission AS s"
    find = "instr"

    def text(self, field: str) -> str:
        return self._read(field, "CASE {type} WHEN 'text' THEN {value} END")

    def boolean(self, field: str) -> str:
        return self._read(field, "CASE {type} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END")

    def joined(self, field: str) -> str:
        listed = "json_each(CASE {type} WHEN 'array' THEN {value} ELSE '[]' END)"
        several = f"(SELECT group_concat(i.value, '|') FROM {listed} AS i)"
        return self._read(
            field, f"CASE {{type}} WHEN 'text' THEN {{value}} WHEN 'array' THEN {several} END"
        )

    def integer(self) -> str:
        return (
            f"CASE WHEN length({_UNSIGNED}) BETWEEN 1 AND 18 AND {_UNSIGNED} NOT GLOB '*[^0-9]*' "
            "THEN CAST(t AS INTEGER) END"
        )

    def numeric(self) -> str:
        return (
            f"CASE WHEN length(t) <= {_LONGEST_NUMBER} AND {_UNSIGNED} NOT GLOB '*[^0-9.]*' "
            f"AND {_UNSIGNED} NOT GLOB '*.*.*' AND {_UNSIGNED} GLOB '*[0-9]*' "
            "THEN CAST(t AS NUMERIC) END"
        )

    def matches(self, shape: Shape) -> str:
        return f"t GLOB {literal(as_glob(shape))}"

    def date(self) -> str:
        return "printf('%04d-%02d-%02d', y, m, d)"

    def whole(self, expression: str) -> str:
        return f"CAST({expression} AS INTEGER)"

    def _read(self, field: str, read: str) -> str:
        """A JSON path is fast and cannot say every name; json_each gives each name as text."""
        if _PATH_NAME.fullmatch(field):
            path = literal(f'$."{field}"')
            return read.format(
                type=f'json_type(s."values", {path})', value=f'json_extract(s."values", {path})'
            )
        entry = read.format(type="e.type", value="e.value")
        return f'(SELECT {entry} FROM json_each(s."values") AS e WHERE e.key = {literal(field)})'


_PATH_NAME = re.compile(r"[A-Za-z0-9_. -]+")
_UNSIGNED = "(CASE WHEN substr(t, 1, 1) IN ('-', '+') THEN substr(t, 2) ELSE t END)"

DIALECTS: dict[str, Callable[[], Dialect]] = {"postgresql": PostgreSql, "sqlite": Sqlite}


def view_sql(view: View, dialect: Dialect) -> str:
    """``CREATE VIEW …`` without the words of creation: the query."""
    own = [
        's.id AS "submission_id"',
        's.reference AS "reference"',
        's.form_id AS "form_id"',
        's.template_digest AS "template_digest"',
        's.submitted_at AS "submitted_at"',
        "NOT EXISTS (SELECT 1 FROM submission AS later WHERE later.replaces_id = s.id) "
        'AS "is_current"',
        's.replaces_id AS "replaces"',
    ]
    columns = [
        f"{_column(column, dialect)} AS {identifier(column.name)}" for column in view.columns
    ]
    listed = ",\n  ".join([*own, *columns])
    form = literal(view.form_id)
    return f"/* {MARK} */ SELECT\n  {listed}\nFROM {dialect.rows}\nWHERE s.form_id = {form}"


def literal(text: str) -> str:
    """A text that no database can hold (NUL, half a surrogate pair) is nobody's name there."""
    kept = text.replace("\0", "").encode("utf-8", "ignore").decode()
    return "'" + kept.replace("'", "''") + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _column(column: Column, dialect: Dialect) -> str:
    today = _value(column.type, column.source, dialect)
    if not column.earlier:
        return today
    cases = " ".join(
        f"WHEN {literal(digest)} THEN {_value(column.type, source, dialect)}"
        for digest, source in column.earlier
    )
    return f"CASE s.template_digest {cases} ELSE {today} END"


def _value(kind: ColumnType, source: Source, dialect: Dialect) -> str:
    """The field as ``kind``: its own type, or one that several editions and forms share."""
    field = source.field
    if source.type is ColumnType.BOOLEAN:
        read = dialect.boolean(field)
        if kind is ColumnType.BOOLEAN:
            return read
        words = "CASE WHEN b THEN 'true' WHEN NOT b THEN 'false' END"
        return f"(SELECT {words} FROM (SELECT {read} AS b) AS a)"
    if source.several:
        return f"nullif({dialect.joined(field)}, '')"
    text = dialect.text(field)
    if source.exports:
        cases = " ".join(
            f"WHEN {literal(state)} THEN {literal(export)}" for state, export in source.exports
        )
        return f"(SELECT CASE t {cases} ELSE nullif(t, '') END FROM (SELECT {text} AS t) AS a)"
    match source.type, kind:
        case ColumnType.INTEGER, ColumnType.INTEGER:
            return f"(SELECT {dialect.integer()} FROM (SELECT {text} AS t) AS a)"
        case ((ColumnType.INTEGER | ColumnType.NUMERIC), ColumnType.NUMERIC):
            return f"(SELECT {dialect.numeric()} FROM (SELECT {text} AS t) AS a)"
        case ColumnType.DATE, ColumnType.DATE:
            return _date(text, source, dialect)
    return f"nullif({text}, '')"


_IN_THE_CALENDAR = (
    "y >= 1 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND CASE WHEN m IN (4, 6, 9, 11) THEN 30 "
    "WHEN m <> 2 THEN 31 WHEN y % 4 = 0 AND (y % 100 <> 0 OR y % 400 = 0) THEN 29 ELSE 28 END"
)


def _date(text: str, source: Source, dialect: Dialect) -> str:
    shapes = () if source.pattern is None else date_shapes(source.pattern)
    parts = ", ".join(
        "CASE "
        + " ".join(
            f"WHEN {dialect.matches(shape)} THEN {_part(shape, letter, dialect)}"
            for shape in shapes
        )
        + f" END AS {letter}"
        for letter in "ymd"
    )
    return (
        f"(SELECT CASE WHEN {_IN_THE_CALENDAR} THEN {dialect.date()} END "
        f"FROM (SELECT {parts} FROM (SELECT {text} AS t) AS a) AS b)"
    )


def _part(shape: Shape, letter: str, dialect: Dialect) -> str:
    """Year, month or day as a number; 0 for what is no month."""
    day_names = ("ddd", "dddd")
    part = next(each for each in shape if each.token[:1] == letter and each.token not in day_names)
    return _number(part, dialect)


def _number(part: Part, dialect: Dialect) -> str:
    written = f"substr(t, {part.start}, {part.width})"
    match part.token:
        case "mmm":
            return f"({dialect.find}('{_SHORT_MONTHS}', '|' || {written}) + 3) / 4"
        case "mmmm":
            padded = f"'|' || {written} || '{' ' * (9 - part.width)}'"
            return f"({dialect.find}('{_LONG_MONTHS}', {padded}) + 9) / 10"
        case "yy":
            # As the pattern reads them: below fifty this century.
            number = dialect.whole(written)
            return f"{number} + CASE WHEN {number} < 50 THEN 2000 ELSE 1900 END"
    return dialect.whole(written)
