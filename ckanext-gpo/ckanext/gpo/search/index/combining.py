"""Conditions of the engine, combined and counted."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

Clause = tuple[Occur, Query]


def all_of(queries: list[Query]) -> Query:
    """All of some conditions; nothing if there are none."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: list[Query]) -> Query:
    """At least one of some conditions."""
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def best_of(queries: list[Query], tie: float = 0.0) -> Query:
    """Any of some conditions; the best one says how well, the others add `tie` times."""
    if len(queries) == 1:
        return queries[0]
    return Query.disjunction_max_query(queries, tie)


def boost(query: Query, weight: float) -> Query:
    """A condition whose score counts `weight` times."""
    return Query.boost_query(query, weight)


def filter_only(query: Query) -> Query:
    """A condition that filters and says nothing about the order."""
    return Query.const_score_query(query, 0.0)


def count_matches(searcher: tantivy.Searcher, query: Query) -> int:
    """How many documents match."""
    return searcher.search(filter_only(query), 1).count


class VisibleDocuments:
    """The documents that all of some filters let through."""

    def __init__(self, searcher: tantivy.Searcher, filters: Sequence[Query]) -> None:
        self.searcher = searcher
        self.filters = tuple(filters)

    def matching(self, query: Query) -> Query:
        """A condition on these documents only."""
        must = [query, *self.filters]
        return Query.boolean_query([(Occur.Must, condition) for condition in must])

    def count(self, query: Query) -> int:
        """How many of these documents match."""
        return count_matches(self.searcher, self.matching(query))
