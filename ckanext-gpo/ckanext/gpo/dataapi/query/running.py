"""Runs the statements of a query within the time that it may take altogether."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2.errors
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

from ckanext.gpo.common.types import Translate

from .errors import MissingRows, QueryError


class Run:
    """One query's statements, all of them on the same rows.

    The first of them holds the table until the end: a newer version waits to take its place.
    """

    def __init__(
        self, connection: sa.Connection, resource_id: str, seconds: float
    ) -> None:
        self._connection = connection
        self._resource_id = resource_id
        self._deadline = time.monotonic() + seconds

    def columns(self) -> dict[str, str]:
        """Name → PostgreSQL type of the table's columns.

        :raises MissingRows: there is no such table
        """
        quoted = self._connection.dialect.identifier_preparer.quote_identifier(
            self._resource_id
        )
        rows = self.fetch(_COLUMNS.bindparams(table=quoted))
        if not rows:
            raise MissingRows(
                "rows-missing", f"No rows are kept as {self._resource_id}"
            )
        return {name: kind for name, kind in rows}  # noqa: C416 - rows are no pairs

    def fetch(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        """All rows of a statement."""
        milliseconds = max(int((self._deadline - time.monotonic()) * 1000), 1)
        self._connection.execute(
            sa.select(sa.func.set_config("statement_timeout", str(milliseconds), True))
        )
        return self._connection.execute(statement).fetchall()

    def attempt(self, statement: sa.Executable) -> Sequence[sa.Row[Any]] | None:
        """All rows of a statement that may be left out; None if time has run out."""
        try:
            with self._connection.begin_nested():
                return self.fetch(statement)
        except OperationalError as err:
            if isinstance(err.orig, psycopg2.errors.QueryCanceled):
                return None
            raise


@contextmanager
def run(
    engine: sa.Engine, resource_id: str, seconds: float, _: Translate
) -> Generator[Run]:
    """A run on the rows of a resource.

    :param seconds: what all statements together may take
    :raises QueryError: `query-too-slow`
    :raises MissingRows: the table is not there (any more)
    """
    try:
        with engine.connect() as connection:
            yield Run(connection, resource_id, seconds)
    except OperationalError as err:
        if not isinstance(err.orig, psycopg2.errors.QueryCanceled):
            raise
        message = _(
            "The table is too large for this question. Narrow it: a day, a code or a choice"
            " from a list is found at once; a part of a text takes longest."
        )
        raise QueryError("query-too-slow", message, "filters") from err
    except ProgrammingError as err:
        if not isinstance(err.orig, psycopg2.errors.UndefinedTable):
            raise
        raise MissingRows("rows-missing", str(err.orig)) from err


_COLUMNS = sa.text("""
    SELECT a.attname, t.typname
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = to_regclass(:table) AND a.attnum > 0 AND NOT a.attisdropped
        AND a.attname NOT IN ('_id', '_full_text')
""")
