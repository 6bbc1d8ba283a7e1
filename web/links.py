"""The private link of a draft, and what a person is told about it at every save."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import request, url_for
from flask_babel import format_date, format_time, gettext

from pipeline.flow.documents import Form
from pipeline.flow.drafts import Draft
from web.site import site


@dataclass(frozen=True, slots=True)
class SavedMessage:
    link: str
    valid_until: str
    days: int
    saved_at: str
    version: int
    mailto: str

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


def saved_message(form: Form, token: str, draft: Draft) -> SavedMessage:
    link = private_link(form.id, token)
    valid_until = format_date(draft.expires_at, "d MMMM y")
    return SavedMessage(
        link=link,
        valid_until=valid_until,
        days=form.template.definition.retention_days,
        saved_at=clock_time(draft.saved_at),
        version=draft.version,
        mailto=_mailto(form, link, valid_until),
    )


def private_link(form_id: str, token: str) -> str:
    """The whole address, also behind a proxy that calls us by another name (``base_url``)."""
    base = site().settings.base_url or request.host_url
    return base.rstrip("/") + url_for("form.draft", form_id=form_id, token=token)


def clock_time(moment: datetime) -> str:
    return str(format_time(moment, "HH:mm"))


def _mailto(form: Form, link: str, valid_until: str) -> str:
    subject = gettext("Link naar mijn formulier: %(title)s", title=form.title)
    body = gettext(
        "Met deze link gaat u verder met invullen:\n\n%(link)s\n\n"
        "De link is geldig tot en met %(date)s. Iedereen met deze link kan het formulier bewerken.",
        link=link,
        date=valid_until,
    )
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
