"""The one-page of the official form, judged by libraries that did not write it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from pypdf import PdfReader

from pipeline import cli
from pipeline.errors import FormDefinitionError, PageOverflow
from pipeline.flow import documents
from pipeline.flow.documents import Form, Receipt, Stage
from pipeline.flow.one_page import one_page, one_page_name, one_page_values
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission
from pipeline.model.system import system_values
from tests.pdf import judges
from tests.profiles import profile_values

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "pdf_templates" / "bao-2024"
TODAY = date(2026, 11, 24)
RECEIPT = Receipt("BAO-2024-000123", datetime(2026, 11, 24, 13, 3, tzinfo=UTC))
FITTING = ("realistic", "zero", "full_lines")

OPTIONAL = {
    "ap5.aanbod.a2_naam", "ap5.aanbod.a2_doelgroep", "ap5.aanbod.a2_tekst",
    "ap5.aanbod.a3_naam", "ap5.aanbod.a3_doelgroep", "ap5.aanbod.a3_tekst",
    "ap4.desk_overig", "ap4.voorz_overig",
}  # fmt: skip


@cache
def form() -> Form:
    return documents.open_form(FOLDER, Limits())


def submitted(values: Mapping[str, object]) -> Submission:
    return documents.validate(form(), values, Stage.FINAL, TODAY)


@cache
def submission(profile: str) -> Submission:
    return submitted(profile_values("bao-2024", profile))


@cache
def made(profile: str) -> bytes:
    return one_page(form(), submission(profile), RECEIPT)


@cache
def sparse() -> bytes:
    """Without anything that need not be there: no offers 2 and 3, no facilities, no expertise."""
    values: dict[str, object] = dict(profile_values("bao-2024", "realistic"))
    for name in values:
        if name.startswith(("ap4.voorz.", "opvang.")) and isinstance(values[name], bool):
            values[name] = False
        if name.startswith("ap4.desk."):
            values[name] = "extern"
    kept = {name: value for name, value in values.items() if name not in OPTIONAL}
    return one_page(form(), submitted(kept), RECEIPT)


def text_of(data: bytes) -> str:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return "".join(char["text"] for char in pdf.pages[0].chars)


def headings(data: bytes) -> dict[str, tuple[float, float]]:
    """Left edge and baseline of each heading: what is set in bold at 10 points."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        bold = [
            char
            for char in pdf.pages[0].chars
            if char["fontname"].endswith("OpenSans-Bold") and round(char["size"], 2) == 10
        ]
    lines: dict[tuple[float, float], str] = {}
    starts: dict[float, list[tuple[float, float]]] = {}
    for char in bold:
        y = round(char["matrix"][5], 1)
        columns = starts.setdefault(y, [])
        if not columns or char["x0"] - columns[-1][1] > 40:
            columns.append((char["x0"], char["x1"]))
        columns[-1] = (columns[-1][0], char["x1"])
        place = (columns[-1][0], y)
        lines[place] = lines.get(place, "") + char["text"]
    return {text.strip(): place for place, text in lines.items()}


@pytest.mark.parametrize("profile", FITTING)
def test_it_is_one_page_a4_and_sound(profile: str) -> None:
    reader = PdfReader(BytesIO(made(profile)))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert judges.is_sound(made(profile))


@pytest.mark.parametrize("profile", FITTING)
def test_it_is_encrypted_tagged_and_no_form_any_more(profile: str) -> None:
    reader = PdfReader(BytesIO(made(profile)))
    assert reader.is_encrypted
    assert not judges.has_form(made(profile))
    root = reader.root_object
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/StructTreeRoot"]["/K"]["/S"] == "/Document"
    assert root["/Lang"] == "nl-NL"
    assert "één pagina" in str(reader.metadata and reader.metadata.title)


@pytest.mark.parametrize("profile", FITTING)
def test_every_answer_stands_there_letter_for_letter(profile: str) -> None:
    sheet = form().one_page
    assert sheet is not None
    said = judges.squeezed(text_of(made(profile)))
    for field in sheet.template.data_fields():
        if field.type != "text" or field.name in sheet.definition.values:
            continue
        source = form().template.by_name[field.name]
        shown = documents.shown_text(source, submission(profile).values.get(field.name))
        assert judges.squeezed(shown) in said, field.name


def test_what_is_put_together_is_whole() -> None:
    said = text_of(made("realistic"))
    assert "Burgemeester Clément Poëlslaan 14a" in said
    assert "6299 ZX Sint-Maartenshage" in said
    assert "Anders: Thematisch werken volgens onze eigen reisroute" in said
    assert "Letterlijk overgenomen uit profiel BAO-2024-000123 van 24-11-2026 14:03" in said


