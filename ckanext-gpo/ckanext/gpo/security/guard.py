"""The front guard: every request is looked at before any view or action sees it."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

import ckan.plugins.toolkit as tk

from . import payload
from .errors import refusal

MAX_JSON_BYTES = 10 << 20
"""Files come as multipart; no JSON that a person or program writes is larger."""


def check_request() -> None:
    """Refuse a request that carries what cannot be processed.

    :raises BadRequest: with a `code`, see `payload.check`
    :raises RequestEntityTooLarge: more JSON than anybody needs
    """
    if request.is_json:
        request.max_content_length = MAX_JSON_BYTES
    carried = {
        tk._("The address"): [request.path, dict(request.args.lists())],
        tk._("The form"): dict(request.form.lists()),
        tk._("The name of a file"): [file.filename for file in _files()],
    }
    try:
        for place, value in carried.items():
            payload.check(value, place)
        if request.is_json and request.get_data():
            payload.check(_json(), tk._("The body"))
    except payload.PayloadError as error:
        raise refusal(BadRequest, error.code, place=error.place) from error


def _files() -> list[Any]:
    return [file for files in request.files.listvalues() for file in files]


def _json() -> Any:
    try:
        return request.get_json()
    except (BadRequest, RecursionError) as error:
        raise refusal(BadRequest, "json-invalid") from error
