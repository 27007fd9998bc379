"""Runs the statements of a query on a version's Parquet file, within its time."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from ckanext.gpo.common.duck import connect, literal, reader
from ckanext.gpo.common.types import Translate

from .columnar import ColumnTypes, column_types
from .errors import MissingRows, Unserved, slow_query
from .values import Value


class FileRun:
    """One query's statements on one file; no connection to PostgreSQL is held."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, path: Path, seconds: float
    ) -> None:
        self._connection = connection
        self._path = path
        self._deadline = time.monotonic() + seconds

    @cached_property
    def types(self) -> ColumnTypes:
        """The columns of the file."""
        return column_types(self._connection, self._path)

    @property
    def source(self) -> str:
        """The file as SQL has it after FROM, each row with its number, from 0 on."""
        return f"read_parquet({literal(str(self._path))}, file_row_number = true)"

    def fetch(self, sql: str, values: Sequence[Value]) -> list[tuple[Any, ...]]:
        """All rows of a statement.

        :raises Unserved: a sum has more digits than DuckDB counts
        """
        remaining = max(self._deadline - time.monotonic(), 0.001)
        timer = threading.Timer(remaining, self._connection.interrupt)
        timer.start()
        try:
            return self._connection.execute(sql, values).fetchall()
        except (duckdb.OutOfRangeException, duckdb.ConversionException) as err:
            raise Unserved from err
        finally:
            timer.cancel()


@contextmanager
def run_on_file(
    path: Path, root: Path, seconds: float, _: Translate
) -> Generator[FileRun]:
    """A run on the file of a version.

    :param root: the folder below which all such files lie
    :param seconds: what all statements together may take
    :raises QueryError: `query-too-slow`
    :raises MissingRows: the file is not there (any more)
    """
    with _errors(_), reader(root) as connection:
        yield FileRun(connection, path, seconds)


@contextmanager
def run_on_copy(
    path: Path, folder: Path, seconds: float, _: Translate
) -> Generator[FileRun]:
    """As `run_on_file`, in a database of its own: for a file that is about to go again.

    :param folder: where the database leaves what does not fit in memory
    """
    with _errors(_), connect(folder, path.parent) as connection:
        yield FileRun(connection, path, seconds)


@contextmanager
def _errors(_: Translate) -> Generator[None]:
    """DuckDB's errors as those of a run."""
    try:
        yield
    except (duckdb.InterruptException, duckdb.OutOfMemoryException) as err:
        raise slow_query(_) from err
    except duckdb.IOException as err:
        raise MissingRows("rows-missing", str(err)) from err
