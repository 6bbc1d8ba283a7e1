"""Whether the process answers: for a load balancer, without touching the stores."""

from __future__ import annotations

from flask import Blueprint, Response

routes = Blueprint("health", __name__)


@routes.get("/gezond")
def healthy() -> Response:
    return Response("gezond\n", mimetype="text/plain")
