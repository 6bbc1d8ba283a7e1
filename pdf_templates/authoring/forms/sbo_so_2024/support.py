"""Pages 9 and 10: ankerpunt 4. The working instruction fixes Autonome ondersteuning on page 9."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block
from pdf_templates.authoring.forms.shared import expertise
from pdf_templates.authoring.forms.shared.support import autonomous_support

AUTONOMOUS_SUPPORT = autonomous_support(
    (
        ("leraar", "Leraar (lesgevende taak)"),
        ("ib", "Ondersteuningscoördinator / IB"),
        ("onderwijsassistent", "Onderwijsassistent"),
        ("leraarondersteuner", "Leraarondersteuner"),
        ("gedrag", "Gedragsspecialist"),
        ("taal", "Taal-/leesspecialist"),
        ("rekenen", "Rekenspecialist"),
        ("bewegen", "Vakleerkracht bewegen"),
        ("gedragswetenschapper", "Orthopedagoog / psycholoog"),
        ("logopedie", "Logopedist"),
        ("paramedisch", "Fysio- en ergotherapeut"),
        ("maatschappelijk", "Schoolmaatschappelijk werk"),
        ("verzorging", "Verpleging en verzorging"),
        ("outreach", "Ambulante / outreachende taak"),
        ("directie", "Directie en leiding"),
    ),
    practice=350,
)

EXPERTISE: tuple[Block, ...] = (*expertise.EXPERTISE, *expertise.COOPERATION)
