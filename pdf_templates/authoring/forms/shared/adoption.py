"""The last page: advice of the participation council, the board's validation, statements."""

from __future__ import annotations

from fractions import Fraction

from pdf_templates.authoring.blocks import (
    QUARTER,
    THREE_QUARTERS,
    Block,
    CheckGrid,
    Panel,
    Paragraph,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Need, Radio, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import date, statement

_THREE_EIGHTHS = Fraction(3, 8)

_COUNCIL = (
    full(
        Radio(
            "mr.advies",
            "Advies medezeggenschapsraad",
            options.COUNCIL_ADVICE,
            need=Need.AT_SUBMIT,
            note=(
                "Pas invullen na de vergadering van de MR."
                " Verzenden kan alleen bij een positief advies."
            ),
        )
    ),
    row(
        at(QUARTER, date("mr.datum", "Datum advies", need=Need.AT_SUBMIT)),
        at(THREE_QUARTERS, Text("mr.voorzitter", "Voorzitter MR", 60, need=Need.AT_SUBMIT)),
    ),
    full(
        Text(
            "mr.toelichting",
            "Opmerkingen van de MR",
            500,
            lines=6,
            need=Need.CONDITIONAL,
        )
    ),
)

_BOARD = (
    CheckGrid(
        (
            statement(
                "bestuur.validatie",
                "Het bestuur heeft dit profiel gevalideerd",
                note="Zonder vinkje kan het formulier niet worden verstuurd.",
            ),
        ),
        columns=1,
    ),
    row(
        at(QUARTER, date("bestuur.validatie_datum", "Datum validatie", need=Need.AT_SUBMIT)),
        at(
            _THREE_EIGHTHS,
            Text("bestuur.validatie_naam", "Namens het bestuur", 60, need=Need.AT_SUBMIT),
        ),
        at(_THREE_EIGHTHS, Text("bestuur.validatie_functie", "Functie", 60, need=Need.AT_SUBMIT)),
    ),
    row(
        at(QUARTER, date("profiel.geldig_tot", "Geldig tot en met", need=Need.AT_SUBMIT)),
        at(
            THREE_QUARTERS,
            Text(
                "profiel.vindplaats",
                "Webpagina waar het profiel komt te staan",
                120,
                need=Need.OPTIONAL,
            ),
        ),
    ),
)


def _statements(publication: str) -> CheckGrid:
    return CheckGrid(
        (
            statement(
                "verklaring.taal",
                "Taal en spelling zijn nagekeken",
                note="Het samenwerkingsverband verbetert uw tekst niet.",
            ),
            statement(
                "verklaring.privacy",
                "De tekst bevat geen herleidbare gegevens van kinderen",
            ),
            statement("verklaring.openbaar", publication),
        ),
        columns=1,
    )


def adoption(publication: str) -> tuple[Block, ...]:
    """``publication`` is what the school agrees to by its last statement."""
    return (
        Section("Vaststelling en indiening"),
        Panel(
            "Van concept naar vastgesteld profiel",
            (
                Paragraph("De school vult het profiel in en controleert het als PDF."),
                Paragraph(
                    "De medezeggenschapsraad (MR) bespreekt het profiel en brengt advies uit. Datum"
                    " en strekking van het advies staan hieronder."
                ),
                Paragraph(
                    "Het schoolbestuur valideert het profiel: het bevestigt dat de inhoud klopt en"
                    " dat de school waarmaakt wat zij belooft."
                ),
                Paragraph(
                    "Pas daarna verstuurt de school het profiel naar het samenwerkingsverband."
                    " Concepten worden niet ingediend."
                ),
            ),
            numbered=True,
        ),
        Paragraph(
            "Pas verplicht bij het versturen, als het advies van de MR en de validatie door het"
            " bestuur er zijn.",
            lead="**",
        ),
        Subsection("Medezeggenschap"),
        *_COUNCIL,
        Subsection("Validatie door het schoolbestuur"),
        *_BOARD,
        Subsection("Verklaringen"),
        _statements(publication),
        Panel(
            "Na het versturen",
            (
                Paragraph(
                    "De school ontvangt een kenmerk en een beveiligde PDF van het vastgestelde"
                    " profiel. Die PDF kan niet meer worden gewijzigd en is bedoeld voor publicatie"
                    " op de website van de school."
                ),
                Paragraph(
                    "Verandert het profiel later, dan doorloopt de nieuwe versie dezelfde stappen."
                ),
            ),
        ),
    )
