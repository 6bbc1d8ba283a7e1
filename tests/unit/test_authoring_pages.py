"""What the templates' pages look like and tell a screen reader, judged by pypdf, pdfplumber."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest
from pypdf.generic import DictionaryObject

from pdf_templates.authoring import style
from tests.profiles import FORMS, listed
from tests.unit.official_templates import (
    Box,
    annotations,
    box,
    contrast,
    full_name,
    ground,
    notes,
    own_widgets,
    page_numbers,
    parent_tree,
    plumber,
    reader,
    structure_elements,
    terminal_fields,
    widgets,
)

PRINT = 4
MULTILINE = 1 << 12
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3."""
LEAST_CONTRAST_OF_LINES = 3.0
"""WCAG 2.2, 1.4.11."""

ANY_FORM = pytest.mark.parametrize("form", FORMS)
ANY_PAGE = pytest.mark.parametrize(
    ("form", "page"), [(form, page) for form in FORMS for page in page_numbers(form)]
)


def ink(char: dict[str, Any]) -> Box:
    """Where a character can have ink: from the foot of a g to the head of an É."""
    baseline, size = char["matrix"][5], char["size"]
    return char["x0"], baseline - 0.22 * size, char["x1"], baseline + 0.8 * size


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


@ANY_PAGE
def test_nothing_overlaps(form: str, page: int) -> None:
    boxes = [(full_name(each), box(each)) for each in widgets(form, page)]
    boxes += [(str(each["/NM"]), box(each)) for each in notes(form, page)]
    assert not [(a, b) for (a, at), (b, bt) in combinations(boxes, 2) if overlap(at, bt)]
    chars = [char for char in plumber(form).pages[page].chars if char["text"].strip()]
    assert not [
        (name, char["text"]) for name, place in boxes for char in chars if overlap(place, ink(char))
    ]


@ANY_PAGE
def test_everything_stands_within_the_margins(form: str, page: int) -> None:
    left, right = 56.69 - 0.01, 595.276 - 56.69 + 0.01
    places = [box(each) for each in annotations(form, page)]
    places += [ink(char) for char in plumber(form).pages[page].chars if char["text"].strip()]
    assert min(place[0] for place in places) >= left
    assert max(place[2] for place in places) <= right
    own = [*own_widgets(form, page), *notes(form, page)]
    assert min(box(each)[1] for each in own) >= 47


def words_in(form: str, page: int, area: Box) -> str:
    """The words of an area (x0, top, x1, bottom) as one line."""
    text = plumber(form).pages[page].crop(area).extract_text(x_tolerance=1.5)
    return " ".join(text.split())


def in_a_table(form: str, widget: DictionaryObject) -> bool:
    return bool(parent_tree(form)[int(widget["/StructParent"])]["/P"]["/S"] == "/TD")


@ANY_PAGE
def test_a_box_has_its_label_right_above(form: str, page: int) -> None:
    """Or, in a table, the row's header at its left; its column's says which school year."""
    for widget in own_widgets(form, page):
        if widget.get("/FT") not in ("/Tx", "/Ch"):
            continue
        x0, y0, x1, y1 = box(widget)
        label, top = str(widget["/TU"]), 841.89 - y1
        if in_a_table(form, widget):
            words = words_in(form, page, (style.LEFT, top, x0 - 1, 841.89 - y0))
            start = label.removesuffix(" (j1)").removesuffix(" (j2)")
            assert words.startswith(start.removeprefix("Niveau ")), full_name(widget)
        else:
            area = (x0 - 1, top - 20, max(x1, x0 + 100), top)
            assert label in words_in(form, page, area), full_name(widget)


@ANY_PAGE
def test_the_columns_of_a_table_of_years_are_headed(form: str, page: int) -> None:
    for widget in own_widgets(form, page):
        year = str(widget["/T"])[-3:] if "/T" in widget else ""
        if year not in ("_j1", "_j2"):
            continue
        x0, _, _, y1 = box(widget)
        column = (x0 - 1, 40, x0 + 110, 841.89 - y1)
        assert f"({year[1:]})" in words_in(form, page, column), full_name(widget)


@ANY_PAGE
def test_a_button_has_its_caption_at_the_right(form: str, page: int) -> None:
    for widget in own_widgets(form, page):
        if widget.get("/FT") != "/Btn":
            continue
        _, y0, x1, y1 = box(widget)
        start = words_in(form, page, (x1 + 1, 841.89 - y1 - 1, x1 + 20, 841.89 - y0 + 1))
        assert start, full_name(widget)
        assert start[:2] in str(widget["/TU"]), full_name(widget)


