"""The download files of a version, all built from the same checked rows.

CSV and XLSX for people with a spreadsheet (Chinese headers, nothing in them runs), JSON
and Parquet for programs (field names, no digit lost), and a Data Package that carries
the description of the fields. Beside them the texts in which words are looked for, which
nobody downloads. Pure: from a spool to files in a folder, in bounded memory.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ckanext.gpo.common import formats, formulas, row_texts
from ckanext.gpo.common.columns import column_type
from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.tables import Table

from . import datapackage, workbook
from .datapackage import Origin
from .rowstore import Column, RowStore, open_rows


def build(table: Table, spool: Path, folder: Path, origin: Origin) -> dict[str, Path]:
    """Write every download file of the spooled rows: format → path.

    Their texts lie beside the Parquet file, see `row_texts`.

    :param spool: the checked rows, see `engine.rows`
    :param folder: holds nothing but what is made here
    """
    paths = {
        name: folder / formats.file_name(table.dataset_name, name)
        for name in formats.MEDIA_TYPES
    }
    with open_rows(spool, table, folder) as rows, ThreadPoolExecutor(1) as pool:
        # The workbook takes as long as all the others, on a core of its own.
        writing = pool.submit(workbook.write, table, rows, paths["xlsx"])
        _csv(rows, paths["csv"])
        _json(rows, paths["json"])
        _parquet(table, rows, paths["parquet"])
        _texts(rows, row_texts.texts_path(paths["parquet"]))
        datapackage.write(table, rows, paths["zip"], origin)
        writing.result()
    return paths


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _csv(rows: RowStore, path: Path) -> None:
    body = path.with_suffix(".body")
    cells = ", ".join(
        formulas.inert_sql(c.key) if c.exact == "VARCHAR" else c.key
        for c in rows.columns
    )
    rows.cursor().execute(
        f"COPY (SELECT {cells} FROM rows) TO $path (FORMAT csv, HEADER false)",  # noqa: S608
        {"path": str(body)},
    )
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(
            [formulas.inert(column.field["title"]) for column in rows.columns]
        )
    with path.open("ab") as target, body.open("rb") as source:
        shutil.copyfileobj(source, target, 1 << 20)
    body.unlink()


def _value(column: Column) -> str:
    """A cell as JSON writes it. A number is its own text, so that none is rounded."""
    itself = column.plain or column.exact == "BOOLEAN"
    text = column.key if itself else f"CAST(to_json({column.key}) AS VARCHAR)"
    return f"coalesce({text}, 'null')"


def _json(rows: RowStore, path: Path) -> None:
    """A list of records, the form that every reader of JSON tables takes."""
    names = {
        column.key: f"{', ' if number else ''}{json.dumps(column.name)}: "
        for number, column in enumerate(rows.columns)
    }
    cells = " || ".join(f"${c.key} || {_value(c)}" for c in rows.columns)
    # As CSV of one column that is never quoted, since COPY's own JSON rounds decimals.
    rows.cursor().execute(
        f"COPY (SELECT CASE WHEN rowid > 0 THEN ',' ELSE '' END || '{{' || {cells}"  # noqa: S608
        " || '}' FROM rows) TO $path (FORMAT csv, HEADER false, QUOTE '', ESCAPE '',"
        " DELIMITER E'\\x01', PREFIX $head, SUFFIX $tail)",
        {
            **names,
            "path": str(path),
            "head": "[\n",
            "tail": "]\n",
        },
    )


def _parquet(table: Table, rows: RowStore, path: Path) -> None:
    cells = ", ".join(
        f"CAST({column.key} AS {column.exact}) AS {identifier(column.name)}"
        for column in rows.columns
    )
    titles: dict[str, Any] = {c.name: c.field["title"] for c in rows.columns}
    rows.cursor().execute(
        f"COPY (SELECT {cells} FROM rows) TO $path (FORMAT parquet, COMPRESSION zstd,"  # noqa: S608
        " KV_METADATA {title: $title, titles: $titles, schema: $schema})",
        {
            "path": str(path),
            "title": table.title,
            "titles": json.dumps(titles, ensure_ascii=False),
            "schema": json.dumps(datapackage.schema(table), ensure_ascii=False),
        },
    )


def _texts(rows: RowStore, path: Path) -> None:
    fields = {c.name: c.key for c in rows.columns if column_type(c.field) == "text"}
    try:
        row_texts.write(rows.cursor(), "rows", fields, path)
    except ValueError:
        # With a NUL in it the version does not become public: PostgreSQL refuses it.
        path.unlink()
