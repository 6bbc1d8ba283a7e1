"""SBO-SO-profiel 2024: thirteen pages, 308 fields. The field list's order of pages is binding."""

from __future__ import annotations

from pdf_templates.authoring.blocks import FormPlan, PagePlan
from pdf_templates.authoring.forms.sbo_so_2024.audience import AUDIENCE
from pdf_templates.authoring.forms.sbo_so_2024.cover import COVER
from pdf_templates.authoring.forms.sbo_so_2024.figures import MOVES, PUPILS
from pdf_templates.authoring.forms.sbo_so_2024.outreach import SURROUNDINGS
from pdf_templates.authoring.forms.sbo_so_2024.planning import PLANNING, SPECIALISED_OFFER
from pdf_templates.authoring.forms.sbo_so_2024.school import SCHOOL
from pdf_templates.authoring.forms.sbo_so_2024.support import AUTONOMOUS_SUPPORT, EXPERTISE
from pdf_templates.authoring.forms.shared.adoption import adoption
from pdf_templates.authoring.forms.shared.distinction import distinction
from pdf_templates.authoring.forms.shared.foundations import FOUNDATIONS

SBO_SO_2024 = FormPlan(
    folder="sbo-so-2024",
    title="Schoolondersteuningsprofiel SBO-SO 2024",
    short_title="Schoolondersteuningsprofiel SBO-SO 2024",
    edition="2024",
    subject="Ondersteuningsprofiel van een school voor speciaal (basis)onderwijs",
    created="2024-08-01T00:00:00Z",
    pages=(
        PagePlan("Voorblad", COVER),
        PagePlan("Schoolgegevens en contact", SCHOOL),
        PagePlan("Doelgroep en profiel", AUDIENCE),
        PagePlan("Kengetallen · Leerlingen", PUPILS),
        PagePlan("Kengetallen · Instroom en uitstroom", MOVES),
        PagePlan("Ankerpunt 1", FOUNDATIONS),
        PagePlan("Ankerpunt 2", PLANNING),
        PagePlan("Ankerpunt 3", SPECIALISED_OFFER),
        PagePlan("Ankerpunt 4 · Autonome ondersteuning", AUTONOMOUS_SUPPORT),
        PagePlan("Ankerpunt 4 · Deskundigheid en samenwerking", EXPERTISE),
        PagePlan("Voorzieningen · Outreach · Tussenvormen", SURROUNDINGS),
        PagePlan("Ankerpunt 5", distinction("Noem aanbod waarin uw school zich onderscheidt.")),
        PagePlan("Vaststelling en indiening", adoption("Het profiel mag openbaar worden gemaakt")),
    ),
)
