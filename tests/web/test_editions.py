"""Pages of an earlier edition, carrying over to today's, and last year's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from pipeline.flow.documents import Catalogue, open_catalogue
from pipeline.model.limits import Limits
from tests.store.small_form import small_form_folder
from tests.store.two_editions import ANSWERS, FORM_ID, edition_folder
from tests.web.site import JSON, FilledPage, Website, website
from web.last_year import token_of

Serve = Callable[[int], Website]


def edition(folder: Path, year: int) -> Catalogue:
    """The form of that year, and one that has nothing to do with it."""
    folders = [edition_folder(folder / str(year), year), small_form_folder(folder)]
    return open_catalogue(folders, Limits())


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """The site with the form as it is in a year; on the same data each time, as after a restart."""
    with ExitStack() as stack:
        yield lambda year: stack.enter_context(website(edition(tmp_path, year), tmp_path))


def answers(page: FilledPage, **more: str) -> MultiDict[str, str]:
    texts = {name: value for name, value in ANSWERS.items() if isinstance(value, str)}
    return page.filled(**{**texts, "akkoord": "Ja", **more})


def saved(site: Website) -> str:
    """The address of a draft of the edition that the site has."""
    page = site.new(FORM_ID)
    assert page.press("opslaan", answers(page)).status_code == 303
    return page.address


def sent(site: Website) -> tuple[str, str, bytes]:
    """The addresses of a draft and of what was sent of it, and the definitive PDF."""
    page = site.new(FORM_ID)
    answer = page.send(answers(page))
    site.work()
    pdf = site.client.get(f"{answer.location}/status", headers=JSON).get_json()["pdf"]["url"]
    return page.address, answer.location, site.client.get(pdf).data


def section(page: FilledPage, heading: str) -> str:
    found = page.document.xpath(f'//section[.//h2[@id="{heading}"]]')
    return " ".join(found[0].text_content().split()) if found else ""


def begin(site: Website, link: str = "", data: bytes | None = None) -> FilledPage:
    """Begins with last year's answers; the page that comes of it."""
    page = site.new(FORM_ID)
    (form,) = page.document.xpath('//form[contains(@action, "/vorig-jaar")]')
    fields: dict[str, object] = {"link": link}
    if data is not None:
        fields["bestand"] = (BytesIO(data), "vorig.pdf")
    answer = site.client.post(form.action, data=fields, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # The client's own, a file where it is large.
    return site.open(answer.location) if answer.status_code == 303 else FilledPage(site, answer)


def marks(page: FilledPage) -> dict[str, str]:
    lines = page.document.xpath('//*[@data-name]//p[contains(@class, "since")]')
    return {
        line.xpath("ancestor::*[@data-name]")[0].get("data-name"): line.text_content()
        for line in lines
    }


def test_a_draft_of_an_earlier_edition_is_shown_saved_previewed_and_sent(serve: Serve) -> None:
    address = saved(serve(2023))
    site = serve(2024)
    page = site.open(address)
    assert page.response.status_code == 200
    assert "v:oud" in page.values()
    assert page.values()["v:dag"] == "01-02-2024"
    assert "nieuwere uitgave" in section(page, "uitgave-kop")
    pictures = page.document.xpath('//img[@class="picture"]/@src')
    styles = page.document.xpath('//link[contains(@href, "/opmaak/")]/@href')
    for part in [*pictures, *styles]:
        assert site.client.get(part).status_code == 200, part
    checked = page.press("controleer", page.filled(advies=""), json=True).get_json()
    assert [problem["field"] for problem in checked["problems"]] == ["advies"]
    assert page.press("voorbeeld").mimetype == "application/pdf"
    assert site.client.get(f"{address}/voorbeeld/x.pdf").mimetype == "application/pdf"
    again = page.press("opslaan", page.filled(oud="aangevuld"), json=True)
    assert again.status_code == 200
    assert "Jaarplan" in site.client.get(f"{address}/opgeslagen").get_data(as_text=True)
    page = site.open(address)
    assert page.values()["v:oud"] == "aangevuld"
    refused = page.press("versturen", page.filled(advies=""))
    assert refused.status_code == 422
    assert "nieuwere uitgave" in section(FilledPage(site, refused), "uitgave-kop")
    page = site.open(address)
    answer = page.send(page.filled(advies="positief"))
    assert answer.status_code == 303
    site.work()
    status = site.client.get(f"{answer.location}/status", headers=JSON).get_json()
    assert (status["state"], status["reference"]) == ("done", "JAAR-2023-000001")


def test_assets_of_an_edition_that_nobody_had_are_not_there(serve: Serve) -> None:
    site = serve(2024)
    for digest in (64 * "0", "..", "x"):
        for address in (f"/bladzijde/{FORM_ID}/{digest}/1.png", f"/opmaak/{FORM_ID}/{digest}.css"):
            assert site.client.get(address).status_code == 404
    own = site.new(FORM_ID).document.xpath('//img[@class="picture"]/@src')[0]
    assert site.client.get(own.replace(FORM_ID, "small-form")).status_code == 404


def test_carrying_over_saves_what_is_on_the_page_and_lists_what_did_not_fit(serve: Serve) -> None:
    address = saved(serve(2023))
    site = serve(2024)
    page = site.open(address)
    (button,) = page.document.xpath('//button[contains(@formaction, "/overzetten")]')
    assert button.get("form") == "formulier"
    posted = page.filled(aantal="14")
    answer = page.press("overzetten", posted)
    assert (answer.status_code, answer.location) == (303, address)
    after = site.open(address)
    told = section(after, "overgenomen-kop")
    assert "3 antwoorden pasten niet" in told
    for words in (
        "Naam (bladzijde 1): Gebruik hooguit 10 tekens; het zijn er nu 16. "
        "Oud antwoord: De Blauwe Reiger",
        "Kleur (bladzijde 1): ‘Groen’ staat niet in de lijst. Kies iets uit de lijst. "
        "Oud antwoord: Groen",
        "Oud: Dit veld is er in deze uitgave niet meer. Oud antwoord: wat vroeger gevraagd werd",
    ):
        assert words in told
    assert section(after, "uitgave-kop") == ""
    values = after.values()
    assert (values["v:aantal"], values["v:dag"], values["v:rang"]) == ("14", "2024-02-01", "2")
    # The second click of a double click, and a reload of its address.
    assert page.press("overzetten", posted).status_code == 303
    assert site.client.get(f"{address}/overzetten").status_code == 302


def test_nothing_happens_without_a_click(serve: Serve) -> None:
    address = saved(serve(2023))
    site = serve(2024)
    for _ in range(2):
        assert "v:oud" in site.open(address).values()


def test_a_page_of_the_old_edition_cannot_overwrite_what_was_carried_over(serve: Serve) -> None:
    address = saved(serve(2023))
    site = serve(2024)
    old = site.open(address)
    site.open(address).press("overzetten")
    answer = old.press("opslaan", old.filled(aantal="99"), json=True)
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "template_changed"
    assert site.open(address).values()["v:aantal"] == "12"


def test_a_draft_that_somebody_else_saved_meanwhile_is_not_carried_over(serve: Serve) -> None:
    address = saved(serve(2023))
    site = serve(2024)
    mine = site.open(address)
    theirs = site.open(address)
    theirs.press("opslaan", theirs.filled(aantal="20"))
    answer = mine.press("overzetten", mine.filled(aantal="30"))
    assert answer.status_code == 409
    assert "v:oud" in site.open(address).values()


def test_last_years_link_begins_this_years_form(serve: Serve) -> None:
    draft, submission, _ = sent(serve(2023))
    site = serve(2024)
    for link in (f"https://formulieren.example{draft}/opgeslagen", submission, f" {submission} "):
        page = begin(site, link)
        told = section(page, "overgenomen-kop")
        assert "JAAR-2023-000001" in told
        assert "Dit vult u elk jaar opnieuw in Advies (bladzijde 1)" in told
        assert "Gewijzigd: 0" in told
        assert "Zoals vorig jaar: 5" in told
        assert marks(page) == dict.fromkeys(
            ("naam", "dag", "rang", "aantal", "akkoord"), "zoals vorig jaar"
        )
        assert page.values()["v:advies"] == ""
        assert "Vorig jaar al ingevuld?" not in page.response.get_data(as_text=True)


def test_last_years_pdf_begins_this_years_form(serve: Serve) -> None:
    _, _, pdf = sent(serve(2023))
    page = begin(serve(2024), data=pdf)
    assert "vorig.pdf" in section(page, "overgenomen-kop")
    assert page.values()["v:dag"] == "2024-02-01"
    assert len(marks(page)) == 5


def test_marks_follow_what_is_saved_also_on_pages_that_refuse(serve: Serve) -> None:
    _, submission, _ = sent(serve(2023))
    site = serve(2024)
    page = begin(site, submission)
    page.press("opslaan", page.filled(aantal="13", naam="Kort"))
    page = site.open(page.address)
    assert marks(page) == {
        "naam": "gewijzigd",
        "dag": "zoals vorig jaar",
        "rang": "zoals vorig jaar",
        "aantal": "gewijzigd",
        "akkoord": "zoals vorig jaar",
    }
    told = section(page, "overgenomen-kop")
    assert "Gewijzigd: 2 Naam (bladzijde 1) Aantal (bladzijde 1) Zoals vorig jaar: 3" in told
    refused = FilledPage(site, page.press("versturen", page.filled(akkoord=[], dag="2024-2-1")))
    assert refused.response.status_code == 422
    assert marks(refused)["akkoord"] == "gewijzigd"
    assert marks(refused)["dag"] == "zoals vorig jaar"
    described = refused.document.xpath('//*[@name="v:aantal"]/@aria-describedby')[0].split()
    ids = {element.get("id") for element in refused.document.iter() if element.get("id")}
    assert set(described) <= ids
    assert any(each.endswith("-s") for each in described)


def test_each_wrong_link_or_pdf_has_its_sentence_at_the_place_and_leaves_nothing(
    serve: Serve,
) -> None:
    site = serve(2023)
    expired = saved(site)
    other = site.new("small-form")
    other.press("opslaan", other.filled(school="De Boom"))
    site = serve(2024)
    site.later(days=61)
    for link, status, words in (
        ("https://elders.example/iets", 422, "geen link van een opgeslagen"),
        ("https://[elders", 422, "geen link van een opgeslagen"),
        ("https://elders.example/formulier/x", 422, "geen link van een opgeslagen"),
        ("geen link", 422, "is hier niets te vinden"),
        (f"/ingediend/{32 * 'x'}", 422, "is hier niets te vinden"),
        (expired, 422, "Deze link is verlopen"),
        (other.address, 422, "hoort bij een ander formulier"),
        ("", 422, "geen bestand"),
    ):
        page = begin(site, link)
        assert page.response.status_code == status, link
        (trouble,) = page.document.xpath('//*[@id="vorig-jaar-fout"]')
        assert words in trouble.text_content(), link
        assert page.document.xpath('//details[@id="vorig-jaar"]/@open')
    for data, words in ((b"geen pdf", "kan niet als PDF"), (b"%PDF-", "kan niet als PDF")):
        page = begin(site, data=data)
        assert words in page.document.xpath('//*[@id="vorig-jaar-fout"]')[0].text_content()


@pytest.mark.parametrize(
    ("link", "token"),
    [
        ("https://x.nl/formulier/bao-2024/abc", "abc"),
        ("https://x.nl/sub/formulier/bao-2024/abc/opgeslagen?x=1#y", "abc"),
        ("/ingediend/abc/bestand.pdf", "abc"),
        ("abc", "abc"),
        ("  https://x.nl/ingediend/abc  ", "abc"),
    ],
)
def test_the_token_of_a_link(link: str, token: str) -> None:
    assert token_of(link) == token


def said(site: Website, address: str) -> dict[str, str]:
    """What the page of a sent form lists, by label."""
    found = site.open(address).document.xpath('//details[@class="answers"]//dl/div')
    return {each.findtext("dt"): each.find("dd").text_content() for each in found}


def test_what_was_sent_is_shown_as_its_own_edition_has_it(serve: Serve) -> None:
    _, address, _ = sent(serve(2023))
    before = said(serve(2023), address)
    assert before["Oud"] == "wat vroeger gevraagd werd"
    assert before["Kleur"] == "Groen"
    assert said(serve(2024), address) == before
    page = serve(2024).new(FORM_ID)
    answers_now = {"naam": "De Reiger", "dag": "2024-02-01", "kleur": "rood", "advies": "x"}
    newer = page.send(page.filled(**answers_now, akkoord="Ja", nieuw="dit jaar"))
    assert newer.status_code == 303
    assert "Oud" not in said(page.site, newer.location)
    assert said(page.site, newer.location)["Nieuw"] == "dit jaar"


def test_what_was_sent_stays_when_its_form_is_served_no_more(serve: Serve, tmp_path: Path) -> None:
    draft, address, _ = sent(serve(2023))
    before = said(serve(2023), address)
    other = open_catalogue([small_form_folder(tmp_path / "other")], Limits())
    with website(other, tmp_path) as site:
        assert said(site, address) == before
        page = site.open(address)
        assert page.document.findtext(".//title").strip().startswith("Ingediend: Jaarplan")
        assert page.document.xpath("//form[contains(@action, 'nieuwe-versie')]") == []
        assert site.client.get(draft).location == address
        kept = tmp_path / "data" / "files" / "templates"
        for each in kept.iterdir():
            each.unlink()
    with website(other, tmp_path) as site:
        assert said(site, address)["oud"] == "wat vroeger gevraagd werd", "by name, then"
