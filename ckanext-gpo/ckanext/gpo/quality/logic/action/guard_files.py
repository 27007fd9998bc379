"""Files and views that would stand beside a dataset's own, held away from it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.common.guards import guards
from ckanext.gpo.quality.guard import scope
from ckanext.gpo.quality.publication import storage


@guards(check_access=False)
def file_create(context: Context, data_dict: DataDict) -> None:
    """Candidates and download files are nobody's but the gate's.

    Registered by hand, a rejected candidate could be handed out, or a published file be
    removed.
    """
    if data_dict.get("storage") == storage.STORAGE:
        _refuse()


file_register = file_create


@guards(check_access=False)
def file_ownership_transfer(context: Context, data_dict: DataDict) -> None:
    """A dataset owns no other files than those of its versions."""
    id_ = data_dict.get("owner_id")
    owner = {
        "package": lambda: scope.get_package(id_),
        "resource": lambda: scope.find_package(id_),
    }.get(str(data_dict.get("owner_type")))
    if owner and scope.holds(owner()):
        _refuse()


@guards(check_access=False)
def resource_view_create(context: Context, data_dict: DataDict) -> None:
    """A view could show a page from elsewhere in the place of the table."""
    if scope.holds(scope.find_package(data_dict.get("resource_id"))):
        _refuse_views()


@guards(check_access=False)
def resource_view_update(context: Context, data_dict: DataDict) -> None:
    """As `resource_view_create`."""
    id_ = data_dict.get("id")
    view = model.ResourceView.get(id_) if isinstance(id_, str) else None
    if view and scope.holds(scope.find_package(view.resource_id)):
        _refuse_views()


@tk.chained_action
def resource_create_default_resource_views(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """None for a dataset's table, whatever `ckan.views.default_views` says."""
    resource = data_dict.get("resource")
    id_ = resource.get("id") if isinstance(resource, dict) else None
    if scope.holds(scope.find_package(id_)):
        tk.check_access("resource_create_default_resource_views", context, data_dict)
        return []
    return next_action(context, data_dict)


@tk.chained_action
def package_create_default_resource_views(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """As `resource_create_default_resource_views`."""
    dataset = data_dict.get("package")
    id_ = dataset.get("id") if isinstance(dataset, dict) else None
    if scope.holds(scope.get_package(id_)):
        tk.check_access("package_create_default_resource_views", context, data_dict)
        return []
    return next_action(context, data_dict)


def _refuse() -> None:
    raise tk.NotAuthorized(
        tk._(
            "The files of a dataset and what it says of them come from its versions "
            "only: use gpo_quality_version_submit"
        )
    )


def _refuse_views() -> None:
    raise tk.NotAuthorized(
        tk._("The portal previews the table itself; a dataset has no other views")
    )
