"""The pages that a record leads to: its own, and those of what it is about."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import ckan.plugins.toolkit as tk


def record_address(dataset: str, key: dict[str, Any]) -> str:
    """The page of a record, in the language of the present request."""
    return _local(f"/dataset/{quote(dataset, safe='')}/record?{urlencode(key)}")


def subject_address(kind: str, code: str) -> str:
    """The page of a project or an enterprise, in the language of the present request."""
    return _local(f"/{kind}/{quote(code, safe='')}")


def _local(path: str) -> str:
    return tk.h.url_for(path)
