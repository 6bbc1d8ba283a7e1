"""What form.toml adds to a template: only what AcroForm cannot say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from pipeline.errors import FormDefinitionError
from pipeline.model.approval_definition import ApprovalDefinition, parse_approvals
from pipeline.model.condition_grammar import ConditionError, parse_condition
from pipeline.model.conditions import Condition
from pipeline.model.kinds import KINDS
from pipeline.model.one_page_definition import OnePageDefinition, parse_one_page
from pipeline.model.toml_lines import line_of

T = TypeVar("T")

SYSTEM_VALUES = ("reference", "submitted_at")
"""What Formpress itself knows of a submission, for the fields that ``[system]`` names."""


@dataclass(frozen=True, slots=True)
class RequiredIf:
    fields: tuple[str, ...]
    when: Condition


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Complains with ``message`` at ``fields`` when ``when`` holds; ``level`` error or warning."""

    fields: tuple[str, ...]
    when: Condition
    level: str
    message: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """``leave_out`` are fields (``group.*`` those below it) that are kept, and no columns."""

    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """``retention_days`` counts from a draft's last save; ``smallest_text`` is in points.

    ``sender`` is the field that holds the name of whoever usually sends it.
    ``previous`` are the ids of forms whose values of last year may begin this one.
    ``system`` says which of SYSTEM_VALUES a field shows; ``source`` is the file's own text.
    """

    title: str = ""
    edition: str = ""
    language: str = ""
    time_zone: str = "Europe/Amsterdam"
    retention_days: int = 60
    reference: str = ""
    file_name: str = ""
    sender: str = ""
    key: tuple[str, ...] = ()
    smallest_text: float = 4.0
    required_at_submit: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    max_len: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    required_if: tuple[RequiredIf, ...] = ()
    checks: tuple[CrossCheck, ...] = ()
    system: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: tuple[str, ...] = ()
    reporting: Reporting = Reporting()
    one_page: OnePageDefinition | None = None
    approvals: tuple[ApprovalDefinition, ...] = ()
    source: str = field(default="", compare=False, repr=False)

    def day(self, moment: datetime) -> date:
        """The day that it is then where the form is used; ``moment`` is aware."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


def parse_definition(text: str, file: str = "form.toml") -> FormDefinition:
    """Raises ``FormDefinitionError`` naming the line and the key that are wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormDefinitionError(file=file, where="", why=str(error)) from error
    return _Reader(file, text).definition(table)


def covers(names: Iterable[str], name: str) -> bool:
    """Whether ``name`` is one of ``names``, or below one that is written ``group.*``."""
    return any(
        name.startswith(each[:-1]) if each.endswith(".*") else name == each for each in names
    )


def definition_error(
    file: str, source: str, where: str, why: str, mention: str = ""
) -> FormDefinitionError:
    """A complaint about ``where`` in ``source``, with its line as compilers write it."""
    line = line_of(source, where, mention)
    return FormDefinitionError(
        file=file if line is None else f"{file}:{line}", where=where, why=why
    )


