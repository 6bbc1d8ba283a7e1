"""The linter: each fault is found where it is, and its sound twin is not blamed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, String
from PIL import Image

from pipeline.errors import NotAPdf, TooLarge
from pipeline.flow.catalogue import open_form
from pipeline.flow.linting import lint, lint_form
from pipeline.lint.finding import Finding
from pipeline.lint.report import Report
from pipeline.lint.severities import SEVERITIES
from pipeline.lint.wording import sentence
from pipeline.model.geometry import Rect
from pipeline.pdf import survey
from tests.pdf import lint_forms, small_forms
from tests.pdf.forms import LIMITS, form_of
from tests.pdf.lint_forms import ALSO, FAULTS, SoundSheet, sound, with_fault

ALWAYS = {"standard_font_not_embedded"}
"""Of the sound form: its Helvetica is every reader's own."""


def report(data: bytes, definition: str = "") -> Report:
    return lint_form(form_of(data, definition), LIMITS)


def codes(data: bytes, definition: str = "") -> set[str]:
    return {finding.code for finding in report(data, definition).findings}


def only(data: bytes, code: str, definition: str = "") -> Finding:
    (found,) = (each for each in report(data, definition).findings if each.code == code)
    return found


def test_a_sound_form_has_nothing_to_say_of() -> None:
    assert codes(sound()) == ALWAYS


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found_and_nothing_else(code: str) -> None:
    assert codes(with_fault(*FAULTS[code])) - ALWAYS == {code} | ALSO.get(code, set())


TOLD_ELSEWHERE = {
    "standard_font_not_embedded", "label_repeated", "encrypted", "pages_unreadable",
    "not_honoured", "form_toml", "form_toml_never_asked", "form_toml_never_true",
    "form_toml_above_max_len", "form_toml_kind_without_text", "form_toml_file_name",
    "hidden_layers",
}  # fmt: skip


def test_every_code_has_a_test() -> None:
    assert set(SEVERITIES) == set(FAULTS) | TOLD_ELSEWHERE


# The sound twins that a careless check would blame


def test_twins_that_are_sound() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.labelled("low", (20, 320, 280, 326), MaxLen=5)
        sheet.labelled("touching", (20, 300, 280, 320), MaxLen=5)
        sheet.radio(
            "unison", ["Ja", "Ja"], (20, 260, 36, 276), TU=String("Samen"),
            Ff=1 << 15 | 1 << 25,
        )  # fmt: skip
        sheet.choice(
            "blank", [(" ", " "), ("a", "Appel")], (20, 230, 280, 250), TU=String("Keuze"),
            V=String(" "), DV=String(" "),
        )  # fmt: skip
        sheet.labelled("far", (20, 200, 280, 220), TU=String("Naam van de tweede"))

    assert codes(with_fault(draw)) == ALWAYS


def test_a_read_only_field_with_a_value_may_be_required() -> None:
    fixed = with_fault(
        lambda sheet: sheet.labelled("x", (20, 300, 280, 320), Ff=3, V=String("vast"))
    )
    assert "required_read_only" not in codes(fixed)


def test_large_text_may_be_fainter() -> None:
    def large(size: int) -> bytes:
        return with_fault(
            lambda sheet: sheet.labelled(
                "x", (20, 280, 280, 320), DA=String(f"/Helv {size} Tf 0.5 g")
            )
        )

    assert "contrast_low" in codes(large(17))
    assert "contrast_low" not in codes(large(18))


def test_the_page_s_own_colour_is_the_background() -> None:
    def dark(**entries: object) -> bytes:
        def draw(sheet: SoundSheet) -> None:
            sheet.pdf.pages[0].contents_add(b"q 0 0 0.3 rg 20 300 260 20 re f Q")
            sheet.labelled("x", (20, 300, 280, 320), **entries)

        return with_fault(draw)

    assert only(dark(), "contrast_too_low").field == "x"
    assert codes(dark(MK=Dictionary(BG=pikepdf.Array([1])))) == ALWAYS
    assert codes(dark(DA=String("/Helv 0 Tf 1 g"))) == ALWAYS


# Where, and in what words


def test_a_finding_tells_its_place() -> None:
    sheet = SoundSheet(pages=2)
    sheet.labelled("x", (20, 300, 280, 320), page=1, Ff=2, F=2)
    found = only(sheet.bytes(), "required_unreachable")
    assert (found.field, found.page, found.rect) == ("x", 1, Rect(20, 300, 280, 320))
    assert found.severity == "error"
    assert "it is hidden" in sentence(found)


