"""Fewer of the words of a query: what people ask in sentences, no text has word for word.

The words that only make a question of it are left out (`stopwords.txt`); of a longer word
the words in it count too, and of a Chinese one that stands nowhere its characters, because
the segmenter may have cut a sentence wrongly. A result needs a quarter of what is left, a
rare word counting up to three times: 捷运 alone answers 捷运每个月有多少人坐, 人 alone does
not.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from tantivy import Occur, Query

from ckanext.gpo.search.analysis import IS_HAN
from ckanext.gpo.search.index import VisibleDocuments, boost, filter_only
from ckanext.gpo.search.scoring import ranking

from .lucene import Scope
from .matching import Matcher

ALL_TEXTS = "text"
"""CKAN copies every text of a document into this field."""

MAX_WORDS = 48
"""Words that are looked at, with those in them: each is counted and takes part in the
query. A longer text was pasted, and its beginning says enough."""


@dataclass(frozen=True)
class Word:
    """A word of a query, or what stands for it, and how many texts have it."""

    query: Query
    frequency: int
    is_character: bool


class PartialMatch:
    """Queries for a part of some words. Only `visible` documents are counted."""

    def __init__(
        self, matcher: Matcher, scope: Scope, visible: VisibleDocuments
    ) -> None:
        self.matcher = matcher
        self.scope = _evenly(scope)
        self.visible = visible

    def query(self, pieces: list[str]) -> Query | None:
        """Some of the words; nothing if there is no less to ask for than all of them."""
        if self._names_another(pieces):
            return None
        looked_at = chain.from_iterable(map(self._words, self._telling(pieces)))
        words = [word for word in islice(looked_at, MAX_WORDS) if word.frequency]
        # Characters alone are no words: 财证 is rather a typo.
        if all(word.is_character for word in words) or len(pieces) == len(words) == 1:
            return None
        enough = self._enough(words)
        return Query.boolean_query(
            [
                (Occur.Must, filter_only(enough)),
                *((Occur.Should, word.query) for word in words),
            ]
        )

    def _names_another(self, pieces: list[str]) -> bool:
        """Whether it is a name whose number stands nowhere: Contact 2 is not Contact 3.

        A Chinese question for a year that no text has yet is answered all the same.
        """
        if any(map(IS_HAN.match, pieces)):
            return False
        return any(p.isdecimal() and not self._word(p).frequency for p in pieces)

    def _telling(self, pieces: list[str]) -> list[str]:
        """The pieces that say what is looked for, each once; all if none does."""
        stopwords = self.matcher.analyser.stopwords
        telling = [piece for piece in pieces if piece not in stopwords] or pieces
        return list(dict.fromkeys(telling))

    def _words(self, piece: str) -> Iterator[Word]:
        word = self._word(piece)
        yield word
        inner = self._inner(piece)
        if not inner and not word.frequency and IS_HAN.match(piece):
            inner = list(piece)
        yield from map(self._word, inner)

    def _word(self, text: str) -> Word:
        query = self.scope.query(self.matcher, "term", text)
        frequency = self.visible.count(query)
        if len(text) > 1:
            return Word(query, frequency, is_character=False)
        lighter = boost(query, ranking.CHARACTER_WEIGHT)
        return Word(lighter, frequency, is_character=True)

    def _inner(self, piece: str) -> list[str]:
        """The words in a longer one: 公证费 → 公证."""
        cut = self.matcher.analyser.segmenter.cut_for_search(piece)
        return [word for word, _ in cut if 1 < len(word) < len(piece)]

    def _enough(self, words: list[Word]) -> Query:
        """What has the needed share of the words."""
        counted: list[Query] = []
        rarities = [self._rarity(word) for word in words]
        for word, rarity in zip(words, rarities, strict=True):
            times = max(1, round(ranking.RAREST_COUNT * rarity / max(rarities)))
            counted += [word.query] * times
        least = math.ceil(len(counted) * ranking.NEEDED_SHARE)
        return Query.boolean_query([(Occur.Should, q) for q in counted], least)

    def _rarity(self, word: Word) -> float:
        """Its inverse document frequency; a character says less than a word."""
        rarity = math.log(1 + self.matcher.searcher.num_docs / word.frequency)
        return rarity * (ranking.CHARACTER_WEIGHT if word.is_character else 1)


def _evenly(scope: Scope) -> Scope:
    """The field with all texts, if it is asked for, or all fields alike.

    Where a word stands says little when most of the others are not there.
    """
    names = {name for name, _ in scope.fields}
    return Scope(tuple((name, 1.0) for name in (names & {ALL_TEXTS} or sorted(names))))
