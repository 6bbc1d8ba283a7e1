"""Terminal fields and their widgets in trees as real files have them, and in hostile ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.model.template import Template
from pipeline.pdf.form_values import FormValues
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.template_reader import read_template
from tests.pdf import small_forms
from tests.pdf.forms import definitive, filled, form_of, received
from tests.pdf.judges import page_text, root
from tests.pdf.small_forms import WIDE, Sheet


def read(sheet: Sheet) -> Template:
    return read_template(sheet.bytes())


def names(sheet: Sheet) -> list[str]:
    return [field.name for field in read(sheet).fields]


def kid(sheet: Sheet, **entries: Any) -> Any:
    return sheet.pdf.make_indirect(Dictionary(**entries))


def test_a_widget_that_fields_does_not_reach_is_a_field_all_the_same() -> None:
    form = form_of(small_forms.orphan_widget())
    out = filled(form, {"lost": "gevonden"})
    assert received(form, out) == {"lost": "gevonden"}
    entered = root(out)["/AcroForm"]["/Fields"]
    assert [each.get_object()["/T"] for each in entered] == ["lost"]


def test_fields_of_one_name_are_one_field() -> None:
    form = form_of(small_forms.same_name_twice())
    (field,) = form.template.fields
    assert len(field.widgets) == 2
    final = definitive(form, {"name": "Anna"})
    assert page_text(final).count("Anna") == 2
    assert received(form, filled(form, {"name": "Anna"})) == {"name": "Anna"}


def test_a_direct_widget() -> None:
    sheet = Sheet()
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), F=4,
        Rect=Array(list(WIDE)),
    )  # fmt: skip
    sheet.page().Annots = Array([widget])
    form = form_of(sheet.bytes())
    assert "Anna" in page_text(definitive(form, {"name": "Anna"}))


def test_a_field_on_no_page() -> None:
    sheet = Sheet()
    sheet.enter(kid(sheet, FT=Name.Tx, T=String("hidden")))
    template = read(sheet)
    assert [(field.name, field.page) for field in template.fields] == [("hidden", None)]


def test_a_field_without_a_name_gets_a_number() -> None:
    sheet = Sheet()
    sheet.enter(sheet.annotate(sheet.widget(WIDE, FT=Name.Tx)))
    assert names(sheet) == ["#1"]


def test_what_is_no_field_is_passed_over() -> None:
    sheet = Sheet()
    sheet.text("name")
    for odd in (3, String("x"), Name.X, Array(), Dictionary(), sheet.helvetica):
        sheet.form.Fields.append(odd)
        sheet.page().Annots.append(odd)
    assert names(sheet) == ["name"]


def test_a_widget_on_two_pages_is_painted_on_both() -> None:
    sheet = Sheet(pages=2)
    shared = sheet.text("name")
    sheet.annotate(shared, page=1)
    form = form_of(sheet.bytes())
    final = definitive(form, {"name": "Anna"})
    assert "Anna" in page_text(final, 0)
    assert "Anna" in page_text(final, 1)


def test_a_kid_that_is_its_own_parent() -> None:
    sheet = Sheet()
    sheet.text("name")
    loop = kid(sheet, FT=Name.Tx, T=String("loop"))
    loop.Kids = Array([loop])
    loop.Parent = loop
    sheet.enter(loop)
    assert "name" in names(sheet)


def test_parents_in_a_circle() -> None:
    sheet = Sheet()
    one, other = kid(sheet, T=String("one")), kid(sheet, T=String("other"), FT=Name.Tx)
    one.Kids, other.Kids = Array([other]), Array([one])
    one.Parent, other.Parent = other, one
    sheet.enter(one)
    sheet.annotate(sheet.widget(WIDE, Parent=other, T=String("leaf")))
    sheet.text("name")
    assert "name" in names(sheet)


def test_a_tree_of_great_depth() -> None:
    """Deeper than any form is, and than Python may call: what lies in it is passed over."""
    sheet = Sheet()
    sheet.text("name")
    node = sheet.enter(kid(sheet, T=String("n")))
    for _ in range(3_000):
        below = kid(sheet, T=String("n"), Parent=node)
        node.Kids = Array([below])
        node = below
    node.FT = Name.Tx
    sheet.annotate(sheet.widget(WIDE, Parent=node))
    assert "name" in names(sheet)


def test_kids_that_multiply() -> None:
    """Each level lists the next twice: 2 to the power of 40 ways down, one of them walked."""
    sheet = Sheet()
    leaf = sheet.text("name")
    sheet.form.Fields = Array()
    for level in range(40):
        node = kid(sheet, T=String(f"n{level}"))
        node.Kids = Array([leaf, leaf])
        leaf.Parent = node
        leaf = node
    sheet.enter(leaf)
    assert len(names(sheet)) == 1


@pytest.mark.parametrize("odd", [3, String("x"), Name.X, Dictionary()])
@pytest.mark.parametrize(
    "key", ["Kids", "Parent", "Rect", "AP", "AS", "V", "DV", "Opt", "AA", "MK", "BS", "DA", "F",
            "Ff", "MaxLen", "T", "TU", "Q"],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_an_absent_one(key: str, odd: object) -> None:
    """Neither reading nor filling nor flattening crashes, whatever stands there."""
    sheet = Sheet()
    sheet.text("sound", (20, 100, 280, 120))
    for field in (sheet.text("a"), sheet.checkbox("b"), sheet.choice("c", [("a", "A")])):
        field[f"/{key}"] = odd
    form = form_of(sheet.bytes())
    assert "Anna" in page_text(definitive(form, {"sound": "Anna"}))
    assert received(form, filled(form, {"sound": "Anna"}))["sound"] == "Anna"


def test_a_name_that_is_too_long_is_none() -> None:
    """Handed down to thousands of fields it would fill the memory."""
    sheet = Sheet()
    parent = kid(sheet, T=String("n" * 5_000), FT=Name.Tx)
    leaf = sheet.annotate(sheet.widget(WIDE, T=String("name"), Parent=parent))
    parent.Kids = Array([leaf])
    sheet.enter(parent)
    sheet.text("n" * 5_000)
    lost = sheet.widget(WIDE, T=String("n" * 5_000), FT=Name.Tx)
    sheet.annotate(lost)
    assert sorted(names(sheet)) == ["#1", "#2", "name"]


def many_of_one_name(sheet: Sheet) -> None:
    for _ in range(4_000):
        sheet.text("name")


def many_direct_widgets(sheet: Sheet) -> None:
    """Each stands on the page and in /Fields, and is like all the others."""
    widget = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array(list(WIDE)))
    sheet.page().Annots = Array([widget] * 4_000)
    sheet.form.Fields = Array([widget] * 4_000)


def many_strays(sheet: Sheet) -> None:
    for _ in range(4_000):
        sheet.annotate(sheet.widget(WIDE, FT=Name.Tx, T=String("name")))


def many_odd_states(sheet: Sheet) -> None:
    group = sheet.radio("name", [f"s{number}" for number in range(2_000)], Opt=Array())
    for at, button in enumerate(group.Kids):
        button.AS = Name(f"/x{at}")


@pytest.mark.parametrize(
    "draw", [many_of_one_name, many_direct_widgets, many_strays, many_odd_states]
)
def test_thousands_of_widgets_take_their_time_each(draw: Callable[[Sheet], None]) -> None:
    """And no more than that: twice as many would take twice as long."""
    sheet = Sheet()
    draw(sheet)
    data = sheet.bytes()
    started = time.process_time()
    (field,) = read_template(data).fields
    with open_pdf(data, only_read=True) as pdf:
        assert FormValues(pdf).held == {"name": (field.type, None)}
    assert len(field.widgets) >= 2_000
    assert time.process_time() - started < 15
