"""Brings a passed version before the public, and takes it away again.

In: a version that has passed, with its spooled rows; or one that is to be withdrawn, or a
dataset that is to be purged.

Out: its files in the storage, its rows in the DataStore and its dataset's record, changed
together or not at all (`publishing`, `withdrawal`, `removal`). `storage`, `datastore` and
`record` are the three places where what is public lies, `references` what of it other tables
refer to; `stream` keeps the activity stream
from telling of what is public no longer. Every step can be cut off and be resumed.
"""

from . import (
    datastore,
    publishing,
    record,
    references,
    removal,
    storage,
    stream,
    withdrawal,
)

__all__ = [
    "datastore",
    "publishing",
    "record",
    "references",
    "removal",
    "storage",
    "stream",
    "withdrawal",
]
