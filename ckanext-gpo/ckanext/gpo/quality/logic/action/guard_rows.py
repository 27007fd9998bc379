"""The DataStore's actions: rows come from the published version, and go with it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Action, Context, DataDict

from ckanext.gpo.quality import gated


@tk.chained_action
def _rows_come_from_versions(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Rows of a dataset's table come from its published version only.

    A table that belongs to no resource is a version that is being published.
    """
    if any(package is None or gated.holds(package) for package in _targets(data_dict)):
        _refuse()
    return next_action(context, data_dict)


@tk.chained_action
def datastore_create(
    next_action: Action, context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """As the others; CKAN's page of the data dictionary knows no other refusal."""
    try:
        return _rows_come_from_versions(next_action, context, data_dict)
    except tk.NotAuthorized as err:
        raise tk.ValidationError({"fields": [{"id": [str(err)]}]}) from err


datastore_upsert = _rows_come_from_versions
datastore_delete = _rows_come_from_versions
datastore_records_delete = _rows_come_from_versions


@tk.chained_action
def _no_triggers(next_action: Action, context: Context, data_dict: DataDict) -> Any:
    """Code that runs inside the DataStore could change rows while they are loaded."""
    _refuse()


datastore_function_create = _no_triggers
datastore_function_delete = _no_triggers
datastore_run_triggers = _no_triggers


@tk.chained_action
@tk.side_effect_free
def _rows_of_datasets(
    next_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Rows are read by the id of a dataset's table, as long as the dataset is there.

    Everything else in the database (versions being published, the list of all tables,
    what a deleted dataset leaves) is not found, by nobody.
    """
    for name in ("id", "resource_id"):
        package = gated.package_of_resource(data_dict.get(name))
        if data_dict.get(name) and (
            package is None or package.state != model.State.ACTIVE
        ):
            raise tk.ObjectNotFound(tk._("There is no table of this id"))
    return next_action(context, data_dict)


datastore_search = _rows_of_datasets
datastore_info = _rows_of_datasets


def _targets(data_dict: DataDict) -> list[model.Package | None]:
    """The datasets that a call would write to; None for what is no dataset's table."""
    made = data_dict.get("resource")
    if made:
        id_ = made.get("package_id") if isinstance(made, dict) else None
        return [model.Package.get(id_) if isinstance(id_, str) else None]
    named = [data_dict[name] for name in ("id", "resource_id") if data_dict.get(name)]
    return [gated.package_of_resource(name) for name in named]


def _refuse() -> None:
    raise tk.NotAuthorized(
        tk._("Rows change only by a new version: use gpo_quality_version_submit")
    )
