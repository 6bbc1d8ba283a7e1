"""What a form's page loads: pictures for every screen, the part of the font, the modules."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from tests.web.site import Website
from web.latin_font import CHARACTERS
from web.modules import modules_of
from web.pictures import WIDTHS

STATIC = Path(__file__).resolve().parents[2] / "web" / "static"


def sources(site: Website, form_id: str) -> dict[int, str]:
    picture = site.new(form_id).document.xpath('//img[@class="picture"]')[0]
    pairs = (each.split() for each in picture.get("srcset").split(", "))
    return {int(width.removesuffix("w")): address for address, width in pairs}


def test_a_page_is_drawn_for_the_pixels_of_each_screen(site: Website) -> None:
    found = sources(site, "bao-2024")
    assert tuple(found) == WIDTHS
    for width in WIDTHS[:3]:
        answer = site.client.get(found[width])
        assert answer.mimetype == "image/webp"
        assert "immutable" in answer.headers["Cache-Control"]
        assert abs(Image.open(BytesIO(answer.data)).width - width) <= 1


def test_the_sharper_picture_is_drawn_anew_not_enlarged(site: Website) -> None:
    found = sources(site, "bao-2024")
    small, large = (
        Image.open(BytesIO(site.client.get(found[width]).data)).convert("L")
        for width in (960, 2880)
    )
    enlarged = small.resize(large.size)
    different = sum(
        abs(a - b) > 64 for a, b in zip(large.tobytes(), enlarged.tobytes(), strict=True)
    )
    assert different > large.width * large.height / 1000


def test_only_the_widths_that_the_page_names_are_drawn(site: Website) -> None:
    address = sources(site, "proef")[960]
    assert site.client.get(address.replace("-960.", "-961.")).status_code == 404
    assert site.client.get(address.replace("/1-", "/9-")).status_code == 404


def test_only_the_first_picture_comes_at_once(site: Website) -> None:
    pictures = site.new("bao-2024").document.xpath('//img[@class="picture"]')
    assert [each.get("loading") for each in pictures] == [None] + 9 * ["lazy"]
    assert [each.get("fetchpriority") for each in pictures] == ["high"] + 9 * [None]


def test_the_latin_part_of_the_font_has_what_the_stylesheet_promises(site: Website) -> None:
    answer = site.client.get("/lettertype/open-sans-latijn.woff")
    whole = TTFont(site.app.extensions["formpress"].font)
    part = TTFont(BytesIO(answer.data))
    wanted = {code for first, last in CHARACTERS for code in range(first, last + 1)}
    assert wanted & set(whole.getBestCmap()) <= set(part.getBestCmap())
    assert len(answer.data) * 4 < Path(site.app.extensions["formpress"].font).stat().st_size
    assert site.client.get("/lettertype/open-sans-latijn.woff").data == answer.data


def test_the_two_parts_of_the_font_leave_no_character_out() -> None:
    rules = re.findall(r"unicode-range: ([^;]+);", (STATIC / "app.css").read_text("utf-8"))
    latin, rest = ([_bounds(each) for each in rule.split(", ")] for rule in rules)
    assert tuple(latin) == CHARACTERS
    together = sorted(latin + rest)
    assert all(after[0] in (before[1] + 1, 0x20) for before, after in pairwise(together))
    assert together[-1][1] == 0x10FFFF


def _bounds(text: str) -> tuple[int, int]:
    first, _, last = text.removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)


@pytest.mark.parametrize("name", ["form.js", "submission.js"])
def test_every_module_that_a_script_needs_is_named_and_is_there(name: str) -> None:
    found = modules_of(name)
    for module in (name, *found):
        text = (STATIC / module).read_text("utf-8")
        imported = set(re.findall(r'from "\./([\w.]+)"|import "\./([\w.]+)"', text))
        assert {first or second for first, second in imported} <= {name, *found}


def test_the_page_names_its_modules(site: Website) -> None:
    links = site.new("proef").document.xpath('//link[@rel="modulepreload"]/@href')
    assert {link.rpartition("/")[2] for link in links} == set(modules_of("form.js"))