def test_no_text_is_smaller_than_eight_points() -> None:
    for data in (made("realistic"), made("full_lines"), sparse(), longest("De kinderen leren. ")):
        with pdfplumber.open(BytesIO(data)) as pdf:
            assert min(round(char["size"], 2) for char in pdf.pages[0].chars) >= 8


def test_only_what_is_on_is_shown() -> None:
    said = text_of(made("realistic"))
    answers = submission("realistic").values
    for key, caption in (("lift", "Lift"), ("gym", "Eigen gymzaal"), ("snoezel", "Snoezelruimte")):
        assert (caption in said) == answers[f"ap4.voorz.{key}"]
    for key, caption in (("taal", "Taal/lezen"), ("autisme", "Autisme"), ("spraak", "(TOS)")):
        assert (caption in said) == (answers[f"ap4.desk.{key}"] == "intern")


def test_empty_blocks_leave_no_hole() -> None:
    full, bare = headings(made("realistic")), headings(sparse())
    assert set(full) - set(bare) == {"Voorzieningen in het gebouw"}
    for left in {x for x, _ in bare.values()}:
        places = sorted((y for x, y in bare.values() if x == left), reverse=True)
        assert places[0] == pytest.approx(max(y for _, y in full.values()), abs=0.1)
    assert "Ook" not in text_of(sparse())
    lowest = [min(y for x, y in bare.values() if x == left) for left, _ in bare.values()]
    assert min(lowest) > min(y for _, y in full.values()) - 60


def test_no_line_meets_another_and_none_leaves_the_page() -> None:
    for data in (made("realistic"), made("full_lines"), sparse(), longest("WAT EEN DRUKTE. ")):
        stretches = lines_of(data)
        assert all(left > 20 and right < 575 and 10 < y < 835 for y, left, right in stretches)
        for (y, left, right), (other_y, other_left, other_right) in combinations(stretches, 2):
            beside = min(right, other_right) - max(left, other_left) < 1
            assert beside or abs(y - other_y) > 8, (y, left, right, other_y, other_left)


