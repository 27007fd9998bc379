"""Counts the calls of CKAN's action API, for all actions in one place."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, request

from .counting import count_call

ABOUT_ID: Final = frozenset({"package_show", "dcat_dataset_show", "resource_show"})
"""Actions whose `id` is that of a dataset or of its table."""

_LONGEST = 100


def count_action(response: Response) -> Response:
    """Count a call that was answered."""
    if request.endpoint == "api.action" and response.status_code < 400:
        count_call(_dataset((request.view_args or {}).get("logic_function", "")))
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
