"""Page 4: how many pupils, where they come from, where they go."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    THIRD,
    Block,
    Section,
    Subsection,
    at,
    full,
    row,
    rows_of,
)
from pdf_templates.authoring.fields import Need, Number, Quotient, Text
from pdf_templates.authoring.forms.series import CALCULATED_NOTE, counts, date, total

_NONE = "Geen leerlingen: vul 0 in."

_PUPILS = counts(
    "kengetal.ll",
    500,
    (
        ("groep1", "Groep 1", "Niet van toepassing? Vul 0 in."),
        *((f"groep{number}", f"Groep {number}", "") for number in range(2, 9)),
        ("instroom", "Instroomgroep / nieuwkomersklas", "Geen aparte groep: vul 0 in."),
    ),
)

_CHARACTERISTICS = counts(
    "kengetal.kenmerk",
    999,
    (
        (
            "opp",
            "Met ontwikkelingsperspectief (OPP)",
            "Tel kinderen met een vastgesteld OPP.",
        ),
        ("arrangement", "Met arrangement extra ondersteuning", ""),
        ("dyslexie", "Met dyslexieverklaring", ""),
        ("dyscalculie", "Met dyscalculieverklaring", ""),
        ("meerbegaafd", "In aanbod meer-/hoogbegaafdheid", ""),
        ("nt2", "Nieuwkomer (korter dan 2 jaar in Nederland)", ""),
        ("cluster12", "Met begeleiding cluster 1 of 2", ""),
        (
            "thuiszitter",
            "Thuiszitter (meer dan 4 weken)",
            "Alleen ongeoorloofd of zonder passend aanbod.",
        ),
        ("zittenblijver", "Zittenblijver vorig schooljaar", ""),
    ),
)

_MOVES = {
    year: counts(
        "kengetal.stroom",
        99,
        (
            (f"naar_sbo_{year}", f"Naar SBO ({year})", _NONE),
            (f"naar_so_{year}", f"Naar SO ({year})", ""),
            (f"van_sbo_{year}", f"Terug van SBO ({year})", ""),
            (f"van_so_{year}", f"Terug van SO ({year})", ""),
        ),
        max_len=2,
    )
    for year in ("j1", "j2")
}

_SECONDARY = counts(
    "kengetal.vo",
    199,
    (
        ("pro", "Praktijkonderwijs", ""),
        ("vmbo_bk", "Vmbo basis/kader", ""),
        ("vmbo_gt", "Vmbo gemengd/theoretisch", ""),
        ("havo", "Havo", ""),
        ("vwo", "Vwo", ""),
        ("brugklas", "Gemengde brugklas", ""),
        ("vso", "VSO", ""),
    ),
)


def _moves(year: str) -> tuple[Number, ...]:
    """There, their sum, and back again."""
    to_sbo, to_so, from_sbo, from_so = _MOVES[year]
    referred = total(
        f"kengetal.stroom.verwezen_{year}", f"Totaal verwezen ({year})", (to_sbo, to_so)
    )
    return (to_sbo, to_so, referred, from_sbo, from_so)


_BASICS = row(
    at(
        THIRD,
        date(
            "kengetal.peildatum",
            "Peildatum",
            value="01-02-2024",
            note="Alle aantallen op deze pagina gelden op deze datum.",
        ),
    ),
    at(
        THIRD,
        Number(
            "kengetal.groepen",
            "Aantal groepen",
            2,
            low=1,
            high=80,
            note="Tel de werkelijk gevormde groepen.",
        ),
    ),
    at(
        THIRD,
        Number(
            "kengetal.groepsgrootte",
            "Gemiddelde groepsgrootte",
            8,
            decimals=1,
            need=Need.CALCULATED,
            note=CALCULATED_NOTE,
            calculation=Quotient(("kengetal.ll.totaal",), "kengetal.groepen"),
        ),
    ),
)

_WEIGHTING = row(
    at(
        THIRD,
        Number(
            "kengetal.schoolweging",
            "Schoolweging",
            5,
            decimals=2,
            low=15,
            high=45,
            note=(
                "Neem het cijfer uit het meest recente overzicht van de inspectie/CBS over."
                " Gebruik een komma."
            ),
        ),
    ),
    at(
        THIRD,
        Number(
            "kengetal.spreiding",
            "Spreidingsgetal",
            5,
            decimals=2,
            low=0,
            high=20,
            need=Need.OPTIONAL,
        ),
    ),
    at(
        THIRD,
        Number(
            "kengetal.schoolweging_jaar",
            "Jaar van de weging",
            4,
            low=2018,
            high=2099,
            separators=1,
            need=Need.OPTIONAL,
        ),
    ),
)

FIGURES: tuple[Block, ...] = (
    Section("C. Kengetallen"),
    _BASICS,
    Subsection("C1. Leerlingen per groep"),
    *rows_of(5, (*_PUPILS, total("kengetal.ll.totaal", "Totaal leerlingen", _PUPILS))),
    _WEIGHTING,
    Subsection("C2. Bijzondere kenmerken", "aantal leerlingen"),
    *rows_of(3, _CHARACTERISTICS),
    Subsection(
        "C3. Doorstroom naar en van S(B)O",
        "j1 = vorig schooljaar, j2 = het jaar daarvoor",
    ),
    *rows_of(5, _moves("j1")),
    *rows_of(5, _moves("j2")),
    Subsection("C4. Uitstroom groep 8 naar voortgezet onderwijs", "vorig schooljaar"),
    *rows_of(4, (*_SECONDARY, total("kengetal.vo.totaal", "Totaal uitstroom", _SECONDARY))),
    full(
        Text(
            "kengetal.toelichting",
            "Toelichting bij de kengetallen",
            300,
            lines=4,
            need=Need.OPTIONAL,
            note="Alleen invullen als een cijfer uitleg nodig heeft.",
        )
    ),
)
