"""One decision on a dataset at a time, however many workers there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ckan import model

_KEY = "hashtext(:lock), hashtext(:package_id)"
_DECISION = "gpo_quality"


@contextmanager
def dataset(package_id: str) -> Iterator[None]:
    """Wait until no other worker decides on the dataset, and keep it for the block.

    Held as long as a check takes; what a person waits for uses `publication`.
    """
    with _held(_DECISION, package_id):
        yield


@contextmanager
def dataset_if_free(package_id: str) -> Iterator[bool]:
    """As `dataset`, without waiting: whether it could be had."""
    with _connection() as connection:
        names = {"lock": _DECISION, "package_id": package_id}
        locked = connection.scalar(
            sa.text(f"SELECT pg_try_advisory_lock({_KEY})"), names
        )
        try:
            yield bool(locked)
        finally:
            if locked:
                connection.execute(sa.text(f"SELECT pg_advisory_unlock({_KEY})"), names)


@contextmanager
def publication(package_id: str) -> Iterator[None]:
    """Wait until nobody else changes what is public of the dataset.

    Short: around one commit and the swap of the rows. A worker that holds `dataset` may
    take this lock too, never the other way round.
    """
    with _held("gpo_quality_publication", package_id):
        yield


@contextmanager
def _held(lock: str, package_id: str) -> Iterator[None]:
    names = {"lock": lock, "package_id": package_id}
    with _connection() as connection:
        connection.execute(sa.text(f"SELECT pg_advisory_lock({_KEY})"), names)
        try:
            yield
        finally:
            connection.execute(sa.text(f"SELECT pg_advisory_unlock({_KEY})"), names)


def package(package_id: str) -> model.Package | None:
    """The dataset as it stands, kept from every change by others until the session's
    transaction ends; None if there is none (any more).

    What `publication` guards is written in one transaction with the dataset's row, so
    whoever has this row reads of a publication or withdrawal either all or nothing.
    """
    row = sa.select(model.Package.id).where(model.Package.id == package_id)
    if model.Session.scalar(row.with_for_update()) is None:
        return None
    return model.Session.get(model.Package, package_id, populate_existing=True)


def _connection() -> sa.Connection:
    # A lock of a database session of its own: actions inside the block commit as they
    # please, and the lock ends with the process, however that ends.
    return model.meta.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
