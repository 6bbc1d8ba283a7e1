"""A PDF that was filled in elsewhere becomes a draft, with what could not be read listed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfWriter
from werkzeug.test import TestResponse

from pipeline.flow.documents import Catalogue
from tests.pdf import small_forms
from tests.web.site import Website


def upload(site: Website, data: bytes, form_id: str = "proef") -> TestResponse:
    address = site.new(form_id).address
    answer = site.client.post(
        f"{address}/upload",
        data={"bestand": (BytesIO(data), "C:\\map\\ingevuld.pdf")},
        content_type="multipart/form-data",
    )
    answer.request.environ["wsgi.input"].close()  # The client's own, a file where it is large.
    return answer


def filled(template: bytes, values: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(template))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_values_become_a_draft_and_doubts_are_listed(site: Website, catalogue: Catalogue) -> None:
    data = filled(catalogue.form("sommen").pdf, {"a": "19,25", "day": "31-2-2024"})
    answer = upload(site, data, "sommen")
    assert answer.status_code == 303
    page = site.open(answer.location)
    assert page.values()["v:a"] == "19,25"
    assert page.values()["v:day"] == "31-2-2024"
    links = page.document.xpath('//section[@aria-labelledby="upload-kop"]//a')
    assert [link.text_content().split(":")[0] for link in links] == ["day"]
    assert page.document.get_element_by_id(links[0].get("href")[1:]).name == "v:day"


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"geen pdf", 422, "kan niet als PDF worden gelezen"),
        (small_forms.encrypted(user="geheim"), 422, "met een wachtwoord beveiligd"),
        (small_forms.without_fields(words=""), 422, "geen invulvelden"),
        (small_forms.dynamic_xfa(), 422, "dynamisch XFA-formulier"),
    ],
)
def test_each_bad_file_has_its_sentence_and_leaves_nothing(
    site: Website, data: bytes, status: int, words: str
) -> None:
    address = site.new("proef").address
    answer = site.client.post(
        f"{address}/upload",
        data={"bestand": (BytesIO(data), "bestand.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert site.client.get(address).status_code == 404


def test_no_file_is_told(site: Website) -> None:
    answer = site.client.post(f"{site.new('proef').address}/upload")
    assert answer.status_code == 422
    assert "geen bestand gekozen" in answer.get_data(as_text=True)


def test_a_file_over_the_limit_is_413_with_the_limit(
    site_with: Callable[..., Website],
) -> None:
    site = site_with(max_bytes=1024 * 1024)
    over_by_a_byte = b"%PDF-" + b"x" * (1024 * 1024)
    far_over = b"%PDF-" + b"x" * (3 * 1024 * 1024)
    for data in (over_by_a_byte, far_over):
        answer = upload(site, data)
        assert answer.status_code == 413
        assert "1 MB" in answer.get_data(as_text=True)
