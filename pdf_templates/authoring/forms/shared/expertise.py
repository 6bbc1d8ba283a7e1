"""Ankerpunt 4: where expertise comes from, who works along, what the building offers."""

from __future__ import annotations

from pdf_templates.authoring.blocks import (
    Block,
    CheckGrid,
    Panel,
    Paragraph,
    RadioTable,
    Section,
    Subsection,
    full,
)
from pdf_templates.authoring.fields import Need, Text
from pdf_templates.authoring.forms import options
from pdf_templates.authoring.forms.series import checkboxes, radios

EXPERTISE: tuple[Block, ...] = (
    Section("Ankerpunt 4. Deskundigheid"),
    RadioTable(
        "Deskundigheid op het gebied van",
        radios(
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
        ),
    ),
    Panel(
        "Waar deskundigheid vandaan komt",
        (
            Paragraph("iemand van het eigen team heeft de kennis en zet die in.", lead="Intern:"),
            Paragraph(
                "het schoolbestuur heeft de kennis in huis en stelt die beschikbaar.",
                lead="Bovenschools:",
            ),
            Paragraph("de school haalt de kennis bij een andere organisatie.", lead="Extern:"),
            Paragraph("de school kan nu niet over de kennis beschikken.", lead="Niet:"),
        ),
    ),
    full(Text("ap4.desk_overig", "Overige deskundigheid", 150, need=Need.OPTIONAL)),
)

COOPERATION: tuple[Block, ...] = (
    Subsection("Samenwerking"),
    CheckGrid(
        checkboxes(
            "ap4.partner",
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
            ),
            note="Vink aan met wie u dit schooljaar vast samenwerkt.",
        ),
        columns=4,
    ),
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
)

FACILITIES: tuple[Block, ...] = (
    CheckGrid(
        checkboxes(
            "ap4.voorz",
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
            ),
            note="Alleen aanvinken wat er nu is.",
        ),
        columns=4,
    ),
    full(Text("ap4.voorz_overig", "Overige voorzieningen", 150, need=Need.OPTIONAL)),
)
