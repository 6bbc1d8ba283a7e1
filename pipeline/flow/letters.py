"""What Formpress writes to people: the link, the reminder, the receipt, in the form's language.

The texts are data (``texts/nl.toml`` …), so that a page and a worker write the same letter, and
this package knows no language but its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pipeline.flow.documents import Form
from pipeline.store.mail import Mail

_OTHERWISE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """A letter without its address."""

    subject: str
    text: str

    def to(self, address: str) -> Mail:
        return Mail(address, self.subject, self.text)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a receipt speaks of: ``link`` is the submission's page, ``documents`` the address that
    its files lie below."""

    reference: str
    submitted_at: datetime
    link: str
    documents: str
    file_name: str
    one_page_name: str | None


@dataclass(frozen=True, slots=True)
class AskedApproval:
    """What an approver is asked: ``about`` tells this form from others, and may be empty."""

    title: str
    about: str
    version: int
    expires_at: datetime


def link_letter(form: Form, link: str, expires_at: datetime, remind: bool | None = None) -> Words:
    """``remind`` says whether the address is kept for that; ``None`` where we had none."""
    texts = _texts(form)["link"]
    closing = "" if remind is None else texts["reminded" if remind else "forgotten"]
    return _letter(form, "link", link=link, closing=closing, **_term(form, expires_at))


def reminder_letter(form: Form, link: str, expires_at: datetime) -> Words:
    return _letter(form, "reminder", link=link, **_term(form, expires_at))


def receipt_letter(form: Form, sent: Delivered) -> Words:
    texts = _texts(form)
    one_page = ""
    if sent.one_page_name is not None:
        address = f"{sent.documents}/{quote(sent.one_page_name)}"
        one_page = texts["receipt"]["one_page"].format(one_page=address)
    return _letter(
        form,
        "receipt",
        reference=sent.reference,
        submitted=_day(form, sent.submitted_at),
        link=sent.link,
        pdf=f"{sent.documents}/{quote(sent.file_name)}",
        one_page=one_page,
    )


def approval_letter(form: Form, link: str, asked: AskedApproval) -> Words:
    about = _texts(form)["approval"]["about"].format(about=asked.about) if asked.about else ""
    return _letter(
        form,
        "approval",
        link=link,
        what=asked.title,
        about=about,
        version=str(asked.version),
        until=_day(form, asked.expires_at),
    )


def _letter(form: Form, kind: str, **data: str) -> Words:
    """A form's title is its author's own: line breaks in it would break the mail's header."""
    title = " ".join(form.title.split())
    text = _texts(form)[kind]
    return Words(
        text["subject"].format(title=title, **data),
        text["text"].lstrip("\n").format(title=title, **data),
    )


def _term(form: Form, expires_at: datetime) -> dict[str, str]:
    days = form.template.definition.retention_days
    return {"until": _day(form, expires_at), "days": str(days)}


def _day(form: Form, moment: datetime) -> str:
    """A date in words, in the form's own time zone."""
    texts = _texts(form)
    local = moment.astimezone(ZoneInfo(form.template.definition.time_zone))
    month = texts["months"][local.month - 1]
    return str(texts["date"].format(day=local.day, month=month, year=local.year))


def _texts(form: Form) -> Mapping[str, Any]:
    language = form.template.definition.language.partition("-")[0].lower()
    return _read(language) or _read(_OTHERWISE)


@cache
def _read(language: str) -> Mapping[str, Any]:
    """Empty for a language without texts."""
    file = files("pipeline.flow") / "texts" / f"{language}.toml"
    if not language.isalpha() or not file.is_file():
        return {}
    return tomllib.loads(file.read_text("utf-8"))
