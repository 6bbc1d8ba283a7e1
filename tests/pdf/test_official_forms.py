"""The definitive PDFs of the official forms, judged by libraries that did not write it."""

from __future__ import annotations

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
from pipeline.flow.documents import Form, Receipt, Stage
from pipeline.model.field import Value
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission
from tests.profiles import EMPTY, FORMS, FULL_PROFILES, listed, profile_values

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
PAGES = {"bao-2024": 10, "sbo-so-2024": 13}
REFERENCES = {"bao-2024": "BAO-2024-000001", "sbo-so-2024": "SBO-SO-2024-000001"}
INSTRUCTIONS = {
    name: sum(bool(line["instruction"]) for line in listed(name).values()) for name in FORMS
}

ANY_FORM = pytest.mark.parametrize("name", FORMS)


def profiles(*profiles: str) -> pytest.MarkDecorator:
    cases = [(name, profile) for name in FORMS for profile in profiles]
    return pytest.mark.parametrize(("name", "profile"), cases)


@cache
def form(name: str) -> Form:
    return documents.open_form(ROOT / "pdf_templates" / name, Limits())


@cache
def submission(name: str, profile: str) -> Submission:
    values = profile_values(name, profile)
    return documents.validate(form(name), values, Stage.FINAL, TODAY)


@cache
def definitive(name: str, profile: str) -> bytes:
    receipt = Receipt(REFERENCES[name])
    return documents.finish(form(name), submission(name, profile), receipt=receipt)


def tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"this test needs {name} (Debian: poppler-utils, qpdf)"
    return found


@profiles(*FULL_PROFILES)
def test_every_value_stands_in_its_own_box(name: str, profile: str) -> None:
    document = pdfium.PdfDocument(definitive(name, profile))
    assert len(document) == PAGES[name]
    texts = [page.get_textpage() for page in document]
    for field in form(name).template.data_fields():
        if field.type not in ("text", "choice"):
            continue
        shown = documents.shown_text(field, submission(name, profile).values.get(field.name))
        widget = field.widgets[0]
        place = widget.rect.grown(1)
        found = texts[widget.page].get_text_bounded(place.x0, place.y0, place.x1, place.y1)
        found = found.replace("\ufffe", "-").replace("\x02", "-")
        assert "".join(shown.split()) in "".join(found.split()), field.name
    document.close()


@profiles(*FULL_PROFILES)
def test_the_submission_comes_back(name: str, profile: str) -> None:
    received = documents.receive(form(name), definitive(name, profile), Limits())
    assert received.source == "embedded"
    assert received.values == submission(name, profile).values
    assert received.problems == ()


@profiles(*FULL_PROFILES)
def test_the_filled_form_gives_the_submission_back(name: str, profile: str) -> None:
    filled = documents.fill(form(name), submission(name, profile))
    received = documents.receive(form(name), filled, Limits())
    assert received.source == "acroform"
    assert received.values == submission(name, profile).values


@profiles("realistic", "full_w", "zero")
def test_the_pages_alone_give_the_submission_back(name: str, profile: str) -> None:
    received = documents.receive(
        form(name), without_embedded_values(definitive(name, profile)), Limits()
    )
    assert received.source == "page_text"
    assert received.values == submission(name, profile).values


@profiles("realistic", "full_w", "zero")
def test_a_printed_copy_gives_the_submission_back(name: str, profile: str, tmp_path: Path) -> None:
    source, printed = tmp_path / "definitive.pdf", tmp_path / "printed.pdf"
    source.write_bytes(definitive(name, profile))
    subprocess.run([tool("pdftocairo"), "-pdf", source, printed], check=True)
    received = documents.receive(form(name), printed.read_bytes(), Limits())
    assert received.source == "page_text"
    assert received.values == submission(name, profile).values


