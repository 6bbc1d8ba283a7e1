"""Dutch and English: both complete, chosen as they should be, and no text outside of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import flask_babel
import lxml.html
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from werkzeug.test import TestResponse

from pipeline.flow.documents import Catalogue, Form, form_of
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.pdf import small_forms
from tests.store.approval_form import COMPLETE, ROUTE_FORM, route_form
from tests.web.pseudo_language import Pseudo, untold, untold_in_json, untold_in_page
from tests.web.site import JSON, FilledPage, Website, website
from tests.web.small import sums_form
from web.approval_view import OVER
from web.explanations import EXPLANATIONS
from web.hints import _COUNTS, _KINDS
from web.language import LANGUAGES
from web.submission_words import FAILURES
from web.wording import SENTENCES

WEB = Path(__file__).resolve().parents[2] / "web"
TRANSLATIONS = WEB / "translations"
OTHERS = [code for code in LANGUAGES if code != "nl"]
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"}


# ---- the catalogues ----


def catalogue_of(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language, abort_invalid=True)


def texts_in_code() -> set[str | tuple[str, ...]]:
    """Every msgid, read from the code and the templates now."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        mapping, options = parse_mapping_cfg(file)
    found = extract_from_dir(WEB, mapping, options, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def forms_of(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def said_by(catalogue: Catalog) -> dict[tuple[str, ...], list[str]]:
    return {
        tuple(forms_of(message.id)): forms_of(message.string) for message in catalogue if message.id
    }


def test_a_catalogue_is_there_for_each_language() -> None:
    folders = {path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")}
    assert folders == set(OTHERS)
    assert len(texts_in_code()) > 400


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated(language: str) -> None:
    known = {message.id: message for message in catalogue_of(language) if message.id}
    assert texts_in_code() == set(known), "run `make translations` and translate what is new"
    for message in known.values():
        assert all(forms_of(message.string)), f"untranslated: {message.id}"
        assert not message.fuzzy, f"to be looked at: {message.id}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    for message in catalogue_of(language):
        if not message.id:
            continue
        asked = {name for text in forms_of(message.id) for name in PLACEHOLDER.findall(text)}
        for text in forms_of(message.string):
            given = set(PLACEHOLDER.findall(text))
            spare = {"num"} if isinstance(message.id, tuple) else set()
            assert given <= asked <= given | spare, f"{message.id}: {text}"
            assert PLACEHOLDER.sub("", text).count("%") == PLACEHOLDER.sub(
                "", forms_of(message.id)[0]
            ).count("%")


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_compiled_says_what_is_written(language: str) -> None:
    written = catalogue_of(language)
    compiled_path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    compiled = read_mo(BytesIO(compiled_path.read_bytes()))
    assert said_by(compiled) == said_by(written)
    assert compiled.plural_forms == written.plural_forms


# ---- the choice ----


def form_in(language: str, form_id: str) -> Form:
    toml = (
        f'title = "Proefformulier"\nlanguage = "{language}"\nreference = "PROEF"\n'
        'file_name = "proef-{name}"\nkey = ["name"]\nrequired_at_submit = ["agreed"]\n'
    )
    form = form_of(small_forms.every_type(), form_id, parse_definition(toml), Limits())
    return replace(
        form, guide="# Proefformulier\n\n## Naam {name}\n\n## Kleur {colour}\n\n## Tot slot\n"
    )


@pytest.fixture(scope="module")
def forms() -> Catalogue:
    """``proef`` in Dutch, with a guide; ``english``; ``stil`` says no language; ``route``."""
    found = [form_in("nl", "proef"), form_in("en-GB", "english"), form_in("", "stil")]
    return Catalogue({form.id: form for form in (*found, route_form(), sums_form())})


@pytest.fixture
def site(forms: Catalogue, tmp_path: Path) -> Iterator[Website]:
    with website(forms, tmp_path) as running:
        yield running


def language_of(answer: TestResponse) -> str:
    return str(lxml.html.fromstring(answer.get_data(as_text=True)).get("lang"))


def text_of(answer: TestResponse) -> str:
    return " ".join(lxml.html.fromstring(answer.get_data(as_text=True)).text_content().split())


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/", "", "nl"),
        ("/", "en-GB,en;q=0.9,nl;q=0.5", "en"),
        ("/", "nl-BE,en;q=0.5", "nl"),
        ("/", "de,en;q=0.5", "en"),
        ("/", "de", "nl"),
        ("/?taal=nl", "en", "nl"),
        ("/?taal=en", "nl", "en"),
        ("/?taal=xx", "en", "en"),
        ("/formulier/proef", "en", "nl"),
        ("/formulier/english", "nl", "en"),
        ("/formulier/english?taal=nl", "en", "nl"),
        ("/formulier/stil", "en", "en"),
        ("/formulier/stil", "", "nl"),
        ("/formulier/proef/uitleg", "en", "nl"),
        ("/bestaat-niet", "en", "en"),
        ("/formulier/niet", "en", "en"),
    ],
)
def test_the_address_goes_first_then_the_form_then_the_browser(
    site: Website, address: str, accepted: str, language: str
) -> None:
    answer = site.client.get(address, headers={"Accept-Language": accepted} if accepted else {})
    assert language_of(answer) == language
    home = {"nl": "Formulieren", "en": "Forms"}[language]
    (brand,) = lxml.html.fromstring(answer.data).xpath("//a[@class='brand']")
    assert brand.text_content() == home


def test_the_switch_leads_to_the_same_page_in_the_other_language(site: Website) -> None:
    shown = site.open("/formulier/proef?x=1")
    (switch,) = shown.document.xpath("//a[@hreflang]")
    assert (switch.get("hreflang"), switch.get("lang"), switch.text) == ("en", "en", "English")
    other = site.open(f"/formulier/proef{switch.get('href')}")
    assert language_of(other.response) == "en"
    assert "Save for later" in text_of(other.response)
    (back,) = other.document.xpath("//a[@hreflang]")
    assert (back.get("href"), back.text) == ("?x=1&taal=nl", "Nederlands")
    assert (
        lxml.html.fromstring(shown.press("versturen").get_data(as_text=True)).xpath(
            "//a[@hreflang]"
        )
        == []
    ), "the answer to a post has no address to come back to"


def test_every_address_of_a_page_keeps_the_language_and_no_picture_does(site: Website) -> None:
    document = site.open("/formulier/proef?taal=en").document
    pages, assets = set(), set()
    for name in ("href", "action", "formaction", "src"):
        for address in document.xpath(f"//*[not(@hreflang)]/@{name}"):
            if address.startswith("/"):
                is_asset = re.match("/(static|opmaak|bladzijde|lettertype)/", address)
                (assets if is_asset else pages).add(address)
    assert len(pages) > 5
    assert all("taal=en" in address for address in pages)
    assert len(assets) > 5
    assert not [address for address in assets if "taal" in address]
    plain = site.open("/formulier/proef").response.get_data(as_text=True)
    assert "taal=" not in plain.replace("?taal=en", "", 1), "without a choice there is none to keep"


def test_a_choice_lasts_from_the_first_page_to_the_last(site: Website) -> None:
    page = site.open("/formulier/proef?taal=en")
    posted = page.filled(name="Zoë", agreed="Yes")
    saved = post(site, page, "opslaan", posted)
    assert saved.location.endswith("/opgeslagen?taal=en")
    assert "Your form has been saved" in text_of(site.client.get(saved.location))
    asked = post(site, page, "versturen", posted)
    assert "Are you ready to send this form?" in text_of(asked)
    sent = site.confirm(asked)
    assert sent.location.endswith("?taal=en")
    assert "The form has been sent" in text_of(site.client.get(sent.location))


def test_what_scripts_are_told_is_in_the_language_of_the_page(site: Website) -> None:
    page = site.open("/formulier/proef?taal=en")
    urls = page_json(page)["urls"]
    assert all(address.endswith("?taal=en") for address in urls.values())
    data = dict(page.filled(name="x" * 41))
    checked = site.client.post(urls["check"], data=data, headers=JSON).get_json()
    said = {problem["message"] for problem in checked["problems"]}
    assert "Use no more than 40 characters; there are 41 now." in said
    saved = site.client.post(urls["save"], data=data, headers=JSON).get_json()
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", saved["valid_until"])


def test_an_approver_is_spoken_to_in_the_language_of_the_form(site: Website) -> None:
    address = approver_address(site, "?taal=en")
    assert "taal" not in address, "who asks does not choose for who decides"
    assert language_of(site.client.get(address, headers=ENGLISH)) == "nl"
    assert language_of(site.client.get(f"{address}?taal=en")) == "en"


def test_a_sent_form_is_shown_in_the_language_of_the_form(site: Website) -> None:
    page = site.new("proef")
    location = page.send(page.filled(name="Zoë", agreed="Yes")).location
    assert language_of(site.client.get(location, headers=ENGLISH)) == "nl"


def test_the_forms_own_words_say_their_language_on_a_page_in_another(site: Website) -> None:
    shown = site.open("/formulier/proef?taal=en").document
    (label,) = shown.xpath("//label[.='Naam']")
    assert label.get("lang") == "nl"
    assert shown.xpath("//h1/@lang") == ["nl"]
    same = site.open("/formulier/proef").document
    assert {each.get("hreflang") for each in same.xpath("//body//*[@lang='en']")} == {"en"}


def test_a_date_is_asked_for_in_the_letters_of_the_language(site: Website) -> None:
    assert "Datum als dd-mm-jjjj" in text_of(site.client.get("/formulier/sommen?taal=nl"))
    assert "Date as dd-mm-yyyy" in text_of(site.client.get("/formulier/sommen?taal=en"))


def test_no_text_is_settled_when_the_code_is_loaded(site: Website) -> None:
    with site.app.test_request_context("/?taal=en"):
        assert str(SENTENCES["required"]) == "Fill in this field."
        assert str(EXPLANATIONS["unknown_form"].title) == "This form does not exist"
    with site.app.test_request_context("/?taal=nl"):
        assert str(SENTENCES["required"]) == "Vul dit veld in."


# ---- texts that never went through gettext ----


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _: Pseudo())


