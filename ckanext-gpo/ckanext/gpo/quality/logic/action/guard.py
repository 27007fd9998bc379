"""CKAN's own package actions, held to the rule that only a passed version is public.

`resource_*`, `package_patch`, `package_revise`, `package_resource_reorder`, the bulk
actions, the forms and all harvesters end in `package_create` or `package_update`; so
these two are where the rule stands. It is the same for everybody, sysadmins and
`ignore_auth` too: what decides is what the published version says.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.plugins import lookup_package_plugin
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common import locks
from ckanext.gpo.common.tables import Table
from ckanext.gpo.common.validation import hold_visible
from ckanext.gpo.quality.guard import scope
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication import record, removal, stream


@tk.chained_action
def package_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset begins private: only a passed version makes it public."""
    tk.check_access("package_create", context, data_dict)
    hold_visible(data_dict)
    data_dict["type"] = _known_type(data_dict.get("type"))
    if data_dict["type"] != scope.TYPE:
        _hold_no_files(data_dict)
        return next_action(context, data_dict)
    data_dict.setdefault("private", True)
    _hold_private(context, data_dict, None)
    _refuse_known_id(data_dict.get("id"))
    of = scope.table_of(data_dict.get("name"))
    if of:
        _hold_department(of, data_dict.get("owner_org"), "owner_org")
        if not data_dict.get("resources"):
            data_dict["resources"] = [{"name": of.title}]
    _hold_resources(context, data_dict, of, [], None)
    return next_action(context, data_dict)


