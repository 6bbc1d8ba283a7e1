"""Our own template, judged by pypdf against the field list it was drawn from."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import pdf_templates
from pdf_templates.authoring.blocks import FULL, FormPlan, PagePlan, Section, at, row
from pdf_templates.authoring.document import draw
from pdf_templates.authoring.fields import Number, Quotient, Sum, Text
from pdf_templates.authoring.flow import PageOverflow
from pdf_templates.authoring.forms import FORMS
from pdf_templates.authoring.forms.bao_2024 import BAO_2024
from tests import profiles
from tests.profiles import derive

FOLDER = Path(pdf_templates.__file__).parent / "bao-2024"
TEMPLATE = (FOLDER / "template.pdf").read_bytes()
PROFILES = Path(profiles.__file__).parent
READ_ONLY, REQUIRED, MULTILINE, RADIO, COMBO, EDIT, COMB = (
    1,
    2,
    4096,
    32768,
    131072,
    262144,
    1 << 24,
)
NO_TOGGLE_TO_OFF = 1 << 14

with (PROFILES / "bao-2024-fields.csv").open(encoding="utf-8", newline="") as _file:
    LISTED = {line["name"]: line for line in csv.DictReader(_file)}


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(TEMPLATE))


@pytest.fixture(scope="module")
def fields(reader: PdfReader) -> dict[str, DictionaryObject]:
    """Terminal fields by their full names, in the form's own order."""
    found: dict[str, DictionaryObject] = {}

    def walk(field: DictionaryObject, prefix: str) -> None:
        name = f"{prefix}{field['/T']}"
        if "/FT" in field:
            found[name] = field
            return
        for kid in field["/Kids"]:
            walk(kid.get_object(), f"{name}.")

    for root in reader.trailer["/Root"]["/AcroForm"]["/Fields"]:
        walk(root.get_object(), "")
    return found


def script(field: DictionaryObject, trigger: str) -> str:
    actions = field.get("/AA", {})
    return str(actions[trigger]["/JS"]) if trigger in actions else ""


def test_drawing_twice_gives_the_committed_bytes() -> None:
    assert draw(BAO_2024) == draw(BAO_2024) == TEMPLATE


