"""What the browser is told to allow, to keep and to pass on."""

from __future__ import annotations

import pytest

from tests.web.site import Website


def addresses(site: Website) -> list[str]:
    page = site.new("proef")
    page.press("opslaan", page.filled(name="De Boom", agreed="Yes"))
    other = site.new("proef")
    sent = other.send(other.filled(name="De Boom", agreed="Yes")).location
    return [page.address, f"{page.address}/opgeslagen", sent, f"{sent}/status"]


def test_no_answer_sets_a_cookie(site: Website) -> None:
    for address in ["/", "/formulier/proef", *addresses(site)]:
        assert "Set-Cookie" not in site.client.get(address).headers


def test_pages_load_nothing_from_elsewhere(site: Website) -> None:
    policy = site.client.get("/formulier/proef").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    for word in ("object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert word in policy
    assert "unsafe" not in policy
    document = site.new("proef").document
    for address in document.xpath("//@src | //link/@href | //@action | //@formaction"):
        assert address.startswith("/")


def test_pages_with_a_token_are_not_kept_not_indexed_not_passed_on(site: Website) -> None:
    for address in addresses(site):
        headers = site.client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_link_has_the_same_headers(site: Website) -> None:
    headers = site.client.get("/formulier/proef/" + 32 * "a").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("base", ["https://formulieren.example", "https://formulieren.example/"])
def test_the_private_link_has_the_configured_address(site_with, base: str) -> None:  # type: ignore[no-untyped-def]
    site = site_with(base_url=base)
    page = site.new("proef")
    link = page.press("opslaan", json=True).get_json()["link"]
    assert link == f"https://formulieren.example{page.address}"
