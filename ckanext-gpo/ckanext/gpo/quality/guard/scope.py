"""Which datasets the gate holds, and what of a dataset is the gate's to say."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, table_of_dataset

TYPE = "dataset"
"""The package type whose rows and files come from passed versions only."""

WRITTEN_BY_PEOPLE = frozenset({"name", "description"})
"""Fields of the table's resource that describe it; all others are the platform's."""

FROM_DATA_PACKAGE = frozenset({"format", "info_items"})
"""Fields that the catalogue takes over from the Data Package, which may have changed."""

IGNORED_BY_CKAN = frozenset({"package_id", "position", "state", "revision_timestamp"})

_BLANK: tuple[Any, ...] = (None, "", {}, [])


def table_of(name: Any) -> Table | None:
    """The table whose dataset has this name, if a Data Package describes one."""
    try:
        return table_of_dataset(name)
    except UnknownTable:
        return None


def package_of_resource(resource_id: Any) -> model.Package | None:
    resource = model.Resource.get(resource_id) if isinstance(resource_id, str) else None
    return resource.package if resource else None


def holds(package: model.Package | None) -> bool:
    return package is not None and package.type == TYPE


def address(of: Table) -> str:
    """Where the table's file is downloaded, from the first day on."""
    return tk.url_for(
        "gpo_dataapi.download",
        dataset=of.dataset_name,
        filename=f"{of.dataset_name}.csv",
        qualified=True,
        locale="default",
    )


def keep(
    resource: dict[str, Any],
    stored: dict[str, Any],
    built: dict[str, Any],
    free: frozenset[str],
) -> list[str]:
    """Fill in what a caller left out, and name the fields that he must not change.

    :param resource: the resource as the caller wants it; gets what is stored
    :param stored: the resource as `package_show` tells it; empty for a new one
    :param built: what the published version says, see `record.statements`, or that
        there is none
    :param free: names of fields that this caller may change
    """
    refused = []
    for name in sorted((resource.keys() | stored.keys()) - free - IGNORED_BY_CKAN):
        value = resource.get(name)
        if name in built and _same(value, built[name]):
            continue
        if _is_blank(value):
            resource.pop(name, None)
            if name in stored:
                resource[name] = stored[name]
        elif not _same(value, stored.get(name)):
            refused.append(name)
    return refused


def _is_blank(value: Any) -> bool:
    # An upload field that was left empty is a file without a name, which is false.
    return value in _BLANK or (hasattr(value, "filename") and not value)


def _same(value: Any, known: Any) -> bool:
    return value == known or (
        not isinstance(known, (dict, list)) and str(value) == str(known)
    )
