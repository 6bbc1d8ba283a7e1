"""Values that other programs wrote into the official form: PDFium (which is the viewer of Chrome
and Edge), pypdf, and the way in which Acrobat stores them."""

from __future__ import annotations

import ctypes
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pypdf import PdfWriter

from pipeline.flow import documents
from pipeline.flow.documents import Form, Received
from pipeline.model.limits import Limits

FOLDER = Path(__file__).resolve().parents[2] / "pdf_templates" / "bao-2024"

TEXTS = {
    "school.naam": "De Vlinder – Zoë",
    "directie.naam": "Zoë Łukasiewicz",
    "profiel.missie": "Eerste regel.\nTweede regel.",
    "profiel.versiedatum": "01-02-2024",
}


def form() -> Form:
    return documents.open_form(FOLDER, Limits())


def receive(data: bytes) -> Received:
    return documents.receive(form(), data, Limits())


def filled_by_pdfium(texts: dict[str, str], ticks: list[str]) -> bytes:
    """As a person would in a browser: click into the box and type; click on the checkbox."""
    document = pdfium.PdfDocument(FOLDER / "template.pdf")
    document.init_forms()
    handle = document.formenv
    for name in [*texts, *ticks]:
        widget = form().template.by_name[name].widgets[0]
        page = document[widget.page]
        x = (widget.rect.x0 + widget.rect.x1) / 2
        y = (widget.rect.y0 + widget.rect.y1) / 2
        pdfium_c.FORM_OnMouseMove(handle, page, 0, x, y)
        pdfium_c.FORM_OnLButtonDown(handle, page, 0, x, y)
        pdfium_c.FORM_OnLButtonUp(handle, page, 0, x, y)
        if name in texts:
            typed = (texts[name] + "\0").encode("utf-16-le")
            buffer = ctypes.create_string_buffer(typed)
            pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR))
            pdfium_c.FORM_SelectAllText(handle, page)
            pdfium_c.FORM_ReplaceSelection(handle, page, pointer)
        pdfium_c.FORM_ForceToKillFocus(handle)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_filled_in_a_browser() -> None:
    received = receive(filled_by_pdfium(TEXTS, ["ib.dag.ma", "ib.dag.wo"]))
    assert received.source == "acroform"
    assert {name: received.values.get(name) for name in TEXTS} == TEXTS
    assert received.values["ib.dag.ma"] is True
    assert received.values["ib.dag.wo"] is True
    assert received.values["ib.dag.di"] is False
    assert received.problems == ()


def test_filled_by_pypdf() -> None:
    writer = PdfWriter(clone_from=FOLDER / "template.pdf")
    values = {
        **TEXTS,
        "ib.dag.ma": "/Ja",
        "ap4.fte.leraar": "19.25",
        "school.denominatie": "overig",
    }
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=True)
    out = BytesIO()
    writer.write(out)
    received = receive(out.getvalue())
    assert {name: received.values.get(name) for name in TEXTS} == TEXTS
    assert received.values["ib.dag.ma"] is True
    assert received.values["ap4.fte.leraar"] == "19.25"
    assert received.values["school.denominatie"] == "overig"
    assert received.problems == ()


def test_stored_as_acrobat_does() -> None:
    """Line breaks as CR, UTF-16 where needed, numbers with a point, dates in the field's format."""
    with pikepdf.open(FOLDER / "template.pdf") as pdf:
        by_name = {field.fully_qualified_name: field for field in pdf.acroform.fields}
        stored = {
            "profiel.missie": "Eerste regel.\rTweede regel.",
            "directie.naam": "Zoë Łukasiewicz",
            "ap4.fte.leraar": "19.25",
            "profiel.versiedatum": "01-02-2024",
        }
        for name, value in stored.items():
            by_name[name].obj["/V"] = pikepdf.String(value)
        radio = by_name["mr.advies"].obj.Parent
        radio["/V"] = pikepdf.Name("/positief")
        for kid in radio.Kids:
            on = "/positief" in kid.AP.N
            kid["/AS"] = pikepdf.Name("/positief" if on else "/Off")
        pdf.Root.AcroForm["/NeedAppearances"] = True
        out = BytesIO()
        pdf.save(out)
    received = receive(out.getvalue())
    assert received.values["profiel.missie"] == "Eerste regel.\nTweede regel."
    assert received.values["directie.naam"] == "Zoë Łukasiewicz"
    assert received.values["ap4.fte.leraar"] == "19.25"
    assert received.values["profiel.versiedatum"] == "01-02-2024"
    assert received.values["mr.advies"] == "positief"
    assert received.problems == ()


def test_what_cannot_be_read_is_listed_and_the_rest_is_kept() -> None:
    with pikepdf.open(FOLDER / "template.pdf") as pdf:
        by_name = {field.fully_qualified_name: field for field in pdf.acroform.fields}
        by_name["school.naam"].obj["/V"] = pikepdf.String("De Vlinder")
        by_name["kengetal.groepen"].obj["/V"] = pikepdf.String("ja")
        by_name["school.denominatie"].obj["/V"] = pikepdf.String("anders")
        by_name["profiel.versiedatum"].obj["/V"] = pikepdf.String("31-02-2024")
        out = BytesIO()
        pdf.save(out)
    received = receive(out.getvalue())
    assert received.values["school.naam"] == "De Vlinder"
    assert {problem.field: problem.code for problem in received.problems} == {
        "kengetal.groepen": "not_a_number",
        "school.denominatie": "not_in_options",
        "profiel.versiedatum": "not_a_date",
    }
