"""`ts_rewrite` runs SQL from its argument: never a function that readers may call."""

from __future__ import annotations

from typing import Any

from ckanext.datastore.backend.postgres import DatastorePostgresqlBackend

_configure = DatastorePostgresqlBackend.configure


def configure(self: DatastorePostgresqlBackend, config: Any) -> None:
    """Configure the DataStore, less the functions that run SQL given as text."""
    _configure(self, config)
    if self.enable_sql_search:
        self.allowed_sql_functions.discard("ts_rewrite")


def install() -> None:
    DatastorePostgresqlBackend.configure = configure  # type: ignore[method-assign]
