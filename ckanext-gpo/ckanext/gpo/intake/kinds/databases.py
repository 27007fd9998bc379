"""Tables of small databases: SQLite by sqlite3, dBase by dbf, Parquet by DuckDB."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import duckdb

from ckanext.gpo.common import duck
from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from . import records
from .limits import Limits
from .tally import Tally
from .workbook.choice import FIRST_ROWS, Candidate, choose

_BATCH: Final = 1000


def read_sqlite(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the table that fits; views, which are programs, are not looked at.

    :raises IntakeError: `file-damaged`, a code of `choice.choose`
    """
    tally = Tally(declaration)
    with _sqlite(path) as database:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
        names = [
            name
            for (name,) in _query(database, query)[1]
            if not name.startswith("sqlite_")
        ]
    if not names:
        raise IntakeError("file-empty")

    def first_rows(name: str) -> list[Row]:
        return list(islice(_sqlite_rows(path, name, limits), FIRST_ROWS))

    candidates = [
        Candidate(name, visible=True, first_rows=lambda n=name: first_rows(n))
        for name in names
    ]
    name = names[choose(candidates, declaration, fits, tally)]
    grid = Grid("sqlite", _sqlite_rows(path, name, limits), name, typed=True)
    tally.hand_over(grid)
    return grid


def _sqlite(path: Path) -> closing[sqlite3.Connection]:
    # Immutable: no journal beside the file is looked for, and none is written
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return closing(sqlite3.connect(address, uri=True))


def _query(database: sqlite3.Connection, query: str) -> tuple[list[str], Iterator[Any]]:
    """The labels of a query's columns, and its rows.

    :raises IntakeError: `file-damaged`, here or while the rows are read
    """

    def rows(cursor: sqlite3.Cursor) -> Iterator[Any]:
        with _damage():
            # Not the cursor itself: a generator that is closed would close it too
            yield from map(tuple, cursor)

    with _damage():
        cursor = database.execute(query)
        return [column[0] for column in cursor.description], rows(cursor)


@contextmanager
def _damage() -> Generator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, duckdb.Error, UnicodeDecodeError) as err:
        raise IntakeError("file-damaged") from err


def _sqlite_rows(path: Path, name: str, limits: Limits) -> Iterator[Row]:
    with _sqlite(path) as database:
        quoted = name.replace('"', '""')
        query = f'SELECT * FROM "{quoted}"'  # noqa: S608 - quoted
        yield from _numbered(*_query(database, query), limits)


def _numbered(
    labels: Sequence[str], rows: Iterator[Sequence[Any]], limits: Limits
) -> Iterator[Row]:
    if len(labels) > limits.columns:
        raise IntakeError("columns-too-many", limit=limits.columns)
    yield records.HEADER, labels
    for number, row in enumerate(rows, 1):
        if number > limits.rows:
            raise IntakeError("rows-too-many", Place(row=number), limit=limits.rows)
        yield number, [_cell(value, number, labels[i]) for i, value in enumerate(row)]


def _cell(value: Any, row: int, label: str) -> Cell:
    if isinstance(value, bytes | bytearray):
        raise IntakeError("cell-binary", Place(row=row, label=label), label=label)
    return records.to_cell(value)


def read_parquet(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of a Parquet file.

    :raises IntakeError: `file-damaged`; while its rows are read `rows-too-many`,
        `columns-too-many`, `cell-binary`
    """
    return Grid("parquet", _parquet_rows(path, limits), typed=True)


def _parquet_rows(path: Path, limits: Limits) -> Iterator[Row]:
    with closing(duck.connect(path.parent)) as database, _damage():
        cursor = database.execute(
            "SELECT * FROM read_parquet($path)", {"path": str(path)}
        )
        labels = [column[0] for column in cursor.description or ()]
        yield from _numbered(labels, _batches(cursor), limits)


def _batches(cursor: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    while batch := cursor.fetchmany(_BATCH):
        yield from batch
