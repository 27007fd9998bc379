"""CKAN's own actions, held to the rule that only a passed version makes data public."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.quality.model import Version


@tk.chained_action
def package_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset begins private: only a passed version makes it public."""
    if data_dict.get("type", "dataset") == "dataset":
        data_dict.setdefault("private", True)
        _refuse_public(data_dict, None)
    return next_action(context, data_dict)


@tk.chained_action
def package_update(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """A dataset stays private until a version of it has passed."""
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    if package and package.type == "dataset":
        data_dict.setdefault("private", package.private)
        _refuse_public(data_dict, Version.published_of(package.id))
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
def datastore_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Rows of a dataset's table come from its published version only."""
    _refuse_rows(data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def datastore_upsert(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Rows of a dataset's table come from its published version only."""
    _refuse_rows(data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def datastore_delete(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Rows of a dataset's table come from its published version only."""
    _refuse_rows(data_dict)
    return next_action(context, data_dict)


@tk.chained_action
def datastore_records_delete(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Rows of a dataset's table come from its published version only."""
    _refuse_rows(data_dict)
    return next_action(context, data_dict)


def _refuse_public(data_dict: DataDict, published: Version | None) -> None:
    if published is None and not tk.asbool(data_dict["private"]):
        raise tk.ValidationError(
            {
                "private": [
                    tk._("Only a version that has passed the gate makes it public")
                ]
            }
        )


def _refuse_rows(data_dict: DataDict) -> None:
    resource = model.Resource.get(data_dict.get("resource_id") or "")
    if resource and resource.package.type == "dataset":
        raise tk.NotAuthorized(
            tk._("Rows change only by a new version: use gpo_quality_version_submit")
        )