def test_the_command_draws_the_same_into_another_folder(tmp_path: Path) -> None:
    """Another process has other hash seeds; they must not show."""
    command = [sys.executable, "-m", "pdf_templates.authoring", "-o", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    for name in FORMS:
        drawn = (tmp_path / name / "template.pdf").read_bytes()
        assert drawn == (FOLDER.parent / name / "template.pdf").read_bytes()


def test_the_file_is_sound_and_small(reader: PdfReader) -> None:
    with pikepdf.open(io.BytesIO(TEMPLATE)) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert len(TEMPLATE) < 400_000
    assert len(reader.pages) == 10
    sizes = {tuple(round(float(v), 3) for v in page.mediabox) for page in reader.pages}
    assert sizes == {(0, 0, 595.276, 841.89)}


def test_exactly_the_listed_fields(fields: dict[str, DictionaryObject]) -> None:
    assert len(fields) == 237
    assert fields.keys() == LISTED.keys()
    assert not [a for a in fields for b in fields if b.startswith(f"{a}.")]


def test_every_field_stands_on_its_listed_page(reader: PdfReader) -> None:
    pages = {
        spec.name: str(number)
        for number, page in enumerate(BAO_2024.pages, 1)
        for spec in page.fields()
    }
    assert pages == {name: line["page"] for name, line in LISTED.items()}
    for number, page in enumerate(reader.pages, 1):
        on_page = {full_name(a.get_object()) for a in page["/Annots"]} - {""}
        assert on_page == {name for name, line in LISTED.items() if line["page"] == str(number)}
    assert "Autonome ondersteuning" in reader.pages[6].extract_text()


def full_name(annotation: DictionaryObject) -> str:
    parts: list[str] = []
    node: DictionaryObject | None = annotation if annotation["/Subtype"] == "/Widget" else None
    while node is not None:
        if "/T" in node:
            parts.insert(0, str(node["/T"]))
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return ".".join(parts)


@pytest.mark.parametrize("name", LISTED)
def test_field_is_as_listed(name: str, fields: dict[str, DictionaryObject]) -> None:
    field, listed = fields[name], LISTED[name]
    flags = int(field.get("/Ff", 0))
    kind = listed["type"]
    assert field["/TU"] == listed["label"]
    assert bool(flags & REQUIRED) == (listed["need"] in ("R", "R0"))
    assert bool(flags & READ_ONLY) == (listed["need"] == "B")
    assert str(field.get("/MaxLen", "")) == listed["max_len"]
    wanted = {"checkbox": "/Btn", "radio": "/Btn", "choice": "/Ch"}.get(kind, "/Tx")
    assert field["/FT"] == wanted
    assert bool(flags & RADIO) == bool(flags & NO_TOGGLE_TO_OFF) == (kind == "radio")
    assert bool(flags & COMBO) == (kind == "choice")
    assert bool(flags & EDIT) == (name == "bestuur.naam")
    assert bool(flags & COMB) == (name in ("school.brin", "school.vestiging"))
    if kind == "multiline":
        assert flags & MULTILINE


@pytest.mark.parametrize("name", [n for n, line in LISTED.items() if line["type"] == "radio"])
def test_radio_options(name: str, fields: dict[str, DictionaryObject]) -> None:
    field = fields[name]
    states = []
    for kid in field["/Kids"]:
        widget = kid.get_object()
        (on,) = set(widget["/AP"]["/N"]) - {"/Off"}
        states.append(on.removeprefix("/"))
        assert widget["/AS"] == "/Off"
    assert "|".join(states) == LISTED[name]["options"]
    assert "/V" not in field


@pytest.mark.parametrize("name", [n for n, line in LISTED.items() if line["type"] == "choice"])
def test_choice_options(name: str, fields: dict[str, DictionaryObject]) -> None:
    field = fields[name]
    exports = [str(entry[0] if isinstance(entry, list) else entry) for entry in field["/Opt"]]
    if LISTED[name]["options"]:
        assert "|".join(exports) == LISTED[name]["options"]
    elif name == "bestuur.naam":
        assert len(exports) > 3
    else:
        assert exports == ["2024-2025", "2025-2026", "2026-2027", "2027-2028"]
    assert field.get("/V") == ("2024-2025" if name == "profiel.schooljaar" else None)


def test_checkboxes_are_on_at_ja(fields: dict[str, DictionaryObject]) -> None:
    for name, listed in LISTED.items():
        if listed["type"] == "checkbox":
            assert set(fields[name]["/AP"]["/N"]) == {"/Ja", "/Off"}
            assert fields[name]["/AS"] == "/Off"
            assert fields[name]["/MK"]["/CA"] == "4"


@pytest.mark.parametrize("name", [n for n, line in LISTED.items() if line["decimals"]])
def test_number_scripts(name: str, fields: dict[str, DictionaryObject]) -> None:
    field, listed = fields[name], LISTED[name]
    style = f'({listed["decimals"]}, {listed["separators"]}, 0, 0, "", true);'
    assert script(field, "/K") == f"AFNumber_Keystroke{style}"
    assert script(field, "/F") == f"AFNumber_Format{style}"
    if listed["low"]:
        low, high = float(listed["low"]), float(listed["high"])
        assert script(field, "/V") == f"AFRange_Validate(true, {low:g}, true, {high:g});"
    assert bool(script(field, "/C")) == (listed["need"] == "B")


def test_dates_and_masks(fields: dict[str, DictionaryObject]) -> None:
    for name, listed in LISTED.items():
        if listed["type"] == "date":
            assert script(fields[name], "/K") == 'AFDate_KeystrokeEx("dd-mm-yyyy");'
            assert script(fields[name], "/F") == 'AFDate_FormatEx("dd-mm-yyyy");'
    masks = {"school.brin": "99AA", "school.vestiging": "99", "school.postcode": "9999 AA"}
    for name, mask in masks.items():
        assert script(fields[name], "/K") == f'AFSpecial_KeystrokeEx("{mask}");'
    assert fields["school.vestiging"]["/V"] == fields["school.vestiging"]["/DV"] == "00"
    assert fields["kengetal.peildatum"]["/V"] == fields["kengetal.peildatum"]["/DV"] == "01-02-2024"


def test_calculations_name_their_parts_and_stand_in_order(
    reader: PdfReader, fields: dict[str, DictionaryObject]
) -> None:
    order = [full_name(f.get_object()) for f in reader.trailer["/Root"]["/AcroForm"]["/CO"]]
    assert set(order) == {name for name, line in LISTED.items() if line["need"] == "B"}
    assert order.index("kengetal.ll.totaal") < order.index("kengetal.groepsgrootte")
    assert order.index("ap4.niveau.totaal") < order.index("ap4.niveau.aandeel34")
    fte = [name for name in LISTED if name.startswith("ap4.fte.") and name != "ap4.fte.totaal"]
    names = ", ".join(f'"{name}"' for name in fte)
    assert script(fields["ap4.fte.totaal"], "/C") == (
        f'AFSimple_Calculate("SUM", new Array ({names}));'
    )
    assert script(fields["kengetal.groepsgrootte"], "/C").startswith(
        r"/** BVCALC kengetal\.ll\.totaal / kengetal\.groepen EVCALC **/"
    )
    assert script(fields["ap4.niveau.aandeel34"], "/C").startswith(
        r"/** BVCALC (ap4\.niveau\.n3 + ap4\.niveau\.n4) / ap4\.niveau\.totaal * 100 EVCALC **/"
    )


def test_form_toml_speaks_of_fields_that_exist() -> None:
    form = tomllib.loads((FOLDER / "form.toml").read_text("utf-8"))
    at_submit = [name for name, line in LISTED.items() if line["need"] == "S"]
    conditional = [name for name, line in LISTED.items() if line["need"] == "C"]
    assert form["required_at_submit"] == at_submit
    assert [name for rule in form["required_if"] for name in rule["fields"]] == conditional
    named = {*form["key"], *form["kinds"], *form["max_len"]}
    named |= {name for check in form["check"] for name in check["fields"]}
    assert named <= LISTED.keys()
    kinds = {"BRIN": "brin", "postcode": "postcode_nl", "phone": "phone_nl"}
    kinds |= {"email": "email", "url": "url"}
    expected = {n: kinds[line["type"]] for n, line in LISTED.items() if line["type"] in kinds}
    assert form["kinds"] == expected | {
        "school.huisnummer": "house_number",
        "school.website": "url",
    }


def test_derived_profiles_are_current() -> None:
    for name, derived in derive.DERIVED.items():
        kept = json.loads((PROFILES / f"{name}.json").read_text("utf-8"))
        assert kept == derived(BAO_2024, derive.realistic())


def test_realistic_profile_answers_what_is_required() -> None:
    values = derive.realistic()
    assert values.keys() <= LISTED.keys()
    needed = {name for name, line in LISTED.items() if line["need"] in ("R", "R0", "S")}
    assert needed <= values.keys()
    for name, value in values.items():
        limit = LISTED[name]["max_len"]
        assert not limit or len(str(value)) <= int(limit), name


def one_page(*blocks: object) -> FormPlan:
    page = PagePlan("", (Section("A"), *blocks))  # type: ignore[arg-type]
    return FormPlan("x", "x", "x", "1", "x", "2024-01-01T00:00:00Z", (page,))


def test_a_page_that_overflows_is_refused() -> None:
    blocks = [row(at(FULL, Text(f"f{n}", "Vak", 400, lines=10))) for n in range(7)]
    with pytest.raises(PageOverflow, match="page 1"):
        draw(one_page(*blocks))


def test_a_field_cannot_also_be_a_group() -> None:
    with pytest.raises(ValueError, match="both a field and a group"):
        draw(one_page(row(at(FULL, Text("a", "A", 5))), row(at(FULL, Text("a.b", "B", 5)))))


def test_calculations_in_a_circle_are_refused() -> None:
    first = Number("a", "A", 5, calculation=Sum(("b",)))
    second = Number("b", "B", 5, calculation=Quotient(("a",), "c"))
    with pytest.raises(ValueError, match="circle"):
        draw(one_page(row(at(FULL, first)), row(at(FULL, second))))
