"""The documents of one page, in the order asked for.

The engine sorts by the score or by one column of its own. A second key only matters
where the first is equal, so each run of equal first keys that reaches into the page is
sorted by the keys that follow, by asking the engine for that run alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import tantivy
from tantivy import DocAddress, Occur, Order, Query

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.index import (
    FIELD_NAMES,
    NUMBERS,
    Layout,
    count_matches,
    filter_only,
)

from .boosting import Boosting, place
from .sort_keys import SortKey, SortKeys

DIRECTIONS = {True: Order.Desc, False: Order.Asc}
DIRECTION_NAMES = {True: "desc", False: "asc"}


@dataclass(frozen=True)
class Hit:
    """A document found, with its score where that is known."""

    address: DocAddress
    score: float | None = None


UNASKED = Hit(DocAddress(0, 0))
"""Stands for a document before the page that was asked for."""


@dataclass(frozen=True)
class Page:
    """The documents of one page, and how many there are on all pages."""

    total: int
    hits: list[Hit] = field(default_factory=list[Hit])


Scored = Sequence[tuple[Any, DocAddress]]

MARGIN = 60
"""Matches looked at beyond a page, for those that score the same as its last one."""


class Ordering:
    """Sorts the matches of queries over one state of the index."""

    def __init__(
        self,
        layout: Layout,
        searcher: tantivy.Searcher,
        boosting: Boosting | None = None,
    ) -> None:
        self.layout = layout
        self.searcher = searcher
        self.boosting = boosting

    def keys(self, keys: SortKeys) -> SortKeys:
        """The keys with the column that stands for each.

        :raises QueryError: one of them is no field to sort by
        """
        return tuple(
            key
            if key.field == "score"
            else SortKey(self._column_field(key.field), key.descending)
            for key in keys
        )

    def _column_field(self, name: str) -> str:
        rule = self.layout.rule(name)
        if rule.multi_valued:
            raise QueryError(f"can not sort on multivalued field: {name}")
        if self.layout.column(name) is not None and rule.indexed:
            return name
        # CKAN keeps the title once more as one value, for this.
        if self.layout.is_own(f"{name}_string"):
            return f"{name}_string"
        raise QueryError(f"can not sort on a field that is cut into words: {name}")

    def page(self, query: Query, keys: SortKeys, start: int, rows: int) -> Page:
        """The documents from `start` on, `rows` of them at most, and how many match."""
        keys = self.keys(keys)
        need = min(start + rows, self.searcher.num_docs)
        if need == 0 or rows == 0 or start >= self.searcher.num_docs:
            return Page(count_matches(self.searcher, query))
        by_score = keys and keys[0].field == "score" and keys[0].descending
        if by_score:
            # Counting goes along with scoring; more than a page, because equal scores
            # are common and a second search costs as much as the first.
            limit = min(need + MARGIN, self.searcher.num_docs)
            total, best = self._counted(query, limit)
            hits = self._by_score(query, keys[0], keys[1:], need, start, best)
        else:
            total = count_matches(self.searcher, query)
            hits = self._sorted(query, keys, need, start)
        return Page(total, list(itertools.islice(hits, start, start + rows)))

    def _counted(self, query: Query, limit: int) -> tuple[int, Scored]:
        """How many documents match, and the first ones by their scores."""
        if self.boosting:
            hits = self.boosting.best(query, limit)[:limit]
            return self.boosting.total, hits
        page = self.searcher.search(query, limit)
        return page.count, page.hits

    def all_sorted(self, query: Query, keys: SortKeys) -> Iterator[Hit]:
        """Every match in order."""
        return self._sorted(query, keys, self.searcher.num_docs)

    def _sorted(
        self, query: Query, keys: SortKeys, need: int, skip: int = 0
    ) -> Iterator[Hit]:
        """At least the first `need` matches in order, as far as there are so many.

        The first `skip` of them are not asked for, so their order does not matter.
        """
        need = min(need, self.searcher.num_docs)
        if not keys:
            hits = self.searcher.search(query, need, count=False).hits
            return (Hit(address) for _, address in hits)
        key, *rest = keys
        if key.field == "score":
            return self._by_score(query, key, tuple(rest), need, skip)
        if self.layout.is_own(key.field):
            return self._by_column(query, key, tuple(rest), need, skip)
        return self._by_value(query, key, tuple(rest), need, skip)

    def _by_column(
        self, query: Query, key: SortKey, rest: SortKeys, need: int, skip: int
    ) -> Iterator[Hit]:
        hits = self.searcher.search(
            query,
            need,
            count=False,
            order_by_field=key.field,
            order=DIRECTIONS[key.descending],
        ).hits
        for value, group in itertools.groupby(hits, key=lambda hit: hit[0]):
            same = [Hit(address) for _, address in group]
            skip -= len(same)
            if rest and len(same) > 1 and skip < 0:
                run = self._restricted(query, key.field, value)
                yield from itertools.islice(
                    self._sorted(run, rest, len(same)), len(same)
                )
            else:
                yield from same

    def _by_value(
        self, query: Query, key: SortKey, rest: SortKeys, need: int, skip: int
    ) -> Iterator[Hit]:
        """By a dynamic field: its values in order, and for each the documents."""
        column = self.layout.column(key.field)
        order = {"_key": DIRECTION_NAMES[key.descending]}
        buckets = self.searcher.aggregate(
            query,
            {"v": {"terms": {"field": column, "size": need, "order": order}}},
        )["v"]["buckets"]
        for bucket in buckets:
            count = bucket["doc_count"]
            if count <= skip:  # a whole value before the page
                yield from itertools.repeat(UNASKED, count)
            else:
                run = self._restricted(query, key.field, bucket["key"])
                yield from self._sorted(run, rest, min(need, count), skip)
            need -= count
            skip = max(skip - count, 0)
            if need <= 0:
                return
        yield from self._sorted(
            self._restricted(query, key.field, None), rest, need, skip
        )

    def _restricted(self, query: Query, name: str, value: Any) -> Query:
        """The matches that have this value of a field, or none at all."""
        column = self.layout.column(name) or name
        if value is None:
            missing = Query.term_query(self.layout.schema, FIELD_NAMES, name)
            return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, missing)])
        same = Query.term_query(self.layout.schema, column, value)
        return Query.boolean_query(
            [(Occur.Must, query), (Occur.Must, filter_only(same))]
        )

    def _by_score(
        self,
        query: Query,
        key: SortKey,
        rest: SortKeys,
        need: int,
        skip: int,
        hits: Scored | None = None,
    ) -> Iterator[Hit]:
        """`hits` are the first matches by score, if they are known already."""
        total = self.searcher.num_docs
        limit = min(need + MARGIN, total) if key.descending else total
        if hits is None:
            hits = self._best(query, limit)
        # A run of equal scores must not be cut where later keys decide about it.
        while rest and need <= len(hits) == limit < total and _is_cut(hits, need):
            limit = min(limit * 16, total)
            hits = self._best(query, limit)
        if not key.descending:
            hits = hits[::-1]
        ranks = _Ranks(self, query, rest)
        for score, group in itertools.groupby(hits, key=lambda hit: hit[0]):
            run = [address for _, address in group]
            skip -= len(run)
            if rest and len(run) > 1 and skip < 0:
                run = ranks.ordered(run)
            yield from (Hit(address, score) for address in run)

    def _best(self, query: Query, limit: int) -> Scored:
        if self.boosting:
            return self.boosting.best(query, limit)[:limit]
        return self.searcher.search(query, limit, count=False).hits

    def by_numbers(self, run: list[DocAddress], keys: SortKeys) -> list[DocAddress]:
        """Documents in the order of number columns; those without a value come last."""
        for key in reversed(keys):
            values = self.searcher.fast_field_values(key.field, run)
            pairs = list(zip(values, run, strict=True))
            present = [(v, address) for v, address in pairs if v is not None]
            present.sort(key=lambda pair: pair[0], reverse=key.descending)
            missing = [address for v, address in pairs if v is None]
            run = [address for _, address in present] + missing
        return run

    def is_number_column(self, key: SortKey) -> bool:
        return (
            self.layout.is_own(key.field)
            and self.layout.rule(key.field).kind in NUMBERS
        )


class _Ranks:
    """Sorts runs of documents of equal score by the keys after the score."""

    def __init__(self, ordering: Ordering, query: Query, keys: SortKeys) -> None:
        self.ordering = ordering
        self.query = query
        self.keys = tuple(key for key in keys if key.field != "score")

    def ordered(self, run: list[DocAddress]) -> list[DocAddress]:
        if all(map(self.ordering.is_number_column, self.keys)):
            return self.ordering.by_numbers(run, self.keys)
        return sorted(run, key=lambda address: self._ranks[place(address)])

    @cached_property
    def _ranks(self) -> dict[tuple[int, int], int]:
        """The place of every match by these keys: strings cannot be read one by one."""
        hits = self.ordering.all_sorted(self.query, self.keys)
        return {place(hit.address): rank for rank, hit in enumerate(hits)}


def _is_cut(hits: Scored, need: int) -> bool:
    """Whether the run of the last match needed may go on behind the hits."""
    return hits[need - 1][0] == hits[-1][0]
