"""Pages 4 and 5: how many pupils, where they come from, where they go."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    Block,
    Section,
    Subsection,
    at,
    row,
    rows_of,
)
from pdf_templates.authoring.fields import Need, Number
from pdf_templates.authoring.forms.series import count, counts, total
from pdf_templates.authoring.forms.shared.figures import (
    NEWCOMERS,
    basics,
    both_years,
    remarks,
    sums,
    years_table,
)

_BY_STAGE = counts(
    "kengetal.ll",
    999,
    (
        ("start", "Startgroep (tot 6 jaar)", "Niet van toepassing? Vul 0 in."),
        ("onderbouw", "Onderbouw", ""),
        ("middenbouw", "Middenbouw", ""),
        ("bovenbouw", "Bovenbouw", ""),
    ),
)

_BY_ADMISSION = counts(
    "kengetal.tlv",
    999,
    (
        ("sbo", "SBO", "Soort niet aanwezig? Vul 0 in."),
        ("so_laag", "SO categorie laag", ""),
        ("so_midden", "SO categorie midden", ""),
        ("so_hoog", "SO categorie hoog", ""),
        ("cluster12", "Cluster 1 of 2 (zonder TLV)", ""),
    ),
)

_BY_ORIGIN = counts(
    "kengetal.herkomst",
    999,
    (
        ("po3104", "Westelijke Mijnstreek", "Regio van het woonadres."),
        ("po3105", "Maastricht-Heuvelland", ""),
        ("po3106", "Parkstad", ""),
        ("overig", "Overige regio’s", ""),
        ("buitenland", "Buitenland", ""),
    ),
)

_CHARACTERISTICS = counts(
    "kengetal.kenmerk",
    999,
    (
        ("residentieel", "Residentieel geplaatst", ""),
        ("jeugdhulp", "Met jeugdhulp in school", ""),
        ("vervoer", "Met leerlingenvervoer", ""),
        NEWCOMERS,
        ("thuiszitter", "Thuiszitter (meer dan 4 weken)", ""),
        ("deeltijd", "Aangepaste onderwijstijd", ""),
        ("symbiose", "Symbiose / deeltijd regulier", ""),
        ("schorsing", "Schorsingen vorig schooljaar", ""),
        ("wachtlijst", "Op wachtlijst", ""),
    ),
)

PUPILS: tuple[Block, ...] = (
    Section("C. Kengetallen – leerlingen"),
    basics(),
    Subsection("C1. Naar bouw"),
    *rows_of(6, (*_BY_STAGE, total("kengetal.ll.totaal", "Totaal leerlingen", _BY_STAGE))),
    Subsection("C2. Naar toelaatbaarheid", "TLV: toelaatbaarheidsverklaring"),
    *rows_of(3, (*_BY_ADMISSION, total("kengetal.tlv.totaal", "Totaal", _BY_ADMISSION))),
    row(
        at(HALF, count("kengetal.tlv_afloop", "TLV die dit schooljaar afloopt", 999)),
        at(HALF, count("kengetal.emb", "Waarvan met bijzondere bekostiging EMB", 999)),
    ),
    Subsection("C3. Naar herkomst"),
    *rows_of(3, (*_BY_ORIGIN, total("kengetal.herkomst.totaal", "Totaal", _BY_ORIGIN))),
    Subsection("C4. Bijzondere kenmerken", "aantal leerlingen"),
    *rows_of(3, _CHARACTERISTICS),
)

_NONE = ("", "")

_ARRIVALS = both_years(
    "kengetal.instroom",
    199,
    (
        ("voorschool", "Van opvang of voorschool", ("Geen leerlingen: vul 0 in.", "")),
        ("bao", "Van basisonderwijs", _NONE),
        ("sbo", "Van (ander) SBO", _NONE),
        ("so", "Van (ander) SO", _NONE),
        ("thuis", "Van thuis / zonder school", _NONE),
        ("elders", "Van elders", _NONE),
    ),
)

_DEPARTURES = both_years(
    "kengetal.uitstroom",
    199,
    (
        ("bao", "Naar basisonderwijs", _NONE),
        ("sbo", "Naar (ander) SBO", _NONE),
        ("so", "Naar (ander) SO", _NONE),
        ("vso", "Naar VSO", _NONE),
        ("pro", "Naar praktijkonderwijs", _NONE),
        ("vmbo", "Naar vmbo", _NONE),
        ("havo_vwo", "Naar havo/vwo", _NONE),
        ("zorg", "Naar dagbesteding / zorg", _NONE),
        ("elders", "Naar elders", _NONE),
    ),
)

_AFTERWARDS = row(
    at(
        HALF,
        Number(
            "kengetal.bestendiging",
            "Nog op de vervolgplek na 1 jaar (%)",
            5,
            decimals=1,
            low=0,
            high=100,
            need=Need.OPTIONAL,
        ),
    ),
    at(
        HALF,
        count(
            "kengetal.tussentijds",
            "Tussentijds teruggekomen",
            99,
            max_len=2,
            note="Geen: vul 0 in.",
        ),
    ),
)

MOVES: tuple[Block, ...] = (
    Section("C. Kengetallen – instroom en uitstroom"),
    Subsection("C5. Instroom"),
    years_table(
        "Herkomst", (*_ARRIVALS, sums("kengetal.instroom", "totaal", "Totaal instroom", _ARRIVALS))
    ),
    Subsection("C6. Uitstroom"),
    years_table(
        "Bestemming",
        (*_DEPARTURES, sums("kengetal.uitstroom", "totaal", "Totaal uitstroom", _DEPARTURES)),
    ),
    _AFTERWARDS,
    remarks(400, 5),
)
