"""Locks of the database for what only one process may do at a time.

Advisory locks of PostgreSQL. A lock that is held for a block, or by a process, lives on a
connection of its own: actions inside the block commit as they please, and the lock ends
with the process, however that ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from ckan import model

_KEY = "hashtext(:kind), hashtext(:name)"
_DECISION = "decision on a dataset"
_PUBLICATION = "publication of a dataset"
_FILE = "making of a file"
_NUMBERING = "numbering"


@contextmanager
def dataset_lock(package_id: str) -> Iterator[None]:
    """Wait until no other worker decides on the dataset, and keep it for the block.

    Held as long as a check takes; what a person waits for uses `publication_lock`.
    """
    with _advisory_lock(_DECISION, package_id):
        yield


@contextmanager
def dataset_lock_if_free(package_id: str) -> Iterator[bool]:
    """As `dataset_lock`, without waiting: whether it could be had."""
    lock = ProcessLock(_DECISION, package_id)
    is_held = lock.acquire()
    try:
        yield is_held
    finally:
        lock.release()


@contextmanager
def publication_lock(package_id: str) -> Iterator[None]:
    """Wait until nobody else changes what is public of the dataset.

    Short: around one commit and the swap of the rows. A worker that holds `dataset_lock`
    may take this lock too, never the other way round.
    """
    with _advisory_lock(_PUBLICATION, package_id):
        yield


@contextmanager
def file_lock(location: str) -> Iterator[None]:
    """Wait until no other worker makes the stored file, and keep it for the block.

    Whoever waited looks first whether the file is there by now.
    """
    with _advisory_lock(_FILE, location):
        yield


def lock_dataset_row(package_id: str) -> model.Package | None:
    """The dataset as it stands, kept from every change by others until the session's
    transaction ends; None if there is none (any more).

    What `publication_lock` guards is written in one transaction with the dataset's row, so
    whoever has this row reads of a publication or withdrawal either all or nothing.
    """
    row = sa.select(model.Package.id).where(model.Package.id == package_id)
    if model.Session.scalar(row.with_for_update()) is None:
        return None
    return model.Session.get(model.Package, package_id, populate_existing=True)


def lock_numbering(prefix: str) -> None:
    """Let nobody else number within the prefix until the session's transaction ends."""
    lock_until_commit(_NUMBERING, prefix)


def lock_until_commit(kind: str, name: str) -> None:
    """Wait for the right to do something, and keep it until the session's transaction ends."""
    model.Session.execute(
        sa.text(f"SELECT pg_advisory_xact_lock({_KEY})"), {"kind": kind, "name": name}
    )


class ProcessLock:
    """The right of one process to do something, until it is released or the process ends."""

    def __init__(self, kind: str, name: str) -> None:
        self._key = {"kind": kind, "name": name}
        self._connection: sa.Connection | None = None

    def acquire(self) -> bool:
        """Try to get it; False while another process has it."""
        connection = _connection()
        if connection.scalar(
            sa.text(f"SELECT pg_try_advisory_lock({_KEY})"), self._key
        ):
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
            with suppress(SQLAlchemyError):
                self._connection.scalar(
                    sa.text(f"SELECT pg_advisory_unlock({_KEY})"), self._key
                )
            # Not back to the pool, where a lock that was not given back would live on.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


@contextmanager
def _advisory_lock(kind: str, name: str) -> Iterator[None]:
    key = {"kind": kind, "name": name}
    with _connection() as connection:
        connection.execute(sa.text(f"SELECT pg_advisory_lock({_KEY})"), key)
        try:
            yield
        finally:
            connection.execute(sa.text(f"SELECT pg_advisory_unlock({_KEY})"), key)


def _connection() -> sa.Connection:
    return (
        model.ensure_engine().connect().execution_options(isolation_level="AUTOCOMMIT")
    )
