"""The list of forms."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.site import site

routes = Blueprint("home", __name__)


@routes.get("/")
def forms() -> str:
    new_token = site().desk.new_token
    return render_template(
        "home.html",
        entries=[(form, new_token()) for form in site().catalogue.forms.values()],
    )
