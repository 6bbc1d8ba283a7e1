"""Page 1: which school, which year, by whom; how to use the form; what it contains."""

from __future__ import annotations

from pdf_templates.authoring.blocks import Block, Contents, Panel, Paragraph, Title
from pdf_templates.authoring.forms.shared.cover import cover_fields

COVER: tuple[Block, ...] = (
    Title(
        "Schoolondersteuningsprofiel",
        "Basisonderwijs (BAO) · editie 2024",
        "Wat de school biedt, waar haar grenzen liggen en wat zij wil bereiken.",
    ),
    Paragraph(
        "In dit profiel beschrijft de school wat zij kan betekenen voor leerlingen die extra"
        " ondersteuning nodig hebben. Ouders zien zo wat zij van de school mogen verwachten. Het"
        " schoolbestuur en het samenwerkingsverband gebruiken het profiel om in de regio een"
        " dekkend aanbod te organiseren."
    ),
    *cover_fields(
        "Gebruik de naam waaronder ouders de school kennen. Deze naam komt boven de one-page."
    ),
    Panel(
        "Zo leest u dit profiel",
        (
            Paragraph(
                "Na de gegevens en kengetallen van de school volgen vijf onderdelen: de"
                " basiskwaliteit, het planmatig werken, lichte hulp in en om de klas, de"
                " ondersteuning die de school zelf organiseert en het aanbod waarmee zij zich"
                " onderscheidt.",
                lead="Ankerpunten.",
            ),
            Paragraph(
                "Ondersteuning kent vier niveaus, van onderwijs in de groep tot hulp op school"
                " van externe specialisten. De uitleg staat op pagina 7.",
                lead="Niveaus.",
            ),
            Paragraph(
                "De medezeggenschapsraad adviseert over het profiel en het schoolbestuur"
                " valideert het. Op pagina 10 staat wanneer dat is gebeurd en hoelang het"
                " profiel geldt.",
                lead="Vaststelling.",
            ),
            Paragraph(
                "De contactgegevens op pagina 2 wijzen de weg. Vraag bij een concreet kind altijd"
                " naar de mogelijkheden: een profiel beschrijft het aanbod in het algemeen.",
                lead="Vragen.",
            ),
        ),
    ),
    Contents(
        "Inhoud",
        (
            ("A. Schoolgegevens en contact", 2),
            ("B. Profiel van de school", 3),
            ("C. Kengetallen", 4),
            ("Ankerpunt 1. Basiskwaliteit en schoolklimaat", 5),
            ("Ankerpunt 2. Planmatig en handelingsgericht werken", 6),
            ("Ankerpunt 3. Preventieve en lichte interventies", 6),
            ("Ankerpunt 4. Autonome ondersteuning", 7),
            ("Ankerpunt 4. Deskundigheid en samenwerking", 8),
            ("Ankerpunt 5. Aanbod, grenzen en ambities", 9),
            ("Vaststelling en indiening", 10),
        ),
    ),
)