@pytest.fixture
def visit(forms: Catalogue, pseudo: None) -> Callable[[TestResponse], TestResponse]:
    """Looks at a page, or at what is told a script, and gives it back."""
    titles = [form.title for form in forms.forms.values()]
    titles += [each.title for each in route_form().template.definition.approvals]

    def look(answer: TestResponse) -> TestResponse:
        if answer.mimetype == "application/json":
            told = answer.get_json()
            error = told.get("error", {})
            shown = [told.get(name) for name in ("told", "voided", "message", "words", "problem")]
            shown += [error.get("message")]
            shown += [each["message"] for each in told.get("problems", error.get("problems", []))]
            assert any(shown)
            assert untold_in_json(shown) == []
        else:
            assert "⟦" in answer.get_data(as_text=True)
            assert untold_in_page(answer.get_data(as_text=True), titles) == []
        return answer

    return look


Visit = Callable[[TestResponse], TestResponse]


def post(
    site: Website, page: FilledPage, button: str, posted: object = None, json: bool = False
) -> TestResponse:
    """Presses a button of a page whose address has a query."""
    path, _, query = page.form.action.partition("?")
    address = f"{path.rpartition('/')[0]}/{button}?{query}"
    pairs = page.values() if posted is None else posted
    return site.client.post(
        address, data=pairs, content_type="multipart/form-data", headers=JSON if json else {}
    )


