"""Ankerpunt 4, Autonome ondersteuning: FTE by task and the four levels of support.

The working instruction says how tasks and levels are counted, so that all schools count alike.
"""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    FULL,
    QUARTER,
    Block,
    FieldLine,
    FieldTable,
    Section,
    Subsection,
    at,
    full,
    row,
    rows_of,
)
from pdf_templates.authoring.fields import Need, Number, Quotient, Text
from pdf_templates.authoring.forms.series import CALCULATED_NOTE, count, date, total

_REFERENCE_DATE = row(
    at(
        QUARTER,
        date(
            "ap4.fte_peildatum",
            "Peildatum formatie",
            note=(
                "Reken om naar taken. Het gaat om de taak, niet om de functienaam. Voorbeeld: van"
                " 20,00 FTE leraren is 0,75 FTE bezig met IB-taken. Vul dan 19,25 in bij leraar en"
                " 0,75 bij IB."
            ),
        ),
    )
)


def _staff(tasks: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """FTE by task: (last part of the name, task); ``overig`` and the total come last."""
    named = tuple(
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
        for index, (key, label) in enumerate((*tasks, ("overig", "Overige taken")))
    )
    figures = (*named, total("ap4.fte.totaal", "Totaal FTE", named, decimals=2))
    rest = len(figures) % 4
    which = Text("ap4.fte_overig_tekst", "Overige taken, namelijk", 80, need=Need.CONDITIONAL)
    last = (at(QUARTER, field) for field in figures[-rest:])
    return (*rows_of(4, figures[:-rest]), row(*last, at(FULL - rest * QUARTER, which)))


_LEVEL_WORDS = (
    (
        "1 Onderwijs in de groep",
        "Het gewone aanbod van de groep volstaat, ook als een kind alleen zorg nodig heeft.",
    ),
    (
        "2 Ondersteuning in de groep",
        "Meer of ander aanbod in de groep, door de leerkracht; op weg terug naar niveau 1.",
    ),
    (
        "3 Met interne deskundigen",
        "Intensieve, systematische aanpak volgens een handelingsgericht plan; terug naar 2 en 1.",
    ),
    (
        "4 Met externe specialisten",
        "Bovenschools team of extern netwerk werkt mee op school; terug naar 3, 2 en 1.",
    ),
)

_LEVEL_NOTES = (
    "Tel elk kind één keer, op het hoogste niveau van ONDERWIJSondersteuning. Zorg alleen (bv."
    " logopedie of verpleging zonder extra onderwijs) blijft niveau 1. Geen leerlingen? Vul 0 in.",
    "Extra aanbod binnen de groep, door de leerkracht.",
    "Specifieke interventie met interne deskundige; handelingsgericht plan aanwezig.",
    "Externe of bovenschoolse specialist is betrokken bij het onderwijs op school.",
)

_LEVELS = tuple(
    count(f"ap4.niveau.n{level}", f"Niveau {level}", 1500, max_len=4, note=note)
    for level, note in enumerate(_LEVEL_NOTES, start=1)
)

_LEVEL_TABLE = FieldTable(
    ("Niveau", "Waar het om gaat", "Leerlingen"),
    (
        *(
            FieldLine(head, (field,), words)
            for (head, words), field in zip(_LEVEL_WORDS, _LEVELS, strict=True)
        ),
        FieldLine(
            "Totaal",
            (total("ap4.niveau.totaal", "Totaal", _LEVELS),),
            "Alle leerlingen samen.",
        ),
        FieldLine(
            "Aandeel niveau 3+4 (%)",
            (
                Number(
                    "ap4.niveau.aandeel34",
                    "Aandeel niveau 3+4 (%)",
                    8,
                    decimals=1,
                    need=Need.CALCULATED,
                    note=CALCULATED_NOTE,
                    calculation=Quotient(
                        ("ap4.niveau.n3", "ap4.niveau.n4"), "ap4.niveau.totaal", factor=100
                    ),
                ),
            ),
            "Hun deel van alle leerlingen.",
        ),
    ),
)

_STATED_LEVELS = (
    "Onderwijs in de groep",
    "Ondersteuning in de groep",
    "Ondersteuning met interne deskundigen",
    "Ondersteuning met externe specialisten",
)


def _practice(max_len: int) -> tuple[Block, ...]:
    """What the school does at each level."""
    return tuple(
        full(
            Text(
                f"ap4.niveau_tekst.n{level}",
                f"Niveau {level}: {words} – wat doen wij?",
                max_len,
                lines=4,
                note=(
                    "Kort en kenmerkend. Schrijf op wat uw school hier echt inzet."
                    if level == 1
                    else ""
                ),
            )
        )
        for level, words in enumerate(_STATED_LEVELS, start=1)
    )


def autonomous_support(tasks: tuple[tuple[str, str], ...], practice: int) -> tuple[Block, ...]:
    """``practice`` is the most characters for what the school does at a level."""
    return (
        Section("Ankerpunt 4. Autonome ondersteuning"),
        Subsection(
            "Formatie in FTE", "geteld per taak: wat iemand doet telt, niet hoe de functie heet"
        ),
        _REFERENCE_DATE,
        *_staff(tasks),
        Subsection(
            "Leerlingen per ondersteuningsniveau",
            "naar de extra ondersteuning bij het onderwijs; zorg telt niet mee",
        ),
        _LEVEL_TABLE,
        *_practice(practice),
    )
