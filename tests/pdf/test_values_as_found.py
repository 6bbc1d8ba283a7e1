"""What fields hold in files as other programs leave them, and in odd ones, judged by the value."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from pipeline.flow import documents
from pipeline.flow.receive import receive_alone
from pipeline.model.field import Field, Value
from pipeline.pdf.form_values import FormValues
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import text
from pipeline.pdf.template_reader import read_template
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, definitive, filled, form_of, received
from tests.pdf.small_forms import (
    AREA,
    BOX,
    COMBO,
    EDIT,
    MULTI_SELECT,
    RADIO,
    RADIOS_IN_UNISON,
    READ_ONLY,
    WIDE,
    Sheet,
)


def held(data: bytes) -> dict[str, Value | None]:
    with open_pdf(data, only_read=True) as pdf:
        return {name: value for name, (_, value) in FormValues(pdf).held.items()}


def only(sheet: Sheet) -> Field:
    (field,) = read_template(sheet.bytes()).fields
    return field


def not_understood(data: bytes) -> list[tuple[str, str]]:
    return [(each.field, each.what) for each in read_template(data).not_understood]


STRANGE = "a value that is none of its options"


@pytest.mark.parametrize("flags", [RADIO, RADIO | RADIOS_IN_UNISON])
@pytest.mark.parametrize("on", [0, 1])
def test_buttons_of_one_state_are_one_answer(flags: int, on: int) -> None:
    """In unison or not: V says the state, and cannot say which of the buttons it is."""
    for entries in ({"V": Name.a}, {}):
        sheet = Sheet()
        group = sheet.radio("colour", ["a", "a", "b"], Ff=flags, **entries)
        group.Kids[on].AS = Name.a
        field = only(sheet)
        assert (field.on_states, field.value) == (("a", "b"), "a")
        assert held(sheet.bytes()) == {"colour": "a"}


def test_buttons_of_one_state_may_stand_for_different_things() -> None:
    """/Opt says what each button stands for; a program that writes that into V is understood."""
    for opted in ("x", "y"):
        sheet = Sheet()
        exports = Array([String(each) for each in "xyz"])
        sheet.radio("colour", ["a", "a", "b"], Ff=RADIO, Opt=exports, V=String(opted))
        assert only(sheet).value == "a"
        assert held(sheet.bytes()) == {"colour": "a"}


def test_buttons_that_acrobat_numbered() -> None:
    """Equal exports: Acrobat numbers the states and says in /Opt what they stand for. Each button
    is an answer of its own."""
    for state in "012":
        sheet = Sheet()
        exports = Array([String(each) for each in "aab"])
        sheet.radio("colour", ["0", "1", "2"], Ff=RADIO, Opt=exports, V=Name("/" + state))
        assert only(sheet).value == state
        assert held(sheet.bytes()) == {"colour": state}


def test_undrawn_radio_buttons_with_options() -> None:
    sheet = Sheet()
    exports = Array([String(each) for each in "xy"])
    group = sheet.radio("colour", ["a", "b"], Ff=RADIO, Opt=exports, V=String("y"))
    for kid in group.Kids:
        del kid["/AP"], kid["/AS"]
    field = only(sheet)
    assert [option.export for option in field.options] == ["x", "y"]
    assert field.value == field.on_states[1]


def several_states(*states: str, **entries: Any) -> Sheet:
    """A check box whose appearance has more than one state besides Off."""
    sheet = Sheet()
    drawn = {f"/{state}": sheet.stream(small_forms.TICK) for state in (*states, "Off")}
    sheet.checkbox("agreed", AP=Dictionary(N=Dictionary(drawn)), **entries)
    return sheet


@pytest.mark.parametrize("state", ["Ja", "On", "Yes"])
def test_a_box_with_several_on_states_is_on_in_each(state: str) -> None:
    for entries in ({"V": Name("/" + state)}, {"AS": Name("/" + state)}):
        sheet = several_states("Yes", "On", "Ja", **entries)
        field = only(sheet)
        assert (field.on_states, field.value) == (("Ja",), True)
        assert held(sheet.bytes()) == {"agreed": True}


@pytest.mark.parametrize("value", [Name.No, Name.Off, String("Nee"), String("")])
def test_a_box_is_off_where_v_names_no_state_of_its_own(value: object) -> None:
    """Tools write /No, meaning just that; no viewer shows a tick."""
    sheet = Sheet()
    sheet.checkbox("agreed", V=value, AS=Name.No)
    assert held(sheet.bytes()) == {"agreed": False}
    assert only(sheet).value is False


def test_a_box_without_any_drawing_is_on_where_v_says_so() -> None:
    sheet = Sheet()
    box = sheet.checkbox("agreed", V=Name.Ja)
    del box["/AP"], box["/AS"]
    assert held(sheet.bytes()) == {"agreed": True}
    assert only(sheet).on_states == ("Ja",)


def test_a_field_on_no_page_holds_what_it_says() -> None:
    sheet = Sheet()
    for name, entries in {
        "text": Dictionary(FT=Name.Tx, V=String("Anna")),
        "box": Dictionary(FT=Name.Btn, V=Name.Yes),
        "off": Dictionary(FT=Name.Btn, V=Name.Off),
        "choice": Dictionary(FT=Name.Ch, Ff=COMBO, V=String("a")),
    }.items():
        entries.T = String(name)
        sheet.enter(sheet.pdf.make_indirect(entries))
    assert held(sheet.bytes()) == {"text": "Anna", "box": True, "off": False, "choice": "a"}


def test_a_kid_that_forgot_its_parent() -> None:
    """/Kids say what is below: name, type and value come down all the same."""
    sheet = Sheet()
    kids = [
        sheet.annotate(sheet.widget(corners, T=String(name)))
        for name, corners in (("one", (20, 150, 280, 170)), ("two", (20, 120, 280, 140)))
    ]
    parent = Dictionary(FT=Name.Tx, T=String("all"), MaxLen=9, V=String("Anna"), Kids=Array(kids))
    sheet.enter(sheet.pdf.make_indirect(parent))
    assert held(sheet.bytes()) == {"all.one": "Anna", "all.two": "Anna"}
    assert [field.max_len for field in read_template(sheet.bytes()).fields] == [9, 9]


def test_a_kid_whose_parent_is_another() -> None:
    """A copy of its parent, left over from a merger, has nothing to say."""
    sheet = Sheet()
    stale = sheet.pdf.make_indirect(Dictionary(FT=Name.Ch, T=String("old"), V=String("Boze")))
    kid = sheet.annotate(sheet.widget(WIDE, T=String("name"), Parent=stale))
    parent = Dictionary(FT=Name.Tx, T=String("person"), V=String("Anna"), Kids=Array([kid]))
    sheet.enter(sheet.pdf.make_indirect(parent))
    assert held(sheet.bytes()) == {"person.name": "Anna"}


def test_a_root_that_is_none() -> None:
    """/Fields lists a kid alone: what its parent says holds for it."""
    sheet = Sheet()
    parent = sheet.pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=RADIO, T=String("group"), V=Name.a))
    kid = sheet.widget(BOX, T=String("one"), Parent=parent, AP=sheet.states("a"))
    sheet.enter(sheet.annotate(kid))
    assert held(sheet.bytes()) == {"one": "a"}


def test_a_value_at_the_widget() -> None:
    sheet = Sheet()
    field = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))
    field.Kids = Array(
        [sheet.annotate(sheet.widget(WIDE, Parent=field, V=String("Anna"))) for _ in range(2)]
    )
    sheet.enter(field)
    assert held(sheet.bytes()) == {"name": "Anna"}


def test_what_was_locked_is_read_nevertheless() -> None:
    """Programs that "flatten" make the fields read-only; real forms lack the Print flag as well."""
    form = form_of(small_forms.one_text_field(F=0))
    locked = small_forms.one_text_field(flags=READ_ONLY, F=0, V=String("Anna"))
    assert received(form, locked) == {"name": "Anna"}


def test_a_strange_instruction_is_no_answer() -> None:
    form = form_of(small_forms.one_text_field())
    sheet = Sheet()
    sheet.text("name", V=String("Anna"))
    sheet.text("hint", (20, 100, 280, 120), F=0, Ff=READ_ONLY, V=String("Vul alles in"))
    found = documents.receive(form, sheet.bytes(), LIMITS)
    assert (found.values, found.problems) == ({"name": "Anna"}, ())


@pytest.mark.parametrize("blanks", [" ", "   "])
def test_an_option_may_be_only_blanks(blanks: str) -> None:
    sheet = Sheet()
    sheet.choice("one", [(blanks, "Geen"), ("a", "A")])
    sheet.choice("some", [(blanks, blanks), ("a", "A")], AREA, Ff=MULTI_SELECT)
    form = form_of(sheet.bytes())
    answers: dict[str, object] = {"one": blanks, "some": [blanks, "a"]}
    for data in (filled(form, answers), definitive(form, answers)):
        assert received(form, data) == {"one": blanks, "some": (blanks, "a")}


def test_a_choice_of_its_own_that_is_no_option_is_named() -> None:
    for known in ("p", "Peer", ""):
        assert not_understood(small_forms.choice(V=String(known))) == []
    assert not_understood(small_forms.choice(V=String("kiwi"))) == [("fruit", STRANGE)]
    assert not_understood(small_forms.choice(editable=True, V=String("kiwi"))) == []
    sheet = Sheet()
    several = Array([String("a"), String("kiwi")])
    sheet.choice("fruits", [("a", "A")], AREA, Ff=MULTI_SELECT | EDIT, V=several)
    assert not_understood(sheet.bytes()) == [("fruits", STRANGE)]


def test_a_state_of_its_own_that_is_none_is_named() -> None:
    assert not_understood(small_forms.radio_group(V=Name.purple)) == [("colour", STRANGE)]
    assert not_understood(small_forms.checkbox(V=Name.No)) == [("agreed", STRANGE)]
    for state in (Name.Off, Name.green, String("green")):
        assert not_understood(small_forms.radio_group(V=state)) == []
    assert not_understood(small_forms.checkbox(V=Name.Yes)) == []


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_values_behind_an_owner_s_password(revision: int) -> None:
    form = form_of(small_forms.one_text_field())
    sheet = Sheet()
    sheet.text("name", V=String("Łódź"))
    modern = revision >= 4
    protection = pikepdf.Encryption(user="", owner="owner", R=revision, aes=modern, metadata=modern)
    assert received(form, sheet.bytes(encryption=protection)) == {"name": "Łódź"}


def updated(data: bytes, **objects: str) -> bytes:
    """The file with an update appended: objects by number, new or again. ISO 32000-2, 7.5.6."""
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", data))
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1].decode()
    out = bytearray(data if data.endswith(b"\n") else data + b"\n")
    table = ""
    for name, body in objects.items():
        number = int(name.removeprefix("n"))
        table += f"{number} 1\n{len(out):010} 00000 n \n"
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
        size = max(size, number + 1)
    start = len(out)
    out += f"xref\n{table}trailer\n<< /Size {size} /Root {root} /Prev {before} >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def test_updates_on_updates() -> None:
    """The last word counts: a value changed twice, a field gained on the way, one set free."""
    sheet = Sheet()
    name = sheet.text("name", V=String("eerst"))
    town = sheet.text("town", (20, 120, 280, 140), V=String("Lobith"))
    base = sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    template = form_of(base)
    with open_pdf(base) as pdf:
        fields = [each.objgen[0] for each in pdf.Root.AcroForm.Fields]
        form, page = pdf.Root.AcroForm.objgen[0], pdf.pages[0].obj.objgen[0]
        new = max(each.objgen[0] for each in pdf.objects) + 1
    assert name.is_indirect
    assert town.is_indirect
    widget = "<< /Type /Annot /Subtype /Widget /FT /Tx /F 4 /Rect [20 {} 280 {}] /T ({}) /V {} >>"
    once = updated(base, **{f"n{fields[0]}": widget.format(150, 170, "name", "(daarna)")})
    listed = " ".join(f"{each} 0 R" for each in (*fields, new))
    twice = updated(
        once,
        **{
            f"n{new}": widget.format(90, 110, "street", "(Dijk)"),
            f"n{form}": f"<< /Fields [{listed}] /DA (/Helv 0 Tf 0 g) >>",
            f"n{page}": f"<< /Type /Page /Parent {_parent(base)} /MediaBox [0 0 300 200] "
            f"/Annots [{listed}] >>",
        },
    )
    thrice = updated(
        twice,
        **{
            f"n{fields[0]}": widget.format(150, 170, "name", "<FEFF0141>"),
            f"n{fields[1]}": widget.format(120, 140, "town", "null"),
        },
    )
    assert held(base) == {"name": "eerst", "town": "Lobith"}
    assert held(once) == {"name": "daarna", "town": "Lobith"}
    assert held(twice) == {"name": "daarna", "town": "Lobith", "street": "Dijk"}
    assert held(thrice) == {"name": "Ł", "town": None, "street": "Dijk"}
    found = documents.receive(template, thrice, LIMITS)
    assert found.values == {"name": "Ł"}
    assert [(each.field, each.code) for each in found.problems] == [("street", "unknown_field")]
    assert receive_alone(thrice, LIMITS).values == {"name": "Ł", "street": "Dijk"}


def _parent(data: bytes) -> str:
    with open_pdf(data) as pdf:
        return "{} {} R".format(*pdf.pages[0].obj.Parent.objgen)


@pytest.mark.parametrize("packets", [True, False])
def test_xfa_that_says_something_else(packets: bool) -> None:
    """As packets, or all in one stream."""
    form = form_of(small_forms.one_text_field())
    for words, codes in (("Anna", []), ("Zo&#235; Jansen", ["xfa_differs"]), ("1.50", [])):
        sheet = Sheet()
        sheet.text("name", V=String("Anna"))
        data = f"<xfa:data><name>{words}</name></xfa:data><dd>string type</dd>".encode()
        datasets = b"<xfa:datasets>" + data + b"</xfa:datasets>"
        if packets:
            template = sheet.pdf.make_stream(b"<template>Vul alles in</template>")
            sheet.form.XFA = Array(
                [String("template"), template, String("datasets"), sheet.pdf.make_stream(datasets)]
            )
        else:
            whole = b"<xdp:xdp><template>Vul alles in</template>" + datasets + b"</xdp:xdp>"
            sheet.form.XFA = sheet.pdf.make_stream(whole)
        found = documents.receive(form, sheet.bytes(), LIMITS)
        assert found.values == {"name": "Anna"}
        assert [problem.code for problem in found.problems] == codes
        assert ("xfa_differs" in read_template(sheet.bytes()).notices) == bool(codes)


def test_a_state_whose_name_is_no_utf8() -> None:
    """Old programs wrote ``männlich`` in Latin-1. 7.3.5."""
    sheet = Sheet()
    sheet.radio("sex", ("mxnnlich", "weiblich"))
    plain = sheet.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    form = form_of(plain.replace(b"/mxnnlich", b"/m#e4nnlich"))
    assert form.template.by_name["sex"].on_states == ("männlich", "weiblich")
    for made in (filled, definitive):
        assert received(form, made(form, {"sex": "männlich"})) == {"sex": "männlich"}


@pytest.mark.parametrize(
    ("held", "read"),
    [
        (b"\xef\xbb\xbf\xff\xfeA", "\ufffd\ufffdA"),
        (b"\xef\xbb\xbf\xc5\x81", "Ł"),
        (b"\xfe\xff\x01\x41", "Ł"),
    ],
)
def test_a_text_string_that_breaks_its_own_encoding_is_read_with_gaps(
    held: bytes, read: str
) -> None:
    assert text(pikepdf.String(held)) == read


@pytest.mark.parametrize("key", ["/T", "/V", "/DV", "/TU"])
@pytest.mark.parametrize("held", [b"\xef\xbb\xbf\xff\xfeA", b"\xef\xbb\xbf\xed\xa0\x80"])
def test_a_field_whose_words_are_in_no_encoding_is_read(key: str, held: bytes) -> None:
    """A shorter way to read a string gives up on these with an error of its own."""
    sheet = Sheet()
    odd = sheet.text("odd", V=pikepdf.String("x"))
    odd[key] = pikepdf.String(held)
    sheet.text("name", (20, 20, 100, 40), V=pikepdf.String("Anna"))
    form = form_of(sheet.bytes())
    assert len(form.template.fields) == 2
    assert received(form, sheet.bytes())["name"] == "Anna"