def page_json(page: FilledPage) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = json.loads(page.document.get_element_by_id("gegevens").text)
    return told


def approver_address(site: Website, query: str = "") -> str:
    page = site.open(f"/formulier/{ROUTE_FORM}{query}")
    given = {name: "Yes" if value is True else str(value) for name, value in COMPLETE.items()}
    posted = page.filled(**given)
    posted["adres:council"] = "raad@school.example"
    answer = post(site, page, "route/council/vragen", posted)
    assert answer.status_code == 303, text_of(answer)
    found = re.search(r"http://localhost(/advies/\S+)", site.mails()[-1].get_content())
    assert found is not None
    return found[1]


def test_the_pseudo_language_shows_what_it_should() -> None:
    page = (
        '<html lang="en"><head><title>⟦Opgeslagen⟧: Plan</title></head><body>'
        '<p>⟦Nog %s⟧ 3</p><p>Vergeten</p><h1 lang="nl">Naam</h1><a title="Ook vergeten">⟦Kies⟧</a>'
        "</body></html>"
    )
    left = untold_in_page(page, ["Plan"])
    assert [each.rpartition(": ")[2] for each in left] == ["Vergeten", "Ook vergeten"]
    assert untold("⟦Iemand wijzigde ⟦ja⟧⟧ 24 November 2026") == ""
    assert untold_in_json({"message": "⟦Fout⟧. Vergeten"}) != []


def test_pages_of_a_form_on_its_way(site: Website, visit: Visit) -> None:
    visit(site.client.get("/?taal=en"))
    page = site.open("/formulier/proef?taal=en")
    visit(page.response)
    visit(site.client.get("/formulier/proef/uitleg?taal=en"))
    visit(post(site, page, "versturen", page.filled(name="x" * 50)))
    visit(post(site, page, "controleer", page.filled(name="x" * 50), json=True))
    page = site.open("/formulier/proef?taal=en")
    posted = page.filled(name="Zoë", agreed="Yes")
    saved = post(site, page, "opslaan", posted)
    visit(site.client.get(f"{saved.location}&ingetrokken=1"))
    draft = site.open(saved.location.replace("/opgeslagen", ""))
    visit(draft.response)
    for word in ("intrekken", "verwijderen"):
        visit(site.client.get(saved.location.replace("opgeslagen", word)))
    for address in ("geen adres", "zoe@school.example"):
        mailed = {"adres": address, "herinner": "1"}
        visit(site.client.post(saved.location.replace("opgeslagen", "mailen"), data=mailed))
    asked = visit(post(site, draft, "versturen"))
    visit(site.confirm(asked, naam="x" * 61, email="geen", opmerking="x" * 301))
    sent = site.confirm(asked).location
    visit(site.client.get(sent))
    site.work()
    visit(site.client.get(sent))
    again = site.open("/formulier/proef?taal=en")
    asked = visit(post(site, again, "versturen", posted))
    visit(site.confirm(asked, vervangt=""))
    assert site.confirm(asked).status_code == 303
    assert "⟦Dit formulier is vervangen⟧" in text_of(visit(site.client.get(sent)))


