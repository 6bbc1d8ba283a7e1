"""What a reporting tool sees of a form: each field a column of one type, in one view a form.

The same field has the same column name and type in every form, so that forms can be compared; its
source says how an edition keeps the value, since formats change from one edition to the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from pipeline.model.date_shapes import names_a_day
from pipeline.model.dates import DatePattern
from pipeline.model.definition import covers
from pipeline.model.field import Field, FieldType
from pipeline.model.formats import DateFormat, NumberFormat, PercentFormat
from pipeline.model.template import Template

OWN_COLUMNS = (
    "submission_id", "reference", "form_id", "template_digest", "submitted_at", "is_current",
    "replaces",
)  # fmt: skip
"""What every view has of the submission itself, before its fields."""

LONGEST_NAME = 63
"""Bytes of a name in PostgreSQL."""

_MOST_COLUMNS = 1_500
"""Fields in one view: PostgreSQL selects at most 1,664 columns, SQLite 2,000."""


class ColumnType(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    NUMERIC = "numeric"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Source:
    """How a value is kept: as ``type``, ``several`` in a list, a date in ``pattern``.

    ``exports`` are the on-states whose export value is another text.
    """

    field: str
    type: ColumnType
    several: bool = False
    pattern: DatePattern | None = None
    exports: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """``source`` is today's; ``earlier`` are those of editions (digests) that keep it otherwise."""

    name: str
    type: ColumnType
    source: Source
    earlier: tuple[tuple[str, Source], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    name: str
    form_id: str
    columns: tuple[Column, ...]


def plan_views(forms: Mapping[str, Sequence[Template]]) -> tuple[View, ...]:
    """The views of ``forms``: id → editions, today's first.

    A form with more fields than a view can have goes on in views of ``…__2``, ``…__3``.
    """
    sources = {form_id: _sources(editions) for form_id, editions in forms.items()}
    names = column_names(name for found in sources.values() for name in found)
    types: dict[str, ColumnType] = {}
    for found in sources.values():
        for name, by_edition in found.items():
            for source in by_edition.values():
                types[name] = _common(types.get(name, source.type), source.type)
    return tuple(
        view
        for form_id, found in sources.items()
        for view in _views(
            form_id,
            [
                _column(names[name], types[name], list(by_edition.items()))
                for name, by_edition in found.items()
            ],
        )
    )


def view_name(form_id: str) -> str:
    return _short("report_" + _plain(form_id.replace("-", "_")), form_id)


def column_names(fields: Iterable[str]) -> dict[str, str]:
    """Field name → column name: its dots become ``_``.

    Names that would meet (capitals apart: SQLite sees no difference), among each other or with
    ``OWN_COLUMNS``, all get a few digits of their own digest.
    """
    distinct = list(dict.fromkeys(fields))
    names = {field: _short(_plain(field), field) for field in distinct}
    for digits in range(8, 57, 8):
        used = Counter([name.casefold() for name in names.values()] + list(OWN_COLUMNS))
        clashing = [field for field in distinct if used[names[field].casefold()] > 1]
        if not clashing:
            break
        for field in clashing:
            names[field] = _marked(_plain(field), field, digits)
    return names


def _plain(name: str) -> str:
    """Without dots and without what a name in a database cannot hold or show."""
    return re.sub(r"[.\x00-\x1f\x7f-\x9f\ud800-\udfff]", "_", name)


def _short(plain: str, name: str) -> str:
    fits = 0 < len(plain.encode()) <= LONGEST_NAME
    return plain if fits else _marked(plain, name, 8)


def _marked(plain: str, name: str, digits: int) -> str:
    room = LONGEST_NAME - 1 - digits
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
    return f"{plain.encode()[:room].decode('utf-8', 'ignore')}_{digest}"


def _sources(editions: Sequence[Template]) -> dict[str, dict[str, Source]]:
    """Field name → digest → source, in the order of today's form, then of earlier ones."""
    found: dict[str, dict[str, Source]] = {}
    left_out = editions[0].definition.reporting.leave_out
    for template in editions:
        for field in template.data_fields():
            if not field.password and not covers(left_out, field.name):
                found.setdefault(field.name, {})[template.digest] = source_of(field)
    return found


def source_of(field: Field) -> Source:
    match field.type:
        case FieldType.CHECKBOX if len(field.on_states) <= 1:
            return Source(field.name, ColumnType.BOOLEAN)
        case FieldType.CHECKBOX | FieldType.RADIO:
            pairs = zip(field.on_states, field.options, strict=False)
            exports = {state: each.export for state, each in pairs if each.export != state}
            return Source(field.name, ColumnType.TEXT, exports=tuple(exports.items()))
        case FieldType.CHOICE:
            return Source(field.name, ColumnType.TEXT, several=field.multi_select)
    match field.format:
        case NumberFormat() if field.format.style.decimals == 0:
            return Source(field.name, ColumnType.INTEGER)
        case NumberFormat() | PercentFormat():
            return Source(field.name, ColumnType.NUMERIC)
        case DateFormat() if field.format.kind == "date" and names_a_day(field.format.pattern):
            return Source(field.name, ColumnType.DATE, pattern=field.format.pattern)
    calculated = field.calculation is not None and field.format is None
    return Source(field.name, ColumnType.NUMERIC if calculated else ColumnType.TEXT)


def _common(one: ColumnType, other: ColumnType) -> ColumnType:
    """What both can be shown as."""
    if one is other:
        return one
    numbers = {ColumnType.INTEGER, ColumnType.NUMERIC}
    return ColumnType.NUMERIC if {one, other} == numbers else ColumnType.TEXT


def _column(name: str, kind: ColumnType, by_edition: list[tuple[str, Source]]) -> Column:
    (_, source), *others = by_edition
    return Column(name, kind, source, tuple(each for each in others if each[1] != source))


def _views(form_id: str, columns: list[Column]) -> Iterator[View]:
    name = view_name(form_id)
    for number, first in enumerate(range(0, max(1, len(columns)), _MOST_COLUMNS), 1):
        part = tuple(columns[first : first + _MOST_COLUMNS])
        yield View(name if number == 1 else _short_part(name, number), form_id, part)


def _short_part(name: str, number: int) -> str:
    """A form's id has no two hyphens together, so no other form's view has this name."""
    ending = f"__{number}"
    return name[: LONGEST_NAME - len(ending)] + ending
