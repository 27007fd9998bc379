"""The documents of the index whose name may be what somebody is typing.

Asks for more than the names themselves say: also for the name in English, for codes and
for the address of a dataset. Every question is a few lists of the index, so that one
letter costs no more than a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tantivy import Query

from ckanext.gpo.search.analysis import IS_HAN, fold, ngrams, pinyin, positioned
from ckanext.gpo.search.index import PINYIN, all_of, best_of, boost
from ckanext.gpo.search.query import FieldTerms, Matcher, terms_of
from ckanext.gpo.search.scoring import ranking

from .typed_query import Piece, TypedQuery

BEGINNINGS = ("extras_title_en", "extras_res_code", "extras_item_code")
"""Fields in which words, and codes of any length, are found by how they begin."""

MAX_INITIALS = 8
"""Letters of which each may stand for a word."""


class Completion:
    """Builds the query for what is being typed, over one state of the index."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.schema = matcher.layout.schema
        self.pinyin = FieldTerms(self.schema, PINYIN)

    def queries(self, typed: TypedQuery) -> Iterator[Query]:
        """For each reading the documents that hold all of it, in any of its meanings."""
        text = fold(typed.text).lower()
        whole = self._substrings("name_ngram", text)
        if not text.isalpha():  # a code, a number, words with a sign between
            whole += self._substrings("title_ngram", text) + self._beginnings(text)
        for pieces in typed.readings:
            yield best_of([all_of([self._piece(piece) for piece in pieces]), *whole])
            whole = []

    def _piece(self, piece: Piece) -> Query:
        run = piece.text
        ways = self._substrings("title_ngram", run)
        ways += [
            boost(self.matcher.phrase("title", other), ranking.SUGGESTED_SYNONYM_WEIGHT)
            for other in piece.others
        ]
        if len(run) == 1:  # no pair
            ways.append(self.matcher.term("title", run))
        if not IS_HAN.match(run):
            ways += self._beginnings(run)
        if run.isascii() and run.isalpha():
            ways += self._sounds(run)
        return best_of(ways)

    def _substrings(self, name: str, text: str) -> list[Query]:
        """Two characters or more, wherever they stand."""
        pairs = ngrams(text)
        return [terms_of(self.matcher.layout, name).phrase(pairs)] if pairs else []

    def _beginnings(self, text: str) -> list[Query]:
        ways: list[Query] = []
        for name in BEGINNINGS:
            style = self.matcher.layout.rule(name).style
            tokens = self.matcher.analyser.phrase_tokens(text, style)
            if tokens:
                terms = terms_of(self.matcher.layout, name)
                ways.append(self._begins(terms, [word for word, _ in tokens]))
        return ways

    def _sounds(self, run: str) -> list[Query]:
        ways = [
            boost(
                self.pinyin.phrase(positioned(split)), ranking.SUGGESTED_PINYIN_WEIGHT
            )
            for split in pinyin.splits(run)
        ]
        ways += [
            boost(
                self._begins(self.pinyin, list(split)), ranking.SUGGESTED_PINYIN_WEIGHT
            )
            for split in pinyin.half_splits(run)
        ]
        if 1 < len(run) <= MAX_INITIALS:
            pairs = [
                pinyin.INITIALS + run[index : index + 2]
                for index in range(len(run) - 1)
            ]
            initials = self.pinyin.phrase(positioned(pairs))
            ways.append(boost(initials, ranking.SUGGESTED_INITIALS_WEIGHT))
        return ways

    def _begins(self, terms: FieldTerms, words: list[str]) -> Query:
        """Words in a row, the last of which may go on."""
        prefixed = [terms.prefix + word for word in words]
        if len(prefixed) == 1:
            pattern = re.escape(prefixed[0]) + "[a-z0-9]*"
            return Query.regex_query(self.schema, terms.field, pattern)
        return Query.phrase_prefix_query(
            self.schema, terms.field, list(enumerate(prefixed))
        )
