"""Pages of CKAN whose content stands on a page of ours: their addresses lead there.

CKAN has blueprints of its own for each type of package and of resource, so pages are told
by the last part of their endpoint; a type added tomorrow is covered.
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action

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
    "group.bulk_process": ("gpo_portal.domain", "name", None),
    "group.manage_members": ("gpo_portal.domain", "name", None),
    "group.member_new": ("gpo_portal.domain", "name", None),
    "group.member_dump": ("gpo_portal.domain", "name", None),
    "group.members": ("gpo_portal.domain", "name", None),
    "organization.bulk_process": ("organization.read", "id", None),
}
"""Endpoint → endpoint, the name of its argument, anchor."""

CHANGED = {
    "package": ("gpo_history.index", "id"),
    "group": ("gpo_portal.domain", "name"),
    "organization": ("activity.organization_activity", "id"),
}
"""What was changed → where its past stands: CKAN compares raw records."""


@replaced.before_app_request
def lead_elsewhere() -> Response | None:
    if tk.request.method != "GET":
        return None
    called = tk.request.endpoint or ""
    blueprint, _, view = called.rpartition(".")
    kind, _, page = view.partition("_")
    if blueprint == "activity" and page in ("changes", "changes_multiple"):
        return _to_past(kind)
    if not (target := _target(called)):
        return None
    endpoint, argument, anchor = target
    id_ = (tk.request.view_args or {}).get("id")
    arguments = {argument: id_} if argument else {}
    return tk.redirect_to(endpoint, **arguments, _anchor=anchor)


def _to_past(kind: str) -> Response:
    """From the differences between two activities to the past of what they changed."""
    args = {**tk.request.args, **(tk.request.view_args or {})}
    id_ = args.get("id") or args.get("new_id") or "none"
    activity = call_action("activity_show", id=id_, include_data=False)
    endpoint, argument = CHANGED[kind]
    return tk.redirect_to(endpoint, **{argument: activity["object_id"]})


def _target(endpoint: str) -> tuple[str, str | None, str | None] | None:
    blueprint, _, view = endpoint.rpartition(".")
    if blueprint.endswith("resource") and view in OF_RESOURCES:
        kind = blueprint.removesuffix("resource").rstrip("_") or "dataset"
        return f"{kind}.read", "id", "downloads"
    if view in OF_THINGS and "id" in (tk.request.view_args or {}):
        return f"{blueprint}.read", "id", None
    return ELSEWHERE.get(endpoint)
