"""CKAN's own actions, held to the rule that only a passed version makes data public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import table_of_dataset
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publish import downloads


@tk.chained_action
def package_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset begins private: only a passed version makes it public."""
    if data_dict.get("type", "dataset") == "dataset":
        data_dict.setdefault("private", True)
        _refuse_public(data_dict, None)
        _refuse_foreign_files(data_dict, data_dict.get("name", ""), None)
    return next_action(context, data_dict)


@tk.chained_action
def package_update(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset stays private until a version of it has passed.

    All of `resource_*`, `package_patch` and `package_revise` come through here.
    """
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    if package and package.type == "dataset":
        published = Version.published_of(package.id)
        data_dict.setdefault("private", package.private)
        _refuse_public(data_dict, published)
        _refuse_foreign_files(data_dict, package.name, published)
    return next_action(context, data_dict)


@tk.chained_action
def bulk_update_public(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """The same rule for many datasets at once."""
    for id_ in data_dict.get("datasets", []):
        package = model.Package.get(id_)
        if package and package.type == "dataset":
            _refuse_public({"private": False}, Version.published_of(package.id))
    return next_action(context, data_dict)


@tk.chained_action
def _rows_come_from_versions(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Rows of a dataset's table come from its published version only."""
    resource = model.Resource.get(data_dict.get("resource_id") or "")
    if resource and resource.package.type == "dataset":
        raise tk.NotAuthorized(
            tk._("Rows change only by a new version: use gpo_quality_version_submit")
        )
    return next_action(context, data_dict)


datastore_create = _rows_come_from_versions
datastore_upsert = _rows_come_from_versions
datastore_delete = _rows_come_from_versions
datastore_records_delete = _rows_come_from_versions


def _refuse_public(data_dict: DataDict, published: Version | None) -> None:
    if published is None and not tk.asbool(data_dict["private"]):
        raise tk.ValidationError(
            {
                "private": [
                    tk._("Only a version that has passed the gate makes it public")
                ]
            }
        )


def _refuse_foreign_files(
    data_dict: DataDict, name: str, published: Version | None
) -> None:
    # A dataset holds its table's files and nothing else, least of all an upload or an
    # address elsewhere; what it says of the files is what the gate has built.
    try:
        of = table_of_dataset(name)
    except UnknownTable:
        return
    own = f"/dataset/{name}/download/{name}.csv"
    built = downloads(published, of) if published else {}
    resources = data_dict.get("resources") or []
    if len(resources) > 1 or any(
        resource.get("upload")
        or urlsplit(resource.get("url") or "").path[-len(own) :] != own
        or (resource.get("downloads") or {}) != built
        for resource in resources
    ):
        raise tk.ValidationError(
            {"resources": [tk._("The files of a dataset come from its versions only")]}
        )
