"""What the template's pages look like and tell a screen reader, judged by pypdf, pdfplumber."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import pdf_templates
from tests.unit.test_authoring import LISTED, MULTILINE, TEMPLATE, full_name

ROOT = Path(pdf_templates.__file__).parent
PAGES = range(10)
PRINT = 4

Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(TEMPLATE))


@pytest.fixture(scope="module")
def plumber() -> Iterator[pdfplumber.PDF]:
    with pdfplumber.open(io.BytesIO(TEMPLATE)) as pdf:
        yield pdf


def annotations(reader: PdfReader, page: int) -> list[DictionaryObject]:
    return [entry.get_object() for entry in reader.pages[page]["/Annots"]]


def widgets(reader: PdfReader, page: int) -> list[DictionaryObject]:
    return [each for each in annotations(reader, page) if each["/Subtype"] == "/Widget"]


def notes(reader: PdfReader, page: int) -> list[DictionaryObject]:
    return [each for each in annotations(reader, page) if each["/Subtype"] == "/FreeText"]


def box(annotation: DictionaryObject) -> Box:
    x0, y0, x1, y1 = (float(value) for value in annotation["/Rect"])
    return x0, y0, x1, y1


def ink(char: dict[str, Any]) -> Box:
    """Where a character can have ink: from the foot of a g to the head of an É."""
    baseline, size = char["matrix"][5], char["size"]
    return char["x0"], baseline - 0.22 * size, char["x1"], baseline + 0.8 * size


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


@pytest.mark.parametrize("page", PAGES)
def test_nothing_overlaps(page: int, reader: PdfReader, plumber: pdfplumber.PDF) -> None:
    boxes = [(full_name(each), box(each)) for each in widgets(reader, page)]
    boxes += [(str(each["/NM"]), box(each)) for each in notes(reader, page)]
    assert not [(a, b) for (a, at), (b, bt) in combinations(boxes, 2) if overlap(at, bt)]
    chars = [char for char in plumber.pages[page].chars if char["text"].strip()]
    assert not [
        (name, char["text"]) for name, place in boxes for char in chars if overlap(place, ink(char))
    ]


@pytest.mark.parametrize("page", PAGES)
def test_everything_stands_within_the_margins(
    page: int, reader: PdfReader, plumber: pdfplumber.PDF
) -> None:
    left, right = 56.69 - 0.01, 595.276 - 56.69 + 0.01
    places = [box(each) for each in annotations(reader, page)]
    places += [ink(char) for char in plumber.pages[page].chars]
    assert min(place[0] for place in places) >= left
    assert max(place[2] for place in places) <= right
    assert min(box(each)[1] for each in annotations(reader, page)) >= 47


@pytest.mark.parametrize("page", PAGES)
def test_a_box_has_its_label_right_above(
    page: int, reader: PdfReader, plumber: pdfplumber.PDF
) -> None:
    for widget in widgets(reader, page):
        if widget.get("/FT") not in ("/Tx", "/Ch"):
            continue
        x0, _, x1, y1 = box(widget)
        top = 841.89 - y1
        area = (x0 - 1, top - 20, max(x1, x0 + 100), top)
        words = plumber.pages[page].crop(area).extract_text(x_tolerance=1.5)
        assert str(widget["/TU"]) in " ".join(words.split()), full_name(widget)


@pytest.mark.parametrize("page", PAGES)
def test_a_button_has_its_caption_at_the_right(
    page: int, reader: PdfReader, plumber: pdfplumber.PDF
) -> None:
    for widget in widgets(reader, page):
        if widget.get("/FT") != "/Btn":
            continue
        _, y0, x1, y1 = box(widget)
        area = (x1 + 1, 841.89 - y1 - 1, x1 + 20, 841.89 - y0 + 1)
        start = plumber.pages[page].crop(area).extract_text().strip()
        assert start, full_name(widget)
        assert start[:2] in str(widget["/TU"]), full_name(widget)


@pytest.mark.parametrize("page", PAGES)
def test_annotations_are_in_reading_order(page: int, reader: PdfReader) -> None:
    """Row by row, and within a row from left to right."""
    for earlier, later in pairwise(widgets(reader, page)):
        a, b = box(earlier), box(later)
        same_row = abs(a[3] - b[3]) < 1
        assert b[0] > a[0] if same_row else b[3] < a[3], (full_name(earlier), full_name(later))


def test_every_listed_instruction_shows_on_screens_only(reader: PdfReader) -> None:
    found = {str(note["/NM"]): note for page in PAGES for note in notes(reader, page)}
    listed = {
        f"instruction:{name}": line["instruction"]
        for name, line in LISTED.items()
        if line["instruction"]
    }
    assert {name: str(note["/Contents"]) for name, note in found.items()} == listed
    for note in found.values():
        assert not int(note["/F"]) & PRINT
        assert int(note["/F"]) & 64
        assert "/N" in note["/AP"]


def test_widgets_print_and_have_appearances(reader: PdfReader) -> None:
    for number in PAGES:
        for widget in widgets(reader, number):
            assert int(widget["/F"]) == PRINT
            assert "/N" in widget["/AP"]
            assert widget["/P"].get_object() == reader.pages[number]
    assert "/NeedAppearances" not in reader.trailer["/Root"]["/AcroForm"]


def test_a_full_field_fits_its_box_at_six_points(reader: PdfReader) -> None:
    """MaxLen of W, lines of 1.2 times the size, two points of padding."""
    font = reader.trailer["/Root"]["/AcroForm"]["/DR"]["/Font"]["/FpSans"]
    wide = font["/Widths"][ord("W") - 32] * 6 / 1000
    for page in PAGES:
        for widget in widgets(reader, page):
            name = full_name(widget)
            x0, y0, x1, y1 = box(widget)
            limit = 80 if name == "bestuur.naam" else int(widget.get("/MaxLen", 0))
            listed = LISTED[name]["type"]
            if not limit or listed in ("phone", "number", "decimal", "date"):
                continue
            if not int(widget.get("/Ff", 0)) & MULTILINE:
                assert limit * wide <= x1 - x0 - 4, name
                continue
            lines = -(-limit // ((x1 - x0 - 4) // wide))
            if listed == "multiline":
                drawn = (y1 - y0 - 4) // 11
                lines = max(lines, min(limit // 2, drawn + 2))
            assert lines * 7.2 + 4 <= y1 - y0, name


def _parent_tree(reader: PdfReader) -> dict[int, Any]:
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return {
        int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)
    }


def test_every_annotation_has_its_tag(reader: PdfReader) -> None:
    tree = _parent_tree(reader)
    for page in PAGES:
        assert reader.pages[page]["/Tabs"] == "/S"
        for annotation in annotations(reader, page):
            element = tree[int(annotation["/StructParent"])]
            wanted = "/Form" if annotation["/Subtype"] == "/Widget" else "/Annot"
            assert element["/S"] == wanted
            assert element["/K"][0]["/Obj"].get_object() == annotation
            if "/Parent" in annotation and "/T" not in annotation:
                assert str(element["/Alt"]).startswith(str(annotation["/Parent"]["/TU"]))


def test_all_content_is_tagged_or_an_artifact(reader: PdfReader) -> None:
    tree = _parent_tree(reader)
    for page in reader.pages:
        marked = 0
        depth = 0
        for operands, operator in page.get_contents().operations:  # type: ignore[union-attr]
            if operator == b"BDC":
                depth += 1
                marked += "/MCID" in operands[1]
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"TJ", b"f", b"S"):
                assert depth == 1
        assert len(tree[int(page["/StructParents"])]) == marked


def test_headings_title_and_language(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Schoolondersteuningsprofiel BAO 2024"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags: list[str] = []

    def walk(element: DictionaryObject) -> None:
        tags.append(str(element["/S"]))
        for kid in element.get("/K", []):
            if "/S" in (child := kid.get_object()):
                walk(child)

    walk(root["/StructTreeRoot"]["/K"])
    headings = [int(tag[2:]) for tag in tags if tag[:2] == "/H"]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))


def test_fonts_are_embedded_and_cover_european_scripts(reader: PdfReader) -> None:
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert {"/F1", "/FpSans"} <= fonts.keys()
    for font in fonts.values():
        held = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        assert "/FontFile2" in held["/FontDescriptor"]
        assert "/ToUnicode" in font
    covered = fonts["/F1"]["/ToUnicode"].get_data()
    for character in "Łőșßĳ€–’Ặ\N{GREEK SMALL LETTER LAMDA}\N{CYRILLIC SMALL LETTER ZHE}":
        assert f"<{ord(character):04X}>".encode() in covered, character
