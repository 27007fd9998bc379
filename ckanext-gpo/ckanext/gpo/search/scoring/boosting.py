"""Scores that functions of a document's fields have a part in: `bf` and `boost`.

The engine knows scores of words only. Its best matches are taken, their scores made
whole here, and more of them are looked at until those not seen cannot reach the page any
more, because even the highest value that the functions can have would not lift them
there. So the order is exact, and a page of ten thousand matches costs no more than the
few hundred that may be on it, as long as the functions have a bound.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import tantivy
from tantivy import DocAddress, Query

from ckanext.gpo.search.errors import CostError, Excess, QueryError
from ckanext.gpo.search.index import (
    BODY,
    FIELD_NAMES,
    NUMBERS,
    Kind,
    Layout,
    parse_date,
)

from .function_text import MAX_LENGTH, Weighted, read_functions
from .functions import Bounds, Column

FIRST = 300
"""Matches looked at first, and by how many times more each time after that."""
MORE = 8

ScoredHits = list[tuple[float, DocAddress]]


@dataclass(frozen=True)
class Boosts:
    """Functions whose values are added to a score, and then multiplied with it."""

    added: tuple[Weighted, ...]
    multiplied: tuple[Weighted, ...]


def read_boosts(
    added: Sequence[str], multiplied: Sequence[str], now: datetime
) -> Boosts | None:
    """The functions of a request, if it has any.

    :raises QueryError: one of them cannot be read, or all together are too long
    """
    if sum(map(len, (*added, *multiplied))) > MAX_LENGTH:
        raise CostError(
            Excess.LENGTH, f"functions have more than {MAX_LENGTH} characters"
        )
    boosts = Boosts(
        tuple(f for text in added for f in read_functions(text, now)),
        tuple(f for text in multiplied for f in read_functions(text, now)),
    )
    return boosts if boosts.added or boosts.multiplied else None


class Boosting:
    """Whole scores over one state of the index."""

    def __init__(
        self, boosts: Boosts, layout: Layout, searcher: tantivy.Searcher, now: datetime
    ) -> None:
        self.boosts = boosts
        self.layout = layout
        self.searcher = searcher
        self.now = now
        self.total = 0
        """How many documents the last query matches."""
        self._all: tuple[Query, ScoredHits] | None = None
        """The last query of which all matches had to be looked at, and those."""
        self._ranges: dict[str, Bounds] = {}
        self._addresses: dict[str, set[tuple[int, int]]] = {}

    def best(self, query: Query, limit: int) -> ScoredHits:
        """At least the `limit` best matches by their whole scores, best first."""
        if self._all and self._all[0] is query:
            return self._all[1]
        everything = self.searcher.num_docs + 1
        count = max(limit, FIRST)
        page = self.searcher.search(query, count)
        self.total = page.count
        while True:
            hits = page.hits
            whole = self.whole(hits)
            all_seen = len(hits) < count
            if all_seen or self._is_enough(whole, hits[-1][0], limit):
                whole.sort(key=lambda hit: -hit[0])
                if all_seen:
                    self._all = query, whole
                return whole
            # Where all score the same, the bounds will never tell them apart.
            more = hits[0][0] > hits[-1][0]
            count = min(count * MORE, everything) if more else everything
            page = self.searcher.search(query, count, count=False)

    def whole(self, hits: Sequence[tuple[float, DocAddress]]) -> ScoredHits:
        """The whole scores of documents with these scores of words."""
        documents = _Documents([address for _, address in hits], self)
        scores = [score for score, _ in hits]
        for part in self.boosts.added:
            column = _at_least_nothing(part.function.column(documents))
            scores = [s + part.weight * v for s, v in zip(scores, column, strict=True)]
        for part in self.boosts.multiplied:
            column = _at_least_nothing(part.function.column(documents))
            scores = [s * part.weight * v for s, v in zip(scores, column, strict=True)]
        return list(zip(scores, documents.addresses, strict=True))

    def _is_enough(self, whole: ScoredHits, last: float, limit: int) -> bool:
        """Whether no match that scores less than the last one can be among the best."""
        nothing = _Documents([], self)
        highest = last
        for part in self.boosts.added:
            highest += part.weight * max(part.function.bounds(nothing)[1], 0.0)
        for part in self.boosts.multiplied:
            highest *= part.weight * max(part.function.bounds(nothing)[1], 0.0)
        best = heapq.nlargest(limit, (score for score, _ in whole))
        return best[-1] > highest

    def range(self, name: str) -> Bounds:
        """Between which the values of a column lie."""
        if name not in self._ranges:
            column = self.number_column(name)
            extremes = self.searcher.aggregate(
                Query.all_query(),
                {"low": {"min": {"field": column}}, "high": {"max": {"field": column}}},
            )
            low, high = extremes["low"]["value"], extremes["high"]["value"]
            self._ranges[name] = (low or 0.0, high or 0.0)
        return self._ranges[name]

    def number_column(self, name: str) -> str:
        """The column with the numbers of a field.

        :raises QueryError: it is no single number
        """
        rule = self.layout.rule(name)
        column = self.layout.column(name)
        if rule.kind not in NUMBERS or column is None:
            raise QueryError(f"the field {name} is not a number")
        if rule.multi_valued:
            raise QueryError(f"can not use a multivalued field in a function: {name}")
        return column

    def with_field(self, name: str) -> set[tuple[int, int]]:
        """All documents that have a field."""
        if name not in self._addresses:
            query = Query.term_query(self.layout.schema, FIELD_NAMES, name)
            count = max(self.searcher.num_docs, 1)
            hits = self.searcher.search(query, count, count=False).hits
            self._addresses[name] = {place(address) for _, address in hits}
        return self._addresses[name]


class _Documents:
    """Some documents, as functions ask for their fields."""

    def __init__(self, addresses: list[DocAddress], boosting: Boosting) -> None:
        self.addresses = addresses
        self._boosting = boosting
        self._columns: dict[str, Sequence[float | None]] = {}

    def __len__(self) -> int:
        return len(self.addresses)

    def values(self, name: str) -> Sequence[float | None]:
        if name not in self._columns:
            self._columns[name] = self._read(name)
        return self._columns[name]

    def _read(self, name: str) -> Sequence[float | None]:
        column = self._boosting.number_column(name)
        if self._boosting.layout.is_own(name):
            return self._boosting.searcher.fast_field_values(column, self.addresses)
        # The engine gives no column of a JSON field; what is stored says the same.
        values = [body.get(name) for body in self._bodies]
        if self._boosting.layout.rule(name).kind is Kind.DATE:
            now = self._boosting.now
            return [None if v is None else parse_date(v, now) for v in values]
        return values

    @cached_property
    def _bodies(self) -> list[dict[str, Any]]:
        doc = self._boosting.searcher.doc
        return [json.loads(doc(address)[BODY][0]) for address in self.addresses]

    def present(self, name: str) -> Sequence[bool]:
        if self._boosting.layout.rule(name).kind in NUMBERS:
            return [value is not None for value in self.values(name)]
        documents = self._boosting.with_field(name)
        return [place(address) in documents for address in self.addresses]

    def bounds(self, name: str) -> Bounds:
        return self._boosting.range(name)


def _at_least_nothing(column: Column) -> Column:
    """Values as parts of a score: less than nothing, or no number, is nothing."""
    return [v if v > 0 and not math.isinf(v) else 0.0 for v in column]


def place(address: DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc
