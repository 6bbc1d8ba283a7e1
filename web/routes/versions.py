"""A new version of a form that was sent."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.site import site

routes = Blueprint("versions", __name__, url_prefix="/ingediend/<token>")


@routes.post("/nieuwe-versie")
def begin(token: str) -> ResponseReturnValue:
    """The page holds the new draft's token, so that a second click finds it begun."""
    new = request.form.get("nieuw", "")
    form_id = site().desk.begin_version(token, new)
    return redirect(url_for("form.draft", form_id=form_id, token=new), 303)
