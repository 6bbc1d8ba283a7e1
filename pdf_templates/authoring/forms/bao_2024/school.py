"""Page 2: address, character, contacts, child care."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block, Paragraph, Section, Subsection
from pdf_templates.authoring.forms.shared.contact import (
    ADDRESS,
    BOARD_CONTACT,
    CHARACTER,
    CHILD_CARE,
    MANAGEMENT,
    coordinator,
)

SCHOOL: tuple[Block, ...] = (
    Section("A. Schoolgegevens en contact"),
    Paragraph(
        "Waar de school te vinden is, wat voor school het is en wie vragen beantwoordt over extra"
        " ondersteuning."
    ),
    *ADDRESS,
    *CHARACTER,
    Subsection("Aanspreekpunten", "directie, ondersteuning en schoolbestuur"),
    *MANAGEMENT,
    *coordinator("Intern begeleider / kwaliteitscoördinator"),
    *BOARD_CONTACT,
    *CHILD_CARE,
)
