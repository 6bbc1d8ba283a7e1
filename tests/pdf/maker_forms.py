"""Forms drawn in the manner of the programs that make them: each says what that manner is."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from tests.pdf.small_forms import COMBO, REQUIRED, Sheet, actions, script

VALUES = {"person.name": "Zoë", "person.born": "01-02-2024", "amount": "12.5", "kind": "b"}


def acrobat() -> bytes:
    """A hierarchy of fields, format and keystroke scripts with their twins, a script of the
    document's own, a calculation order, an XFA copy that a conversion left behind."""
    sheet = Sheet(size=(300, 400))
    person = sheet.pdf.make_indirect(Dictionary(T=String("person"), Kids=Array()))
    for name, label, bottom, more in (
        ("name", "Name", 350, {"Ff": REQUIRED, "MaxLen": 30}),
        ("born", "Date of birth", 320, {"AA": actions(
            F='AFDate_FormatEx("dd-mm-yyyy");', K='AFDate_KeystrokeEx("dd-mm-yyyy");')}),
    ):  # fmt: skip
        widget = sheet.widget(
            (120, bottom, 280, bottom + 18),
            FT=Name.Tx, T=String(name), TU=String(label), Parent=person,
            DA=String("/Helv 0 Tf 0 g"), MK=Dictionary(), **more,
        )  # fmt: skip
        person.Kids.append(sheet.annotate(widget))
        sheet.print_text(label, 20, bottom + 5)
    sheet.enter(person)
    number = actions(
        F='AFNumber_Format(2, 3, 0, 0, "", true);', K='AFNumber_Keystroke(2, 3, 0, 0, "", true);'
    )
    sheet.text("amount", (120, 290, 280, 308), TU=String("Amount"), AA=number)
    both = actions(
        F='AFNumber_Format(2, 3, 0, 0, "", true);',
        C='AFSimple_Calculate("PRD", new Array ("amount", "amount"));',
    )
    total = sheet.text("total", (120, 260, 280, 278), TU=String("Total"), Ff=1, AA=both)
    sheet.form.CO = Array([total])
    sheet.choice("kind", [("a", "First"), ("b", "Second")], (120, 230, 280, 248), TU=String("Kind"))
    own = Array([String("own"), script("function own() { return 1; }")])
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=own))
    sheet.form.XFA = Array([String("template"), sheet.pdf.make_stream(b"<template/>")])
    return sheet.bytes()


def script_library() -> bytes:
    """As libraries for programmers do: fields without labels, each in /Fields, one dictionary for
    field and widget or a field with one kid, states called by number with their words in /Opt,
    fonts under their own names, neither tags nor a language."""
    sheet = Sheet(size=(300, 400))
    sheet.form.DR.Font.Helvetica = sheet.helvetica
    look = {"DA": String("/Helvetica 0 Tf 0 0 0 rg"), "MK": Dictionary(BC=Array([0, 0, 0]))}
    for name, bottom in (("person.name", 350), ("person.born", 320), ("amount", 290)):
        field = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String(name), Kids=Array()))
        field.Kids.append(
            sheet.annotate(sheet.widget((120, bottom, 280, bottom + 18), Parent=field, **look))
        )
        sheet.enter(field)
        sheet.print_text(f"Label {bottom}", 20, bottom + 5)
    sheet.choice("kind", [("a", "a"), ("b", "b")], (120, 230, 280, 248), Ff=COMBO, **look)
    words = Array([String("Red"), String("Blue")])
    sheet.radio("colour", ["0", "1"], (120, 200, 136, 216), Opt=words)
    return sheet.bytes()


def word_processor() -> bytes:
    """As plug-ins of word processors do: tagged, with a title, every field printed in a grid, names
    made of the labels, no maximum lengths, boxes that touch."""
    sheet = Sheet(size=(300, 400))
    for at, (name, label) in enumerate(
        (("person.name", "Name"), ("person.born", "Born"), ("amount", "Amount"), ("kind", "Kind"))
    ):
        top = 370 - 20 * at
        sheet.print_text(label, 20, top - 14)
        sheet.text(name, (120, top - 20, 280, top), TU=String(label), BS=Dictionary(W=1))
    sheet.pdf.Root.Lang = String("en")
    sheet.pdf.docinfo["/Title"] = "Grid"
    return sheet.bytes()
