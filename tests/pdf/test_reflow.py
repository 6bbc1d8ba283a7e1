"""A tagged form that closes up around its values, judged by pypdf, PDFium and qpdf."""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from pipeline.errors import FormDefinitionError, PageOverflow
from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.definition import FormDefinition
from pipeline.model.field import Value
from pipeline.model.geometry import Rect
from pipeline.model.limits import Limits
from pipeline.pdf.reflow import check_reflow, reflow
from pipeline.pdf.states import TemplatePdf
from pipeline.pdf.template_reader import read_template
from tests.pdf import judges, small_forms
from tests.pdf.small_tagged import TaggedSheet, grid_of_marks, two_columns

DEFINITION = FormDefinition(smallest_text=8.0)
LONG = "Een zin die niet op één regel past, en daarna nog een. " * 4


def closed_up(sheet: TaggedSheet, **values: Value) -> Form:
    data = sheet.bytes()
    form = documents.form_of(data, "small", DEFINITION, Limits())
    made = reflow(form.pdf, form.template, form.fonts, values)
    assert judges.is_sound(made)
    return documents.form_of(made, "small", DEFINITION, Limits())


def finished(form: Form, **values: Value) -> bytes:
    checked = documents.check(form, values, Stage.DRAFT)
    assert checked.submission is not None, checked.errors
    return documents.finish(form, checked.submission, checked=checked)


def place(form: Form, name: str) -> Rect:
    return form.template.by_name[name].widgets[0].rect


