"""A form that was sent: its page, how far its PDFs are, and these themselves."""

from __future__ import annotations

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


@routes.get("/<token>/<file_name>")
def pdf(token: str, file_name: str) -> Response:
    sheet = site().desk.submission(token).one_page
    if sheet is not None and file_name == sheet.file_name:
        name, data = site().desk.one_page_pdf(token)
    else:
        name, data = site().desk.submission_pdf(token)
    if file_name != name:
        abort(404)
    response = Response(data, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response
