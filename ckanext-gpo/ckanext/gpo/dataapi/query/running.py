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

from .errors import MissingRows, Unserved, slow_query


class Run:
    """One query's statements, all of them on the same rows.

    The first one that reads a table holds it until the end: a newer version waits to take
    its place.
    """

    def __init__(self, connection: sa.Connection, seconds: float) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + seconds
        self._granted = 0
        """Milliseconds that a statement may take as PostgreSQL knows it; 0 if it does not."""

    def columns(self, resource_id: str) -> dict[str, str]:
        """Name → PostgreSQL type of the columns of a resource's table.

        :raises MissingRows: there is no such table
        """
        columns = self.columns_by_resource([resource_id])
        if resource_id not in columns:
            raise MissingRows("rows-missing", f"No rows are kept as {resource_id}")
        return columns[resource_id]

    def columns_by_resource(
        self, resource_ids: Sequence[str]
    ) -> dict[str, dict[str, str]]:
        """Resource → the columns of its table, of those that have one."""
        columns: dict[str, dict[str, str]] = {}
        if not resource_ids:
            return columns
        statement = _COLUMNS.bindparams(tables=list(resource_ids))
        for resource_id, name, kind in self.fetch(statement):
            columns.setdefault(resource_id, {})[name] = kind
        return columns

    def fetch(self, statement: sa.Executable) -> Sequence[sa.Row[Any]]:
        """All rows of a statement."""
        remaining = max(int((self._deadline - time.monotonic()) * 1000), 1)
        # not with every statement: a tenth more than is left does no harm
        if not remaining <= self._granted <= remaining * 1.1:
            self._connection.execute(
                sa.select(sa.func.set_config("statement_timeout", str(remaining), True))
            )
            self._granted = remaining
        return self._connection.execute(statement).fetchall()

    def check(self) -> None:
        """Look at the time while something else is at work on the query.

        :raises TimeoutError: it has run out
        """
        if time.monotonic() > self._deadline:
            raise TimeoutError

    def follow_indexes(self) -> None:
        """Read rows in the order of an index from now on.

        PostgreSQL takes a part of a text for rare, reads all rows and sorts what it finds;
        of a common one there is soon enough in any order.
        """
        off = [
            sa.func.set_config(name, "off", True)
            for name in ("enable_seqscan", "enable_bitmapscan")
        ]
        self._connection.execute(sa.select(*off))

    @contextmanager
    def hurry(self, seconds: float) -> Generator[None]:
        """Take no longer for what is done within, where another way is left.

        :raises Unserved: it takes longer
        """
        deadline = self._deadline
        self._deadline = min(deadline, time.monotonic() + seconds)
        try:
            yield
        except OperationalError as err:
            if isinstance(err.orig, psycopg2.errors.QueryCanceled):
                raise Unserved from err
            raise
        finally:
            self._deadline = deadline

    def attempt(self, statement: sa.Executable) -> Sequence[sa.Row[Any]] | None:
        """All rows of a statement that may be left out; None if time has run out."""
        try:
            with self._connection.begin_nested():
                return self.fetch(statement)
        except OperationalError as err:
            self._granted = 0  # what was set within is taken back with it
            if isinstance(err.orig, psycopg2.errors.QueryCanceled):
                return None
            raise


@contextmanager
def run(engine: sa.Engine, seconds: float, _: Translate) -> Generator[Run]:
    """A run on rows of the DataStore.

    :param seconds: what all statements together may take
    :raises QueryError: `query-too-slow`
    :raises MissingRows: the table is not there (any more)
    """
    try:
        with engine.connect() as connection:
            yield Run(connection, seconds)
    except TimeoutError as err:
        raise slow_query(_) from err
    except OperationalError as err:
        if not isinstance(err.orig, psycopg2.errors.QueryCanceled):
            raise
        raise slow_query(_) from err
    except ProgrammingError as err:
        if not isinstance(err.orig, psycopg2.errors.UndefinedTable):
            raise
        raise MissingRows("rows-missing", str(err.orig)) from err


_COLUMNS = sa.text("""
    SELECT resource, a.attname, t.typname
    FROM unnest(:tables) resource
        JOIN pg_attribute a ON a.attrelid = to_regclass(quote_ident(resource))
        JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT IN ('_id', '_full_text')
""").bindparams(sa.bindparam("tables", type_=sa.ARRAY(sa.Text)))
