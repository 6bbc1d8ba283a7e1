"""PDFs that nobody made by accident: bounded work, a typed error or a result, never a crash."""

from __future__ import annotations

import time
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.errors import FormpressError, NoFields
from pipeline.flow import documents
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, definitive, filled, form_of, received
from tests.pdf.judges import page_text
from tests.pdf.small_forms import COMB, MULTILINE, Sheet

SECONDS = 20


def survives(sheet: Sheet, values: dict[str, object]) -> bytes | None:
    """The definitive PDF, or ``None`` where a typed error said why not; soon, in either case."""
    started = time.monotonic()
    try:
        form = form_of(sheet.bytes())
        final = definitive(form, values)
        received(form, final)
        received(form, filled(form, values))
    except FormpressError:
        final = None
    assert time.monotonic() - started < SECONDS
    return final


def test_a_comb_of_a_billion_cells() -> None:
    sheet = Sheet()
    sheet.text("name", Ff=COMB, MaxLen=10**9, MK=Dictionary(BC=Array([0])))
    survives(sheet, {"name": "Anna"})


def test_a_page_of_a_kilometre() -> None:
    sheet = Sheet(size=(14_400, 14_400))
    sheet.page().MediaBox = Array([0, 0, 2_800_000, 2_800_000])
    sheet.text("name")
    sheet.checkbox("agreed")
    survives(sheet, {"name": "Anna", "agreed": True})


@pytest.mark.parametrize("size", [10**9, 10**30, -5, 0.0001])
def test_a_font_size_beyond_all_reason(size: float) -> None:
    sheet = Sheet()
    sheet.text("name", DA=String(f"/Helv {size:f} Tf 0 g"))
    sheet.text("story", (20, 20, 280, 100), Ff=MULTILINE, DA=String(f"/Helv {size:f} Tf 0 g"))
    final = survives(sheet, {"name": "Anna", "story": "Een\nTwee"})
    assert final is not None
    assert "Anna" in page_text(final)


@pytest.mark.parametrize(
    "corners",
    [(0, 0, 0, 0), (20, 20, 20.001, 20.001), (-1e6, -1e6, 1e6, 1e6), (1e30, 0, 1e31, 10)],
)
def test_boxes_of_no_size_and_of_all(corners: tuple[float, ...]) -> None:
    sheet = Sheet()
    sheet.text("sound", (20, 100, 280, 120))
    sheet.text("name").Rect = Array([f"{x:f}" and float(x) for x in corners])
    survives(sheet, {"sound": "Anna", "name": "x"})


def test_an_appearance_that_draws_itself() -> None:
    sheet = Sheet()
    loop = sheet.stream(b"/X Do")
    loop.Resources = Dictionary(XObject=Dictionary(X=loop))
    sheet.checkbox("agreed", AP=Dictionary(N=Dictionary(Yes=loop, Off=loop)))
    survives(sheet, {"agreed": True})


def test_a_value_of_a_hundred_thousand_characters() -> None:
    sheet = Sheet()
    sheet.text("story", (20, 20, 280, 180), Ff=MULTILINE)
    assert survives(sheet, {"story": "woord " * 20_000}) is None


def test_a_hundred_thousand_options() -> None:
    sheet = Sheet()
    options = Array([String(f"optie {number}") for number in range(100_000)])
    sheet.choice("fruit", [], Opt=options)
    assert survives(sheet, {"fruit": "optie 99999"}) is not None


def test_page_trees_in_a_circle() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.pdf.Root.Pages.Kids.append(sheet.pdf.Root.Pages)
    survives(sheet, {"name": "Anna"})


def test_structure_and_number_trees_in_a_circle() -> None:
    sheet = Sheet()
    sheet.text("name", StructParent=3)
    pdf = sheet.pdf
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(S=Name.Form, P=root))
    element.K = Array([element, root])
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    root.K, root.ParentTree = element, tree
    pdf.Root.StructTreeRoot = root
    survives(sheet, {"name": "Anna"})


def test_actions_that_call_each_other() -> None:
    sheet = Sheet()
    sheet.text("name")
    one = sheet.pdf.make_indirect(small_forms.script("1"))
    other = sheet.pdf.make_indirect(Dictionary(S=Name.GoTo, Next=one))
    one.Next = Array([other, one])
    sheet.pdf.Root.OpenAction = other
    sheet.link("https://example.org/").A = other
    final = survives(sheet, {"name": "Anna"})
    assert final is not None
    assert b"/JavaScript" not in final


def test_a_script_of_a_megabyte() -> None:
    sheet = Sheet()
    for name, script in (("a", "AFNumber_Format(" + "(" * 500_000), ("b", "/*" * 500_000)):
        sheet.text(name, AA=small_forms.actions(F=script, C="BVCALC " + script))
    survives(sheet, {"a": "1"})


def test_annotations_without_end() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.page().Annots = Array([sheet.page().Annots[0]] * 20_000)
    survives(sheet, {"name": "Anna"})


def test_a_printed_page_without_an_area() -> None:
    sheet = Sheet()
    sheet.checkbox("agreed")
    form = form_of(sheet.bytes())
    with pikepdf.open(BytesIO(definitive(form, {"agreed": True}))) as pdf:
        del pdf.Root.PieceInfo
        pdf.pages[0].MediaBox = Array([0, 0, 300, 1e-9])
        out = BytesIO()
        pdf.save(out)
    with pytest.raises(NoFields):
        documents.receive(form, out.getvalue(), LIMITS)
