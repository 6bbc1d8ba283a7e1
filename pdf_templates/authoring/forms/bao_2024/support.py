"""Pages 7 and 8: ankerpunt 4. The working instruction fixes Autonome ondersteuning on page 7."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    HALF,
    QUARTER,
    THREE_QUARTERS,
    Block,
    Paragraph,
    RadioTable,
    Section,
    Subsection,
    TextTable,
    at,
    full,
    row,
    rows_of,
)
from pdf_templates.authoring.fields import Need, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import date, radios, total
from pdf_templates.authoring.forms.shared.support import (
    LEVELS,
    facilities,
    fte_fields,
    partners,
)

_FTE = fte_fields(
    (
        ("leraar", "Leraar (lesgevende taak)"),
        ("ib", "Intern begeleider / kwaliteitscoördinator"),
        ("onderwijsassistent", "Onderwijsassistent"),
        ("leraarondersteuner", "Leraarondersteuner"),
        ("gedrag", "Gedragsspecialist"),
        ("taal", "Taal-/leesspecialist"),
        ("rekenen", "Rekenspecialist"),
        ("meerbegaafd", "Specialist meer-/hoogbegaafdheid"),
        ("jonge_kind", "Specialist jonge kind"),
        ("bewegen", "Vakleerkracht bewegen"),
        ("gedragswetenschapper", "Orthopedagoog / psycholoog"),
        ("directie", "Directie en leiding"),
        ("overig", "Overige taken"),
    )
)

_FTE_ROWS = (
    *rows_of(4, _FTE[:12]),
    row(
        at(QUARTER, _FTE[12]),
        at(
            HALF,
            Text(
                "ap4.fte_overig_tekst",
                "Overige taken, namelijk",
                80,
                need=Need.CONDITIONAL,
            ),
        ),
        at(QUARTER, total("ap4.fte.totaal", "Totaal FTE", _FTE, decimals=2)),
    ),
)

_REFERENCE_DATE = row(
    at(
        QUARTER,
        date(
            "ap4.fte_peildatum",
            "Peildatum formatie",
            note=(
                "Reken om naar taken. Het gaat om de taak, niet om de functienaam. Voorbeeld: van"
                " 20,00 FTE leraren is 0,75 FTE bezig met IB-taken. Vul dan 19,25 in bij leraar en"
                " 0,75 bij IB."
            ),
        ),
    )
)

_LEVEL_TABLE = TextTable(
    ("Niveau", "Waar het om gaat"),
    (
        (
            "1 Onderwijs in de groep",
            "Het gewone aanbod van de groep volstaat, ook als een kind alleen zorg nodig heeft.",
        ),
        (
            "2 Ondersteuning in de groep",
            "Meer of ander aanbod binnen de groep, door de leerkracht; op weg terug naar niveau 1.",
        ),
        (
            "3 Met interne deskundigen",
            "Intensieve, systematische aanpak volgens een handelingsgericht plan; terug naar"
            " 2 en 1.",
        ),
        (
            "4 Met externe specialisten",
            "Bovenschools team of extern netwerk werkt mee op school; terug naar 3, 2 en 1.",
        ),
    ),
    (QUARTER, THREE_QUARTERS),
)

AUTONOMOUS_SUPPORT: tuple[Block, ...] = (
    Section("Ankerpunt 4. Autonome ondersteuning"),
    Subsection(
        "Formatie in FTE", "geteld per taak: wat iemand doet telt, niet hoe de functie heet"
    ),
    _REFERENCE_DATE,
    *_FTE_ROWS,
    Subsection("Leerlingen per ondersteuningsniveau"),
    Paragraph(
        "Het niveau volgt uit de extra ondersteuning bij het onderwijs, vergeleken met het"
        " groepsplan. Hoeveel zorg een kind krijgt, telt niet mee."
    ),
    _LEVEL_TABLE,
    *LEVELS,
)

_EXPERTISE = radios(
    "ap4.desk",
    options.EXPERTISE_SOURCES,
    (
        ("taal", "Taal/lezen"),
        ("rekenen", "Rekenen"),
        ("gedrag", "Gedrag"),
        ("autisme", "Autisme"),
        ("adhd", "Aandacht/impuls"),
        ("meerbegaafd", "Meer-/hoogbegaafdheid"),
        ("jonge_kind", "Jonge kind"),
        ("motoriek", "Motoriek"),
        ("nt2", "NT2/nieuwkomers"),
        ("trauma", "Trauma en hechting"),
        ("moeilijk_lerend", "Moeilijk lerend"),
        ("spraak", "Spraak/taal (TOS)"),
    ),
    note="Kies waar de deskundigheid vandaan komt.",
)

_PARTNERS = partners(
    (
        ("jgz", "Jeugdgezondheidszorg"),
        ("smw", "Schoolmaatschappelijk werk"),
        ("jeugdteam", "Gemeentelijk jeugdteam"),
        ("leerplicht", "Leerplicht"),
        ("logopedie", "Logopedie"),
        ("fysio", "Fysio-/ergotherapie"),
        ("cluster1", "Cluster 1 (visueel)"),
        ("cluster2", "Cluster 2 (gehoor/taal)"),
        ("sbo", "SBO-expertise"),
        ("so", "SO-expertise"),
        ("revalidatie", "Revalidatie"),
        ("opvang", "Opvang/voorschool"),
    )
)

_FACILITIES = facilities(
    (
        ("rolstoel", "Rolstoeltoegankelijk"),
        ("lift", "Lift"),
        ("toilet", "Aangepast toilet"),
        ("verzorging", "Verzorgruimte"),
        ("prikkelarm", "Prikkelarme werkplek"),
        ("timeout", "Rustruimte"),
        ("behandel", "Spreek-/behandelkamer"),
        ("gym", "Eigen gymzaal"),
        ("ringleiding", "Ringleiding/soundfield"),
        ("ict", "Aangepaste ICT"),
        ("snoezel", "Snoezelruimte"),
        ("buiten", "Omheinde buitenruimte"),
    )
)

EXPERTISE: tuple[Block, ...] = (
    Section("Ankerpunt 4. Deskundigheid"),
    RadioTable("Deskundigheid op het gebied van", _EXPERTISE),
    full(Text("ap4.desk_overig", "Overige deskundigheid", 150, need=Need.OPTIONAL)),
    Subsection("Samenwerking"),
    _PARTNERS,
    full(
        Text(
            "ap4.partner_tekst",
            "Toelichting samenwerking",
            300,
            lines=4,
            need=Need.OPTIONAL,
        )
    ),
    full(
        Text(
            "ap4.bovenschools",
            "Inzet vanuit bestuur of bovenschools team",
            400,
            lines=5,
            note="Welke bovenschoolse structuur helpt uw school, en waarbij?",
        )
    ),
    *_FACILITIES,
)
