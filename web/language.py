"""Which language a request is answered in, and the address of the same page in the other one.

In this order: ``?taal=`` in the address, which all addresses on such a page keep; on the pages of a
form the form's own language, since its instructions name the buttons; the browser's; Dutch. There
is no cookie: the address says it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request
from flask_babel import get_locale, refresh
from markupsafe import Markup

from pipeline.flow.documents import Form
from web.site import site

LANGUAGES: Mapping[str, str] = {"nl": "Nederlands", "en": "English"}
"""Each under its own name; the first is that of the texts in the code."""

DEFAULT = "nl"
ARGUMENT = "taal"
_WITHOUT = ("assets.", "documents.")

_FORM_LANGUAGE = "form_language"


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """``address`` is that of the page at hand, relative to it: the page of a form changes its own
    when it is saved for the first time."""

    code: str
    name: str
    address: str


def chosen_language() -> str:
    """A key of ``LANGUAGES``."""
    return _asked_for() or _of_form() or _of_browser() or DEFAULT


def spoken_language() -> str:
    """The language of the texts that are being made; Dutch where there is no request."""
    locale = get_locale()
    return DEFAULT if locale is None else str(locale.language)


def speak_as(form: Form) -> None:
    """For a page of a form whose address does not name the form: from here on its language."""
    setattr(g, _FORM_LANGUAGE, form.template.language)
    refresh()


def own_words(form: Form) -> Markup:
    """The ``lang`` attribute of an element that holds the form's own words; none where these are in
    the language of the page, or in one that nobody told."""
    language = form.template.language
    if _primary(language) in ("", spoken_language()):
        return Markup()
    return Markup(' lang="{}"').format(language)


def other_languages() -> list[OtherLanguage]:
    """Of a page that a link leads to; the answer to a post has no address to come back to."""
    if request.method != "GET":
        return []
    given = request.args.to_dict(flat=False)
    return [
        OtherLanguage(code, name, "?" + urlencode({**given, ARGUMENT: code}, doseq=True))
        for code, name in LANGUAGES.items()
        if code != spoken_language()
    ]


def keep_language(app: Flask) -> None:
    """Addresses of pages keep the language that was asked for; those of pictures, fonts, styles
    and published documents are the same in all."""

    @app.url_defaults
    def with_language(endpoint: str, values: dict[str, Any]) -> None:
        asked = _asked_for()
        if asked and endpoint != "static" and not endpoint.startswith(_WITHOUT):
            values.setdefault(ARGUMENT, asked)


def _asked_for() -> str:
    given = request.args.get(ARGUMENT, "") if request else ""
    return given if given in LANGUAGES else ""


def _of_form() -> str:
    language = getattr(g, _FORM_LANGUAGE, None)
    if language is None:
        form = site().catalogue.forms.get((request.view_args or {}).get("form_id", ""))
        language = "" if form is None else form.template.language
    primary = _primary(language)
    return primary if primary in LANGUAGES else ""


def _of_browser() -> str:
    """The one it likes best: ``nl-BE, en`` is Dutch, which a match of whole tags would miss."""
    liked = (_primary(tag) for tag, quality in request.accept_languages if quality > 0)
    return next((each for each in liked if each in LANGUAGES), "")


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
