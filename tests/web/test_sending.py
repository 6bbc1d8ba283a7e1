"""Verstuur het formulier: refused with everything kept, accepted once, followed to the PDF."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from pipeline.errors import ProofError
from pipeline.flow import jobs
from tests.web.site import FilledPage, Website

RIGHT = {"name": "De Boom", "agreed": "Yes", "colour": "green", "story": "één\ntwee"}


def sent(site: Website) -> str:
    page = site.new("proef")
    answer = page.send(page.filled(**RIGHT))
    assert answer.status_code == 303
    return str(answer.location)


def test_a_refused_form_loses_nothing(site: Website) -> None:
    page = site.new("proef")
    typed = page.filled(name="x" * 41, story="\n een \n", colour="blue", fruits=["p"], fruit="p")
    answer = page.press("versturen", typed)
    assert answer.status_code == 422
    again = FilledPage(site, answer)
    assert again.values().getlist("v:fruits") == ["p"]
    for name in ("name", "story", "colour", "fruit"):
        assert again.values()[f"v:{name}"] == typed[f"v:{name}"], name
    assert site.open(page.address).values()["v:name"] == "x" * 41, "it was saved as well"
    assert again.values()["versie"] == site.open(page.address).values()["versie"]
    assert site.waiting == []


def test_problems_stand_above_the_form_and_at_their_fields_in_the_same_words(
    site: Website,
) -> None:
    page = site.new("sommen")
    typed = page.filled(a="201", b="1,234", day="31-2-2024", mail="geen adres")
    again = FilledPage(site, page.press("versturen", typed))
    document = again.document
    assert document.findtext(".//title").startswith("Fout:")
    links = document.get_element_by_id("fouten").xpath(".//li/a")
    assert [link.text_content().split(":")[0] for link in links] == ["a", "b", "day", "mail"]
    for link in links:
        control = document.get_element_by_id(link.get("href").removeprefix("#"))
        assert control.get("aria-invalid") == "true"
        described = [
            document.get_element_by_id(each).text_content().strip()
            for each in control.get("aria-describedby").split()
        ]
        assert link.text_content().partition(": ")[2] in described
    sentences = [link.text_content().partition(": ")[2] for link in links]
    assert sentences == [
        "Vul een getal in van 0 tot en met 200.",
        "Gebruik hooguit 2 cijfers achter de komma.",
        "Vul een bestaande datum in, geschreven als dd-mm-jjjj.",
        "Vul één e-mailadres in, bijvoorbeeld info@school.nl.",
    ]


def test_the_summary_is_in_page_order(site: Website) -> None:
    page = site.new("bao-2024")
    document = FilledPage(site, page.press("versturen")).document
    anchors = [a.get("href") for a in document.get_element_by_id("fouten").xpath(".//li/a")]
    order = [f"#{each}" for each in document.xpath("//@id")]
    assert len(anchors) > 100
    assert sorted(anchors, key=order.index) == anchors


def test_a_client_cannot_set_what_is_calculated_or_unknown(site: Website) -> None:
    page = site.new("sommen")
    page.press("opslaan", page.filled(a="1", b="2", total="99"))
    assert site.open(page.address).values()["v:total"] == "3,00"
    stranger = page.filled(a="1")
    stranger["v:nergens"] = "x"
    refused = page.press("opslaan", stranger, json=True)
    assert refused.status_code == 422
    assert refused.get_json()["error"]["problems"][0]["code"] == "unknown_field"


def test_a_double_click_is_one_submission(site: Website) -> None:
    page = site.new("proef")
    asked = page.press("versturen", page.filled(**RIGHT))
    assert page.press("versturen", page.filled(**RIGHT)).status_code == 200
    first, second = site.confirm(asked), site.confirm(asked)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert len(site.waiting) == 1


def test_the_page_of_a_sent_form_follows_the_job_to_the_pdf(site: Website) -> None:
    address = sent(site)
    waiting = site.client.get(address).get_data(as_text=True)
    assert "PROEF-000001" in waiting
    assert 'http-equiv="refresh"' in waiting, "for browsers without scripts"
    state = site.client.get(f"{address}/status").get_json()
    assert (state["state"], state["pdf"]) == ("queued", None)

    site.work()
    state = site.client.get(f"{address}/status").get_json()
    assert state["state"] == "done"
    submission_id = site.desk.submission(address.rpartition("/")[2]).id
    assert state["pdf"]["url"] == f"/document/{submission_id}/proef-De-Boom.pdf"
    assert state["pdf"]["url"] in site.client.get(address).get_data(as_text=True)

    pdf = site.client.get(state["pdf"]["url"])
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"] == "inline; filename=proef-De-Boom.pdf"
    assert "no-store" in pdf.headers["Cache-Control"]
    assert "De Boom" in PdfReader(BytesIO(pdf.data)).pages[0].extract_text()
    assert site.client.get(f"{address}/anders.pdf").status_code == 404


def test_the_pdf_is_not_there_before_it_is_made(site: Website) -> None:
    submission_id = site.desk.submission(sent(site).rpartition("/")[2]).id
    answer = site.client.get(f"/document/{submission_id}/proef-De-Boom.pdf")
    assert answer.status_code == 404
    assert "De PDF is er nog niet" in answer.get_data(as_text=True)


def test_a_failed_job_says_why_and_can_be_tried_again(
    site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sent(site)

    def fail(*_: object, **__: object) -> None:
        raise ProofError([])

    with monkeypatch.context() as broken:
        broken.setattr(jobs, "finish", fail)
        site.work()
    state = site.client.get(f"{address}/status").get_json()
    assert state["state"] == "failed"
    assert state["reason"].startswith("Bij de controle bleek")
    assert state["reason"] in site.client.get(address).get_data(as_text=True)

    assert site.client.post(f"{address}/opnieuw").location == address
    assert site.client.get(f"{address}/status").get_json()["state"] == "queued"
    site.work()
    assert site.client.get(f"{address}/status").get_json()["state"] == "done"


def test_what_was_sent_can_be_read_but_not_changed(site: Website) -> None:
    page = site.new("proef")
    location = page.send(page.filled(**RIGHT)).location
    shown = site.client.get(location).get_data(as_text=True)
    assert "De Boom" in shown
    assert site.client.get(page.address).location == location
    answer = page.press("opslaan")
    assert answer.status_code == 409
    assert f'href="{location}"' in answer.get_data(as_text=True)


def test_the_pages_data_are_safe_inside_html(site: Website) -> None:
    page = site.new("vreemd")
    text = page.response.get_data(as_text=True)
    assert "<b>vet</b>" not in text
    data = json.loads(page.document.get_element_by_id("gegevens").text)
    assert "<b>vet</b> & meer" in {rule["name"] for rule in data["rules"]}


def test_the_address_of_a_pdf_opens_that_and_nothing_else(site: Website) -> None:
    """It may be published, so it holds nothing of the link that opens the submission's page."""
    page = site.new("proef")
    answer = page.send(page.filled(name="Anna", agreed="Yes"))
    site.work()
    token = answer.location.rpartition("/")[2]
    status = site.client.get(f"{answer.location}/status").get_json()
    address = status["pdf"]["url"]
    assert token not in address
    assert site.client.get(address).data.startswith(b"%PDF")
    submission_id = address.split("/")[2]
    for other in (
        f"/document/{submission_id}",
        f"/document/{submission_id}/other.pdf",
        f"/document/{submission_id[:-1]}0/{address.rpartition('/')[2]}",
        f"/ingediend/{submission_id}",
        "/document",
    ):
        assert site.client.get(other).status_code == 404, other
