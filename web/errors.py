"""Every error becomes a page in plain Dutch, or the same as JSON where a script asked."""

from __future__ import annotations

from collections.abc import Mapping

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from pipeline.errors import AlreadySubmitted, FormpressError, SubmissionError, TooLarge, UnknownForm
from web.explanations import EXPLANATIONS, Explanation, explain, explanation_text
from web.field_view import ProblemView
from web.form_view import problem_views
from web.site import site


class NoFile(FormpressError):
    """An upload without a file."""

    code = "no_file"


_HTTP_CODES: Mapping[int, str] = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}


def handle_errors(app: Flask) -> None:
    app.register_error_handler(FormpressError, _formpress_error)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def error_json(
    code: str,
    message: str,
    problems: tuple[ProblemView, ...] = (),
    **more: object,
) -> dict[str, object]:
    """The shape that the command line has, too; the views add where to find a field."""
    return {
        "error": {
            "code": code,
            "message": message,
            "problems": [problem.as_json() for problem in problems],
            **more,
        }
    }


def _formpress_error(error: FormpressError) -> ResponseReturnValue:
    """The link of a form that was sent leads to its page from then on, which is read-only."""
    found = explain(error)
    submitted = _submitted_address(error)
    if submitted and request.method == "GET" and not wants_json():
        return redirect(submitted)
    if found.status >= 500:
        current_app.logger.error("%s at %s", error, request.url_rule)
    return _answer(
        error.code,
        found,
        explanation_text(found, error),
        problems=_problems_of(error),
        submitted=submitted,
        version=error.data.get("version"),
    )


def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    return _formpress_error(TooLarge(what="bytes", limit=site().settings.limits.max_bytes))


def _http_error(error: HTTPException) -> Response:
    other = "internal" if (error.code or 500) >= 500 else "bad_request"
    code = _HTTP_CODES.get(error.code or 500, other)
    found = EXPLANATIONS[code]
    response = _answer(code, found, explanation_text(found))
    response.status_code = error.code or found.status
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unexpected(_: Exception) -> Response:
    current_app.logger.exception("at %s", request.url_rule)  # The rule: a path holds tokens.
    found = EXPLANATIONS["internal"]
    return _answer("internal", found, explanation_text(found))


def _answer(
    code: str,
    found: Explanation,
    text: str,
    problems: tuple[ProblemView, ...] = (),
    submitted: str | None = None,
    version: object = None,
) -> Response:
    title = str(found.title)
    if wants_json():
        more = {"submitted": submitted, "version": version}
        known = {name: value for name, value in more.items() if value is not None}
        response = jsonify(error_json(code, f"{title}. {text}", problems, **known))
    else:
        page = render_template(
            "error.html",
            code=code,
            title=title,
            text=text,
            problems=problems,
            submitted=submitted,
            form_page=_form_address(),
        )
        response = make_response(page)
    response.status_code = found.status
    return response


def _problems_of(error: FormpressError) -> tuple[ProblemView, ...]:
    if not isinstance(error, SubmissionError):
        return ()
    try:
        form = site().form(_argument("form_id") or "")
    except UnknownForm:
        return ()
    return problem_views(form, error.problems)


def _submitted_address(error: FormpressError) -> str | None:
    token = error.data.get("submission_token")
    if isinstance(error, AlreadySubmitted) and isinstance(token, str):
        return url_for("submission.page", token=token)
    return None


def _form_address() -> str | None:
    form_id = _argument("form_id")
    if form_id is None or form_id not in site().catalogue.forms:
        return None
    return url_for("form.fresh", form_id=form_id)


def _argument(name: str) -> str | None:
    return (request.view_args or {}).get(name)