def baseline(data: bytes, words: str) -> float:
    """Where words of the page stand, by pdfplumber."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        chars = pdf.pages[0].chars
    at = "".join(char["text"] for char in chars).index(words)
    return float(chars[at]["matrix"][5])


def test_a_box_gets_the_height_that_its_text_needs() -> None:
    form = closed_up(two_columns(), a=LONG, b="kort", c="kort", d="kort")
    assert place(form, "a").height > 70
    assert place(form, "b").height == pytest.approx(1.15 * 10 + 2, abs=0.01)
    data = finished(form, a=LONG, b="kort", c="kort", d="kort")
    assert judges.squeezed(LONG) in judges.squeezed(judges.text_in(data, place(form, "a")))


def test_what_stands_below_moves_down_with_its_heading() -> None:
    short, long = (
        closed_up(two_columns(), a=text, b="b", c=LONG, d="d") for text in ("kort", LONG)
    )
    assert place(long, "b").y1 < place(short, "b").y1 - 40
    for form in (short, long):
        gap = baseline(form.pdf, "Head b") - place(form, "b").y1
        assert gap == pytest.approx(200 - 8 - (200 - 14), abs=0.01)


def test_an_empty_block_leaves_no_hole() -> None:
    form = closed_up(two_columns(), a="a", c="c", d="d")
    assert "b" not in form.template.by_name
    text = judges.page_text(form.pdf)
    assert "Head b" not in text
    assert text.count("Label") == 3
    tops = sorted(place(form, name).y1 for name in "acd")
    assert tops[-1] == pytest.approx(240 - 14, abs=0.01)
    assert tops[-2] == pytest.approx(240 - 14, abs=0.01), "the next block begins the second column"


def test_no_tag_no_field_and_no_entry_of_the_parent_tree_is_left_of_it() -> None:
    form = closed_up(two_columns(), a="a", c="c", d="d")
    with pikepdf.open(BytesIO(form.pdf)) as pdf:
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        sections = list(pdf.Root.StructTreeRoot.K[0].K)
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
        content = owners.pop(0)
        assert names == ["band", "a", "c", "d"]
        assert len(sections) == 4
        assert len(owners) == 4
        for widget in pdf.pages[0].Annots:
            reference = owners[int(widget.StructParent)].K[0]
            assert reference.Obj.objgen == widget.objgen
        used = re.findall(rb"/MCID (\d+)", pdf.pages[0].Contents.read_bytes())
        held = [at for at, owner in enumerate(content) if owner is not None]
        assert sorted(map(int, used)) == held


def test_blocks_over_both_columns_stay_where_they_are() -> None:
    form = closed_up(two_columns(), band="x", a=LONG, d="d")
    assert place(form, "band") == Rect(100, 265, 380, 285)
    assert baseline(form.pdf, "Band") == 275


def test_artifacts_go_with_the_words_before_them() -> None:
    form = closed_up(two_columns(), a="a", c="c")
    with pikepdf.open(BytesIO(form.pdf)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
    assert content.count(b"l\nS") == 2, "the rules of b and d are gone"


def test_marks_that_are_off_give_their_places_to_the_others() -> None:
    sheet = grid_of_marks()
    form = closed_up(sheet, m2=True, m5=True, m6=True, note="tekst", other="x")
    assert [name for name in form.template.by_name if name[0] == "m"] == ["m2", "m5", "m6"]
    assert [place(form, name).x0 for name in ("m2", "m5", "m6")] == [20, 75, 130]
    assert len({place(form, name).y0 for name in ("m2", "m5", "m6")}) == 1
    assert "M1" not in judges.page_text(form.pdf)
    whole = closed_up(
        grid_of_marks(), **{f"m{at}": True for at in range(1, 7)}, note="x", other="x"
    )
    assert place(form, "note").y1 == pytest.approx(place(whole, "note").y1 + 20, abs=0.01)


def test_the_grid_is_drawn_and_proven() -> None:
    values: dict[str, Value] = {"m2": True, "m6": True, "note": "tekst", "other": "x"}
    form = closed_up(grid_of_marks(), **values)
    data = finished(form, **values)
    picture = judges.picture(data)
    for name in ("m2", "m6"):
        assert judges.ink(picture, place(form, name).grown(-1), form.template.pages[0]) > 0.9
    assert not judges.has_form(data)


def test_text_gets_smaller_before_it_is_refused() -> None:
    sizes = []
    for words in ("kort", LONG, LONG + LONG[:110]):
        form = closed_up(two_columns(), a=LONG, b=LONG, c=words, d="d")
        sizes.append(form.template.by_name["a"].widgets[0].style.font_size)
        assert form.template.by_name["b"].widgets[0].style.font_size == sizes[-1]
    assert sizes[0] == 10
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 8


def test_what_does_not_fit_is_refused_with_its_longest_fields() -> None:
    with pytest.raises(PageOverflow) as raised:
        closed_up(two_columns(), a=LONG * 20, b=LONG * 6, c="c", d="d")
    assert raised.value.data["size"] == 8
    assert raised.value.data["over"] > 100
    assert [problem.field for problem in raised.value.problems][:2] == ["a", "b"]


def test_the_state_that_a_moved_piece_left_behind_is_that_of_the_next() -> None:
    """A colour set inside one sequence and meant for all that follow."""
    sheet = two_columns()
    red = sheet.element(sheet.document.K[1], "P")
    sheet.tagged(red, "1 0 0 rg BT /F 10 Tf 20 200 Td (Rood) Tj ET")
    sheet.artifact("20 5 30 10 re f", "Pagination")
    form = closed_up(sheet, a=LONG, d="d")
    blank = judges.picture(form.blank)
    assert blank.getpixel((60, blank.height - 20)) == (255, 0, 0)
    assert baseline(form.pdf, "Rood") < 200 - 40


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (small_forms.one_text_field(), "is not tagged"),
        (TaggedSheet().bytes, "field"),
    ],
    ids=["untagged", "no field"],
)
def test_a_page_that_cannot_be_taken_apart_is_refused(data: object, why: str) -> None:
    if callable(data):
        sheet = TaggedSheet()
        sheet.words(sheet.block(), 20, 200, "Alleen woorden")
        sheet.words(sheet.block(), 20, 100, "Nog meer")
        outside = sheet.text(sheet.block(), "x", (20, 20, 100, 40))
        sheet.document.K.pop()
        assert outside is not None
        data = sheet.bytes()
    assert isinstance(data, bytes)
    with pytest.raises(FormDefinitionError, match=why):
        check_reflow(TemplatePdf(data), read_template(data))
