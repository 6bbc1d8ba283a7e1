"""Layers: what a document's default configuration hides is asked for nowhere and printed nowhere;
what it shows stays in its layer. ISO 32000-2, 8.11.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.pdf.optional_content import OptionalContent
from tests.pdf import small_forms
from tests.pdf.forms import definitive, filled, form_of, received
from tests.pdf.judges import ink, is_sound, picture, poppler_picture, poppler_text, text_in
from tests.pdf.small_forms import Sheet

Layers = dict[str, pikepdf.Object]


def layered(sheet: Sheet, *, off: str = "", **state: object) -> Layers:
    """Groups A and B; ``state`` are further entries of the default configuration."""
    groups = {
        name: sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in "AB"
    }
    default = Dictionary(ON=Array([groups[each] for each in "AB" if each not in off]))
    default.OFF = Array([groups[each] for each in off])
    for key, value in state.items():
        default["/" + key] = value
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array(list(groups.values())), D=default)
    return groups


def membership(groups: Layers, policy: str, names: str = "AB") -> Dictionary:
    return Dictionary(
        Type=Name.OCMD, OCGs=Array([groups[each] for each in names]), P=Name("/" + policy)
    )


def expression(groups: Layers, *terms: object) -> Dictionary:
    operator, *rest = terms
    return Dictionary(Type=Name.OCMD, VE=Array([Name("/" + str(operator)), *rest]))


CONTENTS: dict[str, tuple[Callable[[Layers], pikepdf.Object], bool]] = {
    "a group that is on": (lambda groups: groups["A"], True),
    "a group that is off": (lambda groups: groups["B"], False),
    "any of two": (lambda groups: membership(groups, "AnyOn"), True),
    "both": (lambda groups: membership(groups, "AllOn"), False),
    "one of two not": (lambda groups: membership(groups, "AnyOff"), True),
    "neither": (lambda groups: membership(groups, "AllOff"), False),
    "none at all": (lambda groups: membership(groups, "AllOn", ""), True),
    "not one that is off": (lambda groups: expression(groups, "Not", groups["B"]), True),
    "either": (lambda groups: expression(groups, "Or", groups["A"], groups["B"]), True),
    "each": (lambda groups: expression(groups, "And", groups["A"], groups["B"]), False),
    "in a term": (
        lambda groups: expression(groups, "And", groups["A"], Array([Name.Not, groups["B"]])),
        True,
    ),
}


@pytest.mark.parametrize(("content", "shows"), CONTENTS.values(), ids=CONTENTS.keys())
def test_what_shows(content: Callable[[Layers], pikepdf.Object], shows: bool) -> None:
    """And poppler draws a box just where we say that it shows."""
    sheet = Sheet()
    groups = layered(sheet, off="B")
    sheet.text("name", small_forms.WIDE, F=4, MK=Dictionary(BG=Array([0, 0, 0])))
    widget = sheet.pdf.pages[0].obj.Annots[0]
    widget.OC = content(groups)
    widget.AP = Dictionary(N=sheet.pdf.make_stream(b"0 g 0 0 260 20 re f"))
    widget.AP.N.BBox = Array([0, 0, 260, 20])
    widget.AP.N.Subtype = Name.Form
    assert OptionalContent.of(sheet.pdf).shows(widget) is shows
    form = form_of(sheet.bytes())
    field = form.template.fields[0]
    assert field.visible is shows
    assert bool(field.painted_widgets()) is shows
    drawn = poppler_picture(sheet.bytes(), 0, 144)
    assert (ink(drawn, field.widgets[0].rect, form.template.pages[0]) > 0.5) is shows


@pytest.mark.parametrize(
    ("state", "on"),
    [
        ({"BaseState": Name.OFF}, "A"),
        ({"BaseState": Name.ON}, "A"),
        ({"BaseState": Name.Unchanged}, "A"),
    ],
)
def test_the_base_state(state: dict[str, object], on: str) -> None:
    sheet = Sheet()
    groups = layered(sheet, off="B", **state)
    content = OptionalContent.of(sheet.pdf)
    shown = "".join(name for name in groups if content.shows(Dictionary(OC=groups[name])))
    assert shown == on


def test_a_layer_for_paper_alone() -> None:
    """It is not asked for on the screen, but a value that it has is printed."""
    sheet = Sheet()
    groups = layered(sheet)
    usage = Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    groups["A"].Usage = usage
    sheet.pdf.Root.OCProperties.D.AS = Array(
        [
            Dictionary(
                Event=Name("/" + event),
                OCGs=Array([groups["A"]]),
                Category=Array([Name("/" + event)]),
            )
            for event in ("View", "Print")
        ]
    )
    sheet.text("name", small_forms.WIDE, F=4, V=String("Kenmerk 12"))
    sheet.pdf.pages[0].obj.Annots[0].OC = groups["A"]
    form = form_of(sheet.bytes())
    (field,) = form.template.fields
    assert (field.visible, bool(field.painted_widgets())) == (False, True)
    final = definitive(form, {"name": "Kenmerk 12"})
    assert text_in(final, field.widgets[0].rect).strip() == "Kenmerk 12"


def test_an_answer_stays_in_its_layer() -> None:
    """Switched off in the final PDF, the layer takes the answer and its frame along."""
    sheet = Sheet()
    groups = layered(sheet)
    look = Dictionary(BG=Array([0.5, 0.5, 0.5]), BC=Array([0, 0, 0]))
    sheet.text("name", small_forms.WIDE, F=4, MK=look)
    sheet.text("other", (20, 100, 280, 120), F=4)
    sheet.checkbox("tick", (20, 60, 36, 76), F=4)
    for number in (0, 2):
        sheet.pdf.pages[0].obj.Annots[number].OC = groups["A"]
    form = form_of(sheet.bytes())
    values = {"name": "Zoë", "other": "Jan", "tick": True}
    final = definitive(form, values)
    assert is_sound(final)
    assert received(form, final) == values
    assert received(form, filled(form, values)) == values
    off = BytesIO()
    with pikepdf.open(BytesIO(final)) as pdf:
        properties = pdf.Root.OCProperties
        properties.D.OFF = Array([properties.OCGs[0]])
        properties.D.ON = Array()
        pdf.save(off)
    page = form.template.pages[0]
    rects = [field.widgets[0].rect for field in form.template.fields]
    for data, shown in ((final, (True, True, True)), (off.getvalue(), (False, True, False))):
        drawn = picture(data)
        assert tuple(ink(drawn, rect, page) > 0.001 for rect in rects) == shown
    assert "Jan" in poppler_text(off.getvalue())
    assert "Zoë" not in poppler_text(off.getvalue())


def test_what_the_page_has_in_a_hidden_layer_is_kept() -> None:
    sheet = Sheet()
    groups = layered(sheet, off="B")
    page = sheet.pdf.pages[0]
    page.obj.Resources = Dictionary(
        Properties=Dictionary(FpL1=groups["B"]), Font=Dictionary(H=sheet.helvetica)
    )
    page.contents_add(b"/OC /FpL1 BDC BT /H 12 Tf 20 20 Td (Concept) Tj ET EMC")
    sheet.text("name", small_forms.WIDE, F=4)
    page.obj.Annots[0].OC = groups["A"]
    form = form_of(sheet.bytes())
    final = definitive(form, {"name": "Zoë"})
    with pikepdf.open(BytesIO(final)) as pdf:
        lists = pdf.pages[0].obj.Resources.Properties
        assert {str(lists[key].Name) for key in lists} == {"A", "B"}
        assert str(lists.FpL1.Name) == "B"
        content = b"".join(operands.read_bytes() for operands in pdf.pages[0].obj.Contents)
        assert b"(Concept) Tj" in content
    assert "Concept" not in poppler_text(final)


def test_an_expression_that_leads_to_itself_ends() -> None:
    sheet = Sheet()
    groups = layered(sheet, off="B")
    terms = sheet.pdf.make_indirect(Array([Name.And, groups["A"]]))
    for _ in range(3):
        terms.append(terms)
    content = OptionalContent.of(sheet.pdf)
    assert content.shows(Dictionary(OC=Dictionary(Type=Name.OCMD, VE=terms)))
