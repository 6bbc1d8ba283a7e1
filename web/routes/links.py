"""The private link: by mail, as a QR code, reminded of, withdrawn; and the form deleted."""

from __future__ import annotations

from io import BytesIO

import segno
from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from pipeline.errors import MailError, TooManyMails
from pipeline.flow.documents import Form
from pipeline.flow.drafts import Draft
from pipeline.model.kinds import KINDS
from web.errors import error_json, wants_json
from web.links import (
    ADDRESS_LENGTH,
    MailForm,
    NotAnAddress,
    can_remind,
    mail_fault,
    mail_went,
    private_link,
    rejected,
    saved_message,
    saved_page,
    unsent_draft,
)
from web.site import site

routes = Blueprint("links", __name__, url_prefix="/formulier/<form_id>/<token>")


@routes.get("/opgeslagen")
def saved(form_id: str, token: str) -> str:
    found = unsent_draft(form_id, token)
    notice = gettext("De oude link is ingetrokken en werkt niet meer. Dit is de nieuwe link.")
    return saved_page(
        site().desk.draft_form(form_id, token),
        token,
        found,
        notice=notice if "ingetrokken" in request.args else "",
    )


@routes.post("/mailen")
def mail(form_id: str, token: str) -> ResponseReturnValue:
    form = site().desk.draft_form(form_id, token)
    typed = MailForm(
        request.form.get("adres", "").strip(), can_remind(form) and "herinner" in request.form
    )
    try:
        address = _address(typed.address)
        draft = site().desk.mail_link(
            form_id, token, address, private_link(form_id, token), typed.remind
        )
    except (MailError, TooManyMails, NotAnAddress) as error:
        status, fault = mail_fault(error)
        if wants_json():
            return jsonify(error_json(error.code, fault)), status
        draft = site().desk.open_draft(form_id, token)
        return saved_page(form, token, draft, rejected(typed, fault)), status
    return _answer(form, token, draft, mail_went(address))


@routes.post("/geen-herinnering")
def stop_reminding(form_id: str, token: str) -> ResponseReturnValue:
    draft = site().desk.stop_reminding(form_id, token)
    done = gettext("U krijgt geen herinnering. Uw adres is gewist.")
    return _answer(site().desk.draft_form(form_id, token), token, draft, done)


@routes.get("/qr.svg")
def qr_code(form_id: str, token: str) -> Response:
    site().desk.open_draft(form_id, token)
    picture = BytesIO()
    code = segno.make(private_link(form_id, token), error="m", micro=False)
    code.save(picture, kind="svg", scale=6, border=4, light="#fff", nl=False)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@routes.get("/intrekken")
def ask_withdrawal(form_id: str, token: str) -> str:
    unsent_draft(form_id, token)
    return render_template(
        "withdraw.html",
        form=site().form(form_id),
        here={"form_id": form_id, "token": token},
        new_token=site().desk.new_token(),
    )


@routes.post("/intrekken")
def withdraw(form_id: str, token: str) -> ResponseReturnValue:
    """The page that asks holds the new token, so that a second click finds it done."""
    new = request.form.get("nieuw", "")
    site().desk.withdraw_link(form_id, token, new, private_link(form_id, new))
    return redirect(url_for(".saved", form_id=form_id, token=new, ingetrokken=1), 303)


@routes.get("/verwijderen")
def ask_deletion(form_id: str, token: str) -> str:
    unsent_draft(form_id, token)
    here = {"form_id": form_id, "token": token}
    return render_template("delete.html", form=site().form(form_id), here=here)


@routes.post("/verwijderen")
def delete(form_id: str, token: str) -> str:
    site().desk.delete_draft(form_id, token)
    return render_template("deleted.html", form=site().form(form_id))


@routes.get("/<any('mailen', 'geen-herinnering'):_>")
def back_to_link(form_id: str, token: str, _: str) -> ResponseReturnValue:
    """Somebody reloads the address that a button led to."""
    return redirect(url_for(".saved", form_id=form_id, token=token))


def _address(typed: str) -> str:
    address = KINDS["email"](typed) if len(typed) <= ADDRESS_LENGTH else None
    if address is None:
        raise NotAnAddress()
    return address


def _answer(form: Form, token: str, draft: Draft, done: str) -> ResponseReturnValue:
    if wants_json():
        return jsonify({**saved_message(form, token, draft).as_json(), "message": done})
    return saved_page(form, token, draft, MailForm(done=done))
