"""Our own templates, judged by pypdf against the field lists they were drawn from."""

from __future__ import annotations

import io
import subprocess
import sys
import tomllib
from pathlib import Path

import pikepdf
import pytest
from pypdf.generic import DictionaryObject

from pdf_templates.authoring.blocks import FULL, FormPlan, PagePlan, Section, at, row
from pdf_templates.authoring.document import draw
from pdf_templates.authoring.fields import Number, Quotient, Sum, Text
from pdf_templates.authoring.flow import PageOverflow
from pdf_templates.authoring.forms import FORMS as DRAWN
from tests.profiles import FORMS, derive, listed, profile_values
from tests.unit.official_templates import (
    TEMPLATES,
    full_name,
    own_widgets,
    page_numbers,
    reader,
    template,
    terminal_fields,
)

READ_ONLY, REQUIRED, MULTILINE = 1, 2, 1 << 12
NO_TOGGLE_TO_OFF, RADIO, COMBO, EDIT, COMB = 1 << 14, 1 << 15, 1 << 17, 1 << 18, 1 << 24

FIELDS = {"bao-2024": 237, "sbo-so-2024": 308}
PAGES = {"bao-2024": 10, "sbo-so-2024": 13}
AUTONOMOUS_SUPPORT = {"bao-2024": 7, "sbo-so-2024": 9}

REFERENCE = "sys.kenmerk"
ANY_FORM = pytest.mark.parametrize("form", FORMS)


def every_field(*types: str, column: str = "type") -> pytest.MarkDecorator:
    """Each listed field whose ``column`` says one of ``types``; all if none is given."""
    cases = [
        (form, name)
        for form in FORMS
        for name, line in listed(form).items()
        if not types or line[column] in types
    ]
    return pytest.mark.parametrize(("form", "name"), cases)


def script(field: DictionaryObject, trigger: str) -> str:
    actions = field.get("/AA", {})
    return str(actions[trigger]["/JS"]) if trigger in actions else ""


def test_every_form_that_is_drawn_is_tested() -> None:
    assert tuple(DRAWN) == FORMS


@ANY_FORM
def test_drawing_twice_gives_the_committed_bytes(form: str) -> None:
    assert draw(DRAWN[form]) == draw(DRAWN[form]) == template(form)


