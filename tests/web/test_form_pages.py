"""The list of forms and the page of a form: each field native, named, labelled, in its place."""

from __future__ import annotations

import re

import pytest
from lxml.html import HtmlElement

from pipeline.flow.documents import Catalogue
from tests.web.site import FilledPage, Website
from tests.web.small import ODD_NAMES

FORMS = ("proef", "sommen", "vreemd", "bao-2024")


def control(page: FilledPage, name: str) -> HtmlElement:
    return next(each for each in page.form.inputs if each.name == f"v:{name}")


def labels(page: FilledPage) -> set[str | None]:
    return {label.get("for") for label in page.document.iter("label")}


def test_the_list_names_every_form_and_links_to_it(site: Website) -> None:
    document = site.client.get("/").get_data(as_text=True)
    for form_id in FORMS:
        assert f'href="/formulier/{form_id}"' in document
    assert "Schoolondersteuningsprofiel BAO 2024" in document


@pytest.mark.parametrize("form_id", FORMS)
def test_every_data_field_is_on_the_page_with_a_label(
    site: Website, catalogue: Catalogue, form_id: str
) -> None:
    page = site.new(form_id)
    assert page.response.status_code == 200
    named = {element.name for element in page.form.inputs}
    labelled = labels(page)
    for field in catalogue.form(form_id).template.data_fields():
        assert f"v:{field.name}" in named
    for element in page.form.iter("input", "select", "textarea"):
        if (element.name or "").startswith("v:"):
            assert element.get("id") in labelled, element.name


@pytest.mark.parametrize("form_id", FORMS)
def test_ids_are_unique_and_every_reference_has_its_target(site: Website, form_id: str) -> None:
    document = site.new(form_id).document
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in document.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "for", "list"):
            for target in (element.get(attribute) or "").split():
                assert target in ids, (attribute, target)


@pytest.mark.parametrize("form_id", FORMS)
def test_the_stylesheet_places_every_control_and_instruction(site: Website, form_id: str) -> None:
    page = site.new(form_id)
    address = page.document.xpath('//link[contains(@href, "/opmaak/")]/@href')[0]
    stylesheet = site.client.get(address)
    assert stylesheet.mimetype == "text/css"
    placed = set(re.findall(r"#([\w-]+)\{[^}]*left:", stylesheet.get_data(as_text=True)))
    places = page.document.xpath(
        '//*[contains(concat(" ", @class, " "), " at ") or @class="instruction"]/@id'
    )
    assert places
    assert set(places) <= placed


def test_no_style_and_no_script_stands_in_the_page(site: Website) -> None:
    page = site.new("bao-2024")
    assert not page.document.xpath("//@style")
    assert not page.document.xpath("//style")
    scripts = page.document.xpath("//script")
    assert all(each.get("src") or each.get("type") == "application/json" for each in scripts)


def test_each_kind_of_field_has_its_native_control(site: Website) -> None:
    page = site.new("proef")
    kinds = {
        name: (control(page, name).tag, control(page, name).get("type"))
        for name in ("name", "story", "agreed", "colour", "fruit", "fruits")
    }
    assert kinds == {
        "name": ("input", "text"),
        "story": ("textarea", None),
        "agreed": ("input", "checkbox"),
        "colour": ("input", "radio"),
        "fruit": ("select", None),
        "fruits": ("select", None),
    }
    assert control(page, "fruits").multiple
    states = page.document.xpath('//input[@class="control" and @name="v:colour"]/@value')
    assert states == ["red", "green", "blue"]


def test_required_is_told_to_eyes_and_to_screen_readers(site: Website) -> None:
    page = site.new("proef")
    assert control(page, "name").get("aria-required") == "true"
    assert control(page, "agreed").get("aria-required") == "true", "required at sending"
    assert control(page, "story").get("aria-required") is None
    assert len(page.document.xpath('//span[@class="at"]/span[@class="mark"]')) == 1
    assert "donkerblauw hoekje" in page.response.get_data(as_text=True)


def test_a_calculated_field_is_read_only_and_an_instruction_is_no_input(site: Website) -> None:
    assert control(site.new("sommen"), "total").get("readonly") is not None
    proof = site.new("proef")
    assert proof.document.xpath('//*[@class="instruction"]')[0].text == "Vul alles in"


def test_the_browser_never_limits_length_by_its_own_count(site: Website) -> None:
    assert not site.new("bao-2024").form.xpath(".//@maxlength")


def test_odd_names_reach_the_page_and_come_back(site: Website) -> None:
    page = site.new("vreemd")
    posted = page.values()
    for number, name in enumerate(ODD_NAMES):
        posted[f"v:{name}"] = f"waarde {number}"
    assert page.press("opslaan", posted).status_code == 303
    again = site.open(page.address)
    for number, name in enumerate(ODD_NAMES):
        assert control(again, name).get("value") == f"waarde {number}"


def test_a_field_in_two_places_has_one_input_and_a_mirror(site: Website) -> None:
    page = site.new("vreemd")
    assert len([each for each in page.form.inputs if each.name == "v:twice"]) == 1
    mirrors = page.document.xpath('//span[contains(@class, "mirror")]')
    assert [mirror.get("aria-hidden") for mirror in mirrors] == ["true"]
    assert mirrors[0].xpath("ancestor::div[@class='sheet']/@id") == ["p2"]


def test_page_pictures_are_png_and_kept_forever(site: Website) -> None:
    address = site.new("proef").document.xpath('//p[contains(@class, "page-link")]/a/@href')[0]
    picture = site.client.get(address)
    assert picture.data[:8] == b"\x89PNG\r\n\x1a\n"
    assert "immutable" in picture.headers["Cache-Control"]
    assert site.client.get(address).data == picture.data
    assert site.client.get(address.replace("/1.png", "/9.png")).status_code == 404
    assert site.client.get("/bladzijde/proef/" + 64 * "0" + "/1.png").status_code == 404


def test_the_font_comes_from_the_package(site: Website) -> None:
    font = site.client.get("/lettertype/open-sans.ttf")
    assert font.data[:4] == b"\x00\x01\x00\x00"
    font.close()


def test_the_site_says_that_it_is_healthy(site: Website) -> None:
    assert site.client.get("/gezond").status_code == 200
