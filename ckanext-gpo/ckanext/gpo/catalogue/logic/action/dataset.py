"""Datasets of the tables; and CKAN's actions past `package_show` that hand out their fields."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Action, Context, DataDict

from ckanext.gpo.catalogue import intranet, seed, visibility
from ckanext.gpo.catalogue.logic import schema
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import table


@tk.validate_action_data(schema.dataset_ensure)
def gpo_catalogue_dataset_ensure(
    context: Context, data_dict: DataDict
) -> dict[str, Any]:
    """Make a table's dataset record, or bring it up to date with its Data Package.

    A new record is private, with the table as its one resource. What the gate wrote
    (visibility, downloads, rows) stays.

    :param table_ref: the table, `<domain>/<table>`
    :type table_ref: string

    :returns: `{id, name, change}`; `change` is created, updated or unchanged
    :raises NotFound: no Data Package describes the table
    """
    tk.check_access("gpo_catalogue_dataset_ensure", context, data_dict)
    try:
        described = table(data_dict["table_ref"])
    except UnknownTable as err:
        raise tk.ObjectNotFound(tk._("Table not found")) from err
    return seed.ensure_dataset(context, described)


@tk.chained_action
def activity_create(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Keep the intranet's fields out of the activity stream, which everybody reads."""
    data = data_dict.get("data")
    if isinstance(data, dict) and isinstance(data.get("package"), dict):
        intranet.remove(data["package"])
    return original_action(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def dataset_followee_list(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """Followed datasets come straight from the database; show them as anywhere else."""
    reader = tk.fresh_context(context)
    datasets = original_action(context, data_dict)
    for dataset in datasets:
        visibility.for_reader(reader, dataset)
    return datasets


@tk.chained_action
@tk.side_effect_free
def followee_list(
    original_action: Action, context: Context, data_dict: DataDict
) -> Any:
    """The same datasets among everything that a user follows."""
    reader = tk.fresh_context(context)  # core's action sets ignore_auth in the other
    followed = original_action(context, data_dict)
    for entry in followed:
        if entry["type"] == "dataset":
            visibility.for_reader(reader, entry["dict"])
    return followed
