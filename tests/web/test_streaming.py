"""A form's page goes out in pieces, head first, and is the same page."""

from __future__ import annotations

import gzip
import re
import zlib
from base64 import b64decode

from pipeline.flow.documents import Catalogue
from tests.web.site import Website
from web.streaming import in_pieces
from web.stylesheet import stylesheet_of

ADDRESS = "/formulier/bao-2024"


def test_pieces_grow_and_hold_all() -> None:
    texts = [str(number) * 700 for number in range(200)]
    pieces = list(in_pieces(texts))
    assert "".join(pieces) == "".join(texts)
    assert len(pieces[0]) < 8 * 1024 < len(pieces[2])
    assert max(map(len, pieces)) < 80 * 1024
    assert list(in_pieces([])) == []


def test_the_first_piece_names_what_the_browser_has_to_fetch(site: Website) -> None:
    with site.client.get(ADDRESS, headers={"Accept-Encoding": "gzip"}, buffered=False) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Content-Length" not in answer.headers
        pieces = [bytes(piece) for piece in answer.iter_encoded()]
    assert len(pieces) > 3
    head = zlib.decompressobj(wbits=31).decompress(pieces[0]).decode()
    assert "/opmaak/bao-2024/" in head
    assert 'as="image" fetchpriority="high"' in head
    assert gzip.decompress(b"".join(pieces)).decode().rstrip().endswith("</html>")


def test_a_link_that_leads_nowhere_is_refused_before_anything_goes_out(site: Website) -> None:
    answer = site.client.get(f"{ADDRESS}/{'x' * 32}")
    assert answer.status_code == 404


def test_one_stylesheet_has_what_all_forms_share(site: Website, catalogue: Catalogue) -> None:
    form = catalogue.form("bao-2024")
    text = stylesheet_of(form)
    assert stylesheet_of(form) is text
    for rule in (".bar-inner", ".clash-sides", ".route", "[data-view=pages] #p1{"):
        assert rule in text
    assert 'url("mark.svg")' not in text
    inlined = re.search(r"\.mark \{[^}]*url\(\"data:image/svg\+xml;base64,([^\"]+)\"\)", text)
    assert inlined is not None
    with site.client.get("/static/mark.svg") as picture:
        assert b64decode(inlined[1]) == picture.get_data()
