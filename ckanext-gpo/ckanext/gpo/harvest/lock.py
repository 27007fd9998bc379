"""One consumer at a time; another one stands by.

A lock of the database's session: it ends with its process, however that ends.
"""

from __future__ import annotations

from contextlib import suppress

import sqlalchemy as sa

from ckan import model

_NAME = "hashtext('gpo_harvest'), hashtext('consumer')"


class Lock:
    """The right to work on the queues, held on a connection of its own."""

    def __init__(self) -> None:
        self._connection: sa.Connection | None = None

    def acquire(self) -> bool:
        """Try to get it; False while another process has it."""
        connection = model.meta.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        )
        if connection.scalar(sa.text(f"SELECT pg_try_advisory_lock({_NAME})")):
            self._connection = connection
            return True
        connection.close()
        return False

    def verify(self) -> None:
        """:raises sqlalchemy.exc.DBAPIError: the connection is lost, and so is the lock"""
        if self._connection is not None:
            self._connection.scalar(sa.text("SELECT 1"))

    def release(self) -> None:
        """Give it back at once; a connection that is lost has given it back already."""
        if self._connection is not None:
            with suppress(sa.exc.SQLAlchemyError):
                self._connection.scalar(sa.text(f"SELECT pg_advisory_unlock({_NAME})"))
            # Not back to the pool, where a lock that was not given back would live on.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
