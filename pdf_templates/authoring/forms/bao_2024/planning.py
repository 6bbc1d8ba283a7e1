"""Page 6: ankerpunt 2, the cycle of planned work; ankerpunt 3, early and light interventions."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    Block,
    CheckGrid,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Choice, Radio, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import checkboxes, count

_PLANNED_WORK = (
    full(
        Text(
            "ap2.cyclus",
            "Zo verloopt onze cyclus",
            400,
            lines=5,
            note="Beschrijf signaleren, analyseren, plannen, uitvoeren en bijstellen.",
        )
    ),
    row(
        at(HALF, Text("ap2.lvs", "Leerlingvolgsysteem", 60)),
        at(
            QUARTER,
            count("ap2.frequentie", "Leerlingbespreking per jaar", 40, max_len=2),
        ),
        at(
            QUARTER,
            Choice(
                "ap2.instrument",
                "Handelingsgericht plan",
                options.PLAN_FORMATS,
                note="Vanaf niveau 3 is zo’n plan aangewezen.",
            ),
        ),
    ),
    row(
        at(
            HALF,
            Radio("ap2.groepsplan", "Werken met groepsplannen", options.YES_PARTLY_NO),
        ),
        at(
            HALF,
            Radio(
                "ap2.opp_digitaal",
                "OPP digitaal beschikbaar voor ouders",
                options.YES_NO,
            ),
        ),
    ),
    full(Text("ap2.ouders", "Samenwerken met ouders", 300, lines=4)),
    full(
        Text(
            "ap2.hoorrecht",
            "Zo betrekken we de stem van het kind",
            300,
            lines=4,
            note="Hoe kan een kind zijn mening geven over het OPP?",
        )
    ),
)

_PROTOCOLS = checkboxes(
    "ap3.protocol",
    (
        ("dyslexie", "Dyslexie"),
        ("dyscalculie", "Dyscalculie"),
        ("meerbegaafd", "Meer-/hoogbegaafdheid"),
        ("gedrag", "Gedrag"),
        ("medisch", "Medisch handelen"),
        ("meldcode", "Meldcode huiselijk geweld"),
        ("verzuim", "Verzuim"),
        ("pesten", "Pesten"),
        ("nt2", "Anderstaligen (NT2)"),
        ("overgang", "Overgang naar vervolgschool"),
        ("schorsing", "Schorsing en verwijdering"),
        ("rouw", "Rouw en verlies"),
    ),
    label_prefix="Protocol: ",
    note="Vink aan wat is vastgesteld én wordt gebruikt.",
)

_OFFER_NOTE = "Noem methode of aanpak, geen volzinnen. Geen aanbod? Schrijf ‘geen apart aanbod’."

_OFFERS = tuple(
    full(
        Text(
            f"ap3.aanbod.{key}",
            f"Aanbod: {subject}",
            150,
            note=_OFFER_NOTE if key == "taal" else "",
        )
    )
    for key, subject in (
        ("taal", "Taal en lezen"),
        ("rekenen", "Rekenen en wiskunde"),
        ("gedrag", "Gedrag en sociaal-emotioneel"),
        ("werkhouding", "Werkhouding en executieve functies"),
        ("motoriek", "Motoriek en fysiek"),
        ("meerkunnen", "Meer uitdaging"),
        ("nt2", "Nederlands als tweede taal"),
    )
)

PLANNING: tuple[Block, ...] = (
    Section("Ankerpunt 2. Planmatig en handelingsgericht werken"),
    *_PLANNED_WORK,
    Section("Ankerpunt 3. Preventieve en licht curatieve interventies"),
    Subsection("Protocollen", "vastgesteld en in gebruik"),
    CheckGrid(_PROTOCOLS, columns=4),
    *_OFFERS,
)