class _Reader:
    """Reads one file's table; every complaint names the file, the line and the key."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source

    def wrong(self, where: str, why: str) -> FormDefinitionError:
        return definition_error(self.file, self.source, where, why)

    def definition(self, table: Mapping[str, object]) -> FormDefinition:
        known = set(FormDefinition.__dataclass_fields__) - {"checks", "approvals", "source"}
        known |= {"check", "approval"}
        for key in table:
            if key not in known:
                raise self.wrong(key, "no such setting")
        kinds = self.mapping(table, "kinds", str)
        for name, kind in kinds.items():
            if kind not in KINDS:
                raise self.wrong(f"kinds.{name}", f"must be one of {', '.join(sorted(KINDS))}")
        limits = self.mapping(table, "max_len", int)
        for name, limit in limits.items():
            self.at_least_one(limit, f"max_len.{name}")
        system = self.mapping(table, "system", str)
        for name, what in system.items():
            if what not in SYSTEM_VALUES:
                raise self.wrong(f"system.{name}", f"must be one of {', '.join(SYSTEM_VALUES)}")
        plain = FormDefinition()
        retention_days = self.one(table, "retention_days", int, plain.retention_days)
        smallest_text = float(self.one(table, "smallest_text", (int, float), 4.0))
        if smallest_text <= 0:
            raise self.wrong("smallest_text", "must be more than 0")
        return FormDefinition(
            title=self.one(table, "title", str, plain.title),
            edition=self.one(table, "edition", str, plain.edition),
            language=self.one(table, "language", str, plain.language),
            time_zone=self.zone(table),
            retention_days=self.at_least_one(retention_days, "retention_days"),
            reference=self.one(table, "reference", str, plain.reference),
            file_name=self.one(table, "file_name", str, plain.file_name),
            sender=self.one(table, "sender", str, plain.sender),
            key=self.names(table, "key"),
            smallest_text=smallest_text,
            required_at_submit=self.names(table, "required_at_submit"),
            kinds=kinds,
            max_len=limits,
            required_if=tuple(
                RequiredIf(self.targets(entry, where), self.condition(entry, "when", where))
                for where, entry in self.entries(table, "required_if", ("fields", "when"))
            ),
            checks=tuple(
                self.check(entry, where)
                for where, entry in self.entries(
                    table, "check", ("fields", "when", "level", "message")
                )
            ),
            system=system,
            one_page=parse_one_page(table.get("one_page"), self.wrong),
            approvals=parse_approvals(table.get("approval"), self.wrong),
            previous=self.names(table, "previous"),
            reporting=self.reporting(table),
            source=self.source,
        )

    def reporting(self, table: Mapping[str, object]) -> Reporting:
        section = table.get("reporting", {})
        if not isinstance(section, dict):
            raise self.wrong("reporting", "is written as [reporting]")
        for unknown in section.keys() - {"leave_out"}:
            raise self.wrong(f"reporting.{unknown}", "no such setting")
        return Reporting(self.names(section, "leave_out", "reporting"))

    def check(self, entry: Mapping[str, object], where: str) -> CrossCheck:
        level = self.one(entry, "level", str, "error", where)
        if level not in ("error", "warning"):
            raise self.wrong(f"{where}.level", "must be error or warning")
        message = self.one(entry, "message", str, "", where)
        if not message:
            raise self.wrong(f"{where}.message", "is missing")
        return CrossCheck(
            self.targets(entry, where),
            self.condition(entry, "when", where),
            level,
            message,
        )

    def condition(self, entry: Mapping[str, object], key: str, where: str) -> Condition:
        text = self.one(entry, key, str, "", where)
        try:
            return parse_condition(text)
        except ConditionError as error:
            raise self.wrong(f"{where}.{key}", str(error)) from error

    def zone(self, table: Mapping[str, object]) -> str:
        name = self.one(table, "time_zone", str, FormDefinition().time_zone)
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise self.wrong("time_zone", "must be a name like Europe/Amsterdam") from error
        return name

    def one(
        self,
        table: Mapping[str, object],
        key: str,
        kind: type[T] | tuple[type[T], ...],
        default: T,
        where: str = "",
    ) -> T:
        value = table.get(key, default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            wanted = " or ".join(each.__name__ for each in kinds)
            raise self.wrong(f"{where}.{key}".lstrip("."), f"must be {wanted}")
        return value

    def names(self, table: Mapping[str, object], key: str, where: str = "") -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self.wrong(f"{where}.{key}".lstrip("."), "must be a list of field names")
        return tuple(cast("list[str]", value))

    def targets(self, entry: Mapping[str, object], where: str) -> tuple[str, ...]:
        """The fields that a rule speaks of; a rule of none would never be noticed."""
        names = self.names(entry, "fields", where)
        if not names:
            raise self.wrong(f"{where}.fields", "must name at least one field")
        return names

    def at_least_one(self, value: int, where: str) -> int:
        if value < 1:
            raise self.wrong(where, "must be at least 1")
        return value

    def mapping(self, table: Mapping[str, object], key: str, kind: type[T]) -> Mapping[str, T]:
        value = table.get(key, {})
        if not isinstance(value, dict) or not all(
            isinstance(each, kind) and not isinstance(each, bool) for each in value.values()
        ):
            raise self.wrong(key, f"must be a table of {kind.__name__}")
        return MappingProxyType(cast("dict[str, T]", value))

    def entries(
        self, table: Mapping[str, object], key: str, known: tuple[str, ...]
    ) -> list[tuple[str, Mapping[str, object]]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(key, f"is written as [[{key}]]")
        entries = [(f"{key}[{number}]", each) for number, each in enumerate(value, 1)]
        for where, entry in entries:
            for unknown in entry.keys() - set(known):
                raise self.wrong(f"{where}.{unknown}", "no such setting")
        return entries