def test_the_command_draws_the_same_into_another_folder(tmp_path: Path) -> None:
    """Another process has other hash seeds; they must not show."""
    command = [sys.executable, "-m", "pdf_templates.authoring", "-o", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    drawn = sorted(tmp_path.rglob("*.pdf"))
    assert {path.parent.name for path in drawn} == set(FORMS)
    for path in drawn:
        assert path.read_bytes() == (TEMPLATES / path.relative_to(tmp_path)).read_bytes()


@ANY_FORM
def test_the_file_is_sound_and_small(form: str) -> None:
    with pikepdf.open(io.BytesIO(template(form))) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert len(template(form)) < 400_000
    assert len(reader(form).pages) == PAGES[form]
    sizes = {tuple(round(float(v), 3) for v in page.mediabox) for page in reader(form).pages}
    assert sizes == {(0, 0, 595.276, 841.89)}


@ANY_FORM
def test_exactly_the_listed_fields(form: str) -> None:
    fields = terminal_fields(form)
    assert len(listed(form)) == FIELDS[form]
    assert fields.keys() == listed(form).keys() | {REFERENCE}
    assert not [a for a in fields for b in fields if b.startswith(f"{a}.")]


@ANY_FORM
def test_fields_stand_on_their_pages_in_the_list_s_order(form: str) -> None:
    on_pages = [
        (str(page + 1), full_name(widget))
        for page in page_numbers(form)
        for widget in own_widgets(form, page)
    ]
    wanted = [(line["page"], name) for name, line in listed(form).items()]
    assert list(dict.fromkeys(on_pages)) == wanted


@ANY_FORM
def test_autonomous_support_stands_where_the_working_instruction_says(form: str) -> None:
    number = AUTONOMOUS_SUPPORT[form]
    text = reader(form).pages[number - 1].extract_text()
    assert "Ankerpunt 4. Autonome ondersteuning" in text
    assert f"pagina {number} van {PAGES[form]}" in text
    outline = {str(entry["/Title"]): entry for entry in reader(form).outline}  # type: ignore[call-overload, index]
    entry = outline["Ankerpunt 4. Autonome ondersteuning"]
    assert reader(form).get_destination_page_number(entry) == number - 1


@every_field()
def test_field_is_as_listed(form: str, name: str) -> None:
    field, line = terminal_fields(form)[name], listed(form)[name]
    flags = int(field.get("/Ff", 0))
    kind = line["type"]
    assert field["/TU"] == line["label"]
    assert bool(flags & REQUIRED) == (line["need"] in ("R", "R0"))
    assert bool(flags & READ_ONLY) == (line["need"] == "B")
    assert str(field.get("/MaxLen", "")) == line["max_len"]
    wanted = {"checkbox": "/Btn", "radio": "/Btn", "choice": "/Ch"}.get(kind, "/Tx")
    assert field["/FT"] == wanted
    assert bool(flags & RADIO) == bool(flags & NO_TOGGLE_TO_OFF) == (kind == "radio")
    assert bool(flags & COMBO) == (kind == "choice")
    assert bool(flags & EDIT) == (name == "bestuur.naam")
    assert bool(flags & COMB) == (name in ("school.brin", "school.vestiging"))
    if kind == "multiline":
        assert flags & MULTILINE


@every_field("radio")
def test_radio_options(form: str, name: str) -> None:
    field = terminal_fields(form)[name]
    states = []
    for kid in field["/Kids"]:
        widget = kid.get_object()
        (on,) = set(widget["/AP"]["/N"]) - {"/Off"}
        states.append(on.removeprefix("/"))
        assert widget["/AS"] == "/Off"
    assert "|".join(states) == listed(form)[name]["options"]
    assert "/V" not in field


@every_field("choice")
def test_choice_options(form: str, name: str) -> None:
    field, line = terminal_fields(form)[name], listed(form)[name]
    exports = [str(entry[0] if isinstance(entry, list) else entry) for entry in field["/Opt"]]
    if line["options"]:
        assert "|".join(exports) == line["options"]
    elif name == "bestuur.naam":
        assert len(exports) > 3
    else:
        assert exports == ["2024-2025", "2025-2026", "2026-2027", "2027-2028"]
    assert field.get("/V") == ("2024-2025" if name == "profiel.schooljaar" else None)


@every_field("checkbox")
def test_checkboxes_are_on_at_ja(form: str, name: str) -> None:
    field = terminal_fields(form)[name]
    assert set(field["/AP"]["/N"]) == {"/Ja", "/Off"}
    assert field["/AS"] == "/Off"
    assert field["/MK"]["/CA"] == "4"


@every_field("0", "1", "2", column="decimals")
def test_number_scripts(form: str, name: str) -> None:
    field, line = terminal_fields(form)[name], listed(form)[name]
    style = f'({line["decimals"]}, {line["separators"]}, 0, 0, "", true);'
    assert script(field, "/K") == f"AFNumber_Keystroke{style}"
    assert script(field, "/F") == f"AFNumber_Format{style}"
    if line["low"]:
        low, high = float(line["low"]), float(line["high"])
        assert script(field, "/V") == f"AFRange_Validate(true, {low:g}, true, {high:g});"
    assert bool(script(field, "/C")) == (line["need"] == "B")


@every_field("date")
def test_dates(form: str, name: str) -> None:
    field = terminal_fields(form)[name]
    assert script(field, "/K") == 'AFDate_KeystrokeEx("dd-mm-yyyy");'
    assert script(field, "/F") == 'AFDate_FormatEx("dd-mm-yyyy");'


@ANY_FORM
def test_masks_and_values_that_stand_there_from_the_start(form: str) -> None:
    fields = terminal_fields(form)
    masks = {"school.brin": "99AA", "school.vestiging": "99", "school.postcode": "9999 AA"}
    for name, mask in masks.items():
        assert script(fields[name], "/K") == f'AFSpecial_KeystrokeEx("{mask}");'
    given = {"school.vestiging": "00", "kengetal.peildatum": "01-02-2024"}
    for name, value in given.items():
        assert fields[name]["/V"] == fields[name]["/DV"] == value


SUMS = {
    "bao-2024": {
        "kengetal.ll.totaal": "kengetal.ll.",
        "kengetal.vo.totaal": "kengetal.vo.",
        "ap4.niveau.totaal": "ap4.niveau.n",
        "ap4.fte.totaal": "ap4.fte.",
    },
    "sbo-so-2024": {
        "kengetal.ll.totaal": "kengetal.ll.",
        "kengetal.tlv.totaal": "kengetal.tlv.",
        "kengetal.herkomst.totaal": "kengetal.herkomst.",
        "ap4.niveau.totaal": "ap4.niveau.n",
        "ap4.fte.totaal": "ap4.fte.",
    },
}
"""The totals of a whole group of fields: what the names of the parts begin with."""


def sum_of(parts: list[str]) -> str:
    names = ", ".join(f'"{name}"' for name in parts)
    return f'AFSimple_Calculate("SUM", new Array ({names}));'


@ANY_FORM
def test_sums_name_all_their_parts(form: str) -> None:
    fields = terminal_fields(form)
    for name, group in SUMS[form].items():
        parts = [each for each in listed(form) if each.startswith(group) and each != name]
        assert script(fields[name], "/C") == sum_of(parts)


@ANY_FORM
def test_sums_of_two_years_are_kept_apart(form: str) -> None:
    """The fields ``*_j1`` and ``*_j2`` of a group; of the BAO only referrals are added up."""
    fields, found = terminal_fields(form), 0
    for name, line in listed(form).items():
        if line["need"] != "B" or name[-3:] not in ("_j1", "_j2"):
            continue
        group, year = name.rsplit(".", 1)[0], name[-3:]
        parts = [n for n in listed(form) if n.startswith(f"{group}.") and n.endswith(year)]
        parts = [n for n in parts if n != name and not n.startswith(f"{group}.van_")]
        assert script(fields[name], "/C") == sum_of(parts)
        found += 1
    assert found == {"bao-2024": 2, "sbo-so-2024": 4}[form]


@ANY_FORM
def test_calculations_stand_in_order(form: str) -> None:
    fields, acroform = terminal_fields(form), reader(form).trailer["/Root"]["/AcroForm"]
    order = [full_name(field.get_object()) for field in acroform["/CO"]]
    assert sorted(order) == sorted(n for n, line in listed(form).items() if line["need"] == "B")
    assert order.index("kengetal.ll.totaal") < order.index("kengetal.groepsgrootte")
    assert order.index("ap4.niveau.totaal") < order.index("ap4.niveau.aandeel34")
    assert script(fields["kengetal.groepsgrootte"], "/C").startswith(
        r"/** BVCALC kengetal\.ll\.totaal / kengetal\.groepen EVCALC **/"
    )
    assert script(fields["ap4.niveau.aandeel34"], "/C").startswith(
        r"/** BVCALC (ap4\.niveau\.n3 + ap4\.niveau\.n4) / ap4\.niveau\.totaal * 100 EVCALC **/"
    )


def test_fields_that_the_forms_share_mean_the_same() -> None:
    """Same name, same type and format; lengths, words and upper ends may differ."""
    bao, sbo = (listed(form) for form in FORMS)
    shared = bao.keys() & sbo.keys()
    assert len(shared) > 150
    for name in shared:
        for column in ("type", "need", "options", "low", "decimals", "separators"):
            assert bao[name][column] == sbo[name][column], (name, column)
    ours = [{spec.name: type(spec) for spec in DRAWN[form].fields()} for form in FORMS]
    assert {name: ours[0][name] for name in shared} == {name: ours[1][name] for name in shared}


@ANY_FORM
def test_the_reference_is_a_field_with_a_widget_on_every_page(form: str) -> None:
    field = terminal_fields(form)[REFERENCE]
    assert field["/TU"] == "Kenmerk"
    assert field["/FT"] == "/Tx"
    assert int(field["/Ff"]) == READ_ONLY
    assert "/V" not in field
    kids = [kid.get_object() for kid in field["/Kids"]]
    assert [kid["/P"].get_object() for kid in kids] == [p.get_object() for p in reader(form).pages]
    for kid in kids:
        assert "/MK" not in kid
        assert float(kid["/BS"]["/W"]) == 0
        assert float(kid["/Rect"][3]) < 40


@ANY_FORM
def test_form_toml_speaks_of_fields_that_exist(form: str) -> None:
    definition = tomllib.loads((TEMPLATES / form / "form.toml").read_text("utf-8"))
    fields = listed(form)
    at_submit = [name for name, line in fields.items() if line["need"] == "S"]
    conditional = [name for name, line in fields.items() if line["need"] == "C"]
    assert definition["required_at_submit"] == at_submit
    assert [name for rule in definition["required_if"] for name in rule["fields"]] == conditional
    assert definition["reference"] == form.upper()
    assert definition["system"] == {REFERENCE: "reference"}
    named = {*definition["key"], *definition["kinds"], *definition["max_len"]}
    named |= {name for check in definition["check"] for name in check["fields"]}
    assert named <= fields.keys()
    kinds = {"BRIN": "brin", "postcode": "postcode_nl", "phone": "phone_nl"}
    kinds |= {"email": "email", "url": "url"}
    expected = {n: kinds[line["type"]] for n, line in fields.items() if line["type"] in kinds}
    assert definition["kinds"] == expected | {"school.huisnummer": "house_number"}


@ANY_FORM
def test_derived_profiles_are_current(form: str) -> None:
    base = profile_values(form, "realistic")
    for name, derived in derive.DERIVED.items():
        assert profile_values(form, name) == derived(DRAWN[form], base)


@ANY_FORM
def test_realistic_profile_answers_what_is_required(form: str) -> None:
    values, fields = profile_values(form, "realistic"), listed(form)
    assert values.keys() <= fields.keys()
    needed = {name for name, line in fields.items() if line["need"] in ("R", "R0", "S")}
    assert needed <= values.keys()
    for name, value in values.items():
        limit = fields[name]["max_len"]
        assert not limit or len(str(value)) <= int(limit), name
    text = "".join(str(value) for value in values.values())
    assert {"é", "ë", "’", "€", "–"} <= set(text)
    assert values["school.brin"] == "99ZZ"


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
