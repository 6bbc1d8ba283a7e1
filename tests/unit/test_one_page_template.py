"""Our own one-page template, judged by pypdf and pdfplumber."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader

from pdf_templates.authoring.forms import FORMS, ONE_PAGES
from pdf_templates.authoring.one_page_layout import draw_one_page
from tests.unit.official_templates import full_name

TEMPLATES = Path(__file__).resolve().parents[2] / "pdf_templates"
EVERY = pytest.mark.parametrize("form", ONE_PAGES)


def kept(form: str) -> bytes:
    return (TEMPLATES / form / "one_page.pdf").read_bytes()


@EVERY
def test_what_is_kept_is_what_is_drawn(form: str) -> None:
    assert draw_one_page(ONE_PAGES[form]) == kept(form)


@EVERY
def test_all_fields_are_there_with_labels_and_room_for_the_form_s_texts(form: str) -> None:
    widgets = [each.get_object() for each in PdfReader(io.BytesIO(kept(form))).pages[0]["/Annots"]]
    terminal = {full_name(widget): widget for widget in widgets}
    assert set(terminal) == {spec.name for spec in ONE_PAGES[form].fields()}
    source = {spec.name: spec for spec in FORMS[form].fields()}
    for name, field in terminal.items():
        assert field["/TU"], name
        if field["/FT"] == "/Tx" and name in source:
            assert field["/MaxLen"] >= (getattr(source[name], "max_len", None) or 1), name


@EVERY
def test_its_words_are_legible_and_its_fonts_are_in_it(form: str) -> None:
    with pdfplumber.open(io.BytesIO(kept(form))) as pdf:
        (page,) = pdf.pages
        assert min(round(char["size"], 2) for char in page.chars) >= 8
        assert all(char["x0"] > 0 and char["x1"] < page.width for char in page.chars)
    reader = PdfReader(io.BytesIO(kept(form)))
    for font in reader.root_object["/AcroForm"]["/DR"]["/Font"].values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert reader.metadata is not None
    assert reader.metadata.title == ONE_PAGES[form].title
