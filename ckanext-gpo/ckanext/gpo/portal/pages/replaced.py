"""Pages of CKAN whose content stands on a page of ours: their addresses lead there.

CKAN has blueprints of its own for each type of package and of resource, so pages are told
by the last part of their endpoint; a type added tomorrow is covered. Which page of a room
is in the place of a single one of CKAN's, the room declares (`IReplacedPages`).
"""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.actions import call_action
from ckanext.gpo.common.web.replacements import Replacement, all_replaced_pages

replaced = Blueprint("gpo_replaced", __name__)

OF_RESOURCES = frozenset({"read", "view", "views", "edit_view"})
"""A table, its preview and its files stand on the page of the dataset."""

OF_THINGS = frozenset({"admins", "followers", "groups", "resources"})
"""Lists that CKAN keeps beside a dataset, a department or a user; `members` stays."""

REPLACED = {
    "activity.organization_changes": Replacement(
        "activity.organization_activity", "id"
    ),
    "organization.bulk_process": Replacement("organization.read", "id"),
}


@replaced.before_app_request
def lead_elsewhere() -> Response | None:
    if tk.request.method != "GET":
        return None
    endpoint = tk.request.endpoint or ""
    blueprint, _, view = endpoint.rpartition(".")
    kind, _, operation = view.partition("_")
    if blueprint == "activity" and operation in ("changes", "changes_multiple"):
        return _lead(all_replaced_pages()[f"activity.{kind}_changes"], _changed())
    if page := _replacement(endpoint):
        return _lead(page, (tk.request.view_args or {}).get("id"))
    return None


def _lead(page: Replacement, id_: str | None) -> Response:
    arguments = {page.argument: id_} if page.argument else {}
    return tk.redirect_to(page.endpoint, **arguments, _anchor=page.anchor)


def _changed() -> str:
    """Id of what the activities of the address have changed."""
    args = {**tk.request.args, **(tk.request.view_args or {})}
    id_ = args.get("id") or args.get("new_id") or "none"
    return call_action("activity_show", id=id_, include_data=False)["object_id"]


def _replacement(endpoint: str) -> Replacement | None:
    blueprint, _, view = endpoint.rpartition(".")
    if blueprint.endswith("resource") and view in OF_RESOURCES:
        kind = blueprint.removesuffix("resource").rstrip("_") or "dataset"
        return Replacement(f"{kind}.read", "id", "downloads")
    if view in OF_THINGS and "id" in (tk.request.view_args or {}):
        return Replacement(f"{blueprint}.read", "id")
    return all_replaced_pages().get(endpoint)
