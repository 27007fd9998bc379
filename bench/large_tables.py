"""Tables of millions of rows within minutes: copies of a published row, made in the database.

Copies differ in their keys, and in every column that holds numbers, days or words of a
list; files and the report stay those of the one row.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.datastore.backend import postgres as backend
from ckanext.gpo.common.tables import Table

from bench import site

DAYS = 3_650
NUMBERS = 100_000


def grow(table: Table, count: int) -> None:
    """Copy the first row of a published table until there are that many.

    Indexes are built anew at the end, as a publication does.
    """
    record = tk.get_action("package_show")(site.as_site(), {"id": table.dataset_name})
    resource_id = record["resources"][0]["id"]
    name = backend.identifier(resource_id)
    columns = ", ".join(backend.identifier(field["name"]) for field in table.fields)
    values = ", ".join(_value(field, table.primary_key) for field in table.fields)
    with backend.get_write_engine().begin() as connection:
        indexes = _indexes(connection, resource_id)
        for index, _ in indexes:
            connection.execute(sa.text(f"DROP INDEX {backend.identifier(index)}"))
        connection.execute(sa.text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        connection.execute(
            sa.text(
                f"INSERT INTO {name} ({columns}) SELECT {values}"
                f" FROM (SELECT * FROM {name} LIMIT 1) original"
                " CROSS JOIN generate_series(1, :last) serial"
            ),
            {"last": count - 1},
        )
        connection.execute(sa.text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        connection.execute(sa.text("SET LOCAL maintenance_work_mem = '1GB'"))
        for _, definition in indexes:
            connection.execute(sa.text(definition))
        connection.execute(sa.text(f"ANALYZE {name}"))
        connection.execute(sa.text("DELETE FROM _table_stats"))
    model.Session.execute(
        sa.text(
            "UPDATE gpo_quality_version SET row_count = :count"
            " WHERE package_id = :id AND state = 'published'"
        ),
        {"count": count, "id": record["id"]},
    )
    model.Session.commit()


def _indexes(connection: sa.Connection, resource_id: str) -> list[tuple[str, str]]:
    """The name and statement of each index but that of the row's number."""
    answer = connection.execute(
        sa.text(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = :name AND indexname NOT LIKE '%_pkey'"
        ),
        {"name": resource_id},
    )
    return [(index, definition.replace(":", r"\:")) for index, definition in answer]


def _value(field: dict[str, Any], key: tuple[str, ...]) -> str:
    column = f"original.{backend.identifier(field['name'])}"
    words = field.get("constraints", {}).get("enum")
    if field["name"] in key:
        return f"{column} || '-' || serial"
    if words:
        listed = ", ".join(backend.literal_string(str(word)) for word in words)
        return f"(ARRAY[{listed}])[1 + serial % {len(words)}]"
    if field["type"] == "date":
        return f"{column} - serial % {DAYS}"
    if field["type"] in ("integer", "number"):
        return f"serial % {NUMBERS}"
    return column
