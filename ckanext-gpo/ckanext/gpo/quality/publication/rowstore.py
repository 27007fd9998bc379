"""The spooled rows in a database of their own, for as long as files are made of them.

The spool is text; this module finds for every column the narrowest type that holds each
of its values exactly, so that no file format rounds a number or shifts a date. Column
names of the schema stay out of the SQL until a format needs them: inside, the columns
are `c0`, `c1`, …. Pure but for the folder that it is given.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ckanext.gpo.common import spreadsheets
from ckanext.gpo.common.duck import connect, one
from ckanext.gpo.common.tables import Table
from ckanext.gpo.quality.engine import Source

_INTEGER = r"'-?(0|[1-9][0-9]*)'"
_NUMBER = r"'-?(0|[1-9][0-9]*)(\.[0-9]+)?'"
_MOMENT = r"'[0-9]{4}-[0-9]{2}-[0-9]{2}.[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|\+00:00)?'"


@dataclass(frozen=True)
class Column:
    """A field of the schema and how its values are kept exactly.

    `exact` is the DuckDB type for programs, `cell` the one for spreadsheets, which know
    fewer numbers and dates; either is `VARCHAR` where no type holds all values. `plain`
    tells that every value is a number as JSON writes it, of any length.
    """

    key: str
    field: dict[str, Any]
    exact: str
    cell: str
    plain: bool = False

    @property
    def name(self) -> str:
        return self.field["name"]


@dataclass(frozen=True)
class RowStore:
    """The table `rows`: `c0`, `c1`, … as text, NULL for missing, in the file's order."""

    connection: duckdb.DuckDBPyConnection
    columns: tuple[Column, ...]
    count: int

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection for another thread."""
        return self.connection.cursor()


@contextmanager
def open_rows(spool: Path, table: Table, folder: Path) -> Generator[RowStore]:
    """Read a spool (see `engine.rows`) into a database in the folder."""
    path = folder / "rows.duckdb"
    with connect(folder, spool.parent, path=path) as connection:
        keys = [f"c{number}" for number in range(len(table.fields))]
        source = Source(spool, keys)
        connection.execute(
            f"CREATE TABLE rows AS SELECT * FROM {source.sql}",  # noqa: S608
            source.parameters,
        )
        columns = tuple(
            Column(key, field, *_types(connection, key, field["type"]))
            for key, field in zip(keys, table.fields, strict=True)
        )
        (count,) = one(connection, "SELECT count(*) FROM rows")
        yield RowStore(connection, columns, count)


def _types(
    connection: duckdb.DuckDBPyConnection, key: str, kind: str
) -> tuple[str, str, bool]:
    finder = {
        "integer": _whole,
        "year": _whole,
        "number": _number,
        "boolean": _boolean,
        "date": _date,
        "datetime": _datetime,
    }.get(kind)
    return finder(connection, key) if finder else _TEXT


_TEXT = ("VARCHAR", "VARCHAR", False)


def _every(key: str, condition: str) -> str:
    """Whether a condition holds for every value that is there."""
    return f"coalesce(bool_and({condition}) FILTER (WHERE {key} IS NOT NULL), true)"


def _whole(connection: duckdb.DuckDBPyConnection, key: str) -> tuple[str, str, bool]:
    fits = _every(
        key,
        f"regexp_full_match({key}, {_INTEGER}) AND TRY_CAST({key} AS BIGINT) IS NOT NULL",
    )
    exact, digits = one(
        connection,
        f"SELECT {fits}, coalesce(max(length(ltrim({key}, '-'))), 0) FROM rows",  # noqa: S608
    )
    if not exact:
        return _number(connection, key)
    return "BIGINT", "BIGINT" if digits <= spreadsheets.DIGITS else "VARCHAR", True


def _number(connection: duckdb.DuckDBPyConnection, key: str) -> tuple[str, str, bool]:
    whole = f"length(split_part(ltrim({key}, '-'), '.', 1))"
    significant = f"length(ltrim(translate({key}, '-.', ''), '0'))"
    # More digits than a spreadsheet keeps, but those of a binary fraction come back.
    exact_in_sheet = (
        f"{significant} <= {spreadsheets.DIGITS} OR ({whole} <= {spreadsheets.DIGITS}"
        f" AND CAST(TRY_CAST({key} AS DOUBLE) AS VARCHAR) = {key})"
    )
    plain, integer, fraction, fits_sheet = one(
        connection,
        f"SELECT {_every(key, f'regexp_full_match({key}, {_NUMBER})')},"  # noqa: S608
        f" coalesce(max({whole}), 0),"
        f" coalesce(max(length(split_part({key}, '.', 2))), 0),"
        f" {_every(key, exact_in_sheet)} FROM rows",
    )
    if not plain:  # NaN, Infinity
        return _TEXT
    cell = "DOUBLE" if fits_sheet else "VARCHAR"
    for digits in (18, 38):  # eight bytes, sixteen bytes
        if integer + fraction <= digits:
            return f"DECIMAL({digits},{fraction})", cell, True
    return "VARCHAR", cell, True


def _boolean(connection: duckdb.DuckDBPyConnection, key: str) -> tuple[str, str, bool]:
    boolean = _every(key, f"{key} IN ('true', 'false')")
    (fits,) = one(connection, f"SELECT {boolean} FROM rows")  # noqa: S608
    return ("BOOLEAN", "BOOLEAN", False) if fits else _TEXT


def _date(connection: duckdb.DuckDBPyConnection, key: str) -> tuple[str, str, bool]:
    iso = _every(key, f"length({key}) = 10 AND TRY_CAST({key} AS DATE) IS NOT NULL")
    fits, first = one(connection, f"SELECT {iso}, min({key}) FROM rows")  # noqa: S608
    if not fits:
        return _TEXT
    return (
        "DATE",
        "DATE" if (first or "9") >= spreadsheets.FIRST_DAY else "VARCHAR",
        False,
    )


def _datetime(connection: duckdb.DuckDBPyConnection, key: str) -> tuple[str, str, bool]:
    iso = _every(
        key,
        f"regexp_full_match({key}, {_MOMENT})"
        f" AND TRY_CAST({key} AS TIMESTAMP) IS NOT NULL",
    )
    whole_seconds = _every(key, f"NOT contains({key}, '.')")
    fits, first, even = one(
        connection,
        f"SELECT {iso}, min({key}), {whole_seconds} FROM rows",  # noqa: S608
    )
    if not fits:
        return _TEXT
    exact = even and (first or "9") >= spreadsheets.FIRST_DAY
    return "TIMESTAMP", "TIMESTAMP" if exact else "VARCHAR", False