@ANY_FORM
def test_line_breaks_of_a_printed_copy_are_told_apart(name: str, tmp_path: Path) -> None:
    """Lines of one character each, a break after every one: the hardest case there is."""
    source, printed = tmp_path / "definitive.pdf", tmp_path / "printed.pdf"
    source.write_bytes(definitive(name, "full_lines"))
    subprocess.run([tool("pdftocairo"), "-pdf", source, printed], check=True)
    received = documents.receive(form(name), printed.read_bytes(), Limits())
    sent = submission(name, "full_lines").values
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


@ANY_FORM
def test_nothing_of_the_form_is_left(name: str) -> None:
    reader = PdfReader(BytesIO(definitive(name, "realistic")))
    root = reader.root_object
    for key in ("/AcroForm", "/Perms", "/AA", "/OpenAction", "/NeedsRendering"):
        assert key not in root
    assert "/JavaScript" not in root.get("/Names", {})
    for page in reader.pages:
        assert "/Widget" not in [a.get_object()["/Subtype"] for a in page.get("/Annots", [])]
    assert b"/XFA" not in definitive(name, "realistic")


@ANY_FORM
def test_no_instruction_is_in_the_document(name: str) -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(definitive(name, "realistic"))).pages
    )
    squeezed = "".join(text.split())
    assert len(form(name).template.instructions) == INSTRUCTIONS[name]
    for instruction in form(name).template.instructions:
        if instruction.text != "Wordt automatisch berekend.":
            assert "".join(instruction.text.split()) not in squeezed


@ANY_FORM
def test_it_is_secured(name: str, tmp_path: Path) -> None:
    path = tmp_path / "definitive.pdf"
    path.write_bytes(definitive(name, "realistic"))
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


