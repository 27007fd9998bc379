"""Answers of the DataStore that are read before their connection goes back to the pool.

CKAN 2.12.0 leaves `with engine.connect()` first and reads the result then. Under load the
pool is full and closes what comes back: "cursor already closed", an error 500. What is
mended here asks only the engine that it is given; it gets one that hands out a connection
which is held until it has returned. The functions themselves stay CKAN's.

The types of the database are read once in a process, in the sight of all threads; here
one thread reads them and the others wait.
"""

from __future__ import annotations

import copy
import functools
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ckanext.datastore.backend import postgres
from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend

_METHODS = ("resource_exists", "resource_id_from_alias", "resource_fields")


@dataclass(frozen=True)
class HeldEngine:
    """An engine with one connection, which its user does not give back."""

    connection: sa.Connection

    def begin(self) -> AbstractContextManager[sa.Connection]:
        return nullcontext(self.connection)

    def connect(self) -> AbstractContextManager[sa.Connection]:
        return nullcontext(self.connection)


def hold_connection(method: Callable[..., Any]) -> Callable[..., Any]:
    """Let a method of the backend read its results while the connection is its own."""

    @functools.wraps(method)
    def on_one_connection(
        self: DatastorePostgresqlBackend, *args: Any, **kwargs: Any
    ) -> Any:
        with self._get_read_engine().connect() as connection:
            reader = copy.copy(self)
            reader._get_read_engine = lambda: HeldEngine(connection)  # type: ignore[method-assign]
            return method(reader, *args, **kwargs)

    return on_one_connection


_cache_types = postgres._cache_types
_TYPES_LOCK = threading.RLock()


def cache_types(engine: sa.Engine | HeldEngine) -> None:
    """Read the types of the database, if this process has not yet."""
    with _TYPES_LOCK:
        if not postgres._pg_types:
            with engine.connect() as connection:
                _cache_types(HeldEngine(connection))  # type: ignore[arg-type]


_FIXED = {
    name: hold_connection(getattr(DatastorePostgresqlBackend, name))
    for name in _METHODS
}


def install() -> None:
    for name, method in _FIXED.items():
        setattr(DatastorePostgresqlBackend, name, method)
    postgres._cache_types = cache_types  # type: ignore[assignment]
