"""Puts the guard, the door and the error handlers into CKAN's application."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, make_response, request
from flask_babel import refresh
from werkzeug.exceptions import (
    BadRequest,
    Forbidden,
    HTTPException,
    NotFound,
    default_exceptions,
)
from werkzeug.http import parse_options_header

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from ckan.views import api

from ckanext.gpo.common.problems import Problem
from ckanext.gpo.common.web.refusals import is_problem_address, respond

from . import blame, cors, door, errors, guard


def install(app: Flask) -> None:
    """Put all of it in; CKAN's own handlers are there already and draw the pages."""
    app.before_request(speak)
    app.before_request(guard.check_request)
    app.after_request(name_file)
    app.after_request(cors.share)
    app.view_functions["api.action"] = door.action
    app.view_functions["util.primer"] = absent
    page = app.error_handler_spec[None][404][NotFound]

    def http_error(error: HTTPException) -> Any:
        answer = _json(error) if _is_api() else make_response(page(error))
        answer.headers.update(
            [item for item in error.get_headers() if item[0] != "Content-Type"]
        )
        return answer

    for code in default_exceptions:
        app.register_error_handler(code, http_error)
    for kind, answer in _PAGE_ERRORS.items():
        app.register_error_handler(kind, _as(answer))
    for kind in blame.BAD_INPUT:
        app.register_error_handler(kind, bad_input)


def speak() -> None:
    """Let an API call whose address names no language speak that of its headers."""
    if _is_api() and request.environ["CKAN_LANG_IS_DEFAULT"]:
        names = tk.config["ckan.locales_offered"]
        offered = {name.split("_")[0]: name for name in names}
        for tag in _languages():
            if locale := offered.get(tag.split("-")[0].lower()):
                request.environ["CKAN_LANG"] = locale
                refresh()
                return


def _languages() -> Iterator[str]:
    """The languages that a call would have, the most welcome first."""
    if is_problem_address():
        yield request.args.get("lang", "")
    yield from (tag for tag, _quality in request.accept_languages)


def absent() -> Any:
    """In the place of CKAN's page of sample markup, which is for those who style it."""
    return _abort(NotFound())


def name_file(response: Response) -> Response:
    """Spell the Chinese name of a file as RFC 6266 has it; no server sends it raw."""
    disposition = response.headers.get("Content-Disposition", "")
    if not disposition.isascii():
        kind, options = parse_options_header(disposition)
        name = quote(options.get("filename", ""))
        response.headers["Content-Disposition"] = f"{kind}; filename*=UTF-8''{name}"
    return response


def bad_input(error: Exception) -> Any:
    """What a page of CKAN's cannot do with an address or a form.

    A fault of ours goes on as what it is.
    """
    if not blame.is_caller(error):
        raise error
    reference = errors.report(error, f"page {request.path!r}")
    message = tk._(
        "The platform cannot do anything with this address or form "
        "(reference number {reference})"
    )
    return _abort(BadRequest(message.format(reference=reference)))


_PAGE_ERRORS: dict[type[Exception], type[HTTPException]] = {
    tk.ObjectNotFound: NotFound,
    tk.NotAuthorized: Forbidden,
    tk.ValidationError: BadRequest,
    SearchError: BadRequest,
}
"""CKAN's own errors where one of its pages forgets to catch them."""


def _as(kind: type[HTTPException]) -> Any:
    def handler(error: Exception) -> Any:
        if isinstance(error, tk.ValidationError):
            summary = error.error_summary.items()
            return _abort(kind("\n".join(f"{key}: {value}" for key, value in summary)))
        return _abort(kind(str(error) or None))

    return handler


def _abort(error: HTTPException) -> Any:
    model.Session.rollback()
    return current_app.handle_http_exception(error)


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _json(error: HTTPException) -> Response:
    status, described = errors.http_answer(error)
    tell = _problem if is_problem_address() else _refusal
    return tell(status, described)


def _problem(status: int, described: dict[str, Any]) -> Response:
    extra = {key: described[key] for key in ("reference",) if key in described}
    return respond(
        Problem(status, described["code"], described["message"], extra=extra)
    )


def _refusal(status: int, described: dict[str, Any]) -> Response:
    body = {"success": False, "error": described}
    return api._finish(status, body, content_type="json")
