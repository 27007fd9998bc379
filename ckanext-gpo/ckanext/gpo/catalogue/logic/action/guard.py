"""CKAN's actions held to the rules for items (`release`) and groups (`groups`)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.model import Package
from ckan.types import Action, Context, DataDict

from ckanext.gpo.catalogue import groups, release


@tk.chained_action
def package_create(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """An item begins private."""
    tk.check_access("package_create", context, data_dict)
    release.hold_new(context, data_dict)
    return original_action(context, data_dict)


@tk.chained_action
def package_update(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """An item is released by a second person; patching and revising end here too."""
    if package := _package(data_dict.get("id") or data_dict.get("name")):
        context["package"] = package  # as CKAN does: it may stay in its own groups
        tk.check_access("package_update", context, {**data_dict, "id": package.id})
        release.hold_change(context, package, data_dict)
    return original_action(context, data_dict)


@tk.chained_action
def package_delete(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """A public item is taken back by an administrator."""
    if package := _package(data_dict.get("id")):
        tk.check_access("package_delete", context, data_dict)
        release.hold_public(context, package)
    return original_action(context, data_dict)


@tk.chained_action
def package_owner_org_update(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """A public item stays with its department."""
    tk.check_access("package_owner_org_update", context, data_dict)
    if package := _package(data_dict.get("id")):
        release.hold_unchanged(context, package)
    return original_action(context, data_dict)


@tk.chained_action
def bulk_update_public(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """All items may be released, or none is."""
    tk.check_access("bulk_update_public", context, data_dict)
    chosen = data_dict.get("datasets")
    for id_ in chosen if isinstance(chosen, list) else []:
        if package := _package(id_):
            release.hold_release(context, package)
    return original_action(context, data_dict)


@tk.chained_action
def organization_update(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """A department with datasets keeps its name and stays; patching ends here too."""
    tk.check_access("organization_update", context, data_dict)
    groups.refuse_change(data_dict.get("id"), data_dict)
    return original_action(context, data_dict)


@tk.chained_action
def group_update(original_action: Action, context: Context, data_dict: DataDict) -> Any:
    """A domain with datasets keeps its name and stays; patching ends here too."""
    tk.check_access("group_update", context, data_dict)
    groups.refuse_change(data_dict.get("id"), data_dict)
    return original_action(context, data_dict)


@tk.chained_action
def group_delete(original_action: Action, context: Context, data_dict: DataDict) -> Any:
    """A domain with datasets stays; CKAN would take the datasets out of it."""
    tk.check_access("group_delete", context, data_dict)
    groups.refuse_loss(data_dict.get("id"))
    return original_action(context, data_dict)


@tk.chained_action
def group_purge(original_action: Action, context: Context, data_dict: DataDict) -> Any:
    """A domain with datasets stays."""
    tk.check_access("group_purge", context, data_dict)
    groups.refuse_loss(data_dict.get("id"))
    return original_action(context, data_dict)


def _package(id_: Any) -> Package | None:
    return Package.get(id_) if isinstance(id_, str) else None
