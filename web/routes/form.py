"""A form to fill in: new, from a private link, saved, previewed, checked, sent, uploaded."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pipeline.errors import AlreadySubmitted, EditConflict, SubmissionError
from pipeline.flow.documents import Stage, check, kept_answers, preview
from web.errors import NoFile, wants_json
from web.form_page import FormPage, conflict_page, fresh_page, page_of_draft, rejected_page
from web.form_view import problem_views
from web.forms import read_posted
from web.links import saved_message
from web.page_data import page_data
from web.pictures import EDITION
from web.site import site

routes = Blueprint("form", __name__, url_prefix="/formulier")


@routes.get("/<form_id>")
def fresh(form_id: str) -> str:
    return _show(fresh_page(site().form(form_id), site().desk.new_token()))


@routes.get("/<form_id>/<token>")
def draft(form_id: str, token: str) -> str:
    form = site().form(form_id)
    found = site().desk.open_draft(form_id, token)
    if found.submission_token is not None:
        raise AlreadySubmitted(submission_token=found.submission_token)
    return _show(page_of_draft(form, token, found))


@routes.post("/<form_id>/<token>/opslaan")
def save(form_id: str, token: str) -> ResponseReturnValue:
    form = site().form(form_id)
    posted = read_posted(form, request)
    try:
        saved = site().desk.save_draft(form_id, token, posted.raw, posted.version)
    except EditConflict as conflict:
        if wants_json():
            raise
        return _show(conflict_page(form, token, posted, conflict)), 409
    if wants_json():
        return jsonify(saved_message(form, token, saved).as_json())
    return redirect(url_for(".saved", form_id=form_id, token=token), 303)


@routes.get("/<form_id>/<token>/opgeslagen")
def saved(form_id: str, token: str) -> str:
    form = site().form(form_id)
    found = site().desk.open_draft(form_id, token)
    message = saved_message(form, token, found)
    return render_template("saved.html", form=form, message=message, days=message.days)


@routes.post("/<form_id>/<token>/voorbeeld")
@routes.post("/<form_id>/<token>/voorbeeld/<file_name>.pdf")
def show_preview(form_id: str, token: str, file_name: str = "") -> Response:
    form = site().form(form_id)
    return _pdf(preview(form, read_posted(form, request).raw), f"{form_id}-concept.pdf")


@routes.get("/<form_id>/<token>/voorbeeld/<file_name>.pdf")
def show_saved_preview(form_id: str, token: str, file_name: str) -> Response:
    """What a browser asks for that saves a preview by its address: the draft as it was saved."""
    form = site().form(form_id)
    draft = site().desk.open_draft(form_id, token)
    return _pdf(preview(form, kept_answers(form, draft.values)), f"{form_id}-concept.pdf")


@routes.get("/<form_id>/<token>/<any(opslaan, voorbeeld, controleer, versturen, upload):_>")
def back_to_form(form_id: str, token: str, _: str) -> ResponseReturnValue:
    """Somebody reloads the address that a button led to."""
    return redirect(url_for(".draft", form_id=form_id, token=token))


@routes.post("/<form_id>/<token>/controleer")
def check_values(form_id: str, token: str) -> Response:
    form = site().form(form_id)
    stage = Stage.DRAFT if request.form.get("stadium") == "concept" else Stage.FINAL
    checked = check(form, read_posted(form, request).raw, stage)
    problems = problem_views(form, checked.problems)
    return jsonify({"problems": [problem.as_json() for problem in problems]})


@routes.post("/<form_id>/<token>/versturen")
def send(form_id: str, token: str) -> ResponseReturnValue:
    form = site().form(form_id)
    posted = read_posted(form, request)
    try:
        # Saving first tells a sender of what somebody else saved meanwhile, before it is lost.
        site().desk.save_draft(form_id, token, posted.raw, posted.version)
        sent = site().desk.send(form_id, token, posted.raw)
    except AlreadySubmitted:  # The second click of a double click.
        sent = site().desk.send(form_id, token, posted.raw)
    except EditConflict as conflict:
        return _show(conflict_page(form, token, posted, conflict)), 409
    except SubmissionError as error:
        return _show(rejected_page(form, token, posted, error)), 422
    return redirect(url_for("submission.page", token=sent.token), 303)


@routes.post("/<form_id>/<token>/upload")
def upload(form_id: str, token: str) -> ResponseReturnValue:
    site().form(form_id)
    file = request.files.get("bestand")
    if file is None or not file.filename:
        raise NoFile()
    site().desk.take_upload(form_id, token, file.filename, file.read())
    return redirect(url_for(".draft", form_id=form_id, token=token), 303)


def _show(page: FormPage) -> str:
    return render_template(
        "form.html",
        page=page,
        data=page_data(page),
        days=page.form.template.definition.retention_days,
        upload_token=site().desk.new_token(),
        edition=EDITION,
    )


def _pdf(data: bytes, name: str) -> Response:
    """Shown in the tab. Not ``no-store``: Chromium saves what it shows from its own cache, and
    for the answer to a POST without one it saves the result of a GET instead."""
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "private, max-age=0"
    return response
