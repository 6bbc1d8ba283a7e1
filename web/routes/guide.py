"""A form's own explanation, beside the form."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from web.guide import guide_of
from web.site import site

routes = Blueprint("guide", __name__, url_prefix="/formulier")


@routes.get("/<form_id>/uitleg")
def page(form_id: str) -> str:
    form = site().form(form_id)
    found = guide_of(form)
    if found is None:
        abort(404)
    return render_template("guide.html", form=form, guide=found)
