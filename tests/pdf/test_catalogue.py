"""The forms that are served: files, folders, definitions, and names that meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import FormDefinitionError, NoFields, NotAPdf, UnknownForm
from pipeline.flow import documents
from pipeline.flow.catalogue import slug
from pipeline.flow.documents import Stage
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, TODAY, form_of
from tests.pdf.small_forms import Sheet


def put(folder: Path, definition: str = "", data: bytes | None = None) -> Path:
    folder.mkdir(parents=True)
    (folder / "template.pdf").write_bytes(data or small_forms.one_text_field())
    if definition:
        (folder / "form.toml").write_text(definition, "utf-8")
    return folder


def test_a_folder_brings_its_definition(tmp_path: Path) -> None:
    form = documents.open_form(put(tmp_path / "Proef 2026", 'title = "Proef"'), LIMITS)
    assert (form.id, form.title) == ("proef-2026", "Proef")


def test_a_bare_pdf_is_a_form(tmp_path: Path) -> None:
    path = tmp_path / "Aanvraag Łódź.pdf"
    path.write_bytes(small_forms.one_text_field())
    form = documents.open_form(path, LIMITS)
    assert (form.id, form.title) == ("aanvraag-odz", "aanvraag-odz")


def test_a_pdf_s_own_title_is_the_form_s(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.pdf.docinfo["/Title"] = "Aanmelding"
    path = tmp_path / "x.pdf"
    path.write_bytes(sheet.bytes())
    assert documents.open_form(path, LIMITS).title == "Aanmelding"


def test_files_folders_and_folders_of_them(tmp_path: Path) -> None:
    put(tmp_path / "forms" / "b")
    put(tmp_path / "forms" / "a")
    (tmp_path / "forms" / "c.PDF").write_bytes(small_forms.one_text_field())
    (tmp_path / "forms" / "readme.txt").write_text("x")
    (tmp_path / "a.pdf").write_bytes(small_forms.one_text_field())
    catalogue = documents.open_catalogue([tmp_path / "forms", tmp_path / "a.pdf"], LIMITS)
    assert list(catalogue.forms) == ["a", "b", "c", "a-2"]
    assert catalogue.form("a-2").id == "a-2"
    with pytest.raises(UnknownForm):
        catalogue.form("d")


def test_an_error_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    with pytest.raises(NotAPdf) as caught:
        documents.open_form(path, LIMITS)
    assert caught.value.data["path"] == str(path)
    path.write_bytes(small_forms.without_fields())
    with pytest.raises(NoFields) as found:
        documents.open_catalogue([path], LIMITS)
    assert found.value.data["path"] == str(path)


def test_a_folder_without_forms(tmp_path: Path) -> None:
    with pytest.raises(NotAPdf):
        documents.open_catalogue([tmp_path], LIMITS)


@pytest.mark.parametrize(
    ("definition", "where"),
    [
        ('key = ["x"]', "key"),
        ('required_at_submit = ["x"]', "required_at_submit"),
        ('[kinds]\nx = "url"', "kinds"),
        ("[max_len]\nx = 3", "max_len"),
        ('[[required_if]]\nfields = ["x"]\nwhen = "name"', "required_if[1]"),
        ('[[required_if]]\nfields = ["name"]\nwhen = "x"', "required_if[1]"),
        ('[[required_if]]\nfields = ["name"]\nwhen = "x.*"', "required_if[1]"),
        ('[[check]]\nfields = ["name"]\nwhen = "x = 3"\nmessage = "m"', "check[1]"),
    ],
)
def test_a_rule_about_no_field_is_found(tmp_path: Path, definition: str, where: str) -> None:
    with pytest.raises(FormDefinitionError) as caught:
        documents.open_form(put(tmp_path / "a", definition), LIMITS)
    assert caught.value.data["where"] == where


def test_definitions_that_cannot_be_read(tmp_path: Path) -> None:
    folder = put(tmp_path / "a")
    (folder / "form.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(FormDefinitionError):
        documents.open_form(folder, LIMITS)


@pytest.mark.parametrize(
    ("name", "address"),
    [("BAO 2024", "bao-2024"), ("  ", "form"), ("a/../b", "a-b"), ("字", "form"), ("É!è", "e-e")],
)
def test_addresses(name: str, address: str) -> None:
    assert slug(name) == address


def test_what_shows_nowhere_is_warned_of() -> None:
    sheet = Sheet()
    sheet.text("name", TU=String("Naam"))
    for name, value in (("hidden", {}), ("given", {"V": String("vast")})):
        sheet.enter(sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String(name), **value)))
    sheet.checkbox("box", F=small_forms.HIDDEN)
    form = form_of(sheet.bytes())
    raw = {"name": "Anna", "hidden": "x", "given": "vast", "box": False}
    checked = documents.check(form, raw, Stage.DRAFT, TODAY)
    assert checked.submission is not None
    assert [(each.field, each.code, each.level) for each in checked.problems] == [
        ("hidden", "not_shown", "warning")
    ]
    assert checked.errors == ()
    told = documents.check(form, {"box": True, "hidden": ""}, Stage.DRAFT, TODAY).problems
    assert [each.field for each in told] == ["box"]


def test_what_does_not_fit_is_a_problem_at_entry() -> None:
    form = form_of(small_forms.one_text_field())
    checked = documents.check(form, {"name": "W" * 200}, Stage.DRAFT, TODAY)
    assert [(each.field, each.code) for each in checked.problems] == [("name", "does_not_fit")]
    assert checked.values == {"name": "W" * 200}


def test_the_smallest_legible_size_is_the_form_s() -> None:
    text = "W" * 50
    assert form_fits("", text)
    assert not form_fits("smallest_text = 6", text)


def form_fits(definition: str, text: str) -> bool:
    form = form_of(small_forms.one_text_field(), definition)
    return documents.check(form, {"name": text}, Stage.DRAFT, TODAY).submission is not None


def test_rules_for_the_browser() -> None:
    sheet = Sheet()
    sheet.text("name", MaxLen=5, Ff=small_forms.REQUIRED)
    sheet.choice("fruit", [("a", "Appel")])
    sheet.instruction("Lees dit")
    rules = {each["name"]: each for each in documents.field_rules(form_of(sheet.bytes()))}
    assert list(rules) == ["name", "fruit"]
    assert (rules["name"]["max_len"], rules["name"]["required"]) == (5, True)


def test_a_page_s_picture_has_no_instructions() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.instruction("Lees dit")
    png = documents.page_image(form_of(sheet.bytes()), 0, 1)
    assert png.startswith(b"\x89PNG")
    from io import BytesIO

    from PIL import Image

    colours = {each for _, each in Image.open(BytesIO(png)).convert("RGB").getcolors(1 << 16) or []}
    assert (255, 255, 0) not in colours


def test_a_broken_page_tree_is_told(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.pdf.Root.Pages.Kids = Array()
    path = tmp_path / "x.pdf"
    path.write_bytes(sheet.bytes())
    with pytest.raises(NotAPdf):
        documents.open_form(path, LIMITS)


def test_a_rule_about_no_field_bears_the_line_that_names_it() -> None:
    with pytest.raises(FormDefinitionError) as caught:
        form_of(small_forms.every_type(), 'title = "x"\nkey = [\n  "name",\n  "x",\n]\n')
    assert caught.value.data["file"] == "small/form.toml:4"
