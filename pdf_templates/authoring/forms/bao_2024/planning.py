"""Page 6: ankerpunt 2, the cycle of planned work; ankerpunt 3, early and light interventions."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block, Section
from pdf_templates.authoring.forms.shared.planning import PROTOCOLS, offers, planned_work

PLANNING: tuple[Block, ...] = (
    *planned_work(cycle=(400, 5), parents=(300, 4), child=(300, 4)),
    Section("Ankerpunt 3. Preventieve en licht curatieve interventies"),
    *PROTOCOLS,
    *offers(150),
)