@ANY_PAGE
def test_annotations_are_in_reading_order(form: str, page: int) -> None:
    """Row by row, and within a row from left to right; the footer's reference comes last."""
    for earlier, later in pairwise(own_widgets(form, page)):
        a, b = box(earlier), box(later)
        same_row = a[1] < b[3] and b[1] < a[3]
        assert b[0] > a[0] if same_row else b[3] < a[3], (full_name(earlier), full_name(later))
    assert full_name(annotations(form, page)[-1]) == "sys.kenmerk"


@ANY_FORM
def test_tab_order_is_the_order_of_the_structure(form: str) -> None:
    tagged = [
        reference["/Obj"].get_object()
        for element, _ in structure_elements(form)
        for kid in element.get("/K", [])
        if (reference := kid.get_object()).get("/Type") == "/OBJR"
    ]
    on_pages = [each for page in page_numbers(form) for each in annotations(form, page)]
    assert tagged == on_pages
    assert all(page["/Tabs"] == "/S" for page in reader(form).pages)


@ANY_FORM
def test_every_listed_instruction_shows_on_screens_only(form: str) -> None:
    found = {str(note["/NM"]): note for page in page_numbers(form) for note in notes(form, page)}
    wanted = {
        f"instruction:{name}": line["instruction"]
        for name, line in listed(form).items()
        if line["instruction"]
    }
    assert {name: str(note["/Contents"]) for name, note in found.items()} == wanted
    for note in found.values():
        assert not int(note["/F"]) & PRINT
        assert int(note["/F"]) & 64
        assert "/N" in note["/AP"]


@ANY_PAGE
def test_widgets_print_and_have_appearances(form: str, page: int) -> None:
    for widget in widgets(form, page):
        assert int(widget["/F"]) == PRINT
        assert "/N" in widget["/AP"]
        assert widget["/P"].get_object() == reader(form).pages[page]
    assert "/NeedAppearances" not in reader(form).trailer["/Root"]["/AcroForm"]


@ANY_PAGE
def test_a_text_box_has_its_frame_on_the_page(form: str, page: int) -> None:
    """White asks for an answer, a tint says that the form calculates it."""
    frames = [rect for rect in plumber(form).pages[page].rects if rect["stroke"] and rect["fill"]]
    for widget in own_widgets(form, page):
        if widget.get("/FT") not in ("/Tx", "/Ch"):
            continue
        x0, y0, x1, y1 = box(widget)
        around = [
            frame
            for frame in frames
            if max(abs(frame["x0"] - x0), abs(frame["x1"] - x1)) < 0.3
            and max(abs(frame["y0"] - y0), abs(frame["y1"] - y1)) < 0.3
        ]
        assert len(around) == 1, full_name(widget)
        calculated = listed(form)[full_name(widget)]["need"] == "B"
        wanted = style.CALCULATED if calculated else style.WHITE
        assert around[0]["non_stroking_color"] == pytest.approx(wanted, abs=0.001)


