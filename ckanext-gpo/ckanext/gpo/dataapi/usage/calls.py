"""Counts the calls of the action API and of the REST API, for all of them in one place."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request

from .counting import count_call

ABOUT_ID: Final = frozenset({"package_show", "dcat_dataset_show", "resource_show"})
"""Actions whose `id` is that of a dataset or of its table."""

_LONGEST = 100


def count_action(response: Response) -> Response:
    """Count a call that was answered."""
    places = request.view_args or {}
    if response.status_code >= 400:
        return response
    if request.endpoint == "api.action":
        count_call(_dataset(places.get("logic_function", "")))
    elif request.blueprint == "gpo_rest":
        count_call(places.get("dataset", ""))
    return response


def _dataset(action: str) -> str:
    """What of the catalogue a call was about, as the caller has named it."""
    carried = _carried()
    names = ["dataset", "resource_id", *(["id"] if action in ABOUT_ID else [])]
    for name in names:
        value = carried.get(name)
        if isinstance(value, str) and 0 < len(value) <= _LONGEST:
            return value
    return ""


def _carried() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.is_json else None
    carried: dict[str, Any] = {**request.form.to_dict(), **request.args.to_dict()}
    return carried | body if isinstance(body, dict) else carried
