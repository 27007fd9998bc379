"""CKAN's own package actions, held to the rule that only a passed version is public.

`resource_*`, `package_patch`, `package_revise`, `package_resource_reorder`, the bulk
actions, the forms and all harvesters end in `package_create` or `package_update`; so
these two ask the rules of `guard/`. They are the same for everybody, sysadmins and
`ignore_auth` too: what decides is what the published version says.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common import locks
from ckanext.gpo.common.context import actor
from ckanext.gpo.common.guards import guards
from ckanext.gpo.common.validation import hold_visible
from ckanext.gpo.quality.guard import dataset, resources, scope
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import removal, stream


@tk.chained_action
def package_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset begins private: only a passed version makes it public."""
    tk.check_access("package_create", context, data_dict)
    hold_visible(data_dict)
    data_dict["type"] = dataset.registered_type(data_dict.get("type"))
    if data_dict["type"] != scope.TYPE:
        dataset.hold_no_files(data_dict)
        return next_action(context, data_dict)
    data_dict.setdefault("private", True)
    dataset.hold_private(context, data_dict, None)
    dataset.refuse_known_id(data_dict.get("id"))
    table = scope.find_table(data_dict.get("name"))
    if table:
        dataset.hold_department(table, data_dict.get("owner_org"), "owner_org")
        if not data_dict.get("resources"):
            data_dict["resources"] = [{"name": table.title}]
    resources.hold_resources(context, data_dict, table, [], None)
    return next_action(context, data_dict)


@tk.chained_action
def package_update(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset stays private until a version of it has passed.

    What tells of rows and files stays as the gate wrote it; everything that describes
    the dataset may be edited.
    """
    package = scope.get_package(data_dict.get("id") or data_dict.get("name"))
    if package is None:
        return next_action(context, data_dict)
    context["package"] = package  # as CKAN does: it may stay in its own groups
    tk.check_access("package_update", context, {**data_dict, "id": package.id})
    hold_visible(data_dict)
    if not scope.holds(package):
        dataset.hold_no_files(data_dict)
        return next_action(context, data_dict)
    # A withdrawal that comes at this moment is waited for, and seen.
    locks.lock_dataset_row(package.id)
    published = Version.get_published(package.id)
    table = scope.find_table(package.name)
    data_dict.setdefault("private", package.private)
    dataset.hold_private(context, data_dict, published)
    dataset.hold_name(data_dict, package)
    if table and data_dict.get("owner_org", package.owner_org) != package.owner_org:
        dataset.hold_department(table, data_dict["owner_org"], "owner_org")
    if "resources" in data_dict:
        stored = resources.stored_resources(context, package.id)
        resources.hold_resources(context, data_dict, table, stored, published)
    was_public = _is_public(package)
    updated = next_action(context, data_dict)
    if was_public and not _is_public(package) and not context.get("defer_commit"):
        stream.withdraw(package)
    return updated


@tk.chained_action
def package_delete(next_action: Action, context: Context, data_dict: DataDict) -> None:
    """A deleted dataset is not served, and the activity stream does not tell of it."""
    package = scope.get_package(data_dict.get("id"))
    next_action(context, data_dict)
    if package and scope.holds(package):
        stream.withdraw(package)


@guards(check_access=True)
def bulk_update_public(context: Context, data_dict: DataDict) -> None:
    """All of them or none; CKAN's page of it knows no other refusal than this one."""
    names = data_dict.get("datasets")
    packages = map(scope.get_package, names if isinstance(names, list) else [])
    ids = {package.id for package in packages if package and scope.holds(package)}
    # Always in the same order, so that nobody waits in a circle.
    for id_ in sorted(ids):
        locks.lock_dataset_row(id_)
        if not Version.get_published(id_):
            raise tk.NotAuthorized(
                tk._("Only a version that has passed the gate makes it public")
            )


@guards(check_access=False)
def resource_delete(context: Context, data_dict: DataDict) -> None:
    """The table goes with its dataset; CKAN's page knows no other refusal than this."""
    if scope.holds(scope.find_package(data_dict.get("id"))):
        tk.check_access("resource_delete", context, data_dict)
        raise tk.NotAuthorized(tk._("A dataset keeps its table: delete the dataset"))


@guards(check_access=True)
def package_owner_org_update(context: Context, data_dict: DataDict) -> None:
    """A table's dataset belongs to the department that its Data Package names."""
    package = scope.get_package(data_dict.get("id"))
    if package and scope.holds(package) and (table := scope.find_table(package.name)):
        dataset.hold_department(
            table, data_dict.get("organization_id"), "organization_id"
        )


@tk.chained_action
def dataset_purge(next_action: Action, context: Context, data_dict: DataDict) -> None:
    """With the dataset go its files and rows; versions and events stay, see `removal`."""
    package = scope.get_package(data_dict.get("id"))
    if package is None or not scope.holds(package):
        return next_action(context, data_dict)
    tk.check_access("dataset_purge", context, data_dict)
    with locks.dataset_lock(package.id), locks.publication_lock(package.id):
        locks.lock_dataset_row(package.id)  # nothing is handed in from here on
        tables = [resource.id for resource in package.resources_all]
        locations = removal.close(package.id, actor(context, package.owner_org))
        package.delete()  # the activity stream stays, and would tell of it
        stream.withdraw(package)
        next_action(context, data_dict)
        removal.erase(locations, tables)
    return None


def _is_public(package: model.Package) -> bool:
    return package.state == model.State.ACTIVE and not package.private
