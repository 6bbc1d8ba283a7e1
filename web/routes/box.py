"""How one box of a form will look in the definitive PDF."""

from __future__ import annotations

from base64 import b64encode

from flask import Blueprint, Response, abort, jsonify, request
from flask_babel import gettext as _

from pipeline.flow.box_preview import BoxPicture, box_picture, has_box
from web.forms import DIGEST
from web.site import site
from web.wording import sentence

routes = Blueprint("box", __name__, url_prefix="/formulier")


@routes.post("/<form_id>/<token>/vak")
def preview(form_id: str, token: str) -> Response:
    form = site().desk.draft_form(form_id, token, request.form.get(DIGEST))
    name = request.form.get("veld", "")
    if not has_box(form, name):
        abort(404)
    found = box_picture(form, name, request.form.get("waarde", ""))
    problem = found.problem
    return jsonify(
        png=b64encode(found.png).decode("ascii"),
        width=found.width,
        height=found.height,
        words=_size_in_words(found),
        problem="" if problem is None else sentence(form.template.by_name[name], problem),
    )


def _size_in_words(found: BoxPicture) -> str:
    if found.size is None:
        return str(_("Dit vak is leeg."))
    size = f"{found.size:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    if found.preferred is not None and found.size < found.preferred - 0.05:
        return str(
            _("De letters zijn %(size)s punten groot: kleiner, zodat alles past.", size=size)
        )
    return str(_("De letters zijn %(size)s punten groot.", size=size))
