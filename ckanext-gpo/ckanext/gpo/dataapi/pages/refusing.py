"""Refusals of exports, as problem details (RFC 9457)."""

from __future__ import annotations

import json
from typing import Any, Final

from flask import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.dataapi.query import QueryError

REFUSED: Final = (
    QueryError,
    tk.ValidationError,
    tk.ObjectNotFound,
    tk.NotAuthorized,
)
"""What is raised by the reader's fault."""


def refusal(error: Exception) -> Response:
    """The answer to a request that cannot be done."""
    status, code, detail, faults = 404, "not-found", str(error), list[dict[str, str]]()
    if isinstance(error, QueryError):
        status, code, detail = 400, error.code, error.message
        faults = [_fault(error)]
    elif isinstance(error, tk.ValidationError):
        status, code = 400, "validation-failed"
        detail = " ".join(map(str, error.error_summary.values()))
    body: dict[str, Any] = {"status": status, "code": code, "detail": detail}
    return Response(
        json.dumps(body | ({"errors": faults} if faults else {}), ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )


def _fault(error: QueryError) -> dict[str, str]:
    fault = {
        "parameter": error.parameter,
        "code": error.code,
        "message": error.message,
    }
    return fault | ({"field": error.field} if error.field else {})
