"""Page 4: how many pupils, where they come from, where they go."""

from __future__ import annotations

from pdf_templates.authoring.blocks import THIRD, Block, Section, Subsection, at, row, rows_of
from pdf_templates.authoring.fields import Need, Number
from pdf_templates.authoring.forms.series import counts, total
from pdf_templates.authoring.forms.shared.figures import (
    NEWCOMERS,
    basics,
    both_years,
    remarks,
    sums,
    years_table,
)

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
        NEWCOMERS,
        ("cluster12", "Met begeleiding cluster 1 of 2", ""),
        (
            "thuiszitter",
            "Thuiszitter (meer dan 4 weken)",
            "Alleen ongeoorloofd of zonder passend aanbod.",
        ),
        ("zittenblijver", "Zittenblijver vorig schooljaar", ""),
    ),
)

_NONE = "Geen leerlingen: vul 0 in."

_MOVES = both_years(
    "kengetal.stroom",
    99,
    (
        ("naar_sbo", "Naar SBO", (_NONE, _NONE)),
        ("naar_so", "Naar SO", ("", "")),
        ("van_sbo", "Terug van SBO", ("", "")),
        ("van_so", "Terug van SO", ("", "")),
    ),
    max_len=2,
)

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
    basics("Tel de werkelijk gevormde groepen."),
    Subsection("C1. Leerlingen per groep"),
    *rows_of(6, (*_PUPILS, total("kengetal.ll.totaal", "Totaal leerlingen", _PUPILS))),
    _WEIGHTING,
    Subsection("C2. Bijzondere kenmerken", "aantal leerlingen"),
    *rows_of(3, _CHARACTERISTICS),
    Subsection("C3. Doorstroom naar en van S(B)O"),
    years_table(
        "Leerlingen",
        (*_MOVES, sums("kengetal.stroom", "verwezen", "Totaal verwezen", _MOVES[:2])),
    ),
    Subsection("C4. Uitstroom groep 8 naar voortgezet onderwijs", "vorig schooljaar"),
    *rows_of(4, (*_SECONDARY, total("kengetal.vo.totaal", "Totaal uitstroom", _SECONDARY))),
    remarks(300, 4),
)
