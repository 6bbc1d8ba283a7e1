"""Ankerpunt 1: the same seventeen fields in every form."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    Block,
    RadioTable,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Choice, Need, Number, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import date, radios

_INSPECTORATE = (
    row(
        at(
            HALF,
            Choice(
                "ap1.inspectie.oordeel",
                "Laatste oordeel inspectie",
                options.INSPECTORATE_JUDGEMENTS,
                note="Kies het laatste eindoordeel van deze vestiging.",
            ),
        ),
        at(HALF, date("ap1.inspectie.datum", "Datum rapport", need=Need.CONDITIONAL)),
    ),
    full(
        Text(
            "ap1.inspectie.toelichting",
            "Toelichting op het oordeel",
            300,
            lines=4,
            need=Need.CONDITIONAL,
        )
    ),
)

_SELF_IMAGE = radios(
    "ap1.zelf",
    options.SELF_IMAGE,
    (
        ("aanbod", "Aanbod sluit aan bij verschillen"),
        ("zicht", "Zicht op ontwikkeling en begeleiding"),
        ("didactiek", "Pedagogisch-didactisch handelen"),
        ("onderwijstijd", "Onderwijstijd"),
        ("klimaat", "Veiligheid en schoolklimaat"),
        ("kwaliteitszorg", "Kwaliteitszorg en ambitie"),
        ("resultaten", "Resultaten"),
    ),
    note="Kies per regel één antwoord.",
)

_SAFETY = (
    row(
        at(
            HALF,
            Text(
                "ap1.veiligheid.instrument",
                "Instrument monitoring sociale veiligheid",
                80,
            ),
        ),
        at(QUARTER, date("ap1.veiligheid.datum", "Laatste afname")),
        at(
            QUARTER,
            Number(
                "ap1.veiligheid.cijfer",
                "Gemiddeld cijfer leerlingen",
                4,
                decimals=1,
                low=1,
                high=10,
                need=Need.OPTIONAL,
            ),
        ),
    ),
    row(
        at(
            HALF,
            Text(
                "ap1.veiligheid.coordinator",
                "Aanspreekpunt pesten (functie)",
                60,
                note="Noem liever de functie dan een naam.",
            ),
        ),
        at(
            HALF,
            Text(
                "ap1.veiligheid.vertrouwenspersoon",
                "Vertrouwenspersoon (functie of organisatie)",
                60,
            ),
        ),
    ),
)

FOUNDATIONS: tuple[Block, ...] = (
    Section("Ankerpunt 1. Basiskwaliteit en schoolklimaat"),
    *_INSPECTORATE,
    Subsection("Zelfbeeld", "hoe staat de school er naar eigen oordeel voor?"),
    RadioTable("Onderwerp", _SELF_IMAGE),
    Subsection("Veiligheid"),
    *_SAFETY,
    Subsection("Terugblik en vooruitblik"),
    full(
        Text(
            "ap1.sterk",
            "Wat gaat goed",
            500,
            lines=6,
            note="Noem twee of drie punten en waaraan u dat ziet.",
        )
    ),
    full(Text("ap1.ontwikkel", "Wat ontwikkelen we", 500, lines=6)),
)
