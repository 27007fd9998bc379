"""With which API token a request came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import has_request_context, request

import ckan.plugins.toolkit as tk

_NOTE = "gpo.dataapi.key"


def note_key(claims: Mapping[str, Any]) -> None:
    """Remember for the present request what CKAN reads in its token."""
    if has_request_context():
        request.environ[_NOTE] = str(claims.get("jti") or "")


def current_key() -> str:
    """The id of the token, if the reader is known by one; otherwise empty."""
    if has_request_context() and tk.current_user.is_authenticated:
        return request.environ.get(_NOTE, "")
    return ""
