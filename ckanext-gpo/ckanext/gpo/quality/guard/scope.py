"""Which datasets the gate holds."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table

TYPE = "dataset"
"""The package type whose rows and files come from passed versions only."""


def find_table(name: Any) -> Table | None:
    """The table whose dataset has this name, if a Data Package describes one."""
    try:
        return dataset_table(name)
    except UnknownTable:
        return None


def get_package(id_: Any) -> model.Package | None:
    """The dataset of a name or id as a caller gives it, which may be anything."""
    return model.Package.get(id_) if isinstance(id_, str) else None


def find_package(resource_id: Any) -> model.Package | None:
    """The dataset of a resource."""
    resource = model.Resource.get(resource_id) if isinstance(resource_id, str) else None
    return resource.package if resource else None


def holds(package: model.Package | None) -> bool:
    return package is not None and package.type == TYPE
