"""Page 2: address, character, contacts, child care."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block, Section, Subsection, full
from pdf_templates.authoring.fields import Text
from pdf_templates.authoring.forms.series import email
from pdf_templates.authoring.forms.shared.contact import (
    ADDRESS,
    BOARD_CONTACT,
    CHARACTER,
    CHILD_CARE,
    MANAGEMENT,
    coordinator,
)

_GUIDANCE_COMMITTEE = (
    full(Text("cvb.voorzitter", "Voorzitter commissie (voor de) begeleiding", 60)),
    full(email("cvb.email", "E-mail commissie (voor de) begeleiding")),
)

SCHOOL: tuple[Block, ...] = (
    Section("A. Schoolgegevens en contact"),
    *ADDRESS,
    *CHARACTER,
    Subsection("Aanspreekpunten", "directie, ondersteuning, begeleiding en schoolbestuur"),
    *MANAGEMENT,
    *coordinator("Ondersteuningscoördinator"),
    *_GUIDANCE_COMMITTEE,
    *BOARD_CONTACT,
    *CHILD_CARE,
)