@ANY_PAGE
def test_a_full_field_fits_its_box_at_six_points(form: str, page: int) -> None:
    """MaxLen of W, lines of 1.2 times the size; the padding is the border's width, twice beside."""
    font = reader(form).trailer["/Root"]["/AcroForm"]["/DR"]["/Font"]["/FpSans"]
    wide = font["/Widths"][ord("W") - 32] * 6 / 1000
    for widget in own_widgets(form, page):
        name = full_name(widget)
        x0, y0, x1, y1 = box(widget)
        limit = 80 if name == "bestuur.naam" else int(widget.get("/MaxLen", 0))
        kind = listed(form)[name]["type"]
        if not limit or kind in ("phone", "number", "decimal", "date"):
            continue
        border = float(widget["/BS"]["/W"])
        room, height = x1 - x0 - 4 * border, y1 - y0 - 2 * border
        if name in ("school.brin", "school.vestiging"):
            assert wide <= (x1 - x0) / limit
        elif not int(widget.get("/Ff", 0)) & MULTILINE:
            assert limit * wide <= room, name
        else:
            lines = -(-limit // (room // wide))
            if kind == "multiline":
                lines = max(lines, min(limit // 2, height // 11 + 2))
            assert lines * 7.2 <= height + 0.3, name


@ANY_FORM
def test_answers_are_of_one_size(form: str) -> None:
    """The default appearance of every field but the footer's; nothing is sized automatically."""
    sizes = {
        name: str(field["/DA"]).split(" ", 2)[:2]
        for name, field in terminal_fields(form).items()
        if field["/FT"] != "/Btn"
    }
    assert sizes.pop("sys.kenmerk") == ["/FpSans", "7.2"]
    assert all(size == ["/FpSans", "9"] for size in sizes.values())


@ANY_PAGE
def test_every_text_contrasts_with_its_ground(form: str, page: int) -> None:
    drawn = plumber(form).pages[page]
    found = {
        (tuple(char["non_stroking_color"]), ground(drawn, char))
        for char in drawn.chars
        if char["text"].strip()
    }
    assert len(found) > 2
    assert not [pair for pair in found if contrast(*pair) < LEAST_CONTRAST]


def test_answers_and_instructions_contrast_with_their_ground() -> None:
    """Those are in appearance streams, which no page content shows."""
    for text, under in (
        (style.INK, style.WHITE),
        (style.INK, style.CALCULATED),
        (style.MUTED, style.WHITE),
        (style.NOTE_INK, style.NOTE),
    ):
        assert contrast(text, under) >= LEAST_CONTRAST
    for under in (style.WHITE, style.CALCULATED):
        assert contrast(style.LINE, under) >= LEAST_CONTRAST_OF_LINES
    assert contrast(style.NAVY, style.WHITE) >= LEAST_CONTRAST_OF_LINES


@ANY_PAGE
def test_every_annotation_has_its_tag(form: str, page: int) -> None:
    tree = parent_tree(form)
    for annotation in annotations(form, page):
        element = tree[int(annotation["/StructParent"])]
        widget = annotation["/Subtype"] == "/Widget"
        assert element["/S"] == ("/Form" if widget else "/Annot")
        assert element["/K"][0]["/Obj"].get_object() == annotation
        if not widget:
            assert annotation["/Contents"]
        elif "/TU" not in annotation:
            assert str(element["/Alt"]).startswith(str(annotation["/Parent"]["/TU"]))


@ANY_FORM
def test_all_content_is_tagged_or_an_artifact(form: str) -> None:
    tree = parent_tree(form)
    keys = {int(page["/StructParents"]) for page in reader(form).pages}
    for page in page_numbers(form):
        keys |= {int(each["/StructParent"]) for each in annotations(form, page)}
    assert tree.keys() == keys
    for page_object in reader(form).pages:
        marked = 0
        depth = 0
        for operands, operator in page_object.get_contents().operations:  # type: ignore[union-attr]
            if operator == b"BDC":
                depth += 1
                marked += "/MCID" in operands[1]
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"TJ", b"f", b"S", b"B"):
                assert depth == 1
        assert len(tree[int(page_object["/StructParents"])]) == marked


@ANY_FORM
def test_no_element_is_empty(form: str) -> None:
    assert not [str(each["/S"]) for each, _ in structure_elements(form) if not each.get("/K")]


@ANY_FORM
def test_tables_have_headers_and_even_rows(form: str) -> None:
    tables = [each for each, _ in structure_elements(form) if each["/S"] == "/Table"]
    assert len(tables) >= 3
    for table in tables:
        rows = [kid.get_object() for kid in table["/K"]]
        assert {row["/S"] for row in rows} == {"/TR"}
        cells = [[kid.get_object() for kid in row["/K"]] for row in rows]
        assert len({len(row) for row in cells}) == 1
        first, *others = cells
        assert all((c["/S"], c["/A"]["/Scope"]) == ("/TH", "/Column") for c in first)
        for head, *data in others:
            assert (head["/S"], head["/A"]["/Scope"]) == ("/TH", "/Row")
            assert {each["/S"] for each in data} == {"/TD"}


@ANY_FORM
def test_headings_title_and_language(form: str) -> None:
    root = reader(form).trailer["/Root"]
    assert root["/Lang"] == "nl-NL"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = reader(form).metadata
    assert metadata is not None
    kind = form.upper().removesuffix("-2024")
    assert metadata.title == f"Schoolondersteuningsprofiel {kind} 2024"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = [str(element["/S"]) for element, _ in structure_elements(form)]
    headings = [int(tag[2:]) for tag in tags if tag[:2] == "/H"]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(headings))


@ANY_FORM
def test_fonts_are_embedded_and_cover_european_scripts(form: str) -> None:
    fonts = reader(form).pages[0]["/Resources"]["/Font"]
    assert {"/F1", "/FpSans"} <= fonts.keys()
    for font in fonts.values():
        held = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        assert "/FontFile2" in held["/FontDescriptor"]
        assert "/ToUnicode" in font
    covered = fonts["/F1"]["/ToUnicode"].get_data()
    for character in "Łőșßĳ€–’Ặ\N{GREEK SMALL LETTER LAMDA}\N{CYRILLIC SMALL LETTER ZHE}":
        assert f"<{ord(character):04X}>".encode() in covered, character
