"""Keys of records that have certain terms, from the index of one table, at a bounded cost.

What a question costs is what it *walks*: the list of its rarest term, against which the
others are held. Where even that one is long, the records are looked through slice by
slice, each twice as large as the one before, until there are enough: a word that stands in
every record is answered by the first slice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import tantivy
from tantivy import Occur, Query

from . import index
from .index import KEY, SCHEMA, SLICE, Term

SHORT = 20_000
"""Records with a term that are looked through at once."""

MOST_WALKED = 500_000
"""Records that are looked through for one query in one index; in more, what is rare in
combination, but common piece by piece, is not found."""


class Walk:
    """What one query looks through in one index.

    :param limit: keys that are enough
    """

    def __init__(self, searcher: tantivy.Searcher, limit: int) -> None:
        self.searcher = searcher
        self.limit = limit
        self.walked = 0
        """Records looked through so far, at most `MOST_WALKED`."""
        self.is_complete = True
        """Whether all was looked through that had to be."""
        self._counts: dict[Term, int] = {}

    def count(self, term: Term) -> int:
        """Records that have a term."""
        if term not in self._counts:
            self._counts[term] = self.searcher.doc_freq(*term)
        return self._counts[term]

    def keys(self, terms: Iterable[Term]) -> list[bytes]:
        """Keys of records that have all of some terms, `limit` at most."""
        rarest_first = sorted(set(terms), key=self.count)
        if not rarest_first or not self.count(rarest_first[0]):
            return []
        shortest = self.count(rarest_first[0])
        keys: list[bytes] = []
        for scope, size in self._scopes(shortest):
            if self.walked + size > MOST_WALKED:
                self.is_complete = False
                break
            self.walked += size
            keys += self.ask(_all([*scope, *rarest_first]), self.limit - len(keys))
            if len(keys) == self.limit:
                break
        return keys

    def ask(self, query: Query, limit: int) -> list[bytes]:
        """Keys of records that a query finds, whatever it walks."""
        hits = self.searcher.search(query, limit, count=False).hits
        return [self.searcher.doc(address)[KEY][0] for _, address in hits]

    def _scopes(self, shortest: int) -> Iterator[tuple[list[Term], int]]:
        """What narrows a question, and how much is walked for it at most."""
        if shortest <= SHORT:
            yield [], shortest
            return
        rest = shortest
        for term in self._slices:
            size = min(self.count(term), rest)
            yield [term], size
            rest -= size

    @cached_property
    def _slices(self) -> list[Term]:
        last = index.slice_number(self.searcher.num_docs - 1)
        return [(SLICE, str(number)) for number in range(last + 1)]


def _all(terms: list[Term]) -> Query:
    conditions = [
        (Occur.Must, Query.term_query(SCHEMA, field, text, "basic"))
        for field, text in terms
    ]
    return Query.const_score_query(Query.boolean_query(conditions), 1.0)
