"""A prepared state of the site, made once in a test process and brought back from then on.

What tests start from (a department, its datasets, people, a published version) is made by the
site's own actions, which takes a second or more, and comes out the same each time. So what
they have left is kept: the rows of both databases, the search index, the files. To bring
it back takes some hundredths of a second.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql
from sqlalchemy.orm import close_all_sessions

from ckan import model

from . import database, search_index

Value = TypeVar("Value")

_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname NOT LIKE '%alembic_version' ORDER BY relname
"""
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
)


@dataclass
class _Rows:
    """The rows of a database, and where its sequences stand."""

    tables: dict[str, bytes]
    sequences: dict[str, int | None]


@dataclass
class _State:
    rows: _Rows
    datastore: _Rows
    definition: str
    """SQL that makes the tables of the DataStore."""
    folder: Path
    value: Any
    origin: str
    """The function that made it."""


class Snapshots:
    """The states that this process has prepared so far, by name."""

    def __init__(self) -> None:
        self._states: dict[str, _State] = {}

    def prepare(
        self, name: str, make: Callable[[], Value], *, on: str | None = None
    ) -> Value:
        """Have the site in a state: as `make` leaves it, which runs the first time only.

        :param on: the state that it is made on, which has been prepared before; without
            one it is made on an empty database
        :returns: what `make` returned: plain values
        :raises ValueError: another function has made a state of this name
        """
        origin = f"{make.__module__}.{make.__qualname__}"
        state = self._states.get(name)
        if state:
            if state.origin != origin:
                raise ValueError(f"{name}: of {state.origin} and of {origin}")
            _bring_back(state)
            return state.value
        if on is None:
            _clear()
        value = make()
        self._states[name] = _keep(value, origin)
        return value


def _keep(value: Any, origin: str) -> _State:
    close_all_sessions()
    with _connect("CKAN_SQLALCHEMY_URL") as connection:
        rows = _read(connection)
    with _connect("CKAN_DATASTORE_WRITE_URL") as connection:
        datastore = _read(connection)
    folder = Path(tempfile.mkdtemp(dir=os.environ["CKAN_STORAGE_PATH"]))
    search_index.keep(folder / "index")
    shutil.copytree(_versions(), folder / "versions")
    return _State(rows, datastore, _definition(datastore.tables), folder, value, origin)


def _bring_back(state: _State) -> None:
    close_all_sessions()  # whose locks would be waited for
    database.ensure()
    with _connect("CKAN_SQLALCHEMY_URL") as connection:
        with connection.cursor() as cursor:
            cursor.execute(database.EMPTY)
        _write(connection, state.rows)
    _clear()
    if state.datastore.tables:
        with _connect("CKAN_DATASTORE_WRITE_URL") as connection:
            if state.definition:
                with connection.cursor() as cursor:
                    cursor.execute(state.definition)
                    cursor.execute("SET search_path = public")
            _write(connection, state.datastore)
    model.repo.tables_created_and_initialised = True
    shutil.copytree(state.folder / "versions", _versions(), dirs_exist_ok=True)
    search_index.bring_back(state.folder / "index")


def _clear() -> None:
    """Leave no table of a dataset in the DataStore, and no file of a version."""
    connection = _connect("CKAN_DATASTORE_WRITE_URL")
    with connection, connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for (name,) in cursor.fetchall():
            clear = "TRUNCATE {}" if _is_ckans(name) else "DROP TABLE {} CASCADE"
            cursor.execute(sql.SQL(clear).format(sql.Identifier(name)))
    for path in _versions().iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _is_ckans(table: str) -> bool:
    """Whether CKAN keeps it beside those of the datasets, and takes it for granted."""
    return table.startswith("_")


_connections: dict[str, Any] = {}


def _connect(variable: str) -> Any:
    """Enter a database as superuser: rows come back without triggers and foreign keys.

    The connection stays for the next state; `with` ends its transaction only.
    """
    connection = _connections.get(variable)
    if connection is None or connection.closed:
        name = urlsplit(os.environ[variable]).path
        admin = urlsplit(os.environ["GPO_TEST_ADMIN_URL"])
        connection = psycopg2.connect(admin._replace(path=name).geturl())
        _connections[variable] = connection
    return connection


def _read(connection: Any) -> _Rows:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        names = [name for (name,) in cursor.fetchall()]
        tables: dict[str, bytes] = {}
        for name in names:
            rows = io.BytesIO()
            cursor.copy_expert(_copy(name, "TO STDOUT"), rows)
            if rows.tell():
                tables[name] = rows.getvalue()
        cursor.execute(_SEQUENCES)
        return _Rows(tables, dict(cursor.fetchall()))


def _write(connection: Any, rows: _Rows) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for name, content in rows.tables.items():
            cursor.copy_expert(_copy(name, "FROM STDIN"), io.BytesIO(content))
        for name, last in rows.sequences.items():
            if last is not None:
                cursor.execute("SELECT setval(quote_ident(%s), %s)", (name, last))


def _copy(table: str, direction: str) -> sql.Composed:
    return sql.SQL("COPY {} {}").format(sql.Identifier(table), sql.SQL(direction))


def _definition(tables: Iterable[str]) -> str:
    """The statements that make tables of the DataStore, with their triggers and rights."""
    chosen = [f'--table="{name}"' for name in tables if not _is_ckans(name)]
    if not chosen:
        return ""
    name = urlsplit(os.environ["CKAN_DATASTORE_WRITE_URL"]).path
    url = urlsplit(os.environ["GPO_TEST_ADMIN_URL"])._replace(path=name).geturl()
    dump = subprocess.run(
        ["pg_dump", "--schema-only", *chosen, url],
        check=True,
        capture_output=True,
        text=True,
    )
    # Lines that begin like this are for psql.
    lines = dump.stdout.splitlines()
    return "\n".join(line for line in lines if not line.startswith("\\"))


def _versions() -> Path:
    folder = Path(os.environ["CKAN_STORAGE_PATH"]) / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
