"""The fields of page 1: which school, which year, who wrote it."""

from __future__ import annotations

from pdf_templates.authoring.blocks import HALF, QUARTER, Block, Row, Subsection, at, full, row
from pdf_templates.authoring.fields import Choice, Need, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import date

_CELL = 18.0
"""Width of a comb cell, points."""

_IDENTITY = row(
    at(
        QUARTER,
        Text(
            "school.brin",
            "BRIN-nummer",
            4,
            comb=True,
            mask="99AA",
            note="Vier tekens: twee cijfers en twee letters, bijvoorbeeld 12AB.",
        ),
        box_width=4 * _CELL,
    ),
    at(
        QUARTER,
        Text(
            "school.vestiging",
            "Vestigingsnummer",
            2,
            comb=True,
            mask="99",
            widest="0",
            value="00",
            note="Hoofdvestiging is 00. Elke vestiging vult een eigen profiel in.",
        ),
        box_width=2 * _CELL,
    ),
    at(
        QUARTER,
        Choice("profiel.schooljaar", "Schooljaar", options.SCHOOL_YEARS, value="2024-2025"),
    ),
    at(
        QUARTER,
        date(
            "profiel.versiedatum",
            "Datum van deze versie",
            note="Wijzig de datum zodra de inhoud verandert.",
        ),
    ),
)

_BOARD: tuple[Row, ...] = (
    full(
        Choice(
            "bestuur.naam",
            "Schoolbestuur",
            options.BOARDS,
            editable=True,
            max_len=80,
            note="Staat uw bestuur niet in de lijst? Typ dan de naam.",
        )
    ),
    row(
        at(
            HALF,
            Choice(
                "swv.regio",
                "Samenwerkingsverband",
                options.REGIONS,
                note="Kies het verband waarin de vestiging ligt.",
            ),
        )
    ),
)

_AUTHOR = row(
    at(
        HALF,
        Text(
            "profiel.opsteller",
            "Opgesteld door",
            60,
            note="Naam van de persoon die het profiel invult.",
        ),
    ),
    at(
        HALF,
        Text("profiel.opsteller_functie", "Functie van de opsteller", 60, need=Need.OPTIONAL),
    ),
)


def cover_fields(name_note: str, kind: tuple[Row, ...] = ()) -> tuple[Block, ...]:
    """``kind`` asks what kind of school it is, where the form is for several kinds."""
    return (
        Subsection("De school en dit profiel"),
        full(Text("school.naam", "Naam van de school", 80, note=name_note)),
        _IDENTITY,
        *_BOARD,
        *kind,
        _AUTHOR,
    )