def test_pages_of_two_people_at_once(site: Website, visit: Visit) -> None:
    mine = site.open("/formulier/proef?taal=en")
    post(site, mine, "opslaan", mine.filled(name="Een", story="Een"))
    address = mine.address + "?taal=en"
    mine, theirs = site.open(address), site.open(address)
    post(site, theirs, "opslaan", theirs.filled(name="Ander", agreed="Yes"))
    clash = mine.filled(name="Mijn", story="Mijn")
    visit(post(site, mine, "opslaan", clash))
    visit(post(site, mine, "opslaan", clash, json=True))
    visit(post(site, mine, "opslaan", mine.filled(story="Mijn"), json=True))


def test_pages_of_a_route(site: Website, visit: Visit) -> None:
    page = site.open(f"/formulier/{ROUTE_FORM}?taal=en")
    visit(page.response)
    incomplete = page.filled()
    incomplete["adres:council"] = "geen adres"
    visit(post(site, page, "route/council/vragen", incomplete))
    address = approver_address(site, "?taal=en") + "?taal=en"
    visit(site.client.get(address))
    visit(site.client.post(address, data={"verdict": "negative", "date": "32-13-2026"}))
    given = {"verdict": "positive", "name": "Anna Bos", "date": "01-03-2026"}
    assert site.client.post(address, data=given).status_code == 303
    visit(site.client.get(address))


def test_pages_of_uploads_and_last_year(site: Website, visit: Visit) -> None:
    page = site.open("/formulier/proef?taal=en")
    visit(post(site, page, "upload", {"bestand": (BytesIO(b"geen pdf"), "a.pdf")}))
    visit(post(site, page, "upload", {}))
    visit(post(site, page, "vorig-jaar", {"link": "geen link"}))
    sent = page.send(page.filled(name="Zoë", agreed="Yes")).location
    site.work()
    begun = post(site, site.open("/formulier/proef?taal=en"), "vorig-jaar", {"link": sent})
    assert begun.status_code == 303
    visit(site.client.get(begun.location))


@pytest.mark.parametrize(
    "address", ["/bestaat-niet", "/formulier/niet", "/formulier/proef/geen-link", "/ingediend/x"]
)
def test_pages_of_errors(site: Website, visit: Visit, address: str) -> None:
    visit(site.client.get(f"{address}?taal=en"))
    visit(site.client.get(f"{address}?taal=en", headers=JSON))


def test_lists_of_texts(site: Website, pseudo: None) -> None:
    with site.app.test_request_context("/"):
        texts = [*SENTENCES.values(), *FAILURES.values(), *_KINDS.values(), *_COUNTS]
        texts += [text for found in EXPLANATIONS.values() for text in (found.title, found.text)]
        texts += [text for found in OVER.values() for text in found]
        assert [str(text) for text in texts if untold(str(text))] == []


SAID = re.compile(r"""(?:textContent|title|ariaLabel|alt|placeholder) = ["'`][^"'`]*[a-z]{3}""")


def test_scripts_have_no_words_of_their_own() -> None:
    assert SAID.search('label.title = "Kies een datum";')
    for path in (WEB / "static").glob("*.js"):
        source = re.sub(r"\$\{[^}]*\}", "", path.read_text("utf-8"))
        assert SAID.findall(source) == [], path.name


def test_a_link_for_others_has_no_language(site: Website) -> None:
    page = site.open("/formulier/proef?taal=en")
    saved = page.press("opslaan", page.filled(name="Anna"), json=True).get_json()
    assert "taal" not in saved["link"]
    asked = page.press("versturen", page.filled(name="Anna", agreed="Yes"))
    sent = site.confirm(asked, email="anna@example.org")
    site.work()
    site.desk.send_due_letters()
    (mail,) = site.mails()
    submission_id = site.desk.submission(re.split("[/?]", sent.location)[2]).id
    text = mail.get_content()
    (address,) = re.findall(rf"http\S+/document/{submission_id}/\S+\.pdf", text)
    assert site.client.get(address.partition("localhost")[2]).data.startswith(b"%PDF")
