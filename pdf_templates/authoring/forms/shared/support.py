"""Ankerpunt 4: the four levels of support, where expertise comes from, who works along."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    FIFTH,
    Block,
    CheckGrid,
    Row,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Need, Number, Quotient, Text
from pdf_templates.authoring.forms.series import (
    CALCULATED_NOTE,
    checkboxes,
    count,
    total,
)

STATED_LEVELS = (
    "Onderwijs in de groep",
    "Ondersteuning in de groep",
    "Ondersteuning met interne deskundigen",
    "Ondersteuning met externe specialisten",
)

_LEVELS = tuple(
    count(f"ap4.niveau.n{level}", f"Niveau {level}", 1500, max_len=4, note=note)
    for level, note in (
        (
            1,
            "Tel elk kind één keer, op het hoogste niveau van ONDERWIJSondersteuning. Zorg alleen"
            " (bv. logopedie of verpleging zonder extra onderwijs) blijft niveau 1. Geen"
            " leerlingen? Vul 0 in.",
        ),
        (2, "Extra aanbod binnen de groep, door de leerkracht."),
        (
            3,
            "Specifieke interventie met interne deskundige; handelingsgericht plan aanwezig.",
        ),
        (
            4,
            "Externe of bovenschoolse specialist is betrokken bij het onderwijs op school.",
        ),
    )
)

_LEVEL_TOTAL = total("ap4.niveau.totaal", "Totaal", _LEVELS)

_LEVEL_SHARE = Number(
    "ap4.niveau.aandeel34",
    "Aandeel niveau 3+4 (%)",
    8,
    decimals=1,
    need=Need.CALCULATED,
    note=CALCULATED_NOTE,
    calculation=Quotient(("ap4.niveau.n3", "ap4.niveau.n4"), "ap4.niveau.totaal", factor=100),
)


def _level(level: int, words: str) -> Row:
    """A level's number of pupils beside what the school does there."""
    note = "Kort en kenmerkend. Schrijf op wat uw school hier echt inzet." if level == 1 else ""
    tekst = Text(
        f"ap4.niveau_tekst.n{level}",
        f"Niveau {level}: {words} – wat doen wij?",
        300,
        lines=4,
        note=note,
    )
    return row(at(FIFTH, _LEVELS[level - 1], note_below=level > 1), at(4 * FIFTH, tekst))


LEVELS: tuple[Block, ...] = (
    *(_level(level, words) for level, words in enumerate(STATED_LEVELS, start=1)),
    row(at(FIFTH, _LEVEL_TOTAL), at(FIFTH, _LEVEL_SHARE)),
)


def fte_fields(rows: tuple[tuple[str, str], ...]) -> tuple[Number, ...]:
    """FTE by task: (last part of the name, task)."""
    return tuple(
        Number(
            f"ap4.fte.{key}",
            label,
            6,
            decimals=2,
            low=0,
            high=200,
            need=Need.REQUIRED_ZERO,
            note="Gebruik een komma. Niet van toepassing? Vul 0 in." if index == 0 else "",
        )
        for index, (key, label) in enumerate(rows)
    )


def partners(rows: tuple[tuple[str, str], ...]) -> CheckGrid:
    return CheckGrid(
        checkboxes(
            "ap4.partner",
            rows,
            note="Vink aan met wie u dit schooljaar vast samenwerkt.",
        ),
        columns=4,
    )


def facilities(rows: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    return (
        Subsection("Voorzieningen in het gebouw"),
        CheckGrid(
            checkboxes("ap4.voorz", rows, note="Alleen aanvinken wat er nu is."),
            columns=4,
        ),
        full(Text("ap4.voorz_overig", "Overige voorzieningen", 150, need=Need.OPTIONAL)),
    )
