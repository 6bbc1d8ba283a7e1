"""A form in two editions, 2023 and 2024, that differ in all that carrying over must bear."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array

from tests.pdf.small_forms import READ_ONLY, REQUIRED, Sheet, actions

FORM_ID = "jaarplan"

_DEFINITION = """
title = "Jaarplan"
edition = "{edition}"
reference = "JAAR-{edition}"
file_name = "jaarplan-{edition}"
previous = ["jaarplan-2022"]
required_at_submit = ["advies"]
"""

ANSWERS: dict[str, object] = {
    "naam": "De Blauwe Reiger",
    "dag": "01-02-2024",
    "kleur": "groen",
    "rang": "b",
    "aantal": "12",
    "oud": "wat vroeger gevraagd werd",
    "akkoord": True,
    "advies": "positief",
}
"""Of 2023. In 2024 ``naam`` is too long, ``kleur`` no option, ``oud`` gone, ``rang`` renamed."""


def edition_pdf(year: int) -> bytes:
    new = year >= 2024
    sheet = Sheet(size=(300, 400))
    sheet.text("naam", _row(0), MaxLen=10 if new else 40, Ff=REQUIRED, TU="Naam")
    pattern = "yyyy-mm-dd" if new else "dd-mm-yyyy"
    sheet.text("dag", _row(1), TU="Datum", AA=actions(F=f'AFDate_FormatEx("{pattern}");'))
    colours = [("rood", "Rood"), ("blauw", "Blauw") if new else ("groen", "Groen")]
    sheet.choice("kleur", colours, _row(2), TU="Kleur")
    ranks = [("1", "Eerste"), ("2", "Tweede")] if new else [("a", "Eerste"), ("b", "Tweede")]
    sheet.choice("rang", ranks, _row(3), TU="Rang")
    whole = {"F": 'AFNumber_Format(0, 3, 0, 0, "", true);'}
    sheet.text("aantal", _row(4), TU="Aantal", AA=actions(**whole))
    total = sheet.text(
        "totaal",
        _row(5),
        Ff=READ_ONLY,
        TU="Totaal",
        AA=actions(**whole, C='AFSimple_Calculate("SUM", new Array("aantal"));'),
    )
    sheet.form.CO = Array([total])
    sheet.text("nieuw" if new else "oud", _row(6), TU="Nieuw" if new else "Oud")
    sheet.checkbox("akkoord", (20, 124, 36, 140), on="Ja", TU="Akkoord")
    sheet.text("advies", _row(8), TU="Advies")
    return sheet.bytes()


def edition_folder(parent: Path, year: int, form_id: str = FORM_ID) -> Path:
    """The form's folder in ``parent``, as it is in ``year``."""
    folder = parent / form_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "template.pdf").write_bytes(edition_pdf(year))
    toml = _DEFINITION.replace("{edition}", str(year))
    (folder / "form.toml").write_text(toml, encoding="utf-8")
    return folder


def _row(number: int) -> tuple[float, float, float, float]:
    top = 380.0 - 34 * number
    return 20, top - 20, 280, top
