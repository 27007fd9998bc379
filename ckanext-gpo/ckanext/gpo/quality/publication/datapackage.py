"""The Data Package: the rows with the description that a program needs to read them.

https://specs.frictionlessdata.io/data-package/. The rows lie in it in their canonical
form (see `engine.rows`), so its schema is the table's less how the department wrote.
"""

from __future__ import annotations

import copy
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.tables import Table

from .rowstore import RowStore

AS_WRITTEN = (
    "decimalChar",
    "groupChar",
    "bareNumber",
    "trueValues",
    "falseValues",
    "missingValues",
)
"""How a department writes its cells; ours are written in one way."""

WRITTEN_BY_DEFAULT = frozenset({"date", "time", "datetime", "geopoint", "geojson"})
"""Types whose `format` tells how the department wrote."""


@dataclass(frozen=True)
class Origin:
    """What the dataset says of a version beside the table's own words."""

    publisher: str
    address: str
    """Where the dataset is on the portal."""
    version: int
    created: str
    """ISO 8601 with its zone."""
    license: dict[str, str]
    """`{name, title, path}`, as far as they are known."""


def write(table: Table, rows: RowStore, path: Path, origin: Origin) -> None:
    """Write `datapackage.json`, the rows as CSV and a README into one zip."""
    data = path.with_suffix(".data.csv")
    columns = ", ".join(f"{c.key} AS {identifier(c.name)}" for c in rows.columns)
    rows.cursor().execute(
        f"COPY (SELECT {columns} FROM rows) TO $path (FORMAT csv, HEADER)",  # noqa: S608
        {"path": str(data)},
    )
    descriptor = _descriptor(table, rows.count, data, origin)
    with zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED, compresslevel=3, strict_timestamps=False
    ) as package:
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        package.writestr("datapackage.json", text + "\n")
        package.write(data, descriptor["resources"][0]["path"])
        package.writestr("README.txt", _readme(descriptor, table, origin))
    data.unlink()


def schema(table: Table) -> dict[str, Any]:
    """The Table Schema of the rows as they are published.

    Keys into other packages are kept beside it (`gpo:foreignKeys`): a reader has this
    package only, and could not check them.
    """
    described = copy.deepcopy(table.schema)
    described.pop("missingValues", None)
    if keys := described.pop("foreignKeys", None):
        described["gpo:foreignKeys"] = keys
    for field in described["fields"]:
        for name in AS_WRITTEN:
            field.pop(name, None)
        if field["type"] in WRITTEN_BY_DEFAULT:
            field.pop("format", None)
        if field["type"] == "list":  # kept as JSON
            field["type"] = "array"
            field.pop("delimiter", None)
    return described


def _descriptor(table: Table, count: int, data: Path, origin: Origin) -> dict[str, Any]:
    with data.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "profile": "data-package",
        "name": table.dataset_name,
        "id": origin.address,
        "title": table.title,
        "description": table.description,
        "homepage": origin.address,
        "version": str(origin.version),
        "created": origin.created,
        "licenses": [origin.license],
        "sources": [{"title": origin.publisher, "path": origin.address}],
        "contributors": [{"title": origin.publisher, "role": "publisher"}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.dataset_name,
                "title": table.title,
                "path": f"{table.dataset_name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": data.stat().st_size,
                "hash": f"sha256:{digest}",
                "rows": count,
                "schema": schema(table),
            }
        ],
    }


def _readme(descriptor: dict[str, Any], table: Table, origin: Origin) -> str:
    (resource,) = descriptor["resources"]
    licence = origin.license.get("title") or origin.license["name"]
    terms = f"{licence} {origin.license.get('path', '')}".rstrip()
    title_en = table.descriptor.get("title_en", table.name)
    lines = [
        f"{table.title}",
        "",
        table.description,
        "",
        f"发布机构：{origin.publisher}",
        f"版本：{origin.version}（{origin.created[:10]}）",
        f"行数：{resource['rows']}",
        f"许可：{terms}",
        f"来源：{origin.address}",
        "",
        f"{resource['path']}：数据，UTF-8 编码，第一行为字段名，空单元格表示没有值。",
        "datapackage.json：字段的名称、类型、约束和数据文件的校验值（SHA-256）。",
        f"SHA-256：{resource['hash'].removeprefix('sha256:')}",
        "",
        "---",
        "",
        title_en,
        "",
        table.descriptor.get("description_en", "").strip(),
        "",
        f"Publisher: {origin.publisher}",
        f"Version: {origin.version} ({origin.created[:10]})",
        f"Rows: {resource['rows']}",
        f"Licence: {terms}",
        f"Source: {origin.address}",
        "",
        f"{resource['path']}: the data, UTF-8, field names in the first line,"
        " an empty cell is a missing value.",
        "datapackage.json: names, types and constraints of the fields, and the SHA-256"
        " of the data.",
    ]
    # Notepad of older Windows knows neither line ends nor encoding without these two
    return "\ufeff" + "\r\n".join(lines) + "\r\n"
