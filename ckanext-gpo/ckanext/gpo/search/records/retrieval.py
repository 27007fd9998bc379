"""Keys of records that may be what a query asks for, from the index of one table.

Candidates, not results: pairs of neighbours stand in a value in any order, and the index
may be of an older state of its table. Each step asks for what fits less well than the one
before; every question is a few lists of the index, so that its cost is bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import tantivy
from tantivy import Occur, Query

from . import text
from .index import GRAMS, KEY, SCHEMA, SOUNDS, VALUES
from .query import RecordQuery

MOST_TERMS = 20_000
"""Values with one beginning that are looked through for a longer beginning."""

SLIPS = 1

Candidate = tuple[int, bytes]
"""How far down the steps a record was met, the best first, and its key."""


def matching_keys(
    searcher: tantivy.Searcher, query: RecordQuery, limit: int
) -> list[Candidate]:
    """Records that may have the query as it is typed: whole, as a beginning, its words."""
    steps: dict[bytes, int] = {}
    for step, condition in enumerate(_exact_queries(searcher, query)):
        for key in _keys(searcher, condition, limit):
            steps.setdefault(key, step)
        if len(steps) >= limit:
            break
    return [(step, key) for key, step in steps.items()][:limit]


def similar_keys(
    searcher: tantivy.Searcher, query: RecordQuery, limit: int
) -> list[Candidate]:
    """Records that may be meant by a query that sounds alike or has a slip in it.

    The first guess that fits some records is taken. One that fits as many as are asked for
    says little, and is taken only where no other fits.
    """
    vague: dict[bytes, int] = {}
    for step, guess in enumerate(_guesses(query)):
        keys = _keys(searcher, guess, limit)
        if 0 < len(keys) < limit:
            return [(step, key) for key in keys]
        for key in keys:
            vague.setdefault(key, step)
    return [(step, key) for key, step in vague.items()][:limit]


def _keys(searcher: tantivy.Searcher, query: Query, limit: int) -> list[bytes]:
    hits = searcher.search(query, limit, count=False).hits
    return [searcher.doc(address)[KEY][0] for _, address in hits]


def _exact_queries(searcher: tantivy.Searcher, query: RecordQuery) -> Iterator[Query]:
    yield Query.term_query(SCHEMA, VALUES, query.compact)
    if query.is_code:
        values = _values_beginning_with(searcher, query.compact)
        if values:
            yield Query.term_set_query(SCHEMA, VALUES, values)
    pairs = text.pairs(query.units)
    if pairs:
        yield _all(GRAMS, [text.START + query.units[0], *pairs])
        yield _all(GRAMS, pairs)
    if len(query.words) > 1 or not pairs:
        yield _all(GRAMS, [gram for word in query.words for gram in _grams(word)])


def _grams(word: list[str]) -> list[str]:
    return text.pairs(word) or word


def _values_beginning_with(searcher: tantivy.Searcher, beginning: str) -> list[str]:
    """Whole values that begin so; nothing if too many would have to be looked through."""
    for length in sorted(text.BEGINNINGS, reverse=True):
        if length <= len(beginning):
            edge = text.START + beginning[:length]
            if searcher.doc_freq(GRAMS, edge) <= MOST_TERMS:
                terms = searcher.terms_with_prefix(VALUES, beginning)
                return [term for term, _ in terms]
    return []


def _guesses(query: RecordQuery) -> Iterator[Query]:
    for syllables in query.sounds:
        sounds = [_term(SOUNDS, pair) for pair in text.sound_pairs(syllables)]
        yield _all_of([*sounds, *(_term(GRAMS, run) for run in query.runs)])
    if query.is_guessable:
        if not query.is_code:
            yield from _with_gap(query)
        # Ten times as dear as all before: it goes through the list of whole values.
        yield Query.fuzzy_term_query(SCHEMA, VALUES, query.compact, SLIPS)


def _with_gap(query: RecordQuery) -> Iterator[Query]:
    """One unit is another one, missing, or too many: the pairs on both sides are right."""
    pairs = text.pairs(query.units)
    ways = [pairs[:place] + pairs[place + 2 :] for place in range(len(pairs))]
    ways = [way for way in ways if len(way) >= 2]
    if ways:
        yield Query.boolean_query([(Occur.Should, _all(GRAMS, way)) for way in ways])


def _all(field: str, terms: Sequence[str]) -> Query:
    return _all_of([_term(field, term) for term in dict.fromkeys(terms)])


def _all_of(queries: list[Query]) -> Query:
    every = Query.boolean_query([(Occur.Must, query) for query in queries])
    return Query.const_score_query(every, 1.0)


def _term(field: str, term: str) -> Query:
    return Query.term_query(SCHEMA, field, term, "basic")
