"""What a form page loads: page pictures, the form's stylesheet, the font."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from pipeline.flow.documents import Form
from web.form_style import form_stylesheet
from web.headers import FOREVER
from web.site import site

routes = Blueprint("assets", __name__)

_A_DAY = 24 * 60 * 60


@routes.get("/bladzijde/<form_id>/<digest>/<int:number>.png")
def page_picture(form_id: str, digest: str, number: int) -> Response:
    form = _edition(form_id, digest)
    if not 1 <= number <= len(form.template.pages):
        abort(404)
    response = Response(site().pictures.of_page(form, number - 1), mimetype="image/png")
    response.headers["Cache-Control"] = FOREVER
    return response


@routes.get("/opmaak/<form_id>/<digest>.css")
def stylesheet(form_id: str, digest: str) -> Response:
    form = _edition(form_id, digest)
    response = Response(form_stylesheet(form.template), mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@routes.get("/lettertype/open-sans.ttf")
def font() -> Response:
    return send_file(site().font, mimetype="font/ttf", max_age=_A_DAY)


@routes.get("/favicon.ico")
def icon() -> ResponseReturnValue:
    """Asked for unbidden by viewers that show a PDF of ours."""
    return redirect(url_for("static", filename="icon.svg"))


def _edition(form_id: str, digest: str) -> Form:
    form = site().form(form_id)
    if digest != form.template.digest:
        abort(404)
    return form
