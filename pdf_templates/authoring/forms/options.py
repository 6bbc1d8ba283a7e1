"""Option lists: export value, display text."""

from __future__ import annotations

from pdf_templates.authoring.fields import Option


def _same(*values: str) -> tuple[Option, ...]:
    return tuple(Option(value, value) for value in values)


def _pairs(**values: str) -> tuple[Option, ...]:
    return tuple(Option(export, display) for export, display in values.items())


SCHOOL_YEARS = _same("2024-2025", "2025-2026", "2026-2027", "2027-2028")

BOARDS = _same("Innovo", "Kindante", "kom Leren", "MosaLira", "Movare", "Triade")

REGIONS = _pairs(
    po3104="Westelijke Mijnstreek (PO3104)",
    po3105="Maastricht-Heuvelland (PO3105)",
    po3106="Parkstad (PO3106)",
)

SCHOOL_KINDS = _pairs(
    sbo="SBO",
    so="SO",
    sbo_so="SBO en SO gecombineerd",
)

CLUSTERS = (
    Option("geen", "Geen"),
    Option("1", "Cluster 1"),
    Option("2", "Cluster 2"),
    Option("3", "Cluster 3"),
    Option("4", "Cluster 4"),
    Option("3_4", "Cluster 3 en 4"),
)

DENOMINATIONS = _pairs(
    openbaar="Openbaar",
    rooms_katholiek="Rooms-katholiek",
    protestants_christelijk="Protestants-christelijk",
    interconfessioneel="Interconfessioneel",
    algemeen_bijzonder="Algemeen bijzonder",
    antroposofisch="Antroposofisch",
    islamitisch="Islamitisch",
    overig="Overig",
)

CONCEPTS = _pairs(
    leerstofjaarklassen="Leerstofjaarklassen",
    montessori="Montessori",
    jenaplan="Jenaplan",
    dalton="Dalton",
    freinet="Freinet",
    vrijeschool="Vrijeschool",
    ogo="Ontwikkelingsgericht onderwijs (OGO)",
    unit="Unitonderwijs",
    anders="Anders",
)

GROUPINGS = _pairs(
    jaargroepen="Jaargroepen",
    combinatiegroepen="Combinatiegroepen",
    units="Units",
    gemengd="Gemengd",
)

INSPECTORATE_JUDGEMENTS = _pairs(
    goed="Goed",
    voldoende="Voldoende",
    onvoldoende="Onvoldoende",
    zeer_zwak="Zeer zwak",
    geen_oordeel="Geen oordeel",
)

SELF_IMAGE = _pairs(ontwikkelpunt="ontwikkelpunt", op_orde="op orde", sterk="sterk")

EXPERTISE_SOURCES = _pairs(
    intern="intern", bovenschools="bovenschools", extern="extern", niet="niet"
)

PLAN_FORMATS = _pairs(
    duiden_doen="Duiden & Doen",
    eigen_format="Eigen format",
    digitaal_lvs="Digitaal in het LVS",
    anders="Anders",
)

YES_PARTLY_NO = _pairs(ja="ja", deels="deels", nee="nee")

YES_NO = _pairs(ja="ja", nee="nee")

COUNCIL_ADVICE = _pairs(
    positief="positief",
    positief_opmerkingen="positief, met opmerkingen",
    negatief="negatief",
)
