"""A form that was sent: its page, how far its PDFs are, and these themselves."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
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


@routes.post("/<token>/archief")
def ask_archive_copy(token: str) -> ResponseReturnValue:
    """The second click of a double click finds it asked for."""
    site().desk.ask_archive_copy(token)
    return redirect(url_for(".page", token=token, _anchor="archief"), 303)


@routes.get("/<token>/<any('opnieuw', 'archief', 'nieuwe-versie'):_>")
def back_to_page(token: str, _: str) -> ResponseReturnValue:
    """Somebody reloads the address that a button led to."""
    return redirect(url_for(".page", token=token))


documents = Blueprint("documents", __name__, url_prefix="/document")


@documents.get("/<uuid:submission_id>/<file_name>")
def pdf(submission_id: UUID, file_name: str) -> Response:
    """To be published: this address opens the document and nothing else."""
    data = site().desk.published_pdf(submission_id, file_name)
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=file_name)
    return response
