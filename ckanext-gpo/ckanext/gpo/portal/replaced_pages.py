"""Pages of CKAN whose content stands on a page of ours: their addresses lead there."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

replaced = Blueprint("gpo_replaced", __name__)

RESOURCE_PAGES = frozenset({"read", "view", "views", "edit_view"})
"""A table, its preview and its files stand on the page of the dataset."""


@replaced.before_app_request
def resource_page() -> Response | None:
    """CKAN has a blueprint of resources for each type of package, so none is named here."""
    blueprint, _, view = (tk.request.endpoint or "").rpartition(".")
    if view not in RESOURCE_PAGES or not blueprint.endswith("resource"):
        return None
    kind = blueprint.removesuffix("resource").rstrip("_") or "dataset"
    arguments = tk.request.view_args or {}
    return tk.redirect_to(f"{kind}.read", id=arguments["id"], _anchor="downloads")
