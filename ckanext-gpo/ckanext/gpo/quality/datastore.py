"""Rows of versions in the DataStore: loaded beside, then swapped in at one stroke.

CKAN's own `datastore_create` fills a table row by row while readers look on, so this
module uses the functions underneath it: the same table, comments, triggers and indexes,
but filled by COPY under the version's id and renamed to the resource's id once the
publication is certain.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ckan.types import Context

from ckanext.datastore.backend import postgres as backend
from ckanext.gpo.common.tables import ForeignKey, Table

COLUMN_TYPES = {
    "integer": "int8",
    "year": "int4",
    "number": "numeric",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
}
"""Table Schema type → PostgreSQL type; every other type is text."""


def fields(table: Table) -> list[dict[str, Any]]:
    """The table's fields as the DataStore's data dictionary takes them."""
    return [
        {
            "id": field["name"],
            "type": COLUMN_TYPES.get(field["type"], "text"),
            "info": {
                "label": field["title"],
                "label_en": field.get("title_en", ""),
                "notes": field.get("description", ""),
                "unit": field.get("unit", ""),
            },
        }
        for field in table.fields
    ]


def stage(version_id: str, table: Table, spool: Path) -> int:
    """Load the spooled rows under the version's id, in one transaction.

    :returns: the number of rows
    """
    keys = [list(key.fields) for key in table.foreign_keys]
    description: dict[str, Any] = {
        "resource_id": version_id,
        "fields": fields(table),
        "primary_key": list(table.primary_key),
        "indexes": [",".join(names) for names in keys if len(names) == 1],
    }
    with backend.get_write_engine().begin() as connection:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {_quoted(version_id)}"))
        context = Context(connection=connection)
        backend.create_table(context, description, {})
        backend._create_fulltext_trigger(connection, version_id)
        rows = _copy(connection, version_id, table, spool)
        backend.create_indexes(context, description)
    return rows


def is_staged(version_id: str) -> bool:
    return exists(version_id)


def exists(name: str) -> bool:
    """Whether there are rows under the id of a resource, or staged ones of a version."""
    with backend.get_read_engine().connect() as connection:
        return sa.inspect(connection).has_table(name)


def names() -> list[str]:
    """The ids under which there are rows: of resources, and of versions staged."""
    with backend.get_read_engine().connect() as connection:
        return sa.inspect(connection).get_table_names()


def drop(name: str) -> None:
    with backend.get_write_engine().begin() as connection:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {_quoted(name)}"))


def swap(version_id: str, resource_id: str) -> None:
    """Let the staged rows take the place of the resource's rows, in one transaction."""
    with backend.get_write_engine().begin() as connection:
        connection.execute(
            sa.text(f"DROP TABLE IF EXISTS {_quoted(resource_id)} CASCADE")
        )
        connection.execute(
            sa.text(
                f"ALTER TABLE {_quoted(version_id)} RENAME TO {_quoted(resource_id)}"
            )
        )
        connection.execute(
            sa.text("DELETE FROM _table_stats WHERE resource_id = :id"),
            {"id": resource_id},
        )


def keys(resource_id: str, key: ForeignKey) -> frozenset[tuple[Any, ...]]:
    """All values that the referred columns of a published table have."""
    columns = ", ".join(_quoted(name) for name in key.reference_fields)
    with backend.get_read_engine().connect() as connection:
        rows = connection.execute(
            sa.text(f"SELECT DISTINCT {columns} FROM {_quoted(resource_id)}")  # noqa: S608 - quoted
        )
        return frozenset(tuple(row) for row in rows)


def _copy(connection: sa.Connection, name: str, table: Table, spool: Path) -> int:
    columns = ", ".join(_quoted(field["name"]) for field in table.fields)
    cursor = connection.connection.cursor()
    with spool.open(encoding="utf-8", newline="") as source:
        cursor.copy_expert(
            f"COPY {_quoted(name)} ({columns}) FROM STDIN WITH (FORMAT csv, HEADER)",
            source,
        )
    return cursor.rowcount


def _quoted(name: str) -> str:
    return backend.identifier(name)
