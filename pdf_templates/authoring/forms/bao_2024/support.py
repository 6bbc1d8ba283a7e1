"""Pages 7 and 8: ankerpunt 4. The working instruction fixes Autonome ondersteuning on page 7."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block, Subsection
from pdf_templates.authoring.forms.shared import expertise
from pdf_templates.authoring.forms.shared.support import autonomous_support

AUTONOMOUS_SUPPORT = autonomous_support(
    (
        ("leraar", "Leraar (lesgevende taak)"),
        ("ib", "Intern begeleider / kwaliteitscoördinator"),
        ("onderwijsassistent", "Onderwijsassistent"),
        ("leraarondersteuner", "Leraarondersteuner"),
        ("gedrag", "Gedragsspecialist"),
        ("taal", "Taal-/leesspecialist"),
        ("rekenen", "Rekenspecialist"),
        ("meerbegaafd", "Specialist meer-/hoogbegaafdheid"),
        ("jonge_kind", "Specialist jonge kind"),
        ("bewegen", "Vakleerkracht bewegen"),
        ("gedragswetenschapper", "Orthopedagoog / psycholoog"),
        ("directie", "Directie en leiding"),
    ),
    practice=300,
)

EXPERTISE: tuple[Block, ...] = (
    *expertise.EXPERTISE,
    *expertise.COOPERATION,
    Subsection("Voorzieningen in het gebouw"),
    *expertise.FACILITIES,
)
