"""The shelf of indexes made to hold what is in the DataStore, and nothing else.

Derived data: whatever cuts this off, the next run does what is left.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ckan import model

from ckanext.gpo.search import config
from ckanext.gpo.search.records import Shelf, missing_states, surplus_tables

from .live import LiveTable, live_tables, read_records, table_marks

log = logging.getLogger(__name__)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Differences:
    """Tables whose records are not indexed as they are now, and indexes without a table."""

    stale: list[LiveTable]
    surplus: list[str]

    def __bool__(self) -> bool:
        return bool(self.stale or self.surplus)


def shelf() -> Shelf:
    """The indexes of this site on this machine."""
    return Shelf(config.index_path() / "records")


def differences() -> Differences:
    """What the shelf lacks and has too many; a question to each database, no more."""
    place, live = shelf(), live_tables()
    missing = {state.table for state in missing_states(place, [t.state for t in live])}
    return Differences(
        [table for table in live if table.id in missing],
        surplus_tables(place, [table.state for table in live]),
    )


def reconcile(tell: Tell = log.info) -> bool:
    """Index what lacks, and forget what is no longer there.

    :returns: false if another process of this machine is at it
    :raises DiskError: an index cannot be written
    """
    place = shelf()
    with place.writing() as is_ours:
        if not is_ours:
            return False
        now = differences()
        # An index takes minutes, in which nothing is to be held.
        model.Session.commit()
        for table in now.surplus:
            place.drop(table)
            tell(f"Records of {table} are no longer found")
        for live in now.stale:
            _write(place, live, tell)
    return True


def _write(place: Shelf, live: LiveTable, tell: Tell) -> None:
    def is_current() -> bool:
        return table_marks([live.id]) == {live.id: live.state.mark}

    if place.write(live.state, read_records(live), is_current):
        tell(f"Records of {live.table.ref} are found")
    else:
        tell(f"Records of {live.table.ref} changed meanwhile: the next run reads them")
