"""Key figures: what every form asks, and the lines of its tables over two school years."""

from __future__ import annotations

from collections.abc import Iterable

from pdf_templates.authoring.blocks import THIRD, FieldLine, FieldTable, Row, at, full, row
from pdf_templates.authoring.fields import Need, Number, Quotient, Text
from pdf_templates.authoring.forms.series import CALCULATED_NOTE, count, date, total

YEARS = ("j1", "j2")

NEWCOMERS = ("nt2", "Nieuwkomer (korter dan 2 jaar in Nederland)", "")


def basics(groups_note: str = "") -> Row:
    """The day that the figures are of, the groups and their average size."""
    return row(
        at(
            THIRD,
            date(
                "kengetal.peildatum",
                "Peildatum",
                value="01-02-2024",
                note="Alle aantallen op deze pagina gelden op deze datum.",
            ),
        ),
        at(
            THIRD,
            Number("kengetal.groepen", "Aantal groepen", 2, low=1, high=80, note=groups_note),
        ),
        at(
            THIRD,
            Number(
                "kengetal.groepsgrootte",
                "Gemiddelde groepsgrootte",
                8,
                decimals=1,
                need=Need.CALCULATED,
                note=CALCULATED_NOTE,
                calculation=Quotient(("kengetal.ll.totaal",), "kengetal.groepen"),
            ),
        ),
    )


def both_years(
    prefix: str, high: int, rows: Iterable[tuple[str, str, tuple[str, str]]], *, max_len: int = 3
) -> tuple[FieldLine, ...]:
    """Rows are (part of the name before the year, words, instruction for each year)."""
    return tuple(
        FieldLine(
            label,
            tuple(
                count(
                    f"{prefix}.{key}_{year}", f"{label} ({year})", high, max_len=max_len, note=note
                )
                for year, note in zip(YEARS, notes, strict=True)
            ),
        )
        for key, label, notes in rows
    )


def sums(prefix: str, key: str, label: str, lines: Iterable[FieldLine]) -> FieldLine:
    """The sum of each year's column."""
    columns = zip(*(line.fields for line in lines), strict=True)
    return FieldLine(
        label,
        tuple(
            total(f"{prefix}.{key}_{year}", f"{label} ({year})", parts)
            for year, parts in zip(YEARS, columns, strict=True)
        ),
    )


def years_table(head: str, lines: tuple[FieldLine, ...]) -> FieldTable:
    return FieldTable((head, "Vorig schooljaar (j1)", "Het jaar daarvoor (j2)"), lines)


def remarks(max_len: int, lines: int) -> Row:
    return full(
        Text(
            "kengetal.toelichting",
            "Toelichting bij de kengetallen",
            max_len,
            lines=lines,
            need=Need.OPTIONAL,
            note="Alleen invullen als een cijfer uitleg nodig heeft.",
        )
    )
