"""Answers of the DataStore that are read before their connection goes back to the pool.

CKAN 2.12.0 leaves `with engine.connect()` first and reads the result then. Under load the
pool is full and closes what comes back: "cursor already closed", an error 500. Each of
these methods asks only the engine that `_get_read_engine` gives; here that engine hands
out one connection, which is held until the method has returned. The methods themselves
stay CKAN's.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend

_METHODS = ("resource_exists", "resource_id_from_alias", "resource_fields")


@dataclass(frozen=True)
class HeldEngine:
    """An engine with one connection, which its user does not give back."""

    connection: sa.Connection

    def connect(self) -> AbstractContextManager[sa.Connection]:
        return nullcontext(self.connection)


def hold_connection(method: Callable[..., Any]) -> Callable[..., Any]:
    """Let a method of the backend read its results while the connection is its own."""

    @functools.wraps(method)
    def held(self: DatastorePostgresqlBackend, *args: Any, **kwargs: Any) -> Any:
        with self._get_read_engine().connect() as connection:
            reader = copy.copy(self)
            reader._get_read_engine = lambda: HeldEngine(connection)  # type: ignore[method-assign]
            return method(reader, *args, **kwargs)

    return held


_FIXED = {
    name: hold_connection(getattr(DatastorePostgresqlBackend, name))
    for name in _METHODS
}


def install() -> None:
    for name, method in _FIXED.items():
        setattr(DatastorePostgresqlBackend, name, method)
