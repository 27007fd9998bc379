"""The DataStore's actions: rows come from the published version, and go with it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context, DataDict

from ckanext.gpo.common.guards import guards
from ckanext.gpo.quality.guard import scope
from ckanext.gpo.quality.publication import datastore


def _hold_rows(context: Context, data_dict: DataDict) -> None:
    """Rows of a dataset's table come from its published version only.

    A table that belongs to no resource is a version that is being published.
    """
    if any(package is None or scope.holds(package) for package in _targets(data_dict)):
        _refuse()


@guards(check_access=False)
def datastore_create(context: Context, data_dict: DataDict) -> None:
    """As the others; CKAN's page of the data dictionary knows no other refusal."""
    try:
        _hold_rows(context, data_dict)
    except tk.NotAuthorized as err:
        raise tk.ValidationError({"fields": [{"id": [str(err)]}]}) from err


datastore_upsert = datastore_delete = datastore_records_delete = guards(
    check_access=False
)(_hold_rows)


@guards(check_access=False)
def datastore_function_create(context: Context, data_dict: DataDict) -> None:
    """Code that runs inside the DataStore could change rows while they are loaded."""
    _refuse()


datastore_function_delete = datastore_run_triggers = datastore_function_create


@tk.side_effect_free
@guards(check_access=False)
def datastore_info(context: Context, data_dict: DataDict) -> None:
    """What a dataset's table is, as long as the dataset is there."""
    _require_dataset(context, data_dict)


@tk.side_effect_free
@guards(check_access=False)
def datastore_search(context: Context, data_dict: DataDict) -> None:
    """Rows of a dataset's table; PostgreSQL's language for words only where they are kept."""
    _require_dataset(context, data_dict)
    _require_words(context, data_dict)


def _require_dataset(context: Context, data_dict: DataDict) -> None:
    """Rows are read by the id of a dataset's table, as long as the dataset is there.

    Everything else in the database (versions being published, the list of all tables,
    what a deleted dataset leaves) is not found, by nobody; the table of a dataset that
    the caller may not see, by the caller.
    """
    for name in ("id", "resource_id"):
        package = scope.find_package(data_dict.get(name))
        if data_dict.get(name) and (
            package is None
            or package.state != model.State.ACTIVE
            or not _sees(context, package)
        ):
            raise tk.ObjectNotFound(tk._("There is no table of this id"))


def _sees(context: Context, package: model.Package) -> bool:
    try:
        tk.check_access("package_show", tk.fresh_context(context), {"id": package.id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True


def _require_words(context: Context, data_dict: DataDict) -> None:
    resource_id = data_dict.get("resource_id") or data_dict.get("id")
    parameter = next((name for name in ("q", "full_text") if data_dict.get(name)), None)
    if not parameter or not resource_id or _is_plain(context, data_dict):
        return
    if datastore.has_full_text(resource_id):
        return
    # who may not read the table learns nothing of it
    tk.check_access("datastore_search", context, {"resource_id": resource_id})
    message = tk._(
        "This table is too large to look for a word in whole rows:"
        " use filters, or download the file"
    )
    raise tk.ValidationError({parameter: [message]})


def _is_plain(context: Context, data_dict: DataDict) -> bool:
    """Whether words are parts of texts, which need not be kept.

    Else they are in PostgreSQL's own language for words, which knows whole ones only.
    """
    plain = data_dict.get("plain")
    read: Any = tk.get_validator("boolean_validator")
    return plain in (None, "") or read(plain, context)


def _targets(data_dict: DataDict) -> list[model.Package | None]:
    """The datasets that a call would write to; None for what is no dataset's table."""
    resource = data_dict.get("resource")
    if resource:
        id_ = resource.get("package_id") if isinstance(resource, dict) else None
        return [scope.get_package(id_)]
    named = [data_dict[name] for name in ("id", "resource_id") if data_dict.get(name)]
    return [scope.find_package(name) for name in named]


def _refuse() -> None:
    raise tk.NotAuthorized(
        tk._("Rows change only by a new version: use gpo_quality_version_submit")
    )