def lines_of(data: bytes) -> list[tuple[float, float, float]]:
    """Baseline, left and right end of every stretch of text without a gap."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = [char for char in pdf.pages[0].chars if char["text"].strip()]
    stretches: list[tuple[float, float, float]] = []
    for char in sorted(chars, key=lambda each: (round(each["matrix"][5], 1), each["x0"])):
        y = round(char["matrix"][5], 1)
        if stretches and stretches[-1][0] == y and -1.5 < char["x0"] - stretches[-1][2] < 6:
            stretches[-1] = (y, stretches[-1][1], char["x1"])
        else:
            stretches.append((y, char["x0"], char["x1"]))
    return stretches


def longest(words: str) -> bytes:
    return one_page(form(), _longest(words), RECEIPT)


@cache
def _longest(words: str) -> Submission:
    """Every text at its maximum, of ordinary words instead of W alone."""
    text = words * 80
    values = dict(submission("full_w").values)
    for name, value in values.items():
        if isinstance(value, str) and re.fullmatch("W+", value):
            values[name] = text[: len(value)].strip()
    return Submission(form().template.digest, values)


@pytest.mark.parametrize("words", ["De kinderen werken samen. ", "DE KINDEREN WERKEN SAMEN. "])
def test_every_text_at_its_maximum_fits(words: str) -> None:
    said = judges.squeezed(text_of(longest(words)))
    for name in ("profiel.typering", "profiel.missie", "ap5.aanbod.a3_tekst", "ap3.aanbod.nt2"):
        assert judges.squeezed(str(_longest(words).values[name])) in said


def test_nothing_but_the_widest_letter_is_refused_loudly() -> None:
    """Four thousand capital W at 8 points are more than a page."""
    with pytest.raises(PageOverflow) as raised:
        one_page(form(), submission("full_w"), RECEIPT)
    assert raised.value.data["size"] == 8.0
    assert raised.value.problems[0].field == "profiel.typering"


def test_it_is_the_same_bytes_but_for_the_key_of_each() -> None:
    """Unencrypted, what is made twice is one document."""
    twice = [one_page(form(), submission("realistic"), RECEIPT, encrypt=False) for _ in range(2)]
    pictures = [judges.picture(data).tobytes() for data in twice]
    assert pictures[0] == pictures[1]


def test_a_submission_without_reference_has_no_origin() -> None:
    data = one_page(form(), submission("realistic"))
    assert "Letterlijk overgenomen" not in text_of(data)


def test_its_name_follows_form_toml() -> None:
    name = one_page_name(form(), submission("realistic").values)
    assert name == "one-page-99ZZ-00-2026-2027.pdf"


def test_values_are_the_shown_texts_of_the_form() -> None:
    sheet = form().one_page
    assert sheet is not None
    values = one_page_values(form(), sheet, submission("realistic"), RECEIPT)
    assert values["school.denominatie"] == "Rooms-katholiek"
    assert values["ap4.desk.taal"] is True
    assert "ap4.desk.autisme" not in values
    assert values["ap4.voorz.rolstoel"] is True
    assert system_values(form().template.definition, RECEIPT)["sys.kenmerk"] in str(
        values["herkomst"]
    )


def altered(tmp_path: Path, definition: str, one: bytes | None = None) -> None:
    """Opens the official form with another ``[one_page]``, or another one_page.pdf."""
    folder = tmp_path / "bao-2024"
    folder.mkdir()
    (folder / "template.pdf").write_bytes((FOLDER / "template.pdf").read_bytes())
    toml = (FOLDER / "form.toml").read_text("utf-8")
    (folder / "form.toml").write_text(toml.partition("[one_page]")[0] + definition, "utf-8")
    (folder / "one_page.pdf").write_bytes(one or (FOLDER / "one_page.pdf").read_bytes())
    documents.open_form(folder, Limits())


def said_of_one_page() -> str:
    return "[one_page]" + (FOLDER / "form.toml").read_text("utf-8").partition("[one_page]")[2]


@pytest.mark.parametrize(
    ("replaced", "by", "where", "why"),
    [
        ("{school.straat}", "{school.straatt}", "one_page.values.school.adres", "straatt"),
        ('"herkomst" =', '"afkomst" =', "one_page.values.afkomst", "no text field"),
        ('"herkomst" =', '#"herkomst" =', "one_page.template", "herkomst"),
        ("{school.plaats}", "{opvang.bso}", "one_page.values.school.adres", "opvang.bso"),
    ],
)
def test_a_field_without_an_answer_is_found_when_the_form_is_opened(
    tmp_path: Path, replaced: str, by: str, where: str, why: str
) -> None:
    with pytest.raises(FormDefinitionError) as raised:
        altered(tmp_path, said_of_one_page().replace(replaced, by))
    assert raised.value.data["where"] == where
    assert why in str(raised.value.data["why"])
    assert re.search(r"form\.toml:\d+", str(raised.value.data["file"]))


def test_a_box_that_takes_less_than_the_form_is_found_when_the_form_is_opened(
    tmp_path: Path,
) -> None:
    out = BytesIO()
    with pikepdf.open(FOLDER / "one_page.pdf") as pdf:
        for annotation in pdf.pages[0].Annots:
            if annotation.get("/TU") == "Typering van de school":
                annotation.MaxLen = 599
        pdf.save(out)
    with pytest.raises(FormDefinitionError, match="599"):
        altered(tmp_path, said_of_one_page(), out.getvalue())


def test_the_command_line_makes_it_beside_the_definitive_pdf(tmp_path: Path) -> None:
    values = tmp_path / "values.json"
    values.write_text(json.dumps(profile_values("bao-2024", "realistic")), "utf-8")
    final, sheet = tmp_path / "final.pdf", tmp_path / "one.pdf"
    command = ["finish", str(FOLDER), str(values), "-o", str(final), "--one-page", str(sheet)]
    assert cli.main(command) == 0
    assert len(PdfReader(final).pages) == 10
    assert len(PdfReader(sheet).pages) == 1
    assert cli.main([*command, "--no-encrypt"]) == 0
    assert not PdfReader(sheet).is_encrypted
    assert cli.main([*command, "--archive"]) == 0
    assert b"pdfaid" in sheet.read_bytes()


def test_the_command_line_says_why_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = tmp_path / "values.json"
    values.write_text(json.dumps(profile_values("bao-2024", "full_w")), "utf-8")
    final, sheet = tmp_path / "final.pdf", tmp_path / "one.pdf"
    command = ["finish", str(FOLDER), str(values), "-o", str(final), "--one-page", str(sheet)]
    assert cli.main([*command, "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "page_overflow"
    assert error["problems"][0]["field"] == "profiel.typering"
    assert final.exists()
    assert not sheet.exists()


def test_a_form_without_one_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = tmp_path / "values.json"
    values.write_text("{}", "utf-8")
    other = str(ROOT / "pdf_templates" / "sbo-so-2024")
    final = tmp_path / "final.pdf"
    assert cli.main(["finish", other, str(values), "-o", str(final), "--one-page", "o.pdf"]) == 1
    assert "one-page" in capsys.readouterr().err
    assert not final.exists()
