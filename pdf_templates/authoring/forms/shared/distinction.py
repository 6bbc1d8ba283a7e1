"""Ankerpunt 5: what sets the school apart, where its limits are, what it wants."""

from __future__ import annotations

from fractions import Fraction

from pdf_templates.authoring.blocks import (
    QUARTER,
    THREE_QUARTERS,
    Block,
    Row,
    Section,
    Subsection,
    at,
    full,
    row,
)
from pdf_templates.authoring.fields import Choice, Need, Text
from pdf_templates.authoring.forms import options

_NAME, _AUDIENCE = Fraction(7, 18), Fraction(11, 18)
"""Shares of a row in which a full name and a full audience take two lines at the smallest size."""


def _offer(number: int, need: Need, follow_up: Need, note: str = "") -> tuple[Row, ...]:
    prefix, label = f"ap5.aanbod.a{number}", f"Aanbod {number}"
    return (
        row(
            at(
                _NAME,
                Text(f"{prefix}_naam", f"{label}: naam", 60, need=need, note=note),
            ),
            at(
                _AUDIENCE,
                Text(f"{prefix}_doelgroep", f"{label}: voor wie", 100, need=follow_up),
            ),
        ),
        full(Text(f"{prefix}_tekst", f"{label}: kern", 250, lines=3, need=follow_up)),
    )


def _ambition(number: int, need: Need, follow_up: Need, note: str = "") -> Row:
    prefix = f"ap5.ambitie.m{number}"
    return row(
        at(
            THREE_QUARTERS,
            Text(f"{prefix}_doel", f"Ambitie {number}", 120, need=need, note=note),
        ),
        at(
            QUARTER,
            Choice(
                f"{prefix}_jaar",
                "Gereed in schooljaar",
                options.SCHOOL_YEARS,
                need=follow_up,
            ),
        ),
    )


def distinction(offer_note: str) -> tuple[Block, ...]:
    """``offer_note`` instructs at the first offer."""
    return (
        Section("Ankerpunt 5. Onderscheidend aanbod, grenzen en ambities"),
        *_offer(
            1,
            Need.REQUIRED,
            Need.REQUIRED,
            note=offer_note,
        ),
        *_offer(2, Need.OPTIONAL, Need.CONDITIONAL),
        *_offer(3, Need.OPTIONAL, Need.CONDITIONAL),
        full(
            Text(
                "ap5.expertise",
                "Expertise van het team",
                300,
                lines=4,
                note="Kernachtig; vermijd opsommingen van diploma’s.",
            )
        ),
        full(
            Text(
                "ap5.grenzen",
                "Grenzen van onze ondersteuning",
                600,
                lines=7,
                note="Beschrijf wanneer de school het niet alleen redt, en wat u dan doet.",
            )
        ),
        full(Text("ap5.afweging", "Zo maken we de afweging", 350, lines=4)),
        Subsection("Ambities"),
        _ambition(1, Need.REQUIRED, Need.REQUIRED, note="Formuleer wat er straks anders is."),
        _ambition(2, Need.OPTIONAL, Need.CONDITIONAL),
        _ambition(3, Need.OPTIONAL, Need.CONDITIONAL),
        full(Text("ap5.scholing", "Scholing en professionalisering", 350, lines=4)),
    )
