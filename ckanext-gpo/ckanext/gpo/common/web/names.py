"""Names of domains, departments and datasets in the reader's language.

Actions answer with the Chinese title that stands in the database; the English one is in
dataset_schemas/. A name that is not found there stays as it was given.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ckanext.gpo.common import labels
from ckanext.gpo.common.errors import UnknownTable
from ckanext.gpo.common.tables import dataset_table, read_yaml, table


@cache
def _departments() -> dict[str, dict[str, Any]]:
    """By short name and by Chinese title: some answers hold one, some the other."""
    departments = read_yaml("departments.yaml")
    return {d["name"]: d for d in departments} | {d["title"]: d for d in departments}


@cache
def _domains() -> dict[str, dict[str, Any]]:
    return {d["name"]: d for d in read_yaml("domains.yaml")["domains"]}


def department(name: str, english: bool, otherwise: str = "") -> str:
    """Title of a department, by its short name or its Chinese title."""
    return _title(_departments().get(name), english) or otherwise or name


def domain(name: str, english: bool, otherwise: str = "") -> str:
    """Title of a domain."""
    return _title(_domains().get(name), english) or otherwise or name


def dataset(name: str, english: bool, otherwise: str) -> str:
    """Title of a dataset; in Chinese as the catalogue has it."""
    if not english:
        return otherwise
    try:
        return dataset_table(name).descriptor.get("title_en") or otherwise
    except UnknownTable:
        return otherwise


def column(table_ref: str, name: str, english: bool, otherwise: str) -> str:
    """Title of a column of a table."""
    try:
        fields = table(table_ref).fields
    except UnknownTable:
        return otherwise
    return _title(next((f for f in fields if f["name"] == name), None), english) or (
        otherwise
    )


def _title(entry: dict[str, Any] | None, english: bool) -> str:
    if not entry:
        return ""
    return labels.title(entry, english)
