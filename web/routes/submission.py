"""A form that was sent: its page, how far its PDFs are, and these themselves."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.site import site
from web.submission_view import submission_page

routes = Blueprint("submission", __name__, url_prefix="/ingediend")


@routes.get("/<token>")
def page(token: str) -> str:
    return render_template("submission.html", page=submission_page(token))


@routes.get("/<token>/status")
def status(token: str) -> Response:
    return jsonify(submission_page(token).as_json())


@routes.post("/<token>/opnieuw")
def retry(token: str) -> ResponseReturnValue:
    site().desk.retry(token)
    return redirect(url_for(".page", token=token), 303)


documents = Blueprint("documents", __name__, url_prefix="/document")


@documents.get("")
def all_of_them() -> ResponseReturnValue:
    """Nobody is given a list; this is the address that all of them have in common."""
    abort(404)


@documents.get("/<uuid:submission_id>/<file_name>")
def pdf(submission_id: UUID, file_name: str) -> Response:
    """To be published: this address opens the document and nothing else."""
    data = site().desk.published_pdf(submission_id, file_name)
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    return response
