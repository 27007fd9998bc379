"""Tables of millions of rows within minutes: copies of a published row, made in the database.

Copies differ in their keys, and in every column but codes. `write_files` brings the download
files in line; the report stays that of the one row.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import files

from ckanext.datastore.backend import postgres as backend
from ckanext.gpo.common import row_texts
from ckanext.gpo.common.columns import column_type
from ckanext.gpo.common.duck import identifier, literal
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.model import Version
from ckanext.gpo.quality.publication.storage import STORAGE

from bench import site

DAYS = 3_650
NUMBERS = 100_000
TEXTS = 9_973


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
                " CROSS JOIN generate_series(1, CAST(:last AS bigint)) serial"
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


def write_files(table: Table) -> None:
    """Write the Parquet and the CSV file of a grown table anew, and its texts."""
    record = tk.get_action("package_show")(site.as_site(), {"id": table.dataset_name})
    version = model.Session.scalars(
        sa.select(Version).where(
            Version.package_id == record["id"], Version.state == "published"
        )
    ).one()
    listed = dict(version.files or {})
    storage = files.get_storage(STORAGE)
    paths = {
        kind: Path(storage.full_path(files.Location(listed[kind]["location"])))
        for kind in ("parquet", "csv")
    }
    with tempfile.TemporaryDirectory(prefix="gpo-bench-", dir="/var/tmp") as folder:
        rows = Path(folder) / "rows.csv"
        _copy(record["resources"][0]["id"], table, rows)
        with duckdb.connect(config={"memory_limit": "2GB"}) as connection:
            original = f"SELECT * FROM {literal(str(paths['parquet']))}"
            types = ", ".join(
                f"{literal(column)}: {literal(kind)}"
                for column, kind, *_ in connection.execute(
                    f"DESCRIBE {original}"
                ).fetchall()
            )
            names = ", ".join(
                f"{identifier(field['name'])} AS {identifier(field['title'])}"
                for field in table.fields
            )
            new = Path(folder) / "rows.parquet"
            connection.execute(
                f"COPY (FROM read_csv({literal(str(rows))}, columns = {{{types}}}))"
                f" TO {literal(str(new))} (FORMAT parquet, COMPRESSION zstd)"
            )
            new.replace(paths["parquet"])
            row_texts.write(
                connection,
                literal(str(paths["parquet"])),
                {
                    field["name"]: identifier(field["name"])
                    for field in table.fields
                    if column_type(field) == "text"
                },
                row_texts.texts_path(paths["parquet"]),
            )
            connection.execute(
                f"COPY (SELECT {names} FROM {literal(str(paths['parquet']))})"
                f" TO {literal(str(paths['csv']))} (FORMAT csv)"
            )
    for kind, path in paths.items():
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        listed[kind] = listed[kind] | {"size": path.stat().st_size, "sha256": digest}
    version.files = listed
    model.Session.commit()


def _copy(resource_id: str, table: Table, path: Path) -> None:
    columns = ", ".join(backend.identifier(field["name"]) for field in table.fields)
    statement = (
        f"COPY (SELECT {columns} FROM {backend.identifier(resource_id)} ORDER BY _id)"
        " TO STDOUT (FORMAT csv, HEADER)"
    )
    connection = backend.get_read_engine().raw_connection()
    try:
        with path.open("wb") as target:
            connection.cursor().copy_expert(statement, target)
    finally:
        connection.close()


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
        return f"{column} - CAST(serial % {DAYS} AS int)"
    if field["type"] in ("integer", "number"):
        return f"serial % {NUMBERS}"
    if field["type"] == "string" and not _is_code(field):
        return f"{column} || (serial * 7919 % {TEXTS})"
    return column


def _is_code(field: dict[str, Any]) -> bool:
    constraints = field.get("constraints", {})
    return "gpo:check" in field or "pattern" in constraints or "format" in field
