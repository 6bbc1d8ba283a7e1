"""What kind of school it is: the texts that every form asks for."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Row, full
from pdf_templates.authoring.fields import Text

MISSION = full(
    Text(
        "profiel.missie",
        "Missie in één alinea",
        400,
        lines=5,
        note="Schrijf voor ouders. Geen vaktaal en geen afkortingen.",
    )
)

APPROACH: tuple[Row, ...] = (
    full(Text("profiel.pedagogisch", "Pedagogische aanpak", 500, lines=6)),
    full(Text("profiel.didactisch", "Didactische aanpak", 500, lines=6)),
)


def character(note: str = "") -> Row:
    return full(Text("profiel.typering", "Typering van de school", 600, lines=7, note=note))


def vision(label: str, note: str = "") -> Row:
    return full(Text("profiel.visie_ondersteuning", label, 600, lines=7, note=note))
