"""Rows as a workbook: typed cells, a header that stays, nothing that runs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ckanext.gpo.common import workbooks
from ckanext.gpo.common.duck import identifier
from ckanext.gpo.common.labels import workbook_labels
from ckanext.gpo.common.spreadsheets import (
    DIGITS,
    FIRST_DAY,
    ROWS_OF_A_SHEET,
    sheet_name,
)
from ckanext.gpo.common.types import Translate
from ckanext.gpo.dataapi.query import QueryError

from . import cells
from .rows import Column, Export

_ROWS: Final = "selected"


def write(export: Export, path: Path, _: Translate) -> None:
    """Write one sheet.

    :raises QueryError: `too-many-rows`: one sheet does not hold them
    """
    # read once: the widths of numbers have to be known before the first cell is written
    names = (column.sql for column in export.columns)
    connection = export.connection
    connection.execute(
        f"CREATE TEMP TABLE {_ROWS} AS"  # noqa: S608 - quoted, see `rows`
        f" SELECT * FROM ({export.select(*names)}) LIMIT {ROWS_OF_A_SHEET + 1}",
        export.values,
    )
    ((count,),) = connection.execute(f"SELECT count(*) FROM {_ROWS}").fetchall()  # noqa: S608
    if count > ROWS_OF_A_SHEET:
        message = _(
            "A workbook of a selection takes at most {most} rows: narrow it, or take CSV"
        )
        raise QueryError(
            "too-many-rows", message.format(most=f"{ROWS_OF_A_SHEET:,}"), "limit"
        )
    kinds = _kinds(export)
    labels = workbook_labels([column.descriptor for column in export.columns])
    expressions = [
        f"{_cell(column, kind)} AS {identifier(label)}"
        for column, kind, label in zip(export.columns, kinds, labels, strict=True)
    ]
    rows = connection.sql(f"SELECT {', '.join(expressions)} FROM {_ROWS}")  # noqa: S608
    sheets = [(sheet_name(export.table.title), rows)]
    workbooks.write(path, sheets, dict(zip(labels, kinds, strict=True)))


def _kinds(export: Export) -> list[str]:
    """The DuckDB type of each column's cells: text where a spreadsheet would lose something."""
    tests = [_exactly(column) for column in export.columns]
    every = ", ".join(f"coalesce(bool_and({test}), true)" for test in tests)
    (answer,) = export.connection.execute(f"SELECT {every} FROM {_ROWS}").fetchall()  # noqa: S608
    return [
        _cell_kind(column) if is_exact else "VARCHAR"
        for column, is_exact in zip(export.columns, answer, strict=True)
    ]


def _exactly(column: Column) -> str:
    """That a spreadsheet keeps a value as it is; NULL of none."""
    match column.kind.partition("(")[0]:
        case "BIGINT":
            return f"abs({column.sql}) < 1e{DIGITS}"
        case "DECIMAL":
            digits = f"length(ltrim(translate({cells.plain(column)}, '-.', ''), '0'))"
            return f"{digits} <= {DIGITS} OR {column.sql} IS NULL"
        case "DATE":
            return f"{column.sql} >= DATE '{FIRST_DAY}'"
        case "TIMESTAMP":
            return (
                f"{column.sql} >= TIMESTAMP '{FIRST_DAY}'"
                f" AND date_trunc('second', {column.sql}) = {column.sql}"
            )
        case _other:
            return "true"


def _cell_kind(column: Column) -> str:
    return "DOUBLE" if column.kind.startswith("DECIMAL") else column.kind


def _cell(column: Column, kind: str) -> str:
    if kind != "VARCHAR":
        return f"CAST({column.sql} AS {kind})"
    text = cells.plain(column)
    return workbooks.text_cell(text) if column.is_text else text
