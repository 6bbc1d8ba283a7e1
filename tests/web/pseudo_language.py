"""A language in which every text that went through gettext stands in ⟦…⟧, and what then does not.

A page is fetched in English while its form is in Dutch, so that the form's own words are told by
their ``lang``; what a person typed is told by the element that holds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import lxml.html
from babel.support import NullTranslations
from lxml.html import HtmlElement

_DATA = {"dd", "textarea", "style"}
"""Elements that hold what was typed or sent."""

_DATA_CLASSES = {"pre", "mirror", "pdf-link", "clash-text", "old"}
"""And by class: answers, places where a field shows again, names of files."""

_ATTRIBUTES = (
    "title", "aria-label", "alt", "placeholder", "label",
    "data-done", "data-failed", "data-busy", "data-offline", "data-alt",
)  # fmt: skip
_SPOKEN = ("sentences", "texts")
"""Of the page's JSON: what its scripts say."""

_TOLD = re.compile(r"⟦[^⟦⟧]*⟧")
_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]+( \d{4})?\b")
_REFERENCE = re.compile(r"\b[A-Z]{4,}-\d+\b")
_PATTERN = re.compile(r"\b[dmyHhMst]+([-/:. ][dmyHhMst]+)+\b")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Pseudo(NullTranslations):
    """Each text as it is in the code, in brackets."""

    def ugettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return f"⟦{singular if number == 1 else plural}⟧"


def untold(text: str) -> str:
    """What is left of a text without its translated parts, dates, patterns and references."""
    while (fewer := _TOLD.sub(" ", text)) != text:
        text = fewer
    for shape in (_DATE, _REFERENCE, _PATTERN):
        text = shape.sub(" ", text)
    return text.strip() if _LETTERS.search(text) else ""


def untold_in_page(page: str, titles: Iterable[str]) -> list[str]:
    """Every text of the page in the language of the interface that never went through gettext.

    ``titles`` are those of forms: in a page's title, and of forms that tell no language, they
    stand without a ``lang``.
    """
    found = []
    for where, text in _texts(lxml.html.fromstring(page)):
        for title in titles:
            text = text.replace(title, " ")
        if left := untold(" ".join(text.split())):
            found.append(f"{where}: {left}")
    return found


def untold_in_json(value: object, where: str = "") -> list[str]:
    """The same of what scripts are told: every string, as all of them are shown."""
    if isinstance(value, dict):
        return [
            each for key, one in value.items() for each in untold_in_json(one, f"{where}.{key}")
        ]
    if isinstance(value, list | tuple):
        return [each for one in value for each in untold_in_json(one, where)]
    return [f"{where}: {value}"] if isinstance(value, str) and untold(value) else []


def _texts(document: HtmlElement) -> Iterator[tuple[str, str]]:
    spoken = document.get("lang")
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        where = f"<{element.tag} id={element.get('id')} class={element.get('class')}>"
        if element.get("id") == "gegevens":
            told = json.loads(element.text)
            yield from ((where, each) for part in _SPOKEN for each in told[part].values())
            continue
        if element.tag == "script" or _is_data(element, spoken):
            continue
        yield where, element.text or ""
        yield from ((where, child.tail or "") for child in element)
        yield from ((f"{where} {name}", element.get(name) or "") for name in _ATTRIBUTES)
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            yield where, element.get("value") or ""


def _is_data(element: HtmlElement, spoken: str) -> bool:
    """Whether it holds words of the form or of a person. The nearest ``lang`` counts."""
    language: str | None = None
    for each in (element, *element.iterancestors()):
        if language is None:
            language = each.get("lang")
        if each.tag in _DATA or _DATA_CLASSES & set((each.get("class") or "").split()):
            return True
    return language != spoken
