"""Page 11: the building, what the school does for other schools, forms in between."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    Block,
    CheckGrid,
    Paragraph,
    Section,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Need, Number, Radio, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import checkboxes, count, email
from pdf_templates.authoring.forms.shared.expertise import FACILITIES

_EXTENT = row(
    at(
        HALF,
        Radio("outreach.biedt", "Biedt de school expertise aan andere scholen?", options.YES_NO),
    ),
    at(
        QUARTER,
        count(
            "outreach.trajecten",
            "Aantal trajecten vorig schooljaar",
            999,
            note="Geen trajecten: vul 0 in.",
        ),
    ),
    at(
        QUARTER,
        Number(
            "outreach.fte",
            "Beschikbare FTE",
            6,
            decimals=2,
            low=0,
            high=200,
            need=Need.REQUIRED_ZERO,
            note="Mag afwijken van de formatietabel; licht dan toe.",
        ),
    ),
)

_THEMES = (
    Text(
        "outreach.thema.t1",
        "Thema 1",
        60,
        need=Need.CONDITIONAL,
        note="Waarvoor mag een basisschool u bellen?",
    ),
    Text("outreach.thema.t2", "Thema 2", 60, need=Need.OPTIONAL),
    Text("outreach.thema.t3", "Thema 3", 60, need=Need.OPTIONAL),
)

_IN_BETWEEN = CheckGrid(
    checkboxes(
        "tussenvorm",
        (
            ("symbiose", "Symbiose / deeltijdplaatsing"),
            ("inpandig", "Groep in een reguliere school"),
            ("terugplaatsing", "Begeleide terugplaatsing"),
        ),
    ),
    columns=3,
)

SURROUNDINGS: tuple[Block, ...] = (
    Section("Voorzieningen in het gebouw"),
    *FACILITIES,
    Section("Expertise voor andere scholen (outreach)"),
    Paragraph(
        "Scholen voor S(B)O delen hun kennis met andere scholen. Een basisschool"
        " leest hier waarvoor zij terechtkan en hoe een aanvraag verloopt."
    ),
    _EXTENT,
    *(full(theme) for theme in _THEMES),
    full(Text("outreach.werkwijze", "Werkwijze en aanvraag", 500, lines=6, need=Need.CONDITIONAL)),
    full(email("outreach.contact", "Aanvragen via (e-mail)", need=Need.CONDITIONAL)),
    Section("Tussenvormen"),
    Paragraph(
        "Tussen regulier en gespecialiseerd onderwijs zijn combinaties mogelijk, zoals een groep"
        " van de school in een reguliere school of onderwijs op twee plekken."
    ),
    _IN_BETWEEN,
    full(
        Text(
            "tussenvorm.tekst",
            "Toelichting tussenvormen",
            400,
            lines=5,
            need=Need.OPTIONAL,
        )
    ),
)
