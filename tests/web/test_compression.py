"""Text goes out compressed where the browser takes that, and is the same text."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from pipeline.flow.documents import Catalogue
from tests.web.site import Website

GZIP = {"Accept-Encoding": "gzip, br"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    data: bytes


def fetch(site: Website, address: str, headers: Mapping[str, str]) -> Answer:
    with site.client.get(address, headers=dict(headers)) as response:
        return Answer(response.status_code, dict(response.headers), response.get_data())


@pytest.mark.parametrize(
    "address", ["/formulier/bao-2024/uitleg", "/static/form.css", "/static/form.js"]
)
def test_text_is_the_same_text(site: Website, address: str) -> None:
    plain, packed = fetch(site, address, {}), fetch(site, address, GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_what_a_browser_has_is_not_sent_again(site: Website) -> None:
    first = fetch(site, "/static/form.css", GZIP)
    again = {**GZIP, "If-None-Match": first.headers["ETag"]}
    assert fetch(site, "/static/form.css", again).status == 304


def test_pictures_and_small_answers_go_as_they_are(site: Website, catalogue: Catalogue) -> None:
    digest = catalogue.form("bao-2024").template.digest
    picture = fetch(site, f"/bladzijde/bao-2024/{digest}/1.png", GZIP)
    assert picture.status == 200
    for answer in (picture, fetch(site, "/gezond", GZIP)):
        assert "Content-Encoding" not in answer.headers


def test_no_gzip_for_a_browser_that_refuses_it(site: Website) -> None:
    refused = fetch(site, "/static/form.css", {"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers
