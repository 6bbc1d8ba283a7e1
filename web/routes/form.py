"""A form to fill in: new, from a private link, saved, previewed, checked, sent, uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pipeline.errors import (
    AlreadySubmitted,
    DocumentError,
    EditConflict,
    LinkError,
    SubmissionError,
    TemplateChanged,
)
from pipeline.flow.documents import Form, Stage, check, kept_answers, preview
from pipeline.flow.drafts import Draft
from pipeline.flow.one_page import one_page_warnings
from web.confirmation import CONFIRMED, ask, send_confirmed
from web.conflict import conflict_answer, saved_answer, told
from web.errors import NoFile, wants_json
from web.explanations import explain
from web.form_page import FormPage, conflict_page, fresh_page, page_of_draft, rejected_page
from web.form_view import problem_views
from web.forms import DIGEST, Posted, read_posted
from web.last_year import token_of, trouble
from web.links import saved_page, unsent_draft
from web.modules import modules_of
from web.page_data import page_data
from web.pictures import EDITION, WIDTHS
from web.site import site
from web.streaming import streamed

routes = Blueprint("form", __name__, url_prefix="/formulier")


@routes.get("/<form_id>")
def fresh(form_id: str) -> Response:
    return show_page(fresh_page(site().desk.begin(form_id), site().desk.new_token()))


@routes.get("/<form_id>/<token>")
def draft(form_id: str, token: str) -> Response:
    found = unsent_draft(form_id, token)
    return show_page(page_of_draft(site().desk.draft_form(form_id, token), token, found))


@routes.post("/<form_id>/<token>/opslaan")
def save(form_id: str, token: str) -> ResponseReturnValue:
    form = posted_form(form_id, token)
    posted = read_posted(form, request)
    saved = save_posted(form, token, posted)
    if wants_json():
        return jsonify(saved_answer(form, token, posted, saved))
    if saved.taken:
        return saved_page(form, token, saved, notice=told(form, saved))
    return redirect(url_for("links.saved", form_id=form_id, token=token), 303)


@routes.post("/<form_id>/<token>/voorbeeld")
@routes.post("/<form_id>/<token>/voorbeeld/<file_name>.pdf")
def show_preview(form_id: str, token: str, file_name: str = "") -> Response:
    form = posted_form(form_id, token)
    return pdf_answer(preview(form, read_posted(form, request).raw), f"{form_id}-concept.pdf")


@routes.get("/<form_id>/<token>/voorbeeld/<file_name>.pdf")
def show_saved_preview(form_id: str, token: str, file_name: str) -> Response:
    """What a browser asks for that saves a preview by its address: the draft as it was saved."""
    draft = unsent_draft(form_id, token)
    form = site().desk.draft_form(form_id, token)
    return pdf_answer(preview(form, kept_answers(form, draft.values)), f"{form_id}-concept.pdf")


@routes.get(
    "/<form_id>/<token>/<any('opslaan', 'voorbeeld', 'controleer', 'versturen', 'upload', "
    "'overzetten', 'vorig-jaar'):_>"
)
def back_to_form(form_id: str, token: str, _: str) -> ResponseReturnValue:
    """Somebody reloads the address that a button led to."""
    return redirect(url_for(".draft", form_id=form_id, token=token))


@routes.post("/<form_id>/<token>/controleer")
def check_values(form_id: str, token: str) -> Response:
    form = posted_form(form_id, token)
    stage = Stage.DRAFT if request.form.get("stadium") == "concept" else Stage.FINAL
    checked = check(form, read_posted(form, request).raw, stage)
    problems = problem_views(form, (*checked.problems, *one_page_warnings(form, checked)))
    return jsonify({"problems": [problem.as_json() for problem in problems]})


@routes.post("/<form_id>/<token>/versturen")
def send(form_id: str, token: str) -> ResponseReturnValue:
    """First saves, checks and asks; then sends what was answered on the page that asks."""
    if CONFIRMED in request.form:
        return send_confirmed(form_id, token)
    form = posted_form(form_id, token)
    posted = read_posted(form, request)
    saved = None
    try:
        # Saving first tells a sender of what somebody else saved meanwhile, before it is lost.
        saved = save_posted(form, token, posted)
        return ask(form_id, token)
    except AlreadySubmitted as error:
        return redirect(url_for("submission.page", token=error.data["submission_token"]), 303)
    except SubmissionError as error:
        return show_page(rejected_page(form, token, posted, error, saved)), 422


@routes.post("/<form_id>/<token>/upload")
def upload(form_id: str, token: str) -> ResponseReturnValue:
    site().form(form_id)
    file = request.files.get("bestand")
    if file is None or not file.filename:
        raise NoFile()
    site().desk.take_upload(form_id, token, file.filename, file.read())
    return redirect(url_for(".draft", form_id=form_id, token=token), 303)


@routes.post("/<form_id>/<token>/overzetten")
def carry_over(form_id: str, token: str) -> ResponseReturnValue:
    """Into today's edition, after what stands on the page was saved in its own."""
    with suppress(TemplateChanged):  # The second click of a double click.
        form = posted_form(form_id, token)
        save_posted(form, token, read_posted(form, request))
        site().desk.carry_over(form_id, token)
    return redirect(url_for(".draft", form_id=form_id, token=token), 303)


@routes.post("/<form_id>/<token>/vorig-jaar")
def last_year(form_id: str, token: str) -> ResponseReturnValue:
    form = site().desk.begin(form_id)
    try:
        _begin_with_last_year(form_id, token)
    except (DocumentError, LinkError, NoFile) as error:
        page = fresh_page(form, site().desk.new_token(), trouble(error))
        return show_page(page), 422 if isinstance(error, LinkError) else explain(error).status
    return redirect(url_for(".draft", form_id=form_id, token=token), 303)


def _begin_with_last_year(form_id: str, token: str) -> None:
    file, link = request.files.get("bestand"), request.form.get("link", "").strip()
    if file is not None and file.filename:
        site().desk.begin_with_pdf(form_id, token, file.filename, file.read())
    elif link:
        site().desk.begin_with_link(form_id, token, token_of(link))
    else:
        raise NoFile()


def posted_form(form_id: str, token: str) -> Form:
    """The form in the edition that the posted page was drawn from."""
    return site().desk.draft_form(form_id, token, request.form.get(DIGEST))


class Overtaken(Exception):
    """Somebody else saved in between: what was posted, and what stands in its way."""

    def __init__(self, form: Form, token: str, posted: Posted, conflict: EditConflict) -> None:
        self.form, self.token, self.posted, self.conflict = form, token, posted, conflict
        super().__init__(str(conflict))


def save_posted(form: Form, token: str, posted: Posted) -> Draft:
    """Raises ``Overtaken``, and the other errors of ``save_draft``."""
    with overtaking(form, token, posted):
        return site().desk.save_draft(
            form.id,
            token,
            posted.raw,
            posted.version,
            form.template.digest,
            posted.basis,
            posted.quiet,
        )


@contextmanager
def overtaking(form: Form, token: str, posted: Posted) -> Iterator[None]:
    """Where somebody may have saved in between: that answers by itself, whatever the route does."""
    try:
        yield
    except EditConflict as conflict:
        raise Overtaken(form, token, posted, conflict) from conflict


@routes.app_errorhandler(Overtaken)
def overtaken(error: Overtaken) -> ResponseReturnValue:
    """Both answers side by side, whatever button was pressed."""
    if wants_json():
        return jsonify(conflict_answer(error.form, error.posted, error.conflict)), 409
    page = conflict_page(error.form, error.token, error.posted, error.conflict)
    return show_page(page), 409


def show_page(page: FormPage) -> Response:
    return streamed(
        "form.html",
        page=page,
        data=page_data(page),
        days=page.form.template.definition.retention_days,
        upload_token=site().desk.new_token(),
        last_year_token=site().desk.new_token(),
        edition=EDITION,
        picture_widths=WIDTHS,
        modules=modules_of("form.js"),
    )


def pdf_answer(data: bytes, name: str) -> Response:
    """Shown in the tab. Not ``no-store``: Chromium saves what it shows from its own cache, and
    for the answer to a POST without one it saves the result of a GET instead."""
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Cache-Control"] = "private, max-age=0"
    return response
