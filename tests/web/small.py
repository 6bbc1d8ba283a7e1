"""Small forms for the web tests; each says what it exercises."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from pipeline.flow.documents import Form, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.pdf import small_forms
from tests.pdf.small_forms import READ_ONLY, REQUIRED, Sheet, actions


def proof_form() -> Form:
    """One field of each type, ``name`` required and at most 40; an instruction without a field."""
    definition = parse_definition(
        'title = "Proefformulier"\nreference = "PROEF"\nfile_name = "proef-{name}"\n'
        'required_at_submit = ["agreed"]\n'
    )
    return form_of(small_forms.every_type(), "proef", definition, Limits())


def sums_form() -> Form:
    """``a`` and ``b`` with two decimals and a range, their ``total``, a date; ``mail`` is a kind.

    ``short`` shows two decimals and takes one character.
    """
    sheet = Sheet(size=(300, 400))
    number = {"F": 'AFNumber_Format(2, 3, 0, 0, "", true);'}
    for at, name in enumerate("ab"):
        top = 380 - 40 * at
        validate = {"V": "AFRange_Validate(true, 0, true, 200);"}
        sheet.text(name, (20, top - 20, 280, top), MaxLen=6, AA=actions(**number, **validate))
    total = sheet.text(
        "total",
        (20, 280, 280, 300),
        Ff=READ_ONLY,
        AA=actions(**number, C='AFSimple_Calculate("SUM", new Array("a", "b"));'),
    )
    sheet.text("day", (20, 240, 280, 260), AA=actions(F='AFDate_FormatEx("dd-mm-yyyy");'))
    sheet.text("mail", (20, 200, 280, 220))
    sheet.text("short", (20, 160, 280, 180), MaxLen=1, AA=actions(**number))
    sheet.form.CO = Array([total])
    definition = parse_definition('title = "Sommen"\n[kinds]\nmail = "email"\n')
    return form_of(sheet.bytes(), "sommen", definition, Limits())


ODD_NAMES = ('met "aanhalingstekens"', "<b>vet</b> & meer", "a[0].b#1", "é ü 名", "'; drop")


def odd_form() -> Form:
    """Names with every character that HTML, CSS or multipart could trip over; two places a field.

    ``twice`` shows on both pages.
    """
    sheet = Sheet(pages=2, size=(300, 300))
    for at, name in enumerate(ODD_NAMES):
        # A full stop in a name separates partial names, so one of these is made of two.
        parent, _, child = name.rpartition(".")
        corners = (20.0, 260.0 - 30 * at, 280.0, 280.0 - 30 * at)
        if not parent:
            sheet.text(name, corners, Ff=REQUIRED)
            continue
        group = sheet.pdf.make_indirect(Dictionary(T=String(parent), Kids=Array()))
        leaf = sheet.widget(corners, FT=Name.Tx, T=String(child), Parent=group, Ff=REQUIRED)
        group.Kids.append(leaf)
        sheet.annotate(leaf)
        sheet.enter(group)
    both = sheet.pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("twice"), Kids=Array()))
    for page in range(2):
        place = sheet.widget((20, 20, 280, 40), Parent=both)
        both.Kids.append(place)
        sheet.annotate(place, page)
    sheet.enter(both)
    return form_of(sheet.bytes(), "vreemd", parse_definition('title = "Vreemd"'), Limits())
