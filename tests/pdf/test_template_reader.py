"""What a template's fields, flags, limits, formats and calculations become in the model."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.model.dates import DatePattern
from pipeline.model.field import Field, FieldType, Option, Quadding
from pipeline.model.formats import DateFormat, NumberFormat, Range, SimpleCalculation
from pipeline.model.geometry import Rect
from pipeline.model.numbers import NumberStyle
from pipeline.model.template import Template
from pipeline.pdf.template_reader import read_template
from tests.pdf import small_forms
from tests.pdf.small_forms import (
    COMB,
    EDIT,
    HIDDEN,
    MULTI_SELECT,
    MULTILINE,
    NO_ROTATE,
    NO_VIEW,
    PASSWORD,
    PRINT,
    READ_ONLY,
    REQUIRED,
    WIDE,
    Sheet,
    actions,
)  # fmt: skip


def only(data: bytes) -> Field:
    (field,) = read_template(data).fields
    return field


def read(sheet: Sheet) -> Template:
    return read_template(sheet.bytes())


def test_a_text_field() -> None:
    field = only(small_forms.one_text_field(max_len=5, TU=String(" Uw \n naam ")))
    assert (field.name, field.type, field.label, field.max_len) == (
        "name", FieldType.TEXT, "Uw naam", 5,
    )  # fmt: skip
    (widget,) = field.widgets
    assert (widget.page, widget.rect) == (0, Rect(*WIDE))
    assert widget.visible
    assert widget.prints


@pytest.mark.parametrize(
    ("flags", "what"),
    [(READ_ONLY, "read_only"), (REQUIRED, "required"), (MULTILINE, "multiline"),
     (PASSWORD, "password"), (COMB, "comb")],
)  # fmt: skip
def test_flags(flags: int, what: str) -> None:
    assert getattr(only(small_forms.one_text_field(max_len=5, flags=flags)), what)
    assert not getattr(only(small_forms.one_text_field(max_len=5)), what)


@pytest.mark.parametrize("flags", [COMB | MULTILINE, COMB | PASSWORD])
def test_a_comb_is_one_line_of_plain_text(flags: int) -> None:
    assert not only(small_forms.one_text_field(max_len=5, flags=flags)).comb
    assert not only(small_forms.one_text_field(flags=COMB)).comb


@pytest.mark.parametrize("limit", [0, -3])
def test_a_limit_of_nothing_is_none(limit: int) -> None:
    assert only(small_forms.one_text_field(max_len=limit)).max_len is None


def test_what_a_parent_says_holds_for_its_kids() -> None:
    template = read_template(small_forms.shared_parent())
    assert [field.name for field in template.fields] == ["person.name", "person.town"]
    for field in template.fields:
        assert (field.required, field.max_len) == (True, 7)
        assert field.widgets[0].style.font_size == 9


def test_the_form_s_own_default_appearance_is_the_last_resort() -> None:
    style = only(small_forms.one_text_field()).widgets[0].style
    assert (style.font, style.font_size, style.colour) == ("Helv", 0, "0 g")


def test_the_looks_of_a_widget() -> None:
    look = Dictionary(BC=Array([1, 0, 0]), BG=Array([0.5]), R=90, CA=String("8"))
    style = (
        only(
            small_forms.one_text_field(
                MK=look, BS=Dictionary(W=3, S=Name.D), Q=2, DA=String("0.2 0.4 0.6 rg /Cour 7.5 Tf")
            )
        )
        .widgets[0]
        .style
    )
    assert style.border_colour == (1, 0, 0)
    assert style.background == (0.5,)
    assert (style.border_width, style.border_style, style.rotation, style.caption) == (
        3, "D", 90, "8",
    )  # fmt: skip
    assert style.quadding is Quadding.RIGHT
    assert (style.font, style.font_size, style.colour) == ("Cour", 7.5, "0.2 0.4 0.6 rg")


def test_an_odd_look_is_no_crash() -> None:
    style = (
        only(
            small_forms.one_text_field(
                MK=String("x"), BS=Array(), Q=Name.X, DA=Array([1]), Border=Array([0, 0])
            )
        )
        .widgets[0]
        .style
    )
    assert style.quadding is Quadding.LEFT
    assert style.font_size == 0


def test_a_corner_may_be_given_first_or_last() -> None:
    assert only(small_forms.one_text_field(corners=(280, 170, 20, 150))).widgets[0].rect == Rect(
        *WIDE
    )


def test_a_checkbox() -> None:
    field = only(small_forms.checkbox(on="Ja"))
    assert (field.type, field.on_states, field.value) == (FieldType.CHECKBOX, ("Ja",), None)
    assert field.widgets[0].on_state == "Ja"
    assert field.widgets[0].has_stream
    assert only(small_forms.checkbox(V=Name.Yes, AS=Name.Yes)).value is True
    assert only(small_forms.checkbox(V=Name.Off)).value is False


def test_an_on_state_that_draws_nothing_is_no_drawing() -> None:
    sheet = Sheet()
    sheet.checkbox("agreed", AP=sheet.states("Yes", drawing=b"q Q"))
    assert not read(sheet).fields[0].widgets[0].has_stream


def test_a_checkbox_without_any_appearance() -> None:
    field = only(small_forms.undrawn_checkbox())
    assert field.on_states == ("Yes",)
    assert not field.widgets[0].has_stream


def test_a_button_s_value_may_stand_in_its_state_alone() -> None:
    assert only(small_forms.checkbox(AS=Name.Yes)).value is True


def test_a_radio_group() -> None:
    field = only(small_forms.radio_group(V=Name.green))
    assert (field.type, field.on_states, field.value) == (
        FieldType.RADIO, ("red", "green", "blue"), "green",
    )  # fmt: skip
    assert [widget.on_state for widget in field.widgets] == ["red", "green", "blue"]


def test_what_radio_states_stand_for_is_listed_in_the_order_of_the_kids() -> None:
    """Not in that of the page: here the kids lie the other way round."""
    sheet = Sheet()
    group = sheet.radio("colour", ["0", "1", "2"], Opt=Array([String(x) for x in "abc"]))
    sheet.page().Annots = Array(list(reversed(list(sheet.page().Annots))))
    group.V = String("c")
    field = read(sheet).fields[0]
    assert field.on_states == ("2", "1", "0")
    assert [option.export for option in field.options] == ["c", "b", "a"]
    assert field.value == "2"


def test_a_choice() -> None:
    field = only(small_forms.choice(V=String("p")))
    assert field.options == (
        Option("a", "Appel"), Option("p", "Peer"), Option("k", "Kers, zoet"),
    )  # fmt: skip
    assert (field.combo, field.editable, field.multi_select, field.value) == (
        True, False, False, "p",
    )  # fmt: skip
    assert only(small_forms.choice(editable=True)).editable


def test_a_list_box() -> None:
    field = only(small_forms.list_box())
    assert (field.combo, field.multi_select) == (False, True)


def test_several_selections() -> None:
    sheet = Sheet()
    several = Array([String("p"), String("a")])
    sheet.choice("fruits", [("a", "A"), ("p", "P")], Ff=MULTI_SELECT, V=several)
    assert read(sheet).fields[0].value == ("p", "a")


def test_an_option_may_be_its_own_export() -> None:
    sheet = Sheet()
    sheet.choice("fruit", [], Opt=Array([String("Appel"), Array([String("p")]), 3]))
    assert read(sheet).fields[0].options == (
        Option("Appel", "Appel"), Option("p", "p"), Option("", ""),
    )  # fmt: skip


def test_an_edit_flag_without_a_combo_means_nothing() -> None:
    sheet = Sheet()
    sheet.choice("fruit", [("a", "A")], Ff=EDIT)
    assert not read(sheet).fields[0].editable
    assert not read(sheet).fields[0].combo


def test_declared_scripts_become_data() -> None:
    sheet = Sheet()
    sheet.text(
        "amount",
        AA=actions(
            F='AFNumber_Format(2, 3, 0, 0, "", true);',
            K='AFNumber_Keystroke(2, 3, 0, 0, "", true);',
            V="AFRange_Validate(true, 0, true, 200);",
        ),
    )
    sheet.text("day", AA=actions(F='AFDate_FormatEx("dd-mm-yyyy");'))
    sheet.text("total", AA=actions(C='AFSimple_Calculate("SUM", new Array ("amount"));'))
    fields = read(sheet).by_name
    assert fields["amount"].format == NumberFormat(NumberStyle(2, 3))
    assert fields["amount"].range == Range(Decimal(0), Decimal(200))
    assert fields["day"].format == DateFormat(DatePattern("dd-mm-yyyy"))
    assert fields["total"].calculation == SimpleCalculation("SUM", ("amount",))
    assert read(sheet).not_understood == ()


def test_a_script_may_be_a_stream_or_stand_at_the_widget() -> None:
    sheet = Sheet()
    source = sheet.pdf.make_stream(b'AFDate_FormatEx("dd-mm-yyyy");')
    action = Dictionary(F=Dictionary(S=Name.JavaScript, JS=source))
    field = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("day")))
    kid = sheet.annotate(sheet.widget(WIDE, Parent=field, AA=action))
    field.Kids = Array([kid])
    sheet.enter(field)
    assert isinstance(read(sheet).fields[0].format, DateFormat)


def test_what_is_not_understood_is_named() -> None:
    sheet = Sheet()
    sheet.text("a", AA=actions(F="myFormat();", K="myKey();", V="mine();", C="event.value = 1;"))
    sheet.checkbox("b", A=small_forms.script("app.alert(1)"))
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))
    assert [(each.field, each.what) for each in read(sheet).not_understood] == [
        ("", "document script"),
        ("a", "format script"),
        ("a", "keystroke script"),
        ("a", "validation script"),
        ("a", "calculation script"),
        ("b", "script on activation"),
    ]


def test_a_box_that_does_not_turn_with_its_page_is_named() -> None:
    """NoRotate on a turned page: boxes are looked for where /Rect says. 12.5.3."""
    for rotation, named in ((0, []), (90, ["a box that does not turn with its page"])):
        sheet = Sheet()
        sheet.page().Rotate = rotation
        sheet.text("name", F=PRINT | NO_ROTATE)
        assert [each.what for each in read(sheet).not_understood] == named


def test_the_calculation_order_is_the_document_s() -> None:
    sheet = Sheet()
    made = {
        name: sheet.text(name, AA=actions(C='AFSimple_Calculate("SUM", new Array ("x"));'))
        for name in ("first", "second", "third")
    }
    sheet.form.CO = Array([made["third"], made["first"], made["third"], sheet.helvetica])
    assert read(sheet).calculation_order == ("third", "first", "second")


@pytest.mark.parametrize(
    ("flags", "visible", "prints"),
    [
        (PRINT, True, True),
        (0, True, False),
        (HIDDEN, False, False),
        (HIDDEN | PRINT, False, False),
        (NO_VIEW | PRINT, False, True),
    ],
)
def test_where_a_widget_shows(flags: int, visible: bool, prints: bool) -> None:
    (widget,) = only(small_forms.one_text_field(F=flags)).widgets
    assert (widget.visible, widget.prints) == (visible, prints)


def test_a_read_only_text_on_the_screen_only_is_an_instruction() -> None:
    sheet = Sheet()
    sheet.text("hint", F=0, Ff=READ_ONLY, V=String("Vul alles in"))
    sheet.text("name")
    sheet.instruction("En lees dit")
    template = read(sheet)
    assert template.by_name["hint"].is_instruction
    assert [each.text for each in template.instructions] == ["En lees dit", "Vul alles in"]
    assert [field.name for field in template.data_fields()] == ["name"]


def test_a_writable_field_is_never_an_instruction() -> None:
    field = only(small_forms.one_text_field(F=0))
    assert not field.is_instruction
    assert field.painted_widgets() == field.widgets


def test_of_printing_and_other_widgets_the_printing_ones_are_painted() -> None:
    sheet = Sheet()
    field = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    kids = [
        sheet.annotate(sheet.widget((20, at, 280, at + 20), Parent=field, F=flags))
        for at, flags in ((150, 0), (100, PRINT))
    ]
    field.Kids = Array(kids)
    sheet.enter(field)
    found = read(sheet).fields[0]
    assert [widget.rect.y0 for widget in found.painted_widgets()] == [100]


def test_an_instruction_may_name_its_field() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.instruction("Voornaam eerst").NM = String("instruction:name")
    assert read(sheet).instructions[0].for_field == "name"


def test_fields_come_in_the_order_of_the_pages() -> None:
    sheet = Sheet(pages=2)
    sheet.text("later", page=1)
    sheet.text("sooner", page=0)
    assert [field.name for field in read(sheet).fields] == ["sooner", "later"]


def test_pages_with_their_crop_boxes_and_turns() -> None:
    sheet = Sheet(pages=2)
    sheet.text("name")
    sheet.page(0).CropBox = Array([10, 20, 210, 120])
    sheet.page(1).Rotate = -90
    first, second = read(sheet).pages
    assert (first.box, first.rotation) == (Rect(10, 20, 210, 120), 0)
    assert (second.rotation, second.shown_size) == (270, (200, 300))


def test_title_language_and_notices() -> None:
    sheet = Sheet()
    sheet.text("name")
    sheet.pdf.docinfo["/Title"] = "Aanmelding"
    sheet.pdf.Root.Lang = String("nl-NL")
    sheet.pdf.Root.Perms = Dictionary()
    sheet.form.SigFlags = 3
    template = read(sheet)
    assert (template.title, template.language) == ("Aanmelding", "nl-NL")
    assert template.notices == ("usage_rights", "signatures")


def test_text_of_any_encoding() -> None:
    sheet = Sheet()
    sheet.text("a", V=String("Łódź Ωδ"))
    sheet.text("b", V=String("Zoë\r\nen\rLoek"), Ff=MULTILINE)
    sheet.text("c", V=sheet.pdf.make_stream(b"\xfe\xff\x01\x41"))
    sheet.text("d", V=Array())
    assert [field.value for field in read(sheet).fields] == ["Łódź Ωδ", "Zoë\nen\nLoek", "Ł", None]
