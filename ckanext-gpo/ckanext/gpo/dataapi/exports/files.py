"""Rows as files that cannot be written from front to end: workbook, Parquet, Data Package."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from ckanext.gpo.common.duck import literal
from ckanext.gpo.common.types import Translate

from . import cells, workbook
from .rows import Export

Description = Mapping[str, Any]
"""What a Data Package says of itself beside its table: `name`, `title`, `homepage`, …"""


def build(export: Export, form: str, description: Description, _: Translate) -> Path:
    """Write the rows into a file of the export's folder.

    :param form: `xlsx`, `parquet` or `zip`
    :raises QueryError: `too-many-rows` for a workbook
    """
    path = export.folder / f"rows.{form}"
    if form == "xlsx":
        workbook.write(export, path, _)
    else:
        _BUILDERS[form](export, path, description)
    return path


def _parquet(export: Export, path: Path, description: Description) -> None:
    described = {
        "title": export.table.title,
        "titles": json.dumps(
            {column.name: column.descriptor["title"] for column in export.columns},
            ensure_ascii=False,
        ),
        "schema": json.dumps(_schema(export), ensure_ascii=False),
    }
    pairs = ", ".join(f"{name}: {literal(text)}" for name, text in described.items())
    export.connection.execute(
        f"COPY ({export.select(*(column.sql for column in export.columns))})"
        f" TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd,"
        f" KV_METADATA {{{pairs}}})",
        export.values,
    )


def _package(export: Export, path: Path, description: Description) -> None:
    """The rows as CSV with the names of fields, and what describes them, in one zip.

    The CSV is for programs: no cell of it is marked, see `common/formulas`.
    """
    data = path.with_suffix(".csv")
    columns = ", ".join(f"{cells.plain(c)} AS {c.sql}" for c in export.columns)
    export.connection.execute(
        f"COPY ({export.select(columns)}) TO {literal(str(data))} (FORMAT csv, HEADER)",
        export.values,
    )
    with data.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    name = export.table.dataset_name
    resource = {
        "profile": "tabular-data-resource",
        "name": name,
        "title": export.table.title,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": data.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": _schema(export),
    }
    descriptor = {
        "profile": "data-package",
        "name": name,
        "title": export.table.title,
        "description": export.table.description,
        **description,
        "resources": [resource],
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        package.writestr("datapackage.json", text + "\n")
        package.write(data, f"{name}.csv")
    data.unlink()


def _schema(export: Export) -> dict[str, Any]:
    """The Table Schema that the version was published with, less what is not written."""
    answer = export.connection.execute(
        "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'schema'",
        [str(export.path)],
    ).fetchall()
    schema: dict[str, Any] = (
        json.loads(answer[0][0]) if answer else {"fields": export.table.fields}
    )
    names = {column.name for column in export.columns}
    by_name = {field["name"]: field for field in schema["fields"]}
    schema["fields"] = [by_name[c.name] for c in export.columns if c.name in by_name]
    key = schema.get("primaryKey", [])
    if not names.issuperset([key] if isinstance(key, str) else key):
        del schema["primaryKey"]
    for about_others in ("foreignKeys", "uniqueKeys"):
        schema.pop(about_others, None)
    return schema


_BUILDERS: Final[Mapping[str, Callable[[Export, Path, Description], None]]] = {
    "parquet": _parquet,
    "zip": _package,
}