def test_why_a_required_field_is_out_of_reach() -> None:
    def why(corners: tuple[float, ...], **entries: object) -> object:
        data = with_fault(lambda sheet: sheet.labelled("x", corners, Ff=2, **entries))
        return only(data, "required_unreachable").data["why"]

    assert why(lint_forms.OFF_PAGE) == "off_page"
    assert why((20, 300, 20, 300)) == "no_area"
    assert why((20, 300, 280, 320), F=4 | 1 << 5) == "no_view"
    covered = with_fault(
        lambda sheet: sheet.labelled("x", (20, 300, 280, 320), Ff=2),
        lambda sheet: sheet.labelled("y", (20, 300, 280, 320)),
    )
    assert only(covered, "required_unreachable").data == {"why": "covered", "by": "y"}


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        ((("Voornaam:", 20, 306),), "Voornaam"),
        ((("Voornaam", 100, 322),), "Voornaam"),
        ((("Verder weg", 20, 306), ("Boven", 100, 322)), "Boven"),
        ((("Rechts", 262, 306),), ""),
        (((". . . . .", 20, 306),), ""),
        ((("Te betalen", 20, 306), (". .", 84, 306), ("Boven", 100, 321)), "Te betalen"),
        ((("Kantlijn", -60, 306), ("Totaal", 20, 306), (". .", 84, 306)), "Totaal"),
        ((("Naam van", 100, 334), ("de leerling", 100, 323)), "Naam van de leerling"),
        ((("Titel van het hele formulier, veel breder", 100, 334), ("Naam", 100, 323)), "Naam"),
    ],
)
def test_the_nearest_words_are_suggested(
    words: tuple[tuple[str, float, float], ...], suggestion: str
) -> None:
    def draw(sheet: SoundSheet) -> None:
        for text, x, y in words:
            sheet.print_text(text, x, y)
        sheet.labelled("x", (100, 300, 260, 320), TU=String(""))

    assert only(with_fault(draw), "label_missing").data["suggestion"] == suggestion


def test_a_check_box_is_named_by_the_words_on_its_right() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.print_text("Links", 20, 304)
        sheet.print_text("Rechts", 122, 304)
        sheet.checkbox("b", (100, 300, 116, 316))

    assert only(with_fault(draw), "label_missing").data["suggestion"] == "Rechts"


def test_words_beyond_another_box_name_that_one() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.print_text("Voornaam", 20, 306)
        sheet.labelled("a", (80, 300, 160, 320), TU=String("Voornaam"))
        sheet.labelled("b", (165, 300, 260, 320), TU=String(""))

    assert only(with_fault(draw), "label_missing").data["suggestion"] == ""


def test_words_above_another_box_name_that_one() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.print_text("Voornaam van de leerling", 20, 324)
        sheet.labelled("a", (60, 303, 280, 322), TU=String("Voornaam"))
        sheet.labelled("b", (60, 283, 280, 302), TU=String(""))

    assert only(with_fault(draw), "label_missing").data["suggestion"] == ""


def test_a_blank_in_a_sentence_is_named_by_the_words_before_it() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.print_text("Opschrift", 20, 322)
        sheet.print_text("Merk: ____________ Type: ____________", 20, 306)
        sheet.labelled("merk", (50, 303, 112, 318), TU=String(""))
        sheet.labelled("type", (142, 303, 206, 318), TU=String(""))

    found = [each for each in report(with_fault(draw)).findings if each.code == "label_missing"]
    assert [each.data["suggestion"] for each in found] == ["Merk", "Type"]


@pytest.mark.parametrize("title", ["untitled", "Aanvraag.INDD", "Document1"])
def test_titles_that_a_program_left(title: str) -> None:
    assert only(with_fault(lint_forms.titled(title)), "title_is_file_name").data["title"] == title


def test_a_title_in_words_is_one() -> None:
    assert codes(with_fault(lint_forms.titled("Documenten bij de aanvraag"))) == ALWAYS


def test_a_form_element_that_was_cut_off_from_the_tree_is_not_read() -> None:
    sheet = SoundSheet()
    sheet.tag_all()
    sheet.tagged = False
    document = sheet.pdf.Root.StructTreeRoot.K
    document.K = pikepdf.Array([])
    assert only(sheet.bytes(), "untagged_box").field == "name"