@ANY_FORM
def test_it_stays_tagged_and_no_reference_dangles(name: str) -> None:
    with pikepdf.open(BytesIO(definitive(name, "realistic"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nl")
        elements = list(structure_elements(pdf.Root.StructTreeRoot))
        fields = [each for each in elements if each.get("/S") == "/Form"]
        attributes = [each.A for each in fields if "/A" in each]
        described = {str(each.Desc) for each in attributes if "/Desc" in each}
        assert {"Naam van de school", "BRIN-nummer"} <= described
        on = [each for each in attributes if each.get("/checked") == "/on"]
        ticked = [v for v in submission(name, "realistic").values.values() if v is True]
        chosen = [f for f in form(name).template.fields if f.type == "radio"]
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


@ANY_FORM
def test_an_empty_form_lists_every_gap_in_page_order(name: str) -> None:
    checked = documents.check(form(name), profile_values(name, EMPTY), Stage.FINAL, TODAY)
    assert checked.submission is None
    missing = [problem.field for problem in checked.errors if problem.code == "required"]
    others = [problem.field for problem in checked.errors if problem.code != "required"]
    assert others == (["doelgroep.groep.leren"] if name == "sbo-so-2024" else [])
    order = [field.name for field in form(name).template.fields]
    assert missing == sorted(missing, key=order.index)
    wanted = {field.name for field in form(name).template.fields if field.required}
    wanted |= set(form(name).template.definition.required_at_submit)
    have = {"school.vestiging", "profiel.schooljaar", "kengetal.peildatum"}
    assert set(missing) == wanted - have


@ANY_FORM
def test_the_reference_is_in_the_metadata(name: str) -> None:
    metadata = PdfReader(BytesIO(definitive(name, "realistic"))).xmp_metadata
    assert metadata is not None
    assert metadata.dc_identifier == REFERENCES[name]


@ANY_FORM
def test_the_file_is_named_after_the_school(name: str) -> None:
    values = submission(name, "realistic").values
    branch = {"bao-2024": "00", "sbo-so-2024": "01"}[name]
    wanted = f"schoolondersteuningsprofiel-99ZZ-{branch}-2026-2027.pdf"
    assert documents.file_name(form(name), values) == wanted


@ANY_FORM
def test_a_preview_bears_concept_on_every_page(name: str) -> None:
    reader = PdfReader(BytesIO(documents.preview(form(name), {"school.naam": "De Vlinder"})))
    assert len(reader.pages) == PAGES[name]
    for page in reader.pages:
        assert "CONCEPT" in "".join(page.extract_text().split())
    assert "De Vlinder" in reader.pages[0].extract_text()


@profiles("realistic", "zero")
def test_nothing_is_held_against_a_complete_profile(name: str, profile: str) -> None:
    checked = documents.check(form(name), profile_values(name, profile), Stage.FINAL, TODAY)
    assert checked.errors == ()
    warned = [problem.field for problem in checked.problems]
    assert warned == ([] if profile == "realistic" else ["ap4.fte.totaal"])


@profiles("full_w", "full_lines")
def test_the_fullest_answers_are_legible(name: str, profile: str) -> None:
    checked = documents.check(form(name), profile_values(name, profile), Stage.FINAL, TODAY)
    assert checked.errors == ()
    layouts = [each.layout for each in checked.composed.appearances if each.layout is not None]
    assert len(layouts) > 100
    assert all(layout.fits and layout.size >= 6 for layout in layouts)


@ANY_FORM
def test_answers_look_alike(name: str) -> None:
    """All of 9 points, chosen ones like typed ones; less only where a line would stick out."""
    checked = documents.check(form(name), profile_values(name, "realistic"), Stage.FINAL, TODAY)
    sizes = {each.field: each.layout.size for each in checked.composed.appearances if each.layout}
    assert len(sizes) > 100
    smaller = {field: size for field, size in sizes.items() if size != 9}
    assert all(form(name).template.by_name[field].type == "text" for field in smaller)
    assert len(smaller) <= 2
    assert min(smaller.values(), default=9) >= 7


@ANY_FORM
def test_the_reference_stands_at_the_foot_of_every_page(name: str) -> None:
    document = pdfium.PdfDocument(definitive(name, "realistic"))
    for number, page in enumerate(document, 1):
        foot = page.get_textpage().get_text_bounded(0, 0, page.get_width(), 40)
        assert REFERENCES[name] in foot
        assert "editie 2024" in foot
        assert f"pagina {number} van {PAGES[name]}" in foot
    document.close()
    assert REFERENCES[name] not in PdfReader(BytesIO(form(name).pdf)).pages[0].extract_text()


Problems = list[tuple[str, str]]


def problems_with(name: str, **changed: str | bool) -> Problems:
    """What is said of the realistic profile with some answers changed (``.`` written ``__``)."""
    values = profile_values(name, "realistic")
    values |= {key.replace("__", "."): value for key, value in changed.items()}
    checked = documents.check(form(name), values, Stage.FINAL, TODAY)
    return [(problem.field, problem.level) for problem in checked.problems]


@ANY_FORM
def test_levels_that_do_not_add_up_are_a_warning(name: str) -> None:
    assert problems_with(name, ap4__niveau__n1="1") == [("ap4.niveau.totaal", "warning")]


@ANY_FORM
def test_more_of_one_kind_than_there_are_pupils_is_a_warning(name: str) -> None:
    for field in listed(name):
        if not field.startswith("kengetal.kenmerk."):
            continue
        key = field.rsplit(".", 1)[1]
        other = key in ("schorsing", "wachtlijst", "zittenblijver")
        found = problems_with(name, **{field.replace(".", "__"): "999"})
        assert found == ([] if other else [(field, "warning")])


@ANY_FORM
def test_no_teacher_is_a_warning(name: str) -> None:
    assert problems_with(name, ap4__fte__leraar="0") == [("ap4.fte.leraar", "warning")]


@ANY_FORM
def test_a_negative_advice_stops_sending(name: str) -> None:
    assert problems_with(name, mr__advies="negatief") == [("mr.advies", "error")]


@ANY_FORM
def test_what_the_board_must_tick_stops_sending(name: str) -> None:
    for field in ("bestuur.validatie", "verklaring.taal", "verklaring.privacy"):
        assert problems_with(name, **{field.replace(".", "__"): False}) == [(field, "error")]


@ANY_FORM
def test_dates_are_compared(name: str) -> None:
    future = problems_with(name, bestuur__validatie_datum="25-11-2026")
    assert future == [("bestuur.validatie_datum", "error")]
    early = problems_with(name, bestuur__validatie_datum="30-09-2026")
    assert early == [("bestuur.validatie_datum", "warning")]
    assert problems_with(name, profiel__geldig_tot="24-11-2026") == [
        ("profiel.geldig_tot", "error")
    ]
    assert problems_with(name, profiel__geldig_tot="01-01-2031") == [
        ("profiel.geldig_tot", "error")
    ]


CONDITIONS = (
    ("school.concept", "anders", "montessori", ("school.concept_anders",)),
    ("ap1.inspectie.oordeel", "goed", "geen_oordeel", ("ap1.inspectie.datum",)),
    ("ap1.inspectie.oordeel", "zeer_zwak", "goed", ("ap1.inspectie.toelichting",)),
    ("ap4.fte.overig", "0.50", "0", ("ap4.fte_overig_tekst",)),
    ("ap5.ambitie.m2_doel", "Lezen", "", ("ap5.ambitie.m2_jaar",)),
    ("mr.advies", "positief_opmerkingen", "positief", ("mr.toelichting",)),
)
SPECIAL_CONDITIONS = (
    ("school.soort", "so", "sbo", ("school.cluster",)),
    ("school.soort", "sbo_so", "sbo", ("school.cluster",)),
    (
        "outreach.biedt",
        "ja",
        "nee",
        ("outreach.thema.t1", "outreach.werkwijze", "outreach.contact"),
    ),
)


@pytest.mark.parametrize(
    ("name", "asks", "yes", "no", "needed"),
    [
        *((name, *condition) for name in FORMS for condition in CONDITIONS),
        *(("sbo-so-2024", *condition) for condition in SPECIAL_CONDITIONS),
    ],
)
def test_conditions_make_fields_required(
    name: str, asks: str, yes: str, no: str, needed: tuple[str, ...]
) -> None:
    emptied: dict[str, str | bool] = {field.replace(".", "__"): "" for field in needed}
    key = asks.replace(".", "__")
    assert problems_with(name, **emptied, **{key: yes}) == [(field, "error") for field in needed]
    assert not {field for field, _ in problems_with(name, **emptied, **{key: no})} & set(needed)


def test_the_target_groups_of_a_special_school_are_asked_for_once() -> None:
    none: dict[str, str | bool] = {
        field.replace(".", "__"): False for field in listed("sbo-so-2024") if ".groep." in field
    }
    assert len(none) == 12
    assert problems_with("sbo-so-2024", **none) == [("doelgroep.groep.leren", "error")]
    assert problems_with("sbo-so-2024", **none | {"doelgroep__groep__emb": True}) == []


def test_ages_and_sizes_of_a_special_school_run_upwards() -> None:
    ages = problems_with("sbo-so-2024", doelgroep__leeftijd_van="14")
    assert ages == [("doelgroep.leeftijd_van", "error")]
    assert problems_with("sbo-so-2024", doelgroep__leeftijd_van="13") == []
    sizes = problems_with("sbo-so-2024", doelgroep__groepsgrootte_min="16")
    assert sizes == [("doelgroep.groepsgrootte_min", "error")]


def test_admissions_and_origins_of_a_special_school_add_up() -> None:
    for group, part in (("tlv", "so_laag"), ("herkomst", "overig")):
        found = problems_with("sbo-so-2024", **{f"kengetal__{group}__{part}": "77"})
        assert found == [(f"kengetal.{group}.totaal", "warning")]
