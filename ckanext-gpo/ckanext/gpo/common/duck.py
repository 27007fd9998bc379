"""DuckDB as the platform uses it: bounded in memory, and shut in to the folders it is given."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

import duckdb


@dataclass(frozen=True)
class Limits:
    """What a database may take; what does not fit in memory lies in its folder.

    With several threads DuckDB holds so many rows for each that large exports do not fit.
    """

    memory: str = "384MB"
    threads: int = 2


USUAL = Limits()

_OPEN: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()

_READERS: dict[tuple[int, Path], duckdb.DuckDBPyConnection] = {}
"""Process and folder → the database that reads there."""
_READERS_LOCK = threading.Lock()


def connect(
    folder: Path,
    *others: Path,
    path: Path | str = ":memory:",
    limits: Limits = USUAL,
    is_spilled: bool = True,
) -> duckdb.DuckDBPyConnection:
    """A database that sees these folders and nothing else.

    :param folder: what does not fit in memory lies in here
    :param path: where the database itself lies
    :param is_spilled: whether anything may lie there; what does not fit is refused else
    """
    connection = duckdb.connect(str(path))
    _OPEN.add(connection)
    allowed = ", ".join(literal(str(visible)) for visible in (folder, *others))
    for setting in (
        f"memory_limit = '{limits.memory}'",
        f"threads = {limits.threads}",
        f"temp_directory = {literal(str(folder / 'spill') if is_spilled else '')}",
        f"allowed_directories = [{allowed}]",
        "enable_progress_bar = false",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_external_access = false",
        # A long IN list would become a join, and a join does not keep the order of rows.
        "disabled_optimizers = 'in_clause'",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def reader(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the database of this process that reads files below a folder.

    The database stays open: to open one takes longer than most questions do. All that read
    at the same time share its memory and its threads, and nothing is written to the disk.
    """
    key = os.getpid(), folder  # a child of the process cannot use its parent's
    with _READERS_LOCK:
        if key not in _READERS:
            _READERS[key] = connect(folder, is_spilled=False)
        return _READERS[key].cursor()


def one(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: dict[str, Any] | None = None,
) -> tuple[Any, ...]:
    """The one row of a query's result."""
    row = connection.execute(query, parameters).fetchone()
    if row is None:
        raise LookupError(query)
    return row


def interrupt() -> None:
    """End whatever these databases compute; a signal alone does not always reach them."""
    for connection in list(_OPEN):
        connection.interrupt()


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
