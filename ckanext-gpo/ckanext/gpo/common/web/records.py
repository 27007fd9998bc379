"""Addresses of records. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import Table, dataset_table

VERSION = "version"
"""The parameter that names an earlier version, unless a table's key has a field of that name."""


def record_key(table: Table, record: Mapping[str, Any]) -> dict[str, str]:
    """The primary key of a record as an address has it; empty if the record lacks part of it."""
    key = {name: record.get(name) for name in table.primary_key}
    if None in key.values():
        return {}
    return {name: str(value) for name, value in key.items()}


def record_query(
    dataset_name: str, record: Mapping[str, Any], version: int | None = None
) -> str:
    """The query string of a record's page; empty for what has no such page.

    :param record: its primary key at least
    :param version: number of the version that is cited
    """
    try:
        table = dataset_table(dataset_name)
    except UnknownTable:
        return ""
    key = record_key(table, record)
    if key and version is not None:
        key = {VERSION: str(version), **key}
    return urlencode(key)
