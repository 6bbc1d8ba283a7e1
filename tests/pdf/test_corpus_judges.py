"""The judges of ``make corpus`` must see: each is shown a document with a fault of its kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from benchmarks.corpus import pixels, texts
from benchmarks.corpus.blank import not_among, raw_widgets, shown_boxes, without_widgets
from benchmarks.corpus.leftovers import leftovers
from benchmarks.corpus.objects import Objects, complaints
from benchmarks.corpus.readers import readers
from benchmarks.corpus.structure import Tree, content_ids, dangling_references, unmarked
from benchmarks.corpus.wanted import WantedMark, WantedText
from pipeline.model.geometry import Page, Rect
from tests.pdf import small_forms
from tests.pdf.small_forms import BOX, WIDE, Sheet, script

PAGE = (Page(0, Rect(0, 0, 300, 200)),)
PLACE = Rect(*WIDE)


def objects_of(data: bytes, folder: Path) -> Objects:
    path = folder / "judged.pdf"
    path.write_bytes(data)
    return Objects.of(path)


def plain_page(content: bytes = b"", rotate: int = 0) -> bytes:
    """No form; ``content`` drawn, with Helvetica as F1."""
    sheet = Sheet()
    del sheet.pdf.Root["/AcroForm"]
    page = sheet.page()
    page.Resources = Dictionary(Font=Dictionary(F1=sheet.helvetica))
    page.Contents = sheet.pdf.make_stream(content)
    if rotate:
        page.Rotate = rotate
    return sheet.bytes()


def words(said: str, x: float, y: float) -> bytes:
    return f"BT /F1 10 Tf {x} {y} Td ({said}) Tj ET\n".encode()


# What is left of the form


def test_a_plain_document_has_no_leftovers(tmp_path: Path) -> None:
    assert leftovers(objects_of(plain_page(), tmp_path)) == []
    assert leftovers(objects_of(without_widgets(small_forms.every_type()), tmp_path)) == []


def _with_form(sheet: Sheet) -> None:
    sheet.pdf.Root.AcroForm = sheet.form


def _with_xfa(sheet: Sheet) -> None:
    sheet.pdf.Root.Rest = Dictionary(XFA=sheet.pdf.make_stream(b"<xdp/>"))


def _with_names(sheet: Sheet) -> None:
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))


def _with_opening(sheet: Sheet) -> None:
    sheet.pdf.Root.OpenAction = script("app.alert(1)")


def _with_page_actions(sheet: Sheet) -> None:
    sheet.page().AA = Dictionary(O=Dictionary(S=Name.Named, N=Name.NextPage))


def _with_bookmark_script(sheet: Sheet) -> None:
    sheet.pdf.Root.Outlines = Dictionary(First=Dictionary(Title=String("x"), A=script("1")))


def _with_usage_rights(sheet: Sheet) -> None:
    sheet.pdf.Root.Perms = Dictionary(UR3=Dictionary())


def _with_widget(sheet: Sheet) -> None:
    sheet.annotate(sheet.widget(WIDE, T=String("left")))


def _with_hidden_widget(sheet: Sheet) -> None:
    """A page that is in no page tree, which a link still refers to."""
    lost = Dictionary(Type=Name.Page, Annots=Array([sheet.widget(WIDE, T=String("left"))]))
    sheet.link("https://example.org/").P = sheet.pdf.make_indirect(lost)


def _with_need_appearances(sheet: Sheet) -> None:
    sheet.pdf.Root.Rest = Dictionary(NeedAppearances=True)


@pytest.mark.parametrize(
    ("leave", "said"),
    [
        (_with_form, "/AcroForm in the catalogue"),
        (_with_xfa, "/XFA"),
        (_with_names, "/JavaScript among the names"),
        (_with_opening, "/OpenAction is a script"),
        (_with_page_actions, "/AA"),
        (_with_bookmark_script, "an action /JavaScript"),
        (_with_usage_rights, "/Perms in the catalogue"),
        (_with_widget, "1 widgets in /Annots of page 1"),
        (_with_hidden_widget, "a widget that something still refers to"),
        (_with_need_appearances, "/NeedAppearances"),
    ],
)
def test_each_leftover_is_seen(leave: Callable[[Sheet], None], said: str, tmp_path: Path) -> None:
    sheet = Sheet()
    del sheet.pdf.Root["/AcroForm"]
    leave(sheet)
    assert said in leftovers(objects_of(sheet.bytes(), tmp_path))


def test_an_encrypted_document_is_looked_into(tmp_path: Path) -> None:
    found = leftovers(objects_of(small_forms.encrypted(), tmp_path))
    assert "/AcroForm in the catalogue" in found


def test_a_damaged_file_is_complained_of(tmp_path: Path) -> None:
    path = tmp_path / "judged.pdf"
    path.write_bytes(plain_page())
    assert complaints(path) == []
    path.write_bytes(plain_page().replace(b"startxref", b"startxrex"))
    assert complaints(path)


# Texts


def verdict(final: bytes, blank: bytes, wanted: WantedText, reader: str, folder: Path) -> list[str]:
    """Fields that ``reader`` does not find."""
    page = (Page(0, PAGE[0].box, _rotation(final)),)
    readings = []
    for name, data in (("final", final), ("blank", blank)):
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        readings.append(readers()[reader](path, page))
    judged = texts.judge([wanted], [(reader, readings[0], readings[1])], page)
    return [each.field for each, _ in judged.missed]


def _rotation(data: bytes) -> int:
    with pikepdf.open(BytesIO(data)) as pdf:
        return int(pdf.pages[0].obj.get("/Rotate", 0))


WANTED = WantedText("name", 0, PLACE, "Anna Vries")


@pytest.mark.parametrize("reader", readers())
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_text_in_its_box_is_found_and_one_beside_it_is_not(
    reader: str, rotate: int, tmp_path: Path
) -> None:
    blank = plain_page(b"", rotate)
    inside = plain_page(words("Anna Vries", 24, 156), rotate)
    below = plain_page(words("Anna Vries", 24, 100), rotate)
    assert verdict(inside, blank, WANTED, reader, tmp_path) == []
    assert verdict(below, blank, WANTED, reader, tmp_path) == ["name"]


@pytest.mark.parametrize("reader", readers())
@pytest.mark.parametrize("said", ["", "Anna Vrie", "Anna ?ries", "seirV annA"])
def test_another_text_is_not_the_text(reader: str, said: str, tmp_path: Path) -> None:
    found = plain_page(words(said, 24, 156))
    assert verdict(found, plain_page(), WANTED, reader, tmp_path) == ["name"]


@pytest.mark.parametrize("reader", readers())
def test_what_the_blank_page_says_is_no_answer(reader: str, tmp_path: Path) -> None:
    printed = plain_page(words("Anna Vries", 24, 156))
    assert verdict(printed, printed, WANTED, reader, tmp_path) == ["name"]


@pytest.mark.parametrize("reader", readers())
def test_a_text_that_runs_out_of_its_box_is_not_found(reader: str, tmp_path: Path) -> None:
    narrow = WantedText("name", 0, Rect(20, 150, 50, 170), "Anna Vries")
    found = plain_page(words("Anna Vries", 24, 156))
    assert verdict(found, plain_page(), narrow, reader, tmp_path) == ["name"]


@pytest.mark.parametrize("reader", readers())
def test_lines_are_read_from_the_top_whatever_the_order_in_the_file(
    reader: str, tmp_path: Path
) -> None:
    area = WantedText("name", 0, Rect(20, 60, 280, 170), "eerst\ndan")
    found = plain_page(words("dan", 24, 140) + words("eerst", 24, 156))
    assert verdict(found, plain_page(), area, reader, tmp_path) == []


# Pixels


def test_a_pixel_inside_its_box_is_no_change_outside() -> None:
    final = plain_page(b"30 155 4 4 re f")
    assert pixels.changed_outside(final, plain_page(), {0: [PLACE]}, PAGE) == {}


@pytest.mark.parametrize("place", [b"30 120 3 3 re f", b"284 156 3 3 re f"])
def test_a_stray_dot_outside_the_boxes_is_seen(place: bytes) -> None:
    found = pixels.changed_outside(plain_page(place), plain_page(), {0: [PLACE]}, PAGE)
    assert list(found) == [0]


def test_what_vanished_from_the_page_is_seen() -> None:
    printed = plain_page(words("Formulier", 20, 100))
    assert pixels.changed_outside(plain_page(), printed, {0: [PLACE]}, PAGE)


def test_a_page_of_another_size_is_seen() -> None:
    sheet = Sheet(size=(300, 210))
    assert pixels.changed_outside(sheet.bytes(), plain_page(), {}, PAGE)


ON, OFF = WantedMark("agreed", 0, Rect(*BOX), True), WantedMark("agreed", 0, Rect(*BOX), False)
FRAME, TICK = b"20.5 150.5 15 15 re S\n", b"24 154 8 8 re f\n"


def test_a_mark_must_differ_from_the_empty_box_not_from_the_page() -> None:
    assert pixels.wrong_marks(plain_page(FRAME + TICK), plain_page(FRAME), [ON], PAGE) == []
    assert pixels.wrong_marks(plain_page(FRAME), plain_page(FRAME), [ON], PAGE) == [ON]


def test_a_mark_where_the_button_is_off_is_seen() -> None:
    assert pixels.wrong_marks(plain_page(FRAME + TICK), plain_page(FRAME), [OFF], PAGE) == [OFF]
    written = [WantedText("name", 0, Rect(0, 140, 100, 170), "x")]
    assert pixels.wrong_marks(plain_page(TICK), plain_page(), [OFF], PAGE, written) == []


def test_a_text_that_nobody_sees_is_named() -> None:
    white = plain_page(b"1 g\n" + words("Anna Vries", 24, 156))
    black = plain_page(words("Anna Vries", 24, 156))
    assert pixels.unseen(white, plain_page(), [WANTED], PAGE) == [WANTED]
    assert pixels.unseen(black, plain_page(), [WANTED], PAGE) == []


# The blank page


def test_the_blank_page_keeps_links_and_what_prints() -> None:
    with pikepdf.open(BytesIO(without_widgets(small_forms.every_type()))) as pdf:
        kinds = [str(each.Subtype) for each in pdf.pages[0].obj.Annots]
    assert kinds == ["/Link"]  # the instruction is for the screen


def test_a_widget_on_two_pages_is_masked_on_both() -> None:
    sheet = Sheet(pages=2)
    sheet.page(1).Annots = Array([sheet.text("name")])
    widgets = raw_widgets(sheet.bytes())
    assert [each.page for each in widgets] == [0, 1]
    assert shown_boxes(widgets, {0: [PLACE]})[1] == [PLACE]
    assert not_among(widgets, {(0, PLACE)}) == []
    assert not_among(widgets, set()) == widgets


def test_an_upright_widget_is_masked_where_it_is_seen() -> None:
    sheet = Sheet()
    sheet.page().Rotate = 90
    sheet.text("name", F=small_forms.PRINT | small_forms.NO_ROTATE)
    _, seen = shown_boxes(raw_widgets(sheet.bytes()), {0: [PLACE]})[0]
    assert (seen.x0, seen.y0, seen.x1, seen.y1) == pytest.approx((20, 170, 40, 430))


# The structure


def tagged(content: bytes = b"", **element: object) -> bytes:
    """A tagged page without widgets; the Form element ``K`` 1 is at place 1 of the parent tree."""
    with pikepdf.open(BytesIO(without_widgets(small_forms.tagged_form()))) as pdf:
        root, page = pdf.Root.StructTreeRoot, pdf.pages[0]
        form = root.K.K[1]
        root.K.K = Array([root.K.K[0], form])
        form.K, form.Pg = 1, page.obj
        held = root.ParentTree.Nums[1]
        root.ParentTree.Nums = Array([0, Array([held[0], form])])
        for key, value in element.items():
            if value is None:
                del form[f"/{key}"]
            else:
                form[f"/{key}"] = value
        page.contents_add(content)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


MARKED = b"/Form <</MCID 1>> BDC EMC"


def problems(final: bytes, folder: Path) -> list[str]:
    before = content_ids(without_widgets(small_forms.tagged_form()))
    return list(Tree(objects_of(final, folder)).problems(content_ids(final), before))


def test_marked_content_that_hangs_together(tmp_path: Path) -> None:
    assert problems(tagged(MARKED), tmp_path) == []


@pytest.mark.parametrize(
    ("content", "element", "why"),
    [
        (b"/Form <</MCID 2>> BDC EMC", {}, "page 1, content 2: not in the parent tree"),
        (MARKED, {"K": 5}, "page 1, content 1: the element does not hold it"),
        (MARKED, {"Pg": None}, "page 1, content 1: the element does not hold it"),
        (MARKED, {"P": None}, "page 1, content 1: its element has no parent"),
        (MARKED + b"\n" + MARKED, {}, "page 1: a content id twice"),
    ],
)
def test_marked_content_that_does_not(
    content: bytes, element: dict[str, object], why: str, tmp_path: Path
) -> None:
    assert problems(tagged(content, **element), tmp_path) == [why]


def test_answers_that_are_not_marked_content() -> None:
    assert list(unmarked(Counter({0: 1}), [[0, 1]], [[0]])) == []
    assert len(list(unmarked(Counter({0: 2}), [[0, 1]], [[0]]))) == 1


def test_references_to_what_is_gone(tmp_path: Path) -> None:
    whole = small_forms.tagged_form()
    assert dangling_references(objects_of(whole, tmp_path)) == []
    off_the_page = dangling_references(objects_of(without_widgets(whole), tmp_path))
    assert len(off_the_page) == 2
    assert "on no page" in off_the_page[0]
    with pikepdf.open(BytesIO(whole)) as pdf:
        del pdf.Root.StructTreeRoot.K.K[1].K["/Obj"]
        out = BytesIO()
        pdf.save(out)
    assert dangling_references(objects_of(out.getvalue(), tmp_path)) == [
        "to an object that is gone"
    ]
