"""Exact terms of one field, wherever the layout keeps them.

Three places, one set of questions: is this term there, one of these, these in a row,
those that match a pattern, and all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import tantivy
from tantivy import Query

from ckanext.gpo.search.analysis import Token
from ckanext.gpo.search.errors import CostError, Excess
from ckanext.gpo.search.index import (
    DYNAMIC_STRING,
    DYNAMIC_TEXT,
    MARK,
    SEPARATOR,
    Kind,
    Layout,
    all_of,
    best_of,
    path,
)

from .term_recorder import TermRecorder

MAX_EXPANSION = 50_000
"""Values that a pattern or range over a dynamic field may look through."""

Accept = Callable[[str], Any]


class FieldTerms:
    """Terms of a field that has a field of its own in the index.

    `name` is what Solr calls the field, `field` what the engine does.
    """

    prefix = ""

    def __init__(
        self, schema: tantivy.Schema, name: str, recorder: TermRecorder | None = None
    ) -> None:
        self.schema = schema
        self.name = self.field = name
        self.recorder = recorder or TermRecorder()

    def term(self, term: str) -> Query:
        self.recorder.add_sequence(self.name, [(term, 0)])
        return Query.term_query(self.schema, self.field, self.prefix + term)

    def any_of(self, terms: Iterable[str]) -> Query:
        prefixed = [self.prefix + term for term in terms]
        return Query.term_set_query(self.schema, self.field, prefixed)

    def phrase(self, tokens: list[Token], slop: int = 0) -> Query:
        """Terms at these distances from each other, or up to `slop` terms further apart.

        Of more than two terms every two neighbours must stand so near somewhere, in
        either order: the engine's own loose phrase of several terms doubles its work and
        memory with each of them.
        """
        if len(tokens) == 1:  # the engine has no phrases of one word
            return self.term(tokens[0][0])
        if slop and len(tokens) > 2:
            pairs = neighbours(tokens)
            return all_of([self._near_each_other(*pair, slop) for pair in pairs])
        self.recorder.add_sequence(self.name, tokens, slop)
        return self._phrase(tokens, slop)

    def _near_each_other(self, first: str, second: str, gap: int, slop: int) -> Query:
        """Two terms, `gap` positions apart; to change places counts as in Lucene."""
        tokens = [(first, 0), (second, gap)]
        self.recorder.add_sequence(self.name, tokens, slop)
        ways = [self._phrase(tokens, slop)]
        if first != second and slop > gap:
            self.recorder.add_sequence(
                self.name, [(second, 0), (first, 1)], slop - gap - 1
            )
            ways.append(self._phrase([(second, 0), (first, 1)], slop - gap - 1))
        return best_of(ways)

    def _phrase(self, tokens: list[Token], slop: int) -> Query:
        words = [(position, self.prefix + text) for text, position in tokens]
        return Query.phrase_query(self.schema, self.field, words, slop)

    def regex(self, pattern: str, searcher: tantivy.Searcher) -> Query:
        """Terms that a regular expression matches as a whole."""
        del searcher
        self.recorder.add_predicate(self.name, full_match(pattern))
        return Query.regex_query(
            self.schema, self.field, re.escape(self.prefix) + f"(?:{pattern})"
        )

    def fuzzy(self, term: str, edits: int, searcher: tantivy.Searcher) -> Query:
        """Terms that differ in up to so many characters."""
        del searcher
        self.recorder.add_predicate(self.name, within_edits(term, edits))
        return Query.fuzzy_term_query(self.schema, self.field, term, edits)

    def matching(self, accept: Accept, start: str, searcher: tantivy.Searcher) -> Query:
        """Terms with this start that a function accepts."""
        self.recorder.add_predicate(
            self.name, lambda v: v.startswith(start) and accept(v)
        )
        return self.any_of(filter(accept, self.values(start, searcher)))

    def values(self, start: str, searcher: tantivy.Searcher) -> list[str]:
        term_counts = searcher.terms_with_prefix(self.field, self.prefix + start)
        return [term[len(self.prefix) :] for term, _ in term_counts]


class PrefixedTerms(FieldTerms):
    """Terms of a dynamic text field, each behind the name of the field."""

    def __init__(
        self, schema: tantivy.Schema, name: str, recorder: TermRecorder | None = None
    ) -> None:
        super().__init__(schema, name, recorder)
        self.field = DYNAMIC_TEXT
        self.prefix = name + SEPARATOR

    def fuzzy(self, term: str, edits: int, searcher: tantivy.Searcher) -> Query:
        # The engine would also allow edits in the name of the field.
        return self.matching(within_edits(term, edits), "", searcher)


class JsonTerms(FieldTerms):
    """Values of a dynamic string field."""

    prefix = MARK

    def __init__(
        self, schema: tantivy.Schema, name: str, recorder: TermRecorder | None = None
    ) -> None:
        super().__init__(schema, name, recorder)
        self.field = path(DYNAMIC_STRING, name)

    def regex(self, pattern: str, searcher: tantivy.Searcher) -> Query:
        return self.matching(full_match(pattern), "", searcher)

    def fuzzy(self, term: str, edits: int, searcher: tantivy.Searcher) -> Query:
        del searcher
        self.recorder.add_predicate(self.name, within_edits(term, edits))
        return Query.fuzzy_term_query(self.schema, self.field, MARK + term, edits)

    def values(self, start: str, searcher: tantivy.Searcher) -> list[str]:
        buckets = searcher.aggregate(
            Query.exists_query(self.field),
            {"values": {"terms": {"field": self.field, "size": MAX_EXPANSION + 1}}},
        )["values"]["buckets"]
        if len(buckets) > MAX_EXPANSION:
            raise CostError(Excess.PATTERNS, f"too many values in {self.field}")
        values = (str(bucket["key"])[len(MARK) :] for bucket in buckets)
        return [value for value in values if value.startswith(start)]


def terms_of(
    layout: Layout, name: str, recorder: TermRecorder | None = None
) -> FieldTerms:
    """The terms of a text or string field; what is asked of them is noted."""
    if layout.is_own(name):
        return FieldTerms(layout.schema, name, recorder)
    if layout.rule(name).kind is Kind.STRING:
        return JsonTerms(layout.schema, name, recorder)
    return PrefixedTerms(layout.schema, name, recorder)


def neighbours(tokens: list[Token]) -> list[tuple[str, str, int]]:
    """Each two terms that follow each other once, with their distance."""
    return list(
        dict.fromkeys(
            (first, second, second_place - first_place)
            for (first, first_place), (second, second_place) in pairwise(tokens)
        )
    )


def full_match(pattern: str) -> Callable[[str], bool]:
    """Whether a regular expression matches all of a text; it is read when first asked.

    By the engine's own expressions: Python's can take for ever.
    """

    @cache
    def analyser() -> tantivy.TextAnalyzer:
        matching = tantivy.Tokenizer.regex(f"^(?s:{pattern})$")
        return tantivy.TextAnalyzerBuilder(matching).build()

    return lambda text: analyser().analyze(text) == [text]


def within_edits(term: str, edits: int) -> Callable[[str], bool]:
    """Whether a word differs from a term in up to so many characters."""
    return lambda text: distance(term, text) <= edits


def distance(one: str, other: str) -> int:
    """Edits between two words, as the engine counts them; three stands for more than two.

    Two neighbours that change places are one edit.
    """
    if abs(len(one) - len(other)) > 2:
        return 3
    two_back: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_back, row, one_back = row, [i], two_back
        for j, b in enumerate(other, 1):
            least = min(two_back[j] + 1, row[j - 1] + 1, two_back[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, one_back[j - 2] + 1)
            row.append(least)
    return min(row[-1], 3)
