"""Page 3: for which children the school is, and what kind of school it is."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    QUARTER,
    Block,
    CheckGrid,
    Section,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Need, Number, Text
from pdf_templates.authoring.forms.series import checkboxes
from pdf_templates.authoring.forms.shared.profile import APPROACH, MISSION, character, vision

_GROUPS = CheckGrid(
    checkboxes(
        "doelgroep.groep",
        (
            ("leren", "Moeilijk lerend"),
            ("gedrag", "Gedrag"),
            ("psychiatrie", "Psychiatrisch"),
            ("zml", "Zeer moeilijk lerend"),
            ("lz", "Langdurig ziek"),
            ("lg", "Lichamelijke beperking"),
            ("mg", "Meervoudige beperking"),
            ("emb", "Ernstig meervoudig beperkt"),
            ("tos", "Taalontwikkelingsstoornis"),
            ("gehoor", "Gehoor"),
            ("visueel", "Visueel"),
            ("jonge_kind", "Jonge risicokind"),
        ),
        note="Meer antwoorden mogelijk; kies minstens één.",
    ),
    columns=4,
    label="Doelgroepen",
)


def _number(key: str, label: str, low: int, high: int, note: str = "") -> Number:
    return Number(f"doelgroep.{key}", label, 2, low=low, high=high, note=note)


AUDIENCE: tuple[Block, ...] = (
    Section("B. Doelgroep en profiel"),
    full(
        Text(
            "doelgroep.omschrijving",
            "Voor welke kinderen is de school",
            600,
            lines=7,
            note="Beschrijf onderwijsbehoeften, niet alleen diagnoses.",
        )
    ),
    _GROUPS,
    row(
        at(QUARTER, _number("leeftijd_van", "Leeftijd van", 3, 14)),
        at(
            QUARTER,
            _number(
                "leeftijd_tot",
                "Leeftijd tot en met",
                3,
                20,
                "Moet gelijk zijn aan of hoger dan ‘van’.",
            ),
        ),
        at(QUARTER, _number("groepsgrootte_min", "Kleinste groep", 1, 30)),
        at(QUARTER, _number("groepsgrootte_max", "Grootste groep", 1, 30)),
    ),
    MISSION,
    character(),
    *APPROACH,
    vision("Visie op (gespecialiseerd) passend onderwijs"),
    full(
        Text(
            "doelgroep.contra",
            "Voor wie is een andere plek beter",
            300,
            lines=4,
            need=Need.OPTIONAL,
        )
    ),
)
