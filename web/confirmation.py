"""The page before sending: that this is no draft, what happens, who sends, what is replaced."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, gettext

from pipeline.errors import AlreadySubmitted, EditConflict, SubmissionError, WouldSupersede
from pipeline.flow.confirming import Confirmation
from pipeline.flow.documents import kept_answers
from pipeline.flow.links import submission_token
from pipeline.flow.sending import Consent
from pipeline.model.kinds import KINDS
from pipeline.model.text import length, normalised
from web.field_view import ProblemView
from web.form_view import problem_views
from web.links import ADDRESS_LENGTH, outside_address
from web.site import site
from web.wording import SENTENCES

CONFIRMED = "bevestigd"
NAME_LENGTH = 60
REMARK_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the page's own fields; ``agreed`` is the reference that was ticked."""

    name: str
    address: str = ""
    remark: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The page. ``faults`` are sentences by the name of the field; ``notice`` stands above all."""

    asked: Confirmation
    typed: Typed
    warnings: tuple[ProblemView, ...]
    faults: dict[str, str]
    notice: str = ""

    @property
    def superseded_at(self) -> str:
        found = self.asked.supersedes
        return "" if found is None else str(format_datetime(found.submitted_at, "d MMMM y, HH:mm"))


def ask(form_id: str, token: str) -> ResponseReturnValue:
    """The page for a draft that was saved. Raises ``SubmissionError`` where it is not whole."""
    return _page(_question(form_id, token), token)


def send_confirmed(form_id: str, token: str) -> ResponseReturnValue:
    """Sends the draft as the page showed it, or asks again and says why.

    Raises the errors of links.
    """
    try:
        question = _question(form_id, token)
        typed = _typed()
        question = replace(question, typed=typed, faults=_faults(question.asked, typed))
        if question.faults:
            return _page(question, token), 422
        form, draft = question.asked.form, question.asked.draft
        sent = site().desk.send(
            form_id,
            token,
            kept_answers(form, draft.values),
            form.template.digest,
            _consent(token, typed),
        )
    except AlreadySubmitted as error:  # The second click of a double click.
        return redirect(url_for("submission.page", token=error.data["submission_token"]), 303)
    except SubmissionError:  # Somebody changed it; the form says what is wrong.
        return redirect(url_for("form.draft", form_id=form_id, token=token), 303)
    except (EditConflict, WouldSupersede):
        notice = gettext(
            "Intussen is er iets veranderd. Er is niets verstuurd. Lees deze pagina opnieuw en "
            "verstuur het formulier daarna."
        )
        return _page(replace(_question(form_id, token), typed=typed, notice=notice), token), 409
    return redirect(url_for("submission.page", token=sent.token), 303)


def _question(form_id: str, token: str) -> Question:
    asked = site().desk.confirmation(form_id, token)
    return Question(asked, Typed(asked.sender), problem_views(asked.form, asked.warnings), {})


def _page(question: Question, token: str) -> str:
    form = question.asked.form
    return render_template(
        "confirm.html",
        page=question,
        form=form,
        here={"form_id": form.id, "token": token},
        limits={"name": NAME_LENGTH, "address": ADDRESS_LENGTH, "remark": REMARK_LENGTH},
    )


def _typed() -> Typed:
    given = {
        name: normalised(request.form.get(name, "")).strip()
        for name in ("naam", "email", "opmerking", "vervangt")
    }
    return Typed(given["naam"], given["email"], given["opmerking"], given["vervangt"])


def _faults(asked: Confirmation, typed: Typed) -> dict[str, str]:
    faults: dict[str, str] = {}
    if asked.supersedes is not None and typed.agreed != asked.supersedes.reference:
        faults["vervangt"] = str(
            gettext("Zet hier een vinkje als dit formulier het eerdere vervangt.")
        )
    for name, text, limit in (
        ("naam", typed.name, NAME_LENGTH),
        ("email", typed.address, ADDRESS_LENGTH),
        ("opmerking", typed.remark, REMARK_LENGTH),
    ):
        if length(text) > limit:
            faults[name] = str(SENTENCES["max_len"]) % {"limit": limit, "length": length(text)}
    if "\n" in typed.name:
        faults["naam"] = str(SENTENCES["line_break"])
    if typed.address and KINDS["email"](typed.address) is None:
        faults["email"] = str(SENTENCES["not_email"])
    return faults


def _consent(token: str, typed: Typed) -> Consent:
    version = request.form.get("versie", "")
    return Consent(
        name=typed.name,
        remark=typed.remark,
        address=KINDS["email"](typed.address) or "",
        page_link=outside_address(url_for("submission.page", token=submission_token(token))),
        documents_of=_documents_of,
        supersedes=typed.agreed or None,
        version=int(version) if version.isascii() and version.isdigit() else None,
    )


def _documents_of(submission_id: UUID) -> str:
    """What the addresses of a submission's PDFs begin with."""
    one = url_for("documents.pdf", submission_id=submission_id, file_name="x")
    return outside_address(one.rpartition("/")[0])