@tk.chained_action
def package_update(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset stays private until a version of it has passed.

    What tells of rows and files stays as the gate wrote it; everything that describes
    the dataset may be edited.
    """
    package = _package(data_dict.get("id") or data_dict.get("name"))
    if package is None:
        return next_action(context, data_dict)
    context["package"] = package  # as CKAN does: it may stay in its own groups
    tk.check_access("package_update", context, {**data_dict, "id": package.id})
    hold_visible(data_dict)
    if not scope.holds(package):
        _hold_no_files(data_dict)
        return next_action(context, data_dict)
    # A withdrawal that comes at this moment is waited for, and seen.
    locks.lock_dataset_row(package.id)
    published = Version.published_of(package.id)
    of = scope.table_of(package.name)
    data_dict.setdefault("private", package.private)
    _hold_private(context, data_dict, published)
    _hold_name(data_dict, package)
    if of and data_dict.get("owner_org", package.owner_org) != package.owner_org:
        _hold_department(of, data_dict["owner_org"], "owner_org")
    if "resources" in data_dict:
        stored = _stored_resources(context, package.id)
        _hold_resources(context, data_dict, of, stored, published)
    was_public = _is_public(package)
    updated = next_action(context, data_dict)
    if was_public and not _is_public(package) and not context.get("defer_commit"):
        stream.withdraw(package)
    return updated


@tk.chained_action
def package_delete(next_action: Action, context: Context, data_dict: DataDict) -> None:
    """A deleted dataset is not served, and the activity stream does not tell of it."""
    package = _package(data_dict.get("id"))
    next_action(context, data_dict)
    if package and scope.holds(package):
        stream.withdraw(package)


@tk.chained_action
def bulk_update_public(
    next_action: Action, context: Context, data_dict: DataDict
) -> None:
    """All of them or none; CKAN's page of it knows no other refusal than this one."""
    tk.check_access("bulk_update_public", context, data_dict)
    wanted = data_dict.get("datasets")
    packages = map(_package, wanted if isinstance(wanted, list) else [])
    held = {package.id for package in packages if package and scope.holds(package)}
    for id_ in sorted(
        held
    ):  # always in the same order, so that nobody waits in a circle
        locks.lock_dataset_row(id_)
        if not Version.published_of(id_):
            raise tk.NotAuthorized(
                tk._("Only a version that has passed the gate makes it public")
            )
    return next_action(context, data_dict)


@tk.chained_action
def resource_delete(next_action: Action, context: Context, data_dict: DataDict) -> None:
    """The table goes with its dataset; CKAN's page knows no other refusal than this."""
    if scope.holds(scope.package_of_resource(data_dict.get("id"))):
        tk.check_access("resource_delete", context, data_dict)
        raise tk.NotAuthorized(tk._("A dataset keeps its table: delete the dataset"))
    return next_action(context, data_dict)


@tk.chained_action
def package_owner_org_update(
    next_action: Action, context: Context, data_dict: DataDict
) -> None:
    """A table's dataset belongs to the department that its Data Package names."""
    tk.check_access("package_owner_org_update", context, data_dict)
    package = _package(data_dict.get("id"))
    if package and scope.holds(package) and (of := scope.table_of(package.name)):
        _hold_department(of, data_dict.get("organization_id"), "organization_id")
    return next_action(context, data_dict)


@tk.chained_action
def dataset_purge(next_action: Action, context: Context, data_dict: DataDict) -> None:
    """With the dataset go its files and rows; versions and events stay, see `removal`."""
    package = _package(data_dict.get("id"))
    if package is None or not scope.holds(package):
        return next_action(context, data_dict)
    tk.check_access("dataset_purge", context, data_dict)
    with locks.dataset_lock(package.id), locks.publication_lock(package.id):
        locks.lock_dataset_row(package.id)  # nothing is handed in from here on
        tables = [resource.id for resource in package.resources_all]
        locations = removal.close(package.id, context["user"])
        package.delete()  # the activity stream stays, and would tell of it
        stream.withdraw(package)
        next_action(context, data_dict)
        removal.erase(locations, tables)
    return None


def _package(id_: Any) -> model.Package | None:
    return model.Package.get(id_) if isinstance(id_, str) else None


def _is_public(package: model.Package) -> bool:
    return package.state == model.State.ACTIVE and not package.private


def _known_type(value: Any) -> str:
    # An unknown type would be shown as a dataset and be held by nobody.
    name = value or scope.TYPE
    plugin = lookup_package_plugin(name) if isinstance(name, str) else None
    if name not in getattr(plugin, "package_types", list)():
        raise tk.ValidationError(
            {"type": [tk._("There is no such type; rows and files are a dataset's")]}
        )
    return name


def _hold_private(
    context: Context, data_dict: DataDict, published: Version | None
) -> None:
    # CKAN's own reading of the value, made once: "on" is true for others and false for it.
    read = tk.get_validator("boolean_validator")
    data_dict["private"] = read(data_dict["private"], context)  # type: ignore[call-arg]
    if published is None and not data_dict["private"]:
        raise tk.ValidationError(
            {
                "private": [
                    tk._("Only a version that has passed the gate makes it public")
                ]
            }
        )


def _hold_name(data_dict: DataDict, package: model.Package) -> None:
    # Downloads, versions and the schema are found by it.
    name = data_dict.get("name") or package.name
    if name != package.name and (scope.table_of(name) or scope.table_of(package.name)):
        raise tk.ValidationError(
            {"name": [tk._("The address of a table's dataset does not change")]}
        )


def _hold_department(of: Table, organization: Any, field: str) -> None:
    found = model.Group.get(organization) if isinstance(organization, str) else None
    if found is None or found.name != of.gpo["organization"]:
        message = tk._("The Data Package gives this table to the department {name}")
        raise tk.ValidationError({field: [message.format(name=of.gpo["organization"])]})


def _refuse_known_id(id_: Any) -> None:
    if id_ and removal.is_known(str(id_)):
        raise tk.ValidationError(
            {"id": [tk._("This id belonged to another dataset; leave it out")]}
        )


def _hold_no_files(data_dict: DataDict) -> None:
    if data_dict.get("resources"):
        raise tk.ValidationError(
            {"resources": [{"url": [tk._("Only datasets have files")]}]}
        )


def _stored_resources(context: Context, package_id: str) -> list[dict[str, Any]]:
    known = context.get("original_package")
    if known and known.get("id") == package_id:
        return known["resources"]
    reader = Context(ignore_auth=True, user=context["user"], use_cache=False)
    return tk.get_action("package_show")(reader, {"id": package_id})["resources"]


def _hold_resources(
    context: Context,
    data_dict: DataDict,
    of: Table | None,
    stored: list[dict[str, Any]],
    published: Version | None,
) -> None:
    # A dataset holds its table's files and nothing else, least of all an upload or an
    # address elsewhere; what it says of them is what the gate has built.
    given = data_dict.get("resources") or []
    if not isinstance(given, list) or not all(isinstance(r, dict) for r in given):
        raise tk.ValidationError({"resources": [tk._("A list of objects expected")]})
    expected = stored or ([{"url": scope.address(of), "format": "CSV"}] if of else [])
    if len(given) == len(expected) == 1 and stored:
        given[0]["id"] = given[0].get("id") or stored[0]["id"]
    if len(given) != len(expected) and (stored or given):
        _refuse_fields(
            max(len(given), 1), ["id" if len(given) < len(stored) else "url"]
        )
    built = record.statements(published, of) if published and of else record.NOTHING
    free = scope.WRITTEN_BY_PEOPLE | (
        scope.FROM_DATA_PACKAGE if context.get("ignore_auth") else frozenset()
    )
    for place, (resource, known) in enumerate(zip(given, expected, strict=False), 1):
        if refused := scope.keep(resource, known, built, free):
            _refuse_fields(place, refused)
    if given:
        data_dict["resources"] = given


def _refuse_fields(place: int, names: list[str]) -> None:
    # `resource_create` and `resource_update` look for the errors of their resource at
    # its place in the list.
    message = tk._(
        "The files of a dataset and what it says of them come from its versions only: "
        "use gpo_quality_version_submit"
    )
    errors: list[dict[str, Any]] = [{} for _ in range(place)]
    errors[-1] = {name: [message] for name in names}
    raise tk.ValidationError({"resources": errors})
