"""The texts of mails: whole in every language, filled in, and the same for page and worker."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from importlib.resources import files

import pytest

from pipeline.flow.documents import Form, form_of
from pipeline.flow.letters import (
    Delivered,
    link_letter,
    receipt_letter,
    reminder_letter,
)
from pipeline.model.definition import parse_definition
from pipeline.model.limits import Limits
from tests.store.small_form import small_form_pdf

TEXTS = files("pipeline.flow") / "texts"
LANGUAGES = sorted(each.name for each in TEXTS.iterdir() if each.name.endswith(".toml"))
MOMENT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


def form(language: str, title: str = "Mijn formulier") -> Form:
    text = f'title = """{title}"""\nlanguage = "{language}"\n'
    return form_of(small_form_pdf(), "small-form", parse_definition(text), Limits())


def names(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_gaps(language: str) -> None:
    ours = tomllib.loads((TEXTS / language).read_text("utf-8"))
    english = tomllib.loads((TEXTS / "en.toml").read_text("utf-8"))
    assert len(ours["months"]) == 12
    assert ours.keys() == english.keys()
    for kind in ours.keys() - {"months", "date"}:
        assert ours[kind].keys() == english[kind].keys()
        for key, text in ours[kind].items():
            assert names(text) == names(english[kind][key]), (kind, key)


def test_the_forms_own_language_and_clock_count() -> None:
    dutch = link_letter(form("nl-NL"), "https://x/y", MOMENT)
    assert dutch.subject == "Uw link: Mijn formulier"
    assert "1 januari 2027" in dutch.text
    for language in ("en", "fr", "", "../nl"):
        assert "1 January 2027" in link_letter(form(language), "https://x/y", MOMENT).text


def test_who_kept_no_address_says_nothing_of_one() -> None:
    letters = [link_letter(form("nl"), "https://x/y", MOMENT, each) for each in (None, True, False)]
    assert ["uw adres" in letter.text for letter in letters] == [False, True, True]
    assert [f"{{{name}}}" in letters[0].text for name in ("closing", "link")] == [False, False]


def test_a_title_breaks_no_header_and_is_no_pattern() -> None:
    words = reminder_letter(form("nl", "Een {link}\nBcc: x"), "https://x/y", MOMENT)
    assert words.subject.endswith("Een {link} Bcc: x")


def test_a_receipt_names_the_one_page_only_where_there_is_one() -> None:
    sent = Delivered(
        "A-1",
        MOMENT,
        "https://x/ingediend/t",
        "https://x/document/1",
        "mijn profiel.pdf",
        "één.pdf",
    )
    text = receipt_letter(form("nl"), sent).text
    assert "https://x/document/1/mijn%20profiel.pdf\n" in text
    assert "https://x/document/1/%C3%A9%C3%A9n.pdf\n" in text
    without = receipt_letter(
        form("nl"), Delivered("A-1", MOMENT, "https://x/t", "https://x/d", "a.pdf", None)
    )
    assert "one-page" not in without.text
    assert "{" not in text + without.text
