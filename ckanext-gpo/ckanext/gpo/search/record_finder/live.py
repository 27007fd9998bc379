"""The tables that are in the DataStore now, and rows of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.types import Context

from ckanext.datastore.backend import postgres as backend
from ckanext.datastore.filters import MAX_FILTER_OPS_NUM
from ckanext.gpo.common.tables import Table, tables
from ckanext.gpo.search.records import (
    Record,
    TableState,
    searched_columns,
    subject_columns,
)

PAGE = 32_000
"""Rows in one answer of the DataStore, the most that CKAN gives by default."""

Key = list[Any]
"""The values of the primary key of a record, in its order."""


@dataclass(frozen=True)
class LiveTable:
    """A table of a Data Package with rows in the DataStore, and the dataset that holds it."""

    table: Table
    package: model.Package
    state: TableState

    @property
    def id(self) -> str:
        return self.state.table

    @property
    def needed(self) -> list[str]:
        """The columns that a record is found, named and addressed by."""
        subjects = subject_columns(self.table)
        names = [
            *self.table.primary_key,
            *(column.name for column in self.state.columns),
            *(subject.code for subject in subjects),
            *(subject.name for subject in subjects if subject.name),
        ]
        return list(dict.fromkeys(names))


def live_tables() -> list[LiveTable]:
    """Tables with a primary key and something to search, in the order of the Data Packages."""
    described = {
        table.dataset_name: table
        for table in tables().values()
        if table.primary_key and searched_columns(table)
    }
    packages = model.Session.scalars(
        sa.select(model.Package)
        .where(
            model.Package.name.in_(described),
            model.Package.state == model.State.ACTIVE,
        )
        .options(selectinload(model.Package.resources_all))
    )
    by_name = {package.name: package for package in packages if package.resources}
    marks = table_marks([package.resources[0].id for package in by_name.values()])
    return [
        LiveTable(
            described[name],
            package,
            TableState(id_, marks[id_], tuple(searched_columns(described[name]))),
        )
        for name in described
        if (package := by_name.get(name)) and (id_ := package.resources[0].id) in marks
    ]


def table_marks(ids: Sequence[str]) -> dict[str, str]:
    """Id of each resource that has rows → what changes whenever its rows are replaced.

    A publication renames a table that was filled beside the old one, so that the number
    that PostgreSQL knows it by is another one.
    """
    if not ids:  # a site without tables may be one without the DataStore
        return {}
    statement = sa.text(
        "SELECT relname, oid::text FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname = ANY(:ids)"
    )
    with backend.get_read_engine().connect() as connection:
        rows = connection.execute(statement, {"ids": list(ids)})
        return {str(name): str(oid) for name, oid in rows}


def read_records(live: LiveTable) -> Iterator[Record]:
    """All records of a table, for its index."""
    columns = [column.name for column in live.state.columns]
    width = len(live.table.primary_key)
    last = 0
    while True:
        answer = tk.get_action("datastore_search")(
            Context(ignore_auth=True),
            {
                "resource_id": live.id,
                "fields": ["_id", *live.table.primary_key, *columns],
                "filters": {"_id": {"gt": last}},
                "sort": "_id",
                "limit": PAGE,
                "include_total": False,
                "records_format": "lists",
            },
        )
        rows = answer["records"]
        if not rows:
            return
        for number, *values in rows:
            key = json.dumps(values[:width], ensure_ascii=False)
            yield key.encode(), values[width:]
            last = number


def read_rows(
    context: Context, live: LiveTable, keys: Sequence[bytes]
) -> list[dict[str, Any]]:
    """The rows that have these keys now and that the reader may see."""
    rows: list[dict[str, Any]] = []
    try:
        for filters in _key_filters(live.table, [json.loads(key) for key in keys]):
            answer = tk.get_action("datastore_search")(
                tk.fresh_context(context),
                {
                    "resource_id": live.id,
                    "fields": live.needed,
                    "filters": filters,
                    "limit": len(keys),
                    "include_total": False,
                },
            )
            rows += answer["records"]
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return []
    return rows


def _key_filters(table: Table, keys: list[Key]) -> Iterator[dict[str, Any]]:
    """Filters for rows with these keys, each with as many as CKAN takes at once."""
    names = table.primary_key
    if len(names) == 1:
        if keys:
            yield {names[0]: [key[0] for key in keys]}
        return
    # each key is a condition of its own beside those of its fields
    size = (MAX_FILTER_OPS_NUM - 1) // (len(names) + 1)
    for start in range(0, len(keys), size):
        some = keys[start : start + size]
        yield {"$or": [dict(zip(names, key, strict=True)) for key in some]}