@pytest.mark.parametrize(
    ("rotation", "matrix", "box"),
    [
        (90, b"0 1 -1 0 115 110", (100, 160, 120, 340)),
        (180, b"-1 0 0 -1 295 214", (100, 200, 250, 220)),
        (270, b"0 -1 1 0 105 300", (100, 60, 120, 240)),
    ],
)
def test_words_are_near_as_a_person_sees_a_turned_page(
    rotation: int, matrix: bytes, box: tuple[float, ...]
) -> None:
    """Drawn so that they are seen upright, on the left of the box."""

    def draw(sheet: SoundSheet) -> None:
        sheet.page().Rotate = rotation
        sheet.pdf.pages[0].contents_add(b"BT /Helv 10 Tf " + matrix + b" Tm (Voornaam) Tj ET")
        sheet.labelled("x", box, TU=String(""))

    assert only(with_fault(draw), "label_missing").data["suggestion"] == "Voornaam"


def test_labels_alike_on_one_page_and_on_several() -> None:
    sheet = SoundSheet(pages=2)
    for name, page in (("x", 0), ("y", 1)):
        sheet.labelled(name, (20, 300, 280, 320), page=page, TU=String("Datum"))
    assert codes(sheet.bytes()) == ALWAYS | {"label_repeated"}
    sheet = SoundSheet()
    for name, bottom in (("x", 300), ("y", 270), ("z", 240)):
        sheet.labelled(name, (20, bottom, 280, bottom + 20), TU=String("datum"))
    found = [each for each in report(sheet.bytes()).findings if each.code == "label_duplicate"]
    assert [each.field for each in found] == ["x", "y", "z"]
    (told,) = {sentence(each) for each in found}
    assert "3 fields" in told
    assert "(x, y, z)" in told


def test_an_encrypted_form_is_told() -> None:
    assert "encrypted" in codes(small_forms.encrypted())
    assert "encrypted" not in codes(small_forms.one_text_field())


def test_pages_that_cannot_be_drawn_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes, template: object) -> None:
        raise NotAPdf(reason="damaged")

    monkeypatch.setattr(survey, "survey_pages", refuse)
    assert codes(sound()) == ALWAYS | {"pages_unreadable"}


def test_scripts_of_the_document_are_told_once() -> None:
    def opening(sheet: SoundSheet) -> None:
        sheet.pdf.Root.OpenAction = small_forms.script("app.alert(1);")

    found = [each.code for each in report(with_fault(opening)).findings]
    assert found.count("document_script") == 1
    both = report(with_fault(opening, *FAULTS["document_script"])).findings
    assert [each.code for each in both].count("document_script") == 1


# form.toml


def test_rules_of_form_toml_that_never_do_anything() -> None:
    def draw(sheet: SoundSheet) -> None:
        sheet.choice("c", [("a", "Appel")], (20, 300, 280, 320), TU=String("Keuze"))
        sheet.labelled("fixed", (20, 270, 280, 290), Ff=1, V=String("vast"))

    data = with_fault(draw)
    sound_rules = """
        required_at_submit = ["c"]
        file_name = "proef-{name}"
        [max_len]
        name = 10
        [[required_if]]
        fields = ["name"]
        when = "c = 'a'"
    """
    assert codes(data, sound_rules) == ALWAYS
    assert codes(data, 'required_at_submit = ["fixed"]') == ALWAYS | {"form_toml_never_asked"}
    never = "[[required_if]]\nfields = ['name']\nwhen = \"not (c = 'kiwi')\""
    assert only(data, "form_toml_never_true", never).data["word"] == "kiwi"
    assert "form_toml_above_max_len" in codes(data, "[max_len]\nname = 30")
    assert "form_toml_kind_without_text" in codes(data, "[kinds]\nc = 'email'")
    assert only(data, "form_toml_file_name", 'file_name = "{nam}"').data == {"name": "nam"}


@pytest.mark.parametrize("definition", ["title = 3", "[[check]", 'key = ["nobody"]'])
def test_a_mistake_in_form_toml_is_a_finding(tmp_path: Path, definition: str) -> None:
    (tmp_path / "template.pdf").write_bytes(sound())
    (tmp_path / "form.toml").write_text(definition)
    found = lint(tmp_path, LIMITS).report
    assert found.findings[0].code == "form_toml"
    assert "form.toml" in sentence(found.findings[0])
    assert found.summary["error"] == 1
    (tmp_path / "form.toml").write_text('title = "Goed"')
    assert {each.code for each in lint(tmp_path, LIMITS).report.findings} == ALWAYS


# The whole


