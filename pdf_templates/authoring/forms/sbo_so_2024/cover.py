"""Page 1: which school, of what kind, which year, by whom; what the form contains."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    Block,
    Contents,
    Panel,
    Paragraph,
    Title,
    at,
    row,
)
from pdf_templates.authoring.fields import Choice, Need, Radio
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.shared.cover import cover_fields

_KIND = row(
    at(
        HALF,
        Radio(
            "school.soort",
            "Schoolsoort",
            options.SCHOOL_KINDS,
            note="Bepaalt welke kengetallen nodig zijn.",
        ),
    ),
    at(
        HALF,
        Choice(
            "school.cluster",
            "Cluster (alleen SO)",
            options.CLUSTERS,
            need=Need.CONDITIONAL,
            note="Kies ‘geen’ voor een SBO zonder SO-afdeling.",
        ),
    ),
)

COVER: tuple[Block, ...] = (
    Title(
        "Schoolondersteuningsprofiel",
        "Speciaal basisonderwijs en speciaal onderwijs (SBO-SO) · editie 2024",
        "Voor wie de school er is, wat zij biedt en wat zij deelt met andere scholen.",
    ),
    Paragraph(
        "In dit profiel beschrijft de school welke leerlingen zij lesgeeft en begeleidt, hoe zij"
        " dat doet en wat zij voor andere scholen betekent. Ouders zien zo of de school bij hun"
        " kind past. Het schoolbestuur en het samenwerkingsverband gebruiken het profiel om"
        " in de regio een dekkend aanbod te organiseren."
    ),
    *cover_fields("Gebruik de naam waaronder ouders de school kennen.", (_KIND,)),
    Panel(
        "Zo leest u dit profiel",
        (
            Paragraph(
                "Na de doelgroep en de kengetallen volgen vijf onderdelen: de basiskwaliteit, het"
                " planmatig werken, het ondersteunings- en zorgaanbod, de ondersteuning die de"
                " school zelf organiseert en het aanbod waarmee zij zich onderscheidt.",
                lead="Ankerpunten.",
            ),
            Paragraph(
                "Ondersteuning kent vier niveaus. De uitleg staat op pagina 9.",
                lead="Niveaus.",
            ),
            Paragraph(
                "De medezeggenschapsraad adviseert over het profiel en het schoolbestuur"
                " valideert het. Dat staat op pagina 13.",
                lead="Vaststelling.",
            ),
        ),
    ),
    Contents(
        "Inhoud",
        (
            ("A. Schoolgegevens en contact", 2),
            ("B. Doelgroep en profiel", 3),
            ("C. Kengetallen – leerlingen", 4),
            ("C. Kengetallen – instroom en uitstroom", 5),
            ("Ankerpunt 1. Basiskwaliteit en schoolklimaat", 6),
            ("Ankerpunt 2. Planmatig en handelingsgericht werken", 7),
            ("Ankerpunt 3. Ondersteunings- en zorgaanbod", 8),
            ("Ankerpunt 4. Autonome ondersteuning", 9),
            ("Ankerpunt 4. Deskundigheid en samenwerking", 10),
            ("Voorzieningen, outreach en tussenvormen", 11),
            ("Ankerpunt 5. Aanbod, grenzen en ambities", 12),
            ("Vaststelling en indiening", 13),
        ),
    ),
)
