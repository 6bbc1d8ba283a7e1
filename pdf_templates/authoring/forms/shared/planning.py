"""Ankerpunt 2, the cycle of planned work, and of ankerpunt 3 what every form asks."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    Block,
    CheckGrid,
    Row,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Choice, Radio, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import checkboxes, count

Size = tuple[int, int]
"""Of a text area: most characters, lines as drawn."""


def planned_work(cycle: Size, parents: Size, child: Size) -> tuple[Block, ...]:
    return (
        Section("Ankerpunt 2. Planmatig en handelingsgericht werken"),
        full(
            Text(
                "ap2.cyclus",
                "Zo verloopt onze cyclus",
                cycle[0],
                lines=cycle[1],
                note="Beschrijf signaleren, analyseren, plannen, uitvoeren en bijstellen.",
            )
        ),
        row(
            at(HALF, Text("ap2.lvs", "Leerlingvolgsysteem", 60)),
            at(
                QUARTER,
                count("ap2.frequentie", "Leerlingbespreking per jaar", 40, max_len=2),
            ),
            at(
                QUARTER,
                Choice(
                    "ap2.instrument",
                    "Handelingsgericht plan",
                    options.PLAN_FORMATS,
                    note="Vanaf niveau 3 is zo’n plan aangewezen.",
                ),
            ),
        ),
        row(
            at(
                HALF,
                Radio("ap2.groepsplan", "Werken met groepsplannen", options.YES_PARTLY_NO),
            ),
            at(
                HALF,
                Radio(
                    "ap2.opp_digitaal",
                    "OPP digitaal beschikbaar voor ouders",
                    options.YES_NO,
                ),
            ),
        ),
        full(Text("ap2.ouders", "Samenwerken met ouders", parents[0], lines=parents[1])),
        full(
            Text(
                "ap2.hoorrecht",
                "Zo betrekken we de stem van het kind",
                child[0],
                lines=child[1],
                note="Hoe kan een kind zijn mening geven over het OPP?",
            )
        ),
    )


PROTOCOLS: tuple[Block, ...] = (
    Subsection("Protocollen", "vastgesteld en in gebruik"),
    CheckGrid(
        checkboxes(
            "ap3.protocol",
            (
                ("dyslexie", "Dyslexie"),
                ("dyscalculie", "Dyscalculie"),
                ("meerbegaafd", "Meer-/hoogbegaafdheid"),
                ("gedrag", "Gedrag"),
                ("medisch", "Medisch handelen"),
                ("meldcode", "Meldcode huiselijk geweld"),
                ("verzuim", "Verzuim"),
                ("pesten", "Pesten"),
                ("nt2", "Anderstaligen (NT2)"),
                ("overgang", "Overgang naar vervolgschool"),
                ("schorsing", "Schorsing en verwijdering"),
                ("rouw", "Rouw en verlies"),
            ),
            label_prefix="Protocol: ",
            note="Vink aan wat is vastgesteld én wordt gebruikt.",
        ),
        columns=4,
    ),
)

_OFFER_NOTE = "Noem methode of aanpak, geen volzinnen. Geen aanbod? Schrijf ‘geen apart aanbod’."


def offers(max_len: int) -> tuple[Row, ...]:
    """What the school offers by subject, ``max_len`` characters each."""
    return tuple(
        full(
            Text(
                f"ap3.aanbod.{key}",
                f"Aanbod: {subject}",
                max_len,
                note=_OFFER_NOTE if key == "taal" else "",
            )
        )
        for key, subject in (
            ("taal", "Taal en lezen"),
            ("rekenen", "Rekenen en wiskunde"),
            ("gedrag", "Gedrag en sociaal-emotioneel"),
            ("werkhouding", "Werkhouding en executieve functies"),
            ("motoriek", "Motoriek en fysiek"),
            ("meerkunnen", "Meer uitdaging"),
            ("nt2", "Nederlands als tweede taal"),
        )
    )