def test_errors_come_first_on_each_page_and_the_document_before_the_pages() -> None:
    sheet = SoundSheet(pages=2)
    sheet.tagged = False
    sheet.labelled("a", (20, 300, 280, 320), page=0, TU=String(""))
    sheet.labelled("b", (20, 270, 280, 290), page=0, Ff=3)
    sheet.labelled("c", (20, 300, 280, 320), page=1, Ff=3)
    sheet.enter(sheet.widget((0, 0, 1, 1), FT=pikepdf.Name.Tx, T=String("lost")))
    told = [(each.page, each.code) for each in report(sheet.bytes()).findings]
    assert told == [
        (None, "no_tags"), (None, "standard_font_not_embedded"), (0, "required_read_only"),
        (0, "label_missing"), (1, "required_read_only"), (None, "on_no_page"),
    ]  # fmt: skip


def test_the_official_form_is_sound() -> None:
    """Nothing that keeps an answer from being given or kept."""
    form = open_form(Path(__file__).resolve().parents[2] / "pdf_templates" / "bao-2024", LIMITS)
    found = lint_form(form, LIMITS)
    assert found.summary["error"] == 0
    graver = {each.code for each in found.findings if each.severity == "warning"}
    assert graver <= {"label_duplicate"}


# Files that nobody made by accident


def test_pages_that_would_take_too_much_are_told_and_not_drawn(tmp_path: Path) -> None:
    """Form XObjects that draw the next one twice, thirty deep."""
    sheet = SoundSheet()
    inner = sheet.stream(b"0 0 5 5 re f")
    for _ in range(30):
        outer = sheet.stream(b"/X Do /X Do")
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    sheet.page().Resources.XObject = Dictionary(Bomb=inner)
    sheet.pdf.pages[0].contents_add(b"/Bomb Do")
    (tmp_path / "form.pdf").write_bytes(sheet.bytes())
    linted = lint(tmp_path / "form.pdf", LIMITS)
    assert "pages_unreadable" in {each.code for each in linted.report.findings}
    with pytest.raises(TooLarge):
        list(linted.pictures())


def test_an_annotation_that_draws_without_end_is_left_out_of_the_picture(tmp_path: Path) -> None:
    sheet = SoundSheet()
    note = sheet.instruction("Vul alles in")
    note.AP.N.write(b"/X Do /X Do")
    note.AP.N.Resources = Dictionary(XObject=Dictionary(X=note.AP.N))
    (tmp_path / "form.pdf").write_bytes(sheet.bytes())
    ((name, picture),) = lint(tmp_path / "form.pdf", LIMITS).pictures()
    assert name == "page-01.png"
    assert picture.startswith(b"\x89PNG")


def test_instructions_show_in_the_picture(tmp_path: Path) -> None:
    sheet = SoundSheet()
    sheet.instruction("Vul alles in", (20, 10, 280, 30))
    (tmp_path / "form.pdf").write_bytes(sheet.bytes())
    ((_, png),) = lint(tmp_path / "form.pdf", LIMITS).pictures()
    picture = Image.open(BytesIO(png)).convert("RGB")
    red, green, blue = picture.getpixel((550, 750))  # type: ignore[misc]
    assert (red > 230, green > 230, blue < 60) == (True, True, True)


@pytest.mark.parametrize("box", [(0, 0, 300, 2**31), (0, 0, 10**15, 1), (0, 0, 0, 0)])
def test_pages_of_any_size_get_a_picture_of_some_size(
    tmp_path: Path, box: tuple[float, ...]
) -> None:
    sheet = SoundSheet()
    sheet.page().MediaBox = pikepdf.Array(list(box))
    (tmp_path / "form.pdf").write_bytes(sheet.bytes())
    ((_, png),) = lint(tmp_path / "form.pdf", LIMITS).pictures()
    with Image.open(BytesIO(png)) as picture:
        assert max(picture.size) < 5_000


@pytest.mark.parametrize("name", ["a\nb", "a\r\tb", "a\u2028b", "x" * 900])
def test_a_name_of_two_lines_is_drawn_on_one(tmp_path: Path, name: str) -> None:
    sheet = SoundSheet()
    sheet.text(name, (20, 20, 100, 40))
    (tmp_path / "form.pdf").write_bytes(sheet.bytes())
    ((_, png),) = lint(tmp_path / "form.pdf", LIMITS).pictures()
    with Image.open(BytesIO(png)) as picture:
        assert max(picture.size) < 10_000
