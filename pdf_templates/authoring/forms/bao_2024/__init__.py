"""BAO-profiel 2024: ten pages, 237 fields. The field list's order of pages is binding."""

from __future__ import annotations

from pdf_templates.authoring.blocks import FormPlan, PagePlan
from pdf_templates.authoring.forms.bao_2024.cover import COVER
from pdf_templates.authoring.forms.bao_2024.figures import FIGURES
from pdf_templates.authoring.forms.bao_2024.planning import PLANNING
from pdf_templates.authoring.forms.bao_2024.profile import PROFILE
from pdf_templates.authoring.forms.bao_2024.school import SCHOOL
from pdf_templates.authoring.forms.bao_2024.support import AUTONOMOUS_SUPPORT, EXPERTISE
from pdf_templates.authoring.forms.shared.adoption import adoption
from pdf_templates.authoring.forms.shared.distinction import distinction
from pdf_templates.authoring.forms.shared.foundations import FOUNDATIONS

BAO_2024 = FormPlan(
    folder="bao-2024",
    title="Schoolondersteuningsprofiel BAO 2024",
    short_title="Schoolondersteuningsprofiel BAO 2024",
    edition="2024",
    subject="Ondersteuningsprofiel van een school voor basisonderwijs",
    created="2024-08-01T00:00:00Z",
    pages=(
        PagePlan("Voorblad", COVER),
        PagePlan("Schoolgegevens en contact", SCHOOL),
        PagePlan("Profiel van de school", PROFILE),
        PagePlan("Kengetallen", FIGURES),
        PagePlan("Ankerpunt 1", FOUNDATIONS),
        PagePlan("Ankerpunt 2 en 3", PLANNING),
        PagePlan("Ankerpunt 4 · Autonome ondersteuning", AUTONOMOUS_SUPPORT),
        PagePlan("Ankerpunt 4 · Deskundigheid en samenwerking", EXPERTISE),
        PagePlan(
            "Ankerpunt 5",
            distinction(
                "Noem aanbod waarin uw school zich onderscheidt. De tekst gaat letterlijk en"
                " ongecontroleerd naar de one-page: let op taal en spelling."
            ),
        ),
        PagePlan(
            "Vaststelling en indiening",
            adoption("Het profiel mag openbaar worden gemaakt en dient als bron voor de one-page"),
        ),
    ),
)
