"""CKAN's own package actions: records of apps are written by the registry alone.

They are the same for everybody, sysadmins and `ignore_auth` too: what readers see of an
app has been reviewed. Patching and revising end in `package_update`.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.apps.publication import PERMIT, TYPE
from ckanext.gpo.common.guards import guards


@guards(check_access=True)
def package_create(context: Context, data_dict: DataDict) -> None:
    """An app is registered, see `gpo_apps_registration_create`."""
    if data_dict.get("type") == TYPE:
        _refuse(context)


@guards(check_access=False)
def package_update(context: Context, data_dict: DataDict) -> None:
    """What is public of an app changes by a review; nothing else becomes an app."""
    package = _package(data_dict.get("id") or data_dict.get("name"))
    if package and (package.type == TYPE or data_dict.get("type") == TYPE):
        tk.check_access("package_update", context, {**data_dict, "id": package.id})
        _refuse(context)


@guards(check_access=True)
def package_delete(context: Context, data_dict: DataDict) -> None:
    """An app is taken back, see `gpo_apps_app_unpublish`."""
    _hold(context, data_dict)


@guards(check_access=True)
def dataset_purge(context: Context, data_dict: DataDict) -> None:
    """The record of an app stays: it is where links to it end."""
    _hold(context, data_dict)


def _hold(context: Context, data_dict: DataDict) -> None:
    package = _package(data_dict.get("id"))
    if package and package.type == TYPE:
        _refuse(context)


def _refuse(context: Context) -> None:
    if not context.get(PERMIT):
        raise tk.NotAuthorized(
            tk._(
                "Apps are registered and reviewed; their records are not changed by hand"
            )
        )


def _package(id_: Any) -> model.Package | None:
    return model.Package.get(id_) if isinstance(id_, str) else None
