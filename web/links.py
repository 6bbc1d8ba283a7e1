"""The private link of a draft, and what a person is told about it at every save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from flask import render_template, request, url_for
from flask_babel import format_date, format_time, gettext

from pipeline.errors import AlreadySubmitted, FormpressError, MailError, TooManyMails
from pipeline.flow.documents import Form
from pipeline.flow.drafts import Draft
from pipeline.flow.letters import link_letter
from pipeline.flow.outbox import REMINDER_DAYS
from web.explanations import explain, explanation_text
from web.language import ARGUMENT
from web.route_view import voided_sentence
from web.site import site
from web.wording import SENTENCES

ADDRESS_LENGTH = 100


class NotAnAddress(FormpressError):
    """What was typed is no e-mail address."""

    code = "not_email"


@dataclass(frozen=True, slots=True)
class SavedMessage:
    """``reminder`` is the day on which somebody is to be reminded, else empty; ``voided`` a
    sentence where this save took an approval away."""

    link: str
    valid_until: str
    days: int
    saved_at: str
    version: int
    mailto: str
    qr: str
    reminder: str
    voided: str

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class MailForm:
    """What the form for the mail shows after it was sent without scripts."""

    address: str = ""
    remind: bool = False
    fault: str = ""
    done: str = ""


def saved_message(form: Form, token: str, draft: Draft) -> SavedMessage:
    link = private_link(form.id, token)
    return SavedMessage(
        link=link,
        valid_until=format_date(draft.expires_at, "d MMMM y"),
        days=form.template.definition.retention_days,
        saved_at=clock_time(draft.saved_at),
        version=draft.version,
        mailto=_mailto(form, link, draft.expires_at),
        qr=url_for("links.qr_code", form_id=form.id, token=token),
        reminder=format_date(draft.reminder_at, "d MMMM y") if draft.reminder_at else "",
        voided=voided_sentence(form, draft.route),
    )


def saved_page(
    form: Form, token: str, draft: Draft, mail: MailForm | None = None, notice: str = ""
) -> str:
    """The page of Opslaan voor later, for browsers without scripts."""
    return render_template(
        "saved.html",
        form=form,
        here={"form_id": form.id, "token": token},
        message=saved_message(form, token, draft),
        days=form.template.definition.retention_days,
        mail=mail or MailForm(),
        notice=notice,
    )


def unsent_draft(form_id: str, token: str) -> Draft:
    """Raises ``AlreadySubmitted``, and the errors of links."""
    found = site().desk.open_draft(form_id, token)
    if found.submission_token is not None:
        raise AlreadySubmitted(submission_token=found.submission_token)
    return found


def can_remind(form: Form) -> bool:
    """A draft that lives a week or less has no seven days before its end."""
    return form.template.definition.retention_days > REMINDER_DAYS


def private_link(form_id: str, token: str) -> str:
    """The whole address, also behind a proxy that calls us by another name (``base_url``).

    Without a language: it may be for somebody else than who asks.
    """
    address = url_for("form.draft", form_id=form_id, token=token, **{ARGUMENT: None})
    return outside_address(address)


def outside_address(path: str) -> str:
    base = site().settings.base_url or request.host_url
    return base.rstrip("/") + path


def clock_time(moment: datetime) -> str:
    return str(format_time(moment, "HH:mm"))


def mail_went(address: str) -> str:
    """Where it went: to its reader, or, without a mail server, into a folder."""
    if site().desk.mail_keeps_in_folder:
        return str(
            gettext(
                "Deze machine heeft geen mailserver. De mail voor %(address)s staat als bestand "
                "in de map %(folder)s.",
                address=address,
                folder=site().settings.mail_dir,
            )
        )
    return str(gettext("De link is gemaild naar %(address)s.", address=address))


def mail_fault(error: MailError | TooManyMails | NotAnAddress) -> tuple[int, str]:
    """The status, and a sentence for the address field."""
    if isinstance(error, NotAnAddress):
        return 422, str(SENTENCES["not_email"])
    if isinstance(error, TooManyMails):
        found = explain(error)
        return found.status, explanation_text(found, error)
    if error.data.get("why") == "refused":
        return 422, str(gettext("De mailserver neemt dit adres niet aan. Controleer of het klopt."))
    return 503, str(
        gettext(
            "De mail kon nu niet worden verstuurd. Probeer het straks opnieuw, of kopieer de link."
        )
    )


def rejected(mail: MailForm, fault: str) -> MailForm:
    return replace(mail, fault=fault)


def _mailto(form: Form, link: str, expires_at: datetime) -> str:
    """The same letter, for a person's own mail program."""
    words = link_letter(form, link, expires_at)
    text = words.text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(words.subject)}&body={quote(text)}"
