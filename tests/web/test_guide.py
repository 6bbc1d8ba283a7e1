"""A form's own explanation: rendered, linked from the pages whose fields it explains, harmless."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from pikepdf import String

from pipeline.flow.documents import Catalogue
from tests.pdf.forms import form_of
from tests.pdf.small_forms import Sheet
from tests.web.site import Website
from web.guide import guide_of

TEXT = """# Uitleg

## Namen *en* zo {name other.*}

Een **naam**. <script>alert(1)</script> [weg](javascript:alert(1))

## Rest

| a | b |
|---|---|
| 1 | 2 |
"""


def small_form(guide: str) -> object:
    sheet = Sheet()
    sheet.text("name", TU=String("Naam"))
    return replace(form_of(sheet.bytes()), guide=guide)


def test_headings_become_parts_that_know_their_fields() -> None:
    guide = guide_of(small_form(TEXT))
    assert guide is not None
    assert guide.title == "Uitleg"
    first, second = guide.parts
    assert (first.title, first.anchor) == ("Namen en zo", "deel-1")
    assert first.explains(["name"])
    assert first.explains(["x", "other.deep"])
    assert not first.explains(["names"])
    assert not second.explains(["name", ""])


def test_what_it_shows_has_no_script_and_no_braces() -> None:
    guide = guide_of(small_form(TEXT))
    assert guide is not None
    document = lxml.html.fromstring(f"<div>{guide.html}</div>")
    assert document.xpath("//script") == []
    assert document.xpath("//a") == []
    assert "<script>alert(1)</script>" in document.text_content()
    heading = document.get_element_by_id("deel-1")
    assert heading.text_content() == "Namen en zo"
    assert document.xpath("count(//table//td)") == 2


def test_a_form_without_one_has_no_such_page(site: Website) -> None:
    assert site.client.get("/formulier/proef/uitleg").status_code == 404
    assert site.client.get("/formulier/nergens/uitleg").status_code == 404


@pytest.mark.parametrize("form_id", ["bao-2024"])
def test_ours_explain_fields_that_there_are(
    site: Website, catalogue: Catalogue, form_id: str
) -> None:
    form = catalogue.form(form_id)
    guide = guide_of(form)
    assert guide is not None
    names = form.template.by_name.keys()
    for part in guide.parts:
        for pattern in part.fields:
            assert replace(part, fields=(pattern,)).explains(names), (part.title, pattern)
    page = site.client.get(f"/formulier/{form_id}/uitleg")
    assert page.status_code == 200
    document = lxml.html.fromstring(page.get_data(as_text=True))
    for link in document.xpath("//nav//a"):
        assert document.get_element_by_id(link.get("href").removeprefix("#")).tag == "h2"
    assert len(document.xpath("//h1")) == 1
