"""Approvals by link: a school asks, on the page of its form; an approver reads and decides."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from pipeline.errors import (
    ApprovalOver,
    ApprovalTooEarly,
    MailError,
    SubmissionError,
    TooManyMails,
)
from pipeline.flow.documents import Form
from pipeline.model.kinds import KINDS
from web.approval_view import approver_page
from web.explanations import explain, explanation_text
from web.form_page import page_of_draft
from web.form_view import problem_views
from web.forms import read_posted
from web.language import ARGUMENT
from web.links import ADDRESS_LENGTH, NotAnAddress, mail_fault, outside_address
from web.route_view import Trouble
from web.routes.form import overtaking, pdf_answer, posted_form, save_posted, show_page
from web.site import site

routes = Blueprint("approval", __name__)

_ON_FORM = "/formulier/<form_id>/<token>/route/<approval_id>"


@routes.post(f"{_ON_FORM}/vragen")
def ask(form_id: str, token: str, approval_id: str) -> ResponseReturnValue:
    """Saves what stands on the page, and asks for exactly that."""
    form = posted_form(form_id, token)
    posted = read_posted(form, request)
    address = request.form.get(f"adres:{approval_id}", "").strip()[:ADDRESS_LENGTH]
    trouble = Trouble(approval_id, "", address)
    try:
        save_posted(form, token, posted)
        kept = KINDS["email"](address)
        if kept is None:
            raise NotAnAddress()
        with overtaking(form, token, posted):
            site().desk.ask_approval(form_id, token, approval_id, kept, approver_link)
    except SubmissionError as error:
        views = problem_views(form, error.problems)
        trouble = replace(trouble, message=_unfinished(error), problems=views)
        return _page_with(form, token, trouble, error), 422
    except (ApprovalTooEarly, MailError, NotAnAddress, TooManyMails) as error:
        status, message = _fault(error)
        return _page_with(form, token, replace(trouble, message=message)), status
    return _back(form_id, token)


@routes.post(f"{_ON_FORM}/intrekken")
def withdraw(form_id: str, token: str, approval_id: str) -> ResponseReturnValue:
    form = posted_form(form_id, token)
    save_posted(form, token, read_posted(form, request))
    site().desk.withdraw_approval(form_id, token, approval_id)
    return _back(form_id, token)


@routes.get(f"{_ON_FORM}/<any(vragen, intrekken):_>")
def back_to_form(form_id: str, token: str, approval_id: str, _: str) -> ResponseReturnValue:
    """Somebody reloads the address that a button led to."""
    return redirect(url_for("form.draft", form_id=form_id, token=token))


@routes.get("/advies/<token>")
def approver(token: str) -> ResponseReturnValue:
    found = site().desk.open_approval(token)
    page = render_template("approval.html", page=approver_page(token, found))
    return page, 410 if found.over else 200


@routes.post("/advies/<token>")
def decide(token: str) -> ResponseReturnValue:
    given = {name: request.form.get(name, "") for name in ("verdict", "remark", "name", "role")}
    given["date"] = request.form.get("date", "")
    try:
        site().desk.decide(token, given)
    except SubmissionError as error:
        page = approver_page(token, site().desk.open_approval(token), given, error.problems)
        return render_template("approval.html", page=page), 422
    except ApprovalOver:
        return approver(token)
    return redirect(url_for(".approver", token=token), 303)


@routes.get("/advies/<token>/<file_name>.pdf")
def pdf(token: str, file_name: str) -> Response:
    return pdf_answer(site().desk.approval_pdf(token), f"{file_name}.pdf")


def approver_link(secret: str) -> str:
    """Without a language: it is for somebody else than who asks."""
    return outside_address(url_for("approval.approver", token=secret, **{ARGUMENT: None}))


def _page_with(
    form: Form, token: str, trouble: Trouble, error: SubmissionError | None = None
) -> Response:
    """The page again, as it was saved, with the reason why nothing was asked."""
    draft = site().desk.open_draft(form.id, token)
    page = page_of_draft(form, token, draft, () if error is None else error.problems)
    route = None if page.route is None else replace(page.route, trouble=trouble)
    return show_page(replace(page, route=route))


def _unfinished(error: SubmissionError) -> str:
    return str(
        ngettext(
            "Er is nog niets gevraagd: eerst moet het formulier af zijn. Er is nog %(num)s punt.",
            "Er is nog niets gevraagd: eerst moet het formulier af zijn. Er zijn nog %(num)s "
            "punten.",
            len(error.problems),
        )
    )


def _fault(error: ApprovalTooEarly | MailError | NotAnAddress | TooManyMails) -> tuple[int, str]:
    """The status, and why nothing was asked."""
    refused = error.data.get("why") == "refused"
    if isinstance(error, NotAnAddress) or (isinstance(error, MailError) and refused):
        return mail_fault(error)
    found = explain(error)
    return found.status, f"{found.title}. {explanation_text(found, error)}"


def _back(form_id: str, token: str) -> ResponseReturnValue:
    return redirect(url_for("form.draft", form_id=form_id, token=token, _anchor="route"), 303)
