"""Where a school is and whom to ask: the parts of page A that the forms share."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    THIRD,
    THREE_QUARTERS,
    TWO_THIRDS,
    Block,
    CheckGrid,
    Row,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Choice, Need, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import checkboxes, count, email, phone

ADDRESS: tuple[Block, ...] = (
    Subsection("Adres en bereikbaarheid"),
    row(
        at(
            HALF,
            Text("school.straat", "Straat", 60, note="Bezoekadres van deze vestiging."),
        ),
        at(QUARTER, Text("school.huisnummer", "Huisnummer", 8)),
        at(QUARTER, Text("school.postcode", "Postcode", 7, mask="9999 AA")),
    ),
    row(
        at(HALF, Text("school.plaats", "Plaats", 40)),
        at(
            HALF,
            Text(
                "school.gemeente",
                "Gemeente",
                40,
                note="Nodig voor het regio-overzicht.",
            ),
        ),
    ),
    row(
        at(THIRD, phone("school.telefoon", "Telefoon")),
        at(
            TWO_THIRDS,
            email(
                "school.email",
                "E-mailadres school",
                note="Gebruik een algemeen adres, geen persoonlijk adres: dit wordt openbaar.",
            ),
        ),
    ),
    row(
        at(THREE_QUARTERS, Text("school.website", "Website", 120)),
        at(
            QUARTER,
            count(
                "school.nevenlocaties",
                "Aantal nevenlocaties",
                20,
                max_len=2,
                note="Geen nevenlocatie: vul 0 in.",
            ),
        ),
    ),
)

CHARACTER: tuple[Block, ...] = (
    Subsection("Richting en onderwijsconcept"),
    row(
        at(HALF, Choice("school.denominatie", "Richting", options.DENOMINATIONS)),
        at(HALF, Choice("school.concept", "Onderwijsconcept", options.CONCEPTS)),
    ),
    full(
        Text(
            "school.concept_anders",
            "Ander concept, namelijk",
            60,
            need=Need.CONDITIONAL,
        )
    ),
)


def _contact(name: Text, address: Text, number: Text) -> tuple[Row, ...]:
    """Two rows: beside each other, a full name and a full address would take three lines."""
    return full(name), row(at(THREE_QUARTERS, address), at(QUARTER, number))


MANAGEMENT: tuple[Block, ...] = (
    *_contact(
        Text("directie.naam", "Directeur / locatieleider", 60),
        email(
            "directie.email",
            "E-mail directie",
            note=(
                "Het profiel wordt openbaar. Gebruik bij voorkeur een functieadres."
                " Komt niet in de one-page."
            ),
        ),
        phone("directie.telefoon", "Telefoon directie", need=Need.OPTIONAL),
    ),
)

_DAYS = (
    ("ma", "maandag"),
    ("di", "dinsdag"),
    ("wo", "woensdag"),
    ("do", "donderdag"),
    ("vr", "vrijdag"),
)


def coordinator(label: str) -> tuple[Block, ...]:
    """``label`` is what the form calls its first contact for support."""
    return (
        *_contact(
            Text("ib.naam", label, 60, note="Eerste aanspreekpunt voor ondersteuning."),
            email("ib.email", "E-mail aanspreekpunt ondersteuning"),
            phone("ib.telefoon", "Telefoon aanspreekpunt", need=Need.OPTIONAL),
        ),
        CheckGrid(
            checkboxes("ib.dag", _DAYS, label_prefix="Aanwezig op "), columns=6, label="Aanwezig op"
        ),
    )


BOARD_CONTACT: tuple[Block, ...] = (
    *_contact(
        Text(
            "bestuur.contact",
            "Contactpersoon bestuur",
            60,
            note="Wie beantwoordt vragen over de vaststelling?",
        ),
        email("bestuur.email", "E-mail bestuur"),
        phone("bestuur.telefoon", "Telefoon bestuur", need=Need.OPTIONAL),
    ),
)

CHILD_CARE: tuple[Block, ...] = (
    Subsection("Opvang"),
    CheckGrid(
        checkboxes(
            "opvang",
            (
                ("peuter", "Peuteropvang in het gebouw"),
                ("kdv", "Kinderdagopvang in het gebouw"),
                ("bso", "Buitenschoolse opvang in het gebouw"),
            ),
            note="Vink aan wat in of naast het gebouw aanwezig is.",
        ),
        columns=3,
    ),
    full(Text("opvang.aanbieder", "Naam opvangorganisatie", 80, need=Need.CONDITIONAL)),
)
