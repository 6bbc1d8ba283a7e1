"""What a form page loads: page pictures, the form's stylesheet, the font."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pipeline.flow.documents import Form
from web.headers import FOREVER
from web.latin_font import latin_web_font
from web.pictures import WIDTHS
from web.site import site
from web.stylesheet import stylesheet_of

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


@routes.get("/bladzijde/<form_id>/<digest>/<int:number>-<int:width>.webp")
def page_picture_of_width(form_id: str, digest: str, number: int, width: int) -> Response:
    form = _edition(form_id, digest)
    if not 1 <= number <= len(form.template.pages) or width not in WIDTHS:
        abort(404)
    picture = site().pictures.of_page(form, number - 1, width)
    response = Response(picture, mimetype="image/webp")
    response.headers["Cache-Control"] = FOREVER
    return response


@routes.get("/opmaak/<form_id>/<digest>.css")
def stylesheet(form_id: str, digest: str) -> Response:
    form = _edition(form_id, digest)
    response = Response(stylesheet_of(form), mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@routes.get("/lettertype/open-sans.ttf")
def font() -> Response:
    return _font(site().font.read_bytes(), "font/ttf")


@routes.get("/lettertype/open-sans-latijn.woff")
def latin_font() -> Response:
    """What nearly every page needs of the font; ``font`` has the rest."""
    return _font(latin_web_font(site().pictures.files, site().font), "font/woff")


def _font(data: bytes, mimetype: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers["Cache-Control"] = f"public, max-age={_A_DAY}"
    response.add_etag()
    response.make_conditional(request)
    return response


@routes.get("/thema.css")
def theme() -> Response:
    """The organisation's own colours. Light, unless the theme itself says otherwise."""
    path = site().settings.theme
    if path is None:
        abort(404)
    own = path.read_text("utf-8")
    response = Response(f":root {{ color-scheme: light; }}\n{own}", mimetype="text/css")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@routes.get("/favicon.ico")
def icon() -> ResponseReturnValue:
    """Asked for unbidden by viewers that show a PDF of ours."""
    return redirect(url_for("static", filename="icon.svg"))


def _edition(form_id: str, digest: str) -> Form:
    """Today's edition or an earlier one: a draft stays with the one that it began with."""
    form = site().desk.edition(form_id, digest)
    if form is None:
        abort(404)
    return form
