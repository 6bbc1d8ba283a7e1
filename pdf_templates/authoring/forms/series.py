"""Constructors for fields that come in rows: one line of data a field."""

from __future__ import annotations

from collections.abc import Iterable

from pdf_templates.authoring.fields import (
    Checkbox,
    Date,
    FieldSpec,
    Need,
    Number,
    Option,
    Radio,
    Sum,
    Text,
)

CALCULATED_NOTE = "Wordt automatisch berekend."
PHONE_CHARACTERS = "0"
"""The widest of digits, +, space and hyphen."""


def email(name: str, label: str, *, need: Need = Need.REQUIRED, note: str = "") -> Text:
    return Text(name, label, 100, need=need, note=note)


def phone(name: str, label: str, *, need: Need = Need.REQUIRED) -> Text:
    return Text(name, label, 16, need=need, widest=PHONE_CHARACTERS)


def count(
    name: str, label: str, high: int, *, max_len: int = 3, low: int = 0, note: str = ""
) -> Number:
    """A whole number that must be there; 0 is an answer."""
    return Number(name, label, max_len, low=low, high=high, need=Need.REQUIRED_ZERO, note=note)


def counts(
    prefix: str, high: int, rows: Iterable[tuple[str, str, str]], *, max_len: int = 3
) -> tuple[Number, ...]:
    """Rows are (last part of the name, label, note)."""
    return tuple(
        count(f"{prefix}.{key}", label, high, max_len=max_len, note=note)
        for key, label, note in rows
    )


def total(
    name: str,
    label: str,
    parts: Iterable[FieldSpec],
    *,
    decimals: int = 0,
    note: str = CALCULATED_NOTE,
) -> Number:
    """The sum of ``parts``, read-only."""
    return Number(
        name,
        label,
        8,
        decimals=decimals,
        need=Need.CALCULATED,
        note=note,
        calculation=Sum(tuple(part.name for part in parts)),
    )


def checkboxes(
    prefix: str,
    rows: Iterable[tuple[str, str]],
    *,
    label_prefix: str = "",
    note: str = "",
) -> tuple[Checkbox, ...]:
    """Rows are (last part of the name, label). ``label_prefix`` is heard but not printed;
    ``note`` belongs to the whole series and is kept at its first field."""
    return tuple(
        Checkbox(
            f"{prefix}.{key}",
            f"{label_prefix}{label}",
            caption=label if label_prefix else "",
            note=note if index == 0 else "",
        )
        for index, (key, label) in enumerate(rows)
    )


def radios(
    prefix: str,
    options: tuple[Option, ...],
    rows: Iterable[tuple[str, str]],
    *,
    note: str = "",
) -> tuple[Radio, ...]:
    """Rows are (last part of the name, label); ``note`` is kept at the first field."""
    return tuple(
        Radio(f"{prefix}.{key}", label, options, note=note if index == 0 else "")
        for index, (key, label) in enumerate(rows)
    )


def statement(name: str, label: str, *, note: str = "") -> Checkbox:
    """A check box that must be on at submission."""
    return Checkbox(name, label, need=Need.AT_SUBMIT, note=note)


def date(
    name: str,
    label: str,
    *,
    need: Need = Need.REQUIRED,
    note: str = "",
    value: str = "",
) -> Date:
    return Date(name, label, need=need, note=note, value=value)
