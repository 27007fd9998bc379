"""Suggestions may be kept for a minute: they are the same for everybody.

CKAN sets the age of every answer after all other functions have seen it. So ours is put
where it runs last of them.
"""

from __future__ import annotations

from typing import Any

from flask import request

from ckan.types import Response

SECONDS = 60
ACTION = "gpo_search_suggest"


def install(app: Any) -> None:
    """Let answers of the action be kept; before the first request."""
    # Flask calls these functions from the last to the first.
    app.after_request_funcs.setdefault(None, []).insert(0, keep)


def keep(response: Response) -> Response:
    """Say so in an answer to a suggestion that was read and not sent."""
    is_suggestion = (request.view_args or {}).get("logic_function") == ACTION
    if is_suggestion and request.method == "GET" and response.status_code == 200:
        response.cache_control.max_age = SECONDS
        response.cache_control.must_revalidate = False
    return response
