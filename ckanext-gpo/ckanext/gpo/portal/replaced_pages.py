"""Pages of CKAN whose content stands on a page of ours: their addresses lead there.

CKAN has blueprints of its own for each type of package and of resource, so pages are told
by the last part of their endpoint; a type added tomorrow is covered.
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

replaced = Blueprint("gpo_replaced", __name__)

OF_RESOURCES = frozenset({"read", "view", "views", "edit_view"})
"""A table, its preview and its files stand on the page of the dataset."""

OF_THINGS = frozenset({"admins", "followers", "groups", "resources"})
"""Lists that CKAN keeps beside a dataset, a department or a user; `members` stays."""

ELSEWHERE = {
    "activity.package_history": ("gpo_history.index", "id", None),
    "activity.resource_history": ("gpo_history.index", "id", None),
    "datastore.api_info": ("gpo_portal.api_guide", None, None),
    "datastore.dictionary": ("dataset.read", "id", "dictionary"),
    "group.about": ("gpo_portal.domain", "name", None),
}
"""Endpoint → endpoint, the name of its argument, anchor."""


@replaced.before_app_request
def lead_elsewhere() -> Response | None:
    if tk.request.method != "GET" or not (found := _target(tk.request.endpoint or "")):
        return None
    endpoint, argument, anchor = found
    given = (tk.request.view_args or {}).get("id")
    arguments = {argument: given} if argument else {}
    return tk.redirect_to(endpoint, **arguments, _anchor=anchor)


def _target(endpoint: str) -> tuple[str, str | None, str | None] | None:
    blueprint, _, view = endpoint.rpartition(".")
    if blueprint.endswith("resource") and view in OF_RESOURCES:
        kind = blueprint.removesuffix("resource").rstrip("_") or "dataset"
        return f"{kind}.read", "id", "downloads"
    if view in OF_THINGS and "id" in (tk.request.view_args or {}):
        return f"{blueprint}.read", "id", None
    return ELSEWHERE.get(endpoint)
