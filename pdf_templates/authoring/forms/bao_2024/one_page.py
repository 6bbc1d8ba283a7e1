"""The one-page of the BAO-profiel: section 7 of the field list, in its order.

Labels and lengths are those of the form: what fits there fits here.
"""

from __future__ import annotations

from pdf_templates.authoring import pictograms
from pdf_templates.authoring.fields import Checkbox, Choice, Date, FieldSpec, Need, Number, Text
from pdf_templates.authoring.forms.bao_2024 import BAO_2024
from pdf_templates.authoring.one_page import (
    Answer,
    Band,
    Group,
    Keywords,
    Mark,
    Marks,
    OnePageBlock,
    OnePagePlan,
    Role,
)
from pdf_templates.authoring.pictograms import Pictogram
from pdf_templates.authoring.widgets import ON_STATE

_FORM = {spec.name: spec for spec in BAO_2024.fields()}


def _text(name: str, lines: int = 1) -> Text:
    """The field of the form that is called ``name``, as a text."""
    spec = _FORM[name]
    return Text(name, spec.label, _longest(spec), lines=lines, need=Need.OPTIONAL)


def _longest(spec: FieldSpec) -> int:
    match spec:
        case Text(max_len=length) | Number(max_len=length) | Date(max_len=length):
            return length
        case Choice(options=options, max_len=length):
            return max([length or 0, *(len(option.display) for option in options)])
        case _:
            raise ValueError(f"{spec.name} is no text")


def _joined(name: str, label: str, *parts: str, between: int) -> Text:
    """A text that form.toml puts together; ``between`` counts what stands between the parts."""
    longest = sum(_longest(_FORM[part]) for part in parts) + between
    return Text(name, label, longest, need=Need.OPTIONAL)


def _marks(
    group: str, pictures: dict[str, Pictogram], columns: int, label: str = "", on: str = ON_STATE
) -> Marks:
    fields = {key: _FORM[f"{group}.{key}"] for key in pictures}
    return Marks(
        tuple(
            Mark(Checkbox(spec.name, _caption(spec)), pictures[key], on)
            for key, spec in fields.items()
        ),
        columns,
        label,
    )


def _caption(spec: FieldSpec) -> str:
    return spec.label.removesuffix(" in het gebouw")


def _offer(number: int) -> Group:
    prefix = f"ap5.aanbod.a{number}"
    return Group(
        (
            Answer(_text(f"{prefix}_naam"), role=Role.NAME),
            Answer(_text(f"{prefix}_doelgroep"), role=Role.ASIDE),
            Answer(_text(f"{prefix}_tekst", 3)),
        )
    )


_CONTACT = OnePageBlock(
    "Contact",
    (
        Answer(
            _joined(
                "school.adres", "Adres",
                "school.straat", "school.huisnummer", "school.postcode", "school.plaats",
                between=4,
            ),
            "Adres",
        ),
        Answer(_text("school.telefoon"), "Telefoon"),
        Answer(_text("school.email"), "E-mail"),
        Answer(_text("school.website"), "Website"),
        Answer(_text("directie.naam"), "Directie"),
        Answer(
            _joined("ib.contact", "Aanspreekpunt ondersteuning", "ib.naam", "ib.email", between=2),
            "Ondersteuning",
        ),
    ),
    label_width=62,
)  # fmt: skip

_IN_SHORT = OnePageBlock(
    "De school in het kort",
    (
        Keywords(
            tuple(
                Answer(_text(f"profiel.kernwoord.k{number}"), role=Role.KEYWORD)
                for number in (1, 2, 3)
            )
        ),
        Answer(
            _joined(
                "school.onderwijsconcept", "Onderwijsconcept",
                "school.concept", "school.concept_anders",
                between=2,
            ),
            "Concept",
        ),
        Answer(_text("school.denominatie"), "Richting"),
        Answer(_text("kengetal.ll.totaal"), "Leerlingen"),
        _marks(
            "opvang",
            {
                "peuter": pictograms.BLOCKS,
                "kdv": pictograms.TEDDY,
                "bso": pictograms.CLOCK,
            },
            columns=3,
        ),
    ),
    label_width=62,
)  # fmt: skip

_BASIC_OFFER = OnePageBlock(
    "Ons aanbod voor alle leerlingen",
    tuple(
        Answer(
            _text(f"ap3.aanbod.{key}", 2), _FORM[f"ap3.aanbod.{key}"].label.removeprefix("Aanbod: ")
        )
        for key in ("taal", "rekenen", "gedrag", "werkhouding", "motoriek", "meerkunnen", "nt2")
    ),
    label_width=72,
)

_EXPERTISE = OnePageBlock(
    "Deskundigheid in ons team",
    (
        _marks(
            "ap4.desk",
            dict.fromkeys(
                (
                    "taal", "rekenen", "gedrag", "autisme", "adhd", "meerbegaafd",
                    "jonge_kind", "motoriek", "nt2", "trauma", "moeilijk_lerend", "spraak",
                ),
                pictograms.CHECK,
            ),
            columns=3,
            on="intern",
        ),
        Answer(_text("ap4.desk_overig"), "Ook"),
        Answer(_text("ap5.expertise", 3)),
    ),
    label_width=22,
)  # fmt: skip

_FACILITIES = OnePageBlock(
    "Voorzieningen in het gebouw",
    (
        _marks(
            "ap4.voorz",
            {
                "rolstoel": pictograms.WHEELCHAIR,
                "lift": pictograms.LIFT,
                "toilet": pictograms.TOILET,
                "verzorging": pictograms.CARE,
                "prikkelarm": pictograms.HEADPHONES,
                "timeout": pictograms.ARMCHAIR,
                "behandel": pictograms.TALK,
                "gym": pictograms.GYM,
                "ringleiding": pictograms.EAR,
                "ict": pictograms.SCREEN,
                "snoezel": pictograms.SENSES,
                "buiten": pictograms.FENCE,
            },
            columns=3,
        ),
        Answer(_text("ap4.voorz_overig"), "Ook"),
    ),
    label_width=22,
)

BAO_ONE_PAGE = OnePagePlan(
    title="Ondersteuningsprofiel op één pagina",
    subject="Het ondersteuningsprofiel van een school voor basisonderwijs, op één pagina",
    created=BAO_2024.created,
    band=Band(
        "Ons ondersteuningsprofiel op één pagina",
        _text("school.naam"),
        (
            Answer(_text("profiel.schooljaar"), "Schooljaar"),
            Answer(_text("bestuur.naam"), "Bestuur"),
        ),
    ),
    columns=(
        (
            _CONTACT,
            _IN_SHORT,
            OnePageBlock("Onze missie", (Answer(_text("profiel.missie", 5), role=Role.LEAD),)),
            OnePageBlock("Zo zijn wij", (Answer(_text("profiel.typering", 7)),)),
            OnePageBlock("Hierin onderscheiden wij ons", tuple(map(_offer, (1, 2, 3)))),
        ),
        (
            _BASIC_OFFER,
            _EXPERTISE,
            _FACILITIES,
            OnePageBlock("Onze ambitie", (Answer(_text("ap5.ambitie.m1_doel", 2)),)),
        ),
    ),
    origin=Text("herkomst", "Herkomst van deze pagina", 160, need=Need.OPTIONAL),
)
