"""The page that explains the codes of refused calls."""

from __future__ import annotations

from typing import Any

from ckanext.gpo.common.web import refusals


def content() -> dict[str, Any]:
    """The variables of `gpo_dataapi/errors.html`."""
    return {"codes": sorted(refusals.titles().items())}
