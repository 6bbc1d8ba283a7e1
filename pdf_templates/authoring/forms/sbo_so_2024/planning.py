"""Pages 7 and 8: ankerpunt 2, planned work and the committee; ankerpunt 3, support and care."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    THIRD,
    Block,
    CheckGrid,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Need, Number, Text
from pdf_templates.authoring.forms.series import checkboxes, count
from pdf_templates.authoring.forms.shared.planning import PROTOCOLS, offers, planned_work

_COMMITTEE: tuple[Block, ...] = (
    Subsection("Commissie (voor de) begeleiding"),
    full(
        Text(
            "ap2.cvb.samenstelling",
            "Samenstelling van de commissie",
            300,
            lines=4,
            note="Noem functies, geen namen.",
        )
    ),
    row(
        at(THIRD, count("ap2.cvb.frequentie", "Vergaderingen per jaar", 60, max_len=2)),
        at(
            THIRD,
            Number(
                "ap2.opp.weken",
                "OPP gereed binnen (weken)",
                2,
                low=1,
                high=52,
                note="Weken na plaatsing.",
            ),
        ),
        at(THIRD, Number("ap2.opp.evaluaties", "OPP-evaluaties per jaar", 2, low=1, high=12)),
    ),
    full(
        Text(
            "ap2.terugplaatsing",
            "Zo onderzoeken we terugplaatsing",
            500,
            lines=6,
            note="Wie besluit, wanneer, en wie begeleidt?",
        )
    ),
    full(Text("ap2.uitstroom", "Zo bepalen we de uitstroombestemming", 500, lines=6)),
)

PLANNING: tuple[Block, ...] = (
    *planned_work(cycle=(700, 8), parents=(500, 6), child=(400, 5)),
    *_COMMITTEE,
)

_SPECIALISED = CheckGrid(
    checkboxes(
        "ap3.spec",
        (
            ("logopedie", "Logopedie"),
            ("fysio", "Fysiotherapie"),
            ("ergo", "Ergotherapie"),
            ("speltherapie", "Speltherapie"),
            ("creatief", "Creatieve of muziektherapie"),
            ("psymotor", "Psychomotorische therapie"),
            ("verpleging", "Verpleging en verzorging"),
            ("jeugdhulp", "Jeugdhulp in de klas"),
            ("oc", "Ondersteunde communicatie"),
        ),
    ),
    columns=3,
)

SPECIALISED_OFFER: tuple[Block, ...] = (
    Section("Ankerpunt 3. Ondersteunings- en zorgaanbod"),
    *PROTOCOLS,
    Subsection("Aanbod per gebied"),
    *offers(200),
    Subsection("Gespecialiseerd aanbod in school"),
    _SPECIALISED,
    full(
        Text(
            "ap3.spec_toelichting",
            "Toelichting gespecialiseerd aanbod",
            500,
            lines=6,
            need=Need.OPTIONAL,
        )
    ),
    full(
        Text(
            "ap3.jonge_kind",
            "Aanbod voor het jonge risicokind",
            400,
            lines=5,
            need=Need.OPTIONAL,
        )
    ),
)
