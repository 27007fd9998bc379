"""One decision on a dataset at a time, however many workers there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ckan import model

_KEY = "hashtext('gpo_quality'), hashtext(:package_id)"


@contextmanager
def dataset(package_id: str) -> Iterator[None]:
    """Wait until no other worker decides on the dataset, and keep it for the block.

    A lock of a database session of its own: actions inside the block commit as they
    please, and the lock ends with the process, however that ends.
    """
    connection = model.meta.engine.connect().execution_options(
        isolation_level="AUTOCOMMIT"
    )
    names = {"package_id": package_id}
    with connection:
        connection.execute(sa.text(f"SELECT pg_advisory_lock({_KEY})"), names)
        try:
            yield
        finally:
            connection.execute(sa.text(f"SELECT pg_advisory_unlock({_KEY})"), names)
