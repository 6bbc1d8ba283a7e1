"""The definitive PDF of the official form, judged by libraries that did not write it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.field import Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission

ROOT = Path(__file__).resolve().parents[2]
PROFILES = ROOT / "tests" / "profiles"
TODAY = date(2026, 11, 24)


@cache
def form() -> Form:
    return documents.open_form(ROOT / "pdf_templates" / "bao-2024", Limits())


@cache
def submission(profile: str) -> Submission:
    values = json.loads((PROFILES / f"{profile}.json").read_text("utf-8"))
    return documents.validate(form(), values, Stage.FINAL, TODAY)


@cache
def definitive(profile: str) -> bytes:
    return documents.finish(form(), submission(profile), receipt=documents.Receipt("BAO-2024-000001"))


def tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"this test needs {name} (Debian: poppler-utils, qpdf)"
    return found


PROFILE_NAMES = ("realistic", "full_w", "full_lines", "zero")


@pytest.mark.parametrize("profile", PROFILE_NAMES)
def test_every_value_stands_in_its_own_box(profile: str) -> None:
    document = pdfium.PdfDocument(definitive(profile))
    assert len(document) == 10
    texts = [page.get_textpage() for page in document]
    for field in form().template.data_fields():
        if field.type not in ("text", "choice"):
            continue
        shown = documents.shown_text(field, submission(profile).values.get(field.name))
        widget = field.widgets[0]
        place = widget.rect.grown(1)
        found = texts[widget.page].get_text_bounded(place.x0, place.y0, place.x1, place.y1)
        found = found.replace("\ufffe", "-").replace("\x02", "-")
        assert "".join(shown.split()) in "".join(found.split()), field.name
    document.close()


@pytest.mark.parametrize("profile", PROFILE_NAMES)
def test_the_submission_comes_back(profile: str) -> None:
    received = documents.receive(form(), definitive(profile), Limits())
    assert received.source == "embedded"
    assert received.values == submission(profile).values
    assert received.problems == ()


@pytest.mark.parametrize("profile", PROFILE_NAMES)
def test_the_filled_form_gives_the_submission_back(profile: str) -> None:
    filled = documents.fill(form(), submission(profile))
    received = documents.receive(form(), filled, Limits())
    assert received.source == "acroform"
    assert received.values == submission(profile).values


@pytest.mark.parametrize("profile", ["realistic", "full_w", "zero"])
def test_the_pages_alone_give_the_submission_back(profile: str) -> None:
    received = documents.receive(form(), without_embedded_values(definitive(profile)), Limits())
    assert received.source == "page_text"
    assert received.values == submission(profile).values


@pytest.mark.parametrize("profile", ["realistic", "full_w", "zero"])
def test_a_printed_copy_gives_the_submission_back(profile: str, tmp_path: Path) -> None:
    source, printed = tmp_path / "definitive.pdf", tmp_path / "printed.pdf"
    source.write_bytes(definitive(profile))
    subprocess.run([tool("pdftocairo"), "-pdf", source, printed], check=True)
    received = documents.receive(form(), printed.read_bytes(), Limits())
    assert received.source == "page_text"
    assert received.values == submission(profile).values


def test_line_breaks_of_a_printed_copy_are_told_apart(tmp_path: Path) -> None:
    """Lines of one character each, a break after every one: the hardest case there is."""
    source, printed = tmp_path / "definitive.pdf", tmp_path / "printed.pdf"
    source.write_bytes(definitive("full_lines"))
    subprocess.run([tool("pdftocairo"), "-pdf", source, printed], check=True)
    received = documents.receive(form(), printed.read_bytes(), Limits())
    sent = submission("full_lines").values
    assert {name: bare(value) for name, value in received.values.items()} == {
        name: bare(value) for name, value in sent.items()
    }


def bare(value: Value) -> Value:
    """Line breaks at the very end show on no page."""
    return value.rstrip("\n") if isinstance(value, str) else value


def without_embedded_values(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.Root.PieceInfo
        pdf.save(out)
    return out.getvalue()


def test_nothing_of_the_form_is_left() -> None:
    reader = PdfReader(BytesIO(definitive("realistic")))
    root = reader.root_object
    for key in ("/AcroForm", "/Perms", "/AA", "/OpenAction", "/NeedsRendering"):
        assert key not in root
    assert "/JavaScript" not in root.get("/Names", {})
    for page in reader.pages:
        assert "/Widget" not in [a.get_object()["/Subtype"] for a in page.get("/Annots", [])]
    assert b"/XFA" not in definitive("realistic")


def test_no_instruction_is_in_the_document() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(definitive("realistic"))).pages
    )
    squeezed = "".join(text.split())
    assert len(form().template.instructions) == 65
    for instruction in form().template.instructions:
        if instruction.text != "Wordt automatisch berekend.":
            assert "".join(instruction.text.split()) not in squeezed


def test_it_is_secured(tmp_path: Path) -> None:
    path = tmp_path / "definitive.pdf"
    path.write_bytes(definitive("realistic"))
    told = subprocess.run(
        [tool("qpdf"), "--show-encryption", path], capture_output=True, text=True, check=True
    ).stdout
    assert "R = 6" in told
    assert "file encryption method: AESv3" in told
    assert "print high resolution: allowed" in told
    assert "extract for accessibility: allowed" in told
    assert "modify anything: not allowed" in told
    for kind in ("document assembly", "forms", "annotations", "other"):
        assert f"modify {kind}: not allowed" in told
    checked = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_it_stays_tagged_and_no_reference_dangles() -> None:
    with pikepdf.open(BytesIO(definitive("realistic"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        elements = list(structure_elements(pdf.Root.StructTreeRoot))
        fields = [each for each in elements if each.get("/S") == "/Form"]
        attributes = [each.A for each in fields if "/A" in each]
        described = {str(each.Desc) for each in attributes if "/Desc" in each}
        assert {"Naam van de school", "BRIN-nummer"} <= described
        on = [each for each in attributes if each.get("/checked") == "/on"]
        ticked = [v for v in submission("realistic").values.values() if v is True]
        chosen = [f for f in form().template.fields if f.type == "radio"]
        assert len(on) == len(ticked) + len(chosen)
        for page in pdf.pages:
            numbers = [int(found) for found in re.findall(rb"/MCID (\d+)", content(page))]
            assert len(numbers) == len(set(numbers))
            parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
            assert max(numbers) < len(parents[page.obj.StructParents])


def content(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return page.obj.Contents.read_bytes()


def structure_elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    found = []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            assert kid.get("/Type") != "/OBJR" or kid.Obj.get("/Subtype") != "/Widget"
            if "/S" in kid:
                found += [kid, *structure_elements(kid)]
    return found


def test_an_empty_form_lists_every_gap_in_page_order() -> None:
    checked = documents.check(form(), {}, Stage.FINAL, TODAY)
    assert checked.submission is None
    missing = [problem.field for problem in checked.errors]
    assert {problem.code for problem in checked.errors} == {"required"}
    order = [field.name for field in form().template.fields]
    assert missing == sorted(missing, key=order.index)
    wanted = {field.name for field in form().template.fields if field.required}
    wanted |= set(form().template.definition.required_at_submit)
    have = {"school.vestiging", "profiel.schooljaar", "kengetal.peildatum"}
    assert set(missing) == wanted - have


def test_the_reference_is_in_the_metadata() -> None:
    metadata = PdfReader(BytesIO(definitive("realistic"))).xmp_metadata
    assert metadata is not None
    assert metadata.dc_identifier == "BAO-2024-000001"


def test_the_file_is_named_after_the_school() -> None:
    name = documents.file_name(form(), submission("realistic").values)
    assert name == "schoolondersteuningsprofiel-99ZZ-00-2026-2027.pdf"


def test_a_preview_bears_concept_on_every_page() -> None:
    reader = PdfReader(BytesIO(documents.preview(form(), {"school.naam": "De Vlinder"})))
    assert len(reader.pages) == 10
    for page in reader.pages:
        assert "CONCEPT" in "".join(page.extract_text().split())
    assert "De Vlinder" in reader.pages[0].extract_text()
