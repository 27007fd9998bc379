"""Files of apps sent to browsers: nothing of them runs on the platform's pages."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk
from ckan.lib.files import exc

from ckanext.gpo.apps import storage
from ckanext.gpo.apps.model import App
from ckanext.gpo.common.web import downloads

_SANDBOX = "sandbox; default-src 'none'"
"""Should a browser open a file as a page after all, it may do nothing there."""


def picture(app: App, content: dict[str, Any] | None, picture_id: str) -> Response:
    """A picture that a copy of a registration refers to.

    :raises werkzeug.exceptions.NotFound: it refers to no such picture
    """
    ids = [entry["id"] for entry in (content or {}).get("pictures", [])]
    if picture_id not in ids:
        return tk.abort(404, tk._("There is nothing at this address."))
    return _send(storage.picture(app.id, picture_id), "image/webp", picture_id)


def package(app: App, content: dict[str, Any] | None) -> Response:
    """The file that a copy of a registration offers, as a download and nothing else.

    :raises werkzeug.exceptions.NotFound: it offers none
    """
    offered = (content or {}).get("package")
    if not offered:
        return tk.abort(404, tk._("There is nothing at this address."))
    location = storage.package(app.id, offered["sha256"])
    response = _send(location, "application/octet-stream", offered["sha256"])
    downloads.attach(response, offered["name"])
    return response


def _send(location: str, content_type: str, tag: str) -> Response:
    try:
        pieces = storage.stream(location) if request.method == "GET" else None
    except exc.FilesError:
        return tk.abort(404, tk._("There is nothing at this address."))
    response = Response(pieces, content_type=content_type)
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.set_etag(tag)
    response.cache_control.public = True
    response.cache_control.no_cache = True  # it may have been taken back
    return response.make_conditional(request)
