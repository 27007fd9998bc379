"""CKAN's actions held to the rules for items (`release`) and groups (`groups`)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.model import Package
from ckan.types import Context, DataDict

from ckanext.gpo.catalogue import groups, release
from ckanext.gpo.common.guards import guards


@guards(check_access=True)
def package_create(context: Context, data_dict: DataDict) -> None:
    """An item begins private."""
    release.hold_new(context, data_dict)


@guards(check_access=False)
def package_update(context: Context, data_dict: DataDict) -> None:
    """An item is released by a second person; patching and revising end here too."""
    if package := _package(data_dict.get("id") or data_dict.get("name")):
        context["package"] = package  # as CKAN does: it may stay in its own groups
        tk.check_access("package_update", context, {**data_dict, "id": package.id})
        release.hold_change(context, package, data_dict)


@guards(check_access=False)
def package_delete(context: Context, data_dict: DataDict) -> None:
    """A public item is taken back by an administrator."""
    if package := _package(data_dict.get("id")):
        tk.check_access("package_delete", context, data_dict)
        release.hold_public(context, package)


@guards(check_access=True)
def package_owner_org_update(context: Context, data_dict: DataDict) -> None:
    """A public item stays with its department."""
    if package := _package(data_dict.get("id")):
        release.hold_unchanged(context, package)


@guards(check_access=True)
def bulk_update_public(context: Context, data_dict: DataDict) -> None:
    """All items may be released, or none is."""
    names = data_dict.get("datasets")
    for id_ in names if isinstance(names, list) else []:
        if package := _package(id_):
            release.hold_release(context, package)


@guards(check_access=True)
def organization_update(context: Context, data_dict: DataDict) -> None:
    """A department with datasets keeps its name and stays; patching ends here too."""
    groups.refuse_change(data_dict.get("id"), data_dict)


@guards(check_access=True)
def group_update(context: Context, data_dict: DataDict) -> None:
    """A domain with datasets keeps its name and stays; patching ends here too."""
    groups.refuse_change(data_dict.get("id"), data_dict)


@guards(check_access=True)
def group_delete(context: Context, data_dict: DataDict) -> None:
    """A domain with datasets stays; CKAN would take the datasets out of it."""
    groups.refuse_loss(data_dict.get("id"))


@guards(check_access=True)
def group_purge(context: Context, data_dict: DataDict) -> None:
    """A domain with datasets stays."""
    groups.refuse_loss(data_dict.get("id"))


def _package(id_: Any) -> Package | None:
    return Package.get(id_) if isinstance(id_, str) else None
