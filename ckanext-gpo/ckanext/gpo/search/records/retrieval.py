"""Keys of records that may be what a query asks for, from the index of one table.

Candidates, not results: pairs of neighbours stand in a value in any order, and the index
may be of an older state of its table. Each step asks for what fits less well than the one
before, so that a whole value wins over those that have the query as a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tantivy import Query

from ckanext.gpo.search.analysis import IS_HAN

from . import text
from .index import GRAMS, SCHEMA, SOUNDS, VALUES, Term
from .query import RecordQuery
from .walk import Walk

MOST_TERMS = 20_000
"""Values with one beginning that are looked through for a longer beginning."""

SLIPS = 1

FEWEST_PAIRS = 2
"""Pairs by which a part of a value is told from others."""

Candidate = tuple[int, bytes]
"""How far down the steps a record was met, the best first, and its key."""


def matching_keys(walk: Walk, query: RecordQuery) -> list[Candidate]:
    """Records that may have the query as it is typed: whole, as a beginning, its words."""
    steps: dict[bytes, int] = {}
    for step, keys in enumerate(_exact_keys(walk, query)):
        for key in keys:
            steps.setdefault(key, step)
        if len(steps) >= walk.limit:
            break
    return [(step, key) for key, step in steps.items()][: walk.limit]


def beginning_keys(walk: Walk, query: RecordQuery) -> list[Candidate]:
    """Records that may have a value that begins with the query; `limit` means too many."""
    keys: dict[bytes, None] = {}
    if query.is_code:
        for value in _values_beginning_with(walk, query.compact)[: walk.limit]:
            keys |= dict.fromkeys(walk.keys([(VALUES, value)]))
    pairs = text.pairs(query.units)
    if pairs:
        grams = _grams([text.first_gram(query.units), *pairs])
        keys |= dict.fromkeys(walk.keys(grams))
    return [(0, key) for key in keys][: walk.limit]


def similar_keys(walk: Walk, query: RecordQuery) -> list[Candidate]:
    """Records that may be meant by a query that sounds alike or has a slip in it.

    A guess that fits as many records as are asked for says little: it goes behind the
    others.
    """
    guesses = [_union(walk, guess) for guess in _guesses(query)]
    steps: dict[bytes, int] = {}
    # Sorting is stable: of those that say as much the closest stays first.
    ranked = sorted(guesses, key=lambda keys: len(keys) >= walk.limit)
    for step, keys in enumerate(ranked):
        for key in keys:
            steps.setdefault(key, step)
    if not steps and query.is_guessable and query.plain.isascii():
        # Goes through the list of whole values: dearer than all before.
        slip = Query.fuzzy_term_query(SCHEMA, VALUES, query.compact, SLIPS)
        steps = dict.fromkeys(walk.ask(slip, walk.limit), 0)
    return [(step, key) for key, step in steps.items()][: walk.limit]


def _exact_keys(walk: Walk, query: RecordQuery) -> Iterator[list[bytes]]:
    yield walk.keys([(VALUES, query.compact)])
    if query.is_code:
        values = _values_beginning_with(walk, query.compact)
        if values:
            longer = Query.term_set_query(SCHEMA, VALUES, values)
            yield walk.ask(longer, walk.limit)
    pairs = text.pairs(query.units)
    if pairs:
        # A house before its flats.
        yield walk.keys(_grams([*pairs, text.last_gram(query.units)]))
        yield walk.keys(_grams([text.first_gram(query.units), *pairs]))
        yield walk.keys(_grams(pairs))
    if len(query.words) > 1 or not pairs:
        grams = [gram for word in query.words for gram in text.pairs(word) or word]
        yield walk.keys(_grams(grams))


def _values_beginning_with(walk: Walk, beginning: str) -> list[str]:
    """Whole values that begin so; nothing if too many would have to be looked through."""
    for length in sorted(text.BEGINNINGS, reverse=True):
        if length <= len(beginning):
            edge = text.START + beginning[:length]
            if walk.count((GRAMS, edge)) <= MOST_TERMS:
                terms = walk.searcher.terms_with_prefix(VALUES, beginning)
                return [term for term, _ in terms]
    return []


def _union(walk: Walk, ways: Iterable[list[Term]]) -> list[bytes]:
    """Keys of records that have all terms of one of some ways."""
    keys: dict[bytes, None] = {}
    for way in ways:
        keys |= dict.fromkeys(walk.keys(way))
        if len(keys) >= walk.limit:
            break
    return list(keys)


def _guesses(query: RecordQuery) -> Iterator[list[list[Term]]]:
    """Ways to understand a query, those that belong together in one list."""
    for syllables in query.sounds:
        sounds = [(SOUNDS, pair) for pair in text.sound_pairs(syllables)]
        yield [[*sounds, *_grams(query.runs)]]
    if query.is_guessable and not query.plain.isascii():
        yield [_grams(way) for way in _wholes_with_slip(query.units)]
        yield [_grams(way) for way in _parts_with_slip(query.units)]


def _wholes_with_slip(units: list[str]) -> Iterator[list[str]]:
    for place, pairs in _slips(units):
        first = [] if place == 0 else [text.first_gram(units)]
        last = [] if place == len(units) - 1 else [text.last_gram(units)]
        if len(first + pairs + last) > FEWEST_PAIRS:
            yield first + pairs + last


def _parts_with_slip(units: list[str]) -> Iterator[list[str]]:
    for _, pairs in _slips(units):
        if len(pairs) >= FEWEST_PAIRS:
            yield pairs


def _slips(units: list[str]) -> Iterator[tuple[int, list[str]]]:
    """One unit is another one, missing, or too many: the pairs on both sides are right.

    Numbers and letters are none: another number is another thing.
    """
    pairs = text.pairs(units)
    for place, unit in enumerate(units):
        if IS_HAN.match(unit):
            yield place, pairs[: max(place - 1, 0)] + pairs[place + 1 :]


def _grams(terms: Sequence[str]) -> list[Term]:
    return [(GRAMS, term) for term in terms]
