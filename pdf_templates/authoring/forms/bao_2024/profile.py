"""Page 3: what kind of school it is."""

from __future__ import annotations

from pdf_templates.authoring.blocks import HALF, THIRD, Block, Section, at, full, row
from pdf_templates.authoring.fields import Choice, Need, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.shared.profile import APPROACH, MISSION, character, vision

PROFILE: tuple[Block, ...] = (
    Section("B. Profiel van de school"),
    MISSION,
    row(
        at(
            THIRD,
            Text(
                "profiel.kernwoord.k1",
                "Kernwoord 1",
                25,
                note="Drie woorden waaraan men uw school herkent.",
            ),
        ),
        at(THIRD, Text("profiel.kernwoord.k2", "Kernwoord 2", 25)),
        at(THIRD, Text("profiel.kernwoord.k3", "Kernwoord 3", 25)),
    ),
    character("Wat maakt deze school bijzonder? Deze tekst gaat letterlijk naar de one-page."),
    row(
        at(HALF, Choice("profiel.groepering", "Groepering", options.GROUPINGS)),
        at(HALF, Text("profiel.wijk", "Wijk of voedingsgebied", 60, need=Need.OPTIONAL)),
    ),
    full(
        Text(
            "profiel.populatie",
            "Kenmerken van de leerlingpopulatie",
            500,
            lines=6,
            note=("Beschrijf de groep als geheel. Noem geen herleidbare kinderen of gezinnen."),
        )
    ),
    *APPROACH,
    vision(
        "Visie op passend onderwijs", "Waar staat de school voor als een kind meer nodig heeft?"
    ),
    full(
        Text(
            "profiel.inclusie",
            "Stappen naar inclusiever onderwijs",
            400,
            lines=5,
            need=Need.OPTIONAL,
        )
    ),
)
