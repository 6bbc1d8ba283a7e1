"""A tagged document stays tagged: each widget's element gets the marked content in its place."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NumberTree

from pipeline.flow.documents import Form
from tests.pdf import small_forms
from tests.pdf.forms import definitive, form_of
from tests.pdf.judges import is_sound, on_disk, poppler_text, tool

VALUES: dict[str, object] = {"name": "Zoë Łukasiewicz", "agreed": True}


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(small_forms.tagged_form())


@pytest.fixture(scope="module")
def final(form: Form) -> bytes:
    return definitive(form, VALUES)


@contextmanager
def elements(data: bytes) -> Iterator[list[pikepdf.Object]]:
    """The Form elements."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        yield [each for each in found if each.get("/S") == "/Form"]


def content(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.pages[0].contents_coalesce()
        return pdf.pages[0].obj.Contents.read_bytes()


def test_it_stays_tagged(final: bytes) -> None:
    with pikepdf.open(BytesIO(final)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl"
        assert len(pdf.Root.StructTreeRoot.K.K) == 3
    assert is_sound(final)


def test_no_reference_to_a_widget_is_left(final: bytes) -> None:
    with pikepdf.open(BytesIO(final)) as pdf:
        kinds = [each.get("/Type") for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert "/OBJR" not in kinds
    with elements(final) as found:
        assert [[kid.Type for kid in element.K] for element in found] == [["/MCR"], ["/MCR"]]


def test_content_and_tree_name_each_other(final: bytes) -> None:
    with pikepdf.open(BytesIO(final)) as pdf:
        page = pdf.pages[0].obj
        parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)[page.StructParents]
        used = [int(found) for found in re.findall(rb"/MCID (\d+)", content(final))]
        assert sorted(used) == [0, 1, 2]
        assert len(parents) == 3
        for number in (1, 2):
            (kid,) = parents[number].K
            assert int(kid.MCID) == number
            assert kid.Pg.objgen == page.objgen


def test_the_page_s_keys_hold_nothing_that_is_gone(final: bytes) -> None:
    with pikepdf.open(BytesIO(final)) as pdf:
        assert list(NumberTree(pdf.Root.StructTreeRoot.ParentTree)) == [0]
        assert pdf.Root.StructTreeRoot.ParentTreeNextKey == 3


def test_fields_are_described_as_printed_ones(final: bytes) -> None:
    with elements(final) as found:
        told = [
            (str(each.A.O), str(each.A.Role), str(each.A.Desc), each.A.get("/checked"))
            for each in found
        ]
    assert told == [
        ("/PrintField", "/tv", "Uw naam", None),
        ("/PrintField", "/cb", "Akkoord", Name.on),
    ]


def test_a_box_that_is_off_says_so(form: Form) -> None:
    off = definitive(form, {"name": "x", "agreed": False})
    with elements(off) as found:
        assert str(found[1].A.checked) == "/off"


def test_poppler_reads_the_values_in_the_tree_s_order(final: bytes) -> None:
    with on_disk(final) as path:
        told = subprocess.run(
            [tool("pdfinfo"), "-struct-text", path], capture_output=True, check=True
        ).stdout.decode()
    assert [each for each in re.findall(r'"(.*?)"', told) if each] == ["Hallo", "Zoë Łukasiewicz"]
    assert "Zoë Łukasiewicz" in poppler_text(final)


def test_an_element_keeps_its_other_kids_and_attributes() -> None:
    with pikepdf.open(BytesIO(small_forms.tagged_form())) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Form":
                each.A = Dictionary(O=Name.Layout, Placement=Name.Block)
                reference = each.K
                each.K = Array([7, reference, 8])
        out = BytesIO()
        pdf.save(out)
    final = definitive(form_of(out.getvalue()), VALUES)
    with elements(final) as found:
        for element in found:
            kids = [kid if isinstance(kid, int) else str(kid.Type) for kid in element.K]
            assert kids == [7, "/MCR", 8]
            assert [str(each.O) for each in element.A] == ["/Layout", "/PrintField"]


def test_what_paints_nothing_leaves_the_tree() -> None:
    """An instruction, or a field that no paper shows, has no content to point at."""
    with pikepdf.open(BytesIO(small_forms.tagged_form())) as pdf:
        pdf.pages[0].obj.Annots[0].F = small_forms.HIDDEN
        out = BytesIO()
        pdf.save(out)
    final = definitive(form_of(out.getvalue()), {"agreed": True})
    with elements(final) as found:
        assert [len(each.K) for each in found] == [1]


@pytest.mark.parametrize("damage", ["ParentTree", "StructParent", "StructParents", "K", "Next"])
def test_a_broken_tree_is_no_crash(damage: str) -> None:
    with pikepdf.open(BytesIO(small_forms.tagged_form())) as pdf:
        root, page = pdf.Root.StructTreeRoot, pdf.pages[0].obj
        match damage:
            case "ParentTree":
                del root.ParentTree
            case "StructParent":
                page.Annots[0].StructParent = 99
                page.Annots[1].StructParent = Name.X
            case "StructParents":
                page.StructParents = Name.X
            case "K":
                for each in pdf.objects:
                    if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Form":
                        each.K = Name.X
            case "Next":
                root.ParentTreeNextKey = -4
        out = BytesIO()
        pdf.save(out)
    final = definitive(form_of(out.getvalue()), VALUES)
    assert "Zoë Łukasiewicz" in poppler_text(final)
    assert is_sound(final)


@pytest.mark.parametrize("key", [1, None])
def test_a_reference_that_the_parent_tree_does_not_lead_to_goes_too(key: int | None) -> None:
    """Two widgets of one key, or a widget without any: the tree still refers to both."""
    with pikepdf.open(BytesIO(small_forms.tagged_form())) as pdf:
        box = pdf.pages[0].obj.Annots[1]
        if key is None:
            del box.StructParent
        else:
            box.StructParent = key
        out = BytesIO()
        pdf.save(out)
    final = definitive(form_of(out.getvalue()), VALUES)
    with pikepdf.open(BytesIO(final)) as pdf:
        kinds = [each.get("/Type") for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    assert "/OBJR" not in kinds
    assert is_sound(final)


def test_an_untagged_document_stays_untagged() -> None:
    final = definitive(form_of(small_forms.one_text_field()), {"name": "Anna"})
    with pikepdf.open(BytesIO(final)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
    assert b"MCID" not in content(final)


def test_frames_are_decoration(form: Form) -> None:
    """Boxes and comb lines are no part of what is read aloud. ISO 32000-2, 14.8.2.2."""
    data = small_forms.tagged_form()
    with pikepdf.open(BytesIO(data)) as pdf:
        for widget in pdf.pages[0].Annots:
            widget.MK = Dictionary(BC=Array([0]))
        out = BytesIO()
        pdf.save(out)
    drawn = content(definitive(form_of(out.getvalue()), VALUES))
    before, _, after = drawn.partition(b"/Artifact BMC")
    assert b" re S" in after.partition(b"EMC")[0]
    assert b" re S" not in before


def test_a_widget_that_hangs_nowhere_gets_an_element() -> None:
    with pikepdf.open(BytesIO(small_forms.tagged_form())) as pdf:
        for widget in pdf.pages[0].Annots:
            if "/StructParent" in widget:
                del widget["/StructParent"]
        out = BytesIO()
        pdf.save(out)
    final = definitive(form_of(out.getvalue()), VALUES)
    with pikepdf.open(BytesIO(final)) as pdf:
        document = pdf.Root.StructTreeRoot.K
        added = [kid for kid in document.K if kid.get("/S") == "/Form" and "/A" in kid]
        assert len(added) == len(VALUES)
        for element in added:
            parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
            listed = parents[int(pdf.pages[0].obj.StructParents)]
            kids = element.K if isinstance(element.K, Array) else [element.K]
            assert listed[int(kids[0].MCID)].objgen == element.objgen
