"""Candidates of the indexes, read anew from the live tables with the reader's rights.

What is not there now, is not what was asked for or is not for this reader's eyes is left
out and not counted. Of a query that fits very many records the best `MOST` are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import authz, model
from ckan.lib.plugins import get_permission_labels
from ckan.types import Context

from ckanext.gpo.common import config
from ckanext.gpo.search.records import (
    Candidate,
    Fit,
    Level,
    RecordQuery,
    Role,
    Walk,
    beginning_keys,
    best_fit,
    matching_keys,
    similar_keys,
)

from .live import LiveTable, live_tables, read_rows
from .reconciling import shelf

MOST = 100
"""Records that are read for one query; who has more has to say more."""

FEW = 10
"""Records of one table that begin with what is being typed, to suggest what they are about."""

FEWEST_TYPED = 4
"""Characters; what begins with fewer is not one thing."""

Retrieve = Callable[[Walk, RecordQuery], list[Candidate]]


@dataclass(frozen=True)
class Hit:
    """A record that fits, as the live table has it."""

    live: LiveTable
    row: dict[str, Any]
    fit: Fit

    @property
    def key(self) -> dict[str, Any]:
        return {name: self.row[name] for name in self.live.table.primary_key}

    @property
    def value(self) -> str:
        """What the record is found by."""
        return str(self.row[self.fit.column.name])


@dataclass(frozen=True)
class Hits:
    """Records that fit, best first; `is_complete`: there are no more of them."""

    query: RecordQuery | None
    hits: list[Hit]
    is_complete: bool = True


def find(context: Context, typed: str, dataset: str | None = None) -> Hits:
    """The records that a reader may see and that are what was typed.

    :param dataset: name of the only dataset to look into
    """
    query = RecordQuery.read(typed)
    if query is None:
        return Hits(None, [])
    tables = [live for live in live_tables() if dataset in (None, live.package.name)]
    tables = _visible(context, tables)
    hits = _hits(context, query, tables, matching_keys, guess=False)
    if hits.hits:
        return hits
    # tables name a street mostly without the city that it is in
    if shorter := query.without_places(config.owner(english=False)):
        hits = _hits(context, shorter, tables, matching_keys, guess=False)
        if hits.hits:
            return hits
    return _hits(context, query, tables, similar_keys, guess=True)


def has_public_record(typed: str) -> bool:
    """Whether everybody finds a record by this."""
    return bool(find(Context(user=""), typed).hits)


def find_beginning(typed: str) -> Hits:
    """Few records that everybody may see, and that begin with what somebody is typing.

    Whether there are some is asked of the indexes; the databases are asked about as few as
    `FEW` of a table.
    """
    query = RecordQuery.read(typed)
    none = Hits(None, [])
    if query is None or len(query.compact) < FEWEST_TYPED:
        return none
    keys = {
        table: [key for _, key in beginning_keys(Walk(searcher, FEW + 1), query)]
        for table, searcher in shelf().searchers().items()
    }
    if not any(0 < len(table_keys) <= FEW for table_keys in keys.values()):
        return none
    everybody = Context(user="")
    tables = _visible(everybody, [live for live in live_tables() if keys.get(live.id)])
    if any(len(keys[live.id]) > FEW for live in tables):
        return none
    hits = _read(
        everybody, query, [(live, keys[live.id]) for live in tables], guess=False
    )
    return Hits(query, [hit for hit in hits if _begins(hit.fit)])


def _begins(fit: Fit) -> bool:
    return fit.level <= Level.BEGINNING and fit.column.role is not Role.ADDRESS


def _hits(
    context: Context,
    query: RecordQuery,
    tables: Sequence[LiveTable],
    retrieve: Retrieve,
    *,
    guess: bool,
) -> Hits:
    searchers = shelf().searchers()
    walks = {
        number: Walk(searchers[live.id], MOST + 1)
        for number, live in enumerate(tables)
        if live.id in searchers
    }
    candidates = [
        (step, number, key)
        for number, walk in walks.items()
        for step, key in retrieve(walk, query)
    ]
    candidates.sort(key=lambda candidate: candidate[:2])
    keys: dict[int, list[bytes]] = defaultdict(list)
    for _, number, key in candidates[:MOST]:
        keys[number].append(key)
    by_table = [(tables[number], table_keys) for number, table_keys in keys.items()]
    hits = _read(context, query, by_table, guess=guess)
    is_complete = all(walk.is_complete for walk in walks.values())
    return Hits(query, hits, is_complete and len(candidates) <= MOST)


def _read(
    context: Context,
    query: RecordQuery,
    by_table: Sequence[tuple[LiveTable, list[bytes]]],
    *,
    guess: bool,
) -> list[Hit]:
    """The candidates of some tables that fit, best first."""
    hits = [
        Hit(live, row, match)
        for live, keys in by_table
        for row in read_rows(context, live, keys)
        if (match := best_fit(query, live.state.columns, row, guess=guess))
    ]
    return sorted(hits, key=lambda hit: (hit.fit.level, len(hit.value)))


def _visible(context: Context, tables: list[LiveTable]) -> list[LiveTable]:
    """Those of datasets that the reader may see, as everywhere in the search."""
    user = context.get("user") or ""
    if context.get("ignore_auth") or authz.is_sysadmin(user):
        return tables
    labels = get_permission_labels()
    reader = context.get("auth_user_obj") or model.User.get(user)
    own = set(labels.get_user_dataset_labels(reader))
    return [t for t in tables if own & set(labels.get_dataset_labels(t.package))]
