"""A typed word that is found nowhere as it is: by its sound, or with one typo.

Asked for only when nothing has the words, so that a guess never outranks what was really
typed. By sound: pinyin, initials, misspelt letters, characters that sound the same (财证
for 财政). With a typo, after all else has failed: one wrong or missing character, or half
of the words of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import Occur, Query

from ckanext.gpo.search.analysis import (
    IS_HAN,
    Token,
    character_pairs,
    fold,
    normal,
    pinyin,
    positioned,
)
from ckanext.gpo.search.index import PINYIN, Kind, VisibleDocuments, best_of, boost
from ckanext.gpo.search.scoring import Tier, ranking

from .lucene import Scope
from .matching import Matcher
from .terms import FieldTerms

MAX_RUN = 24
"""Characters of one run; what is longer is no word with a typo."""

MAX_PIECES = 40
"""Words of one sentence; a longer one is a text that somebody pasted."""


class ApproximateMatch:
    """Ways to find what a word may have been meant to be."""

    def __init__(
        self, matcher: Matcher, scope: Scope, visible: VisibleDocuments
    ) -> None:
        self.matcher = matcher
        self.scope = scope
        self.visible = visible
        self.pinyin = FieldTerms(matcher.layout.schema, PINYIN, matcher.recorder)

    def word(self, text: str, tier: Tier) -> Query:
        """One typed word, which may mix scripts: all its runs, or half of its pieces."""
        runs = self.matcher.analyser.runs(text)
        if len(runs) > MAX_PIECES:
            return Query.empty_query()
        whole = [(Occur.Must, self._run(run, tier)) for run in runs]
        ways = [Query.boolean_query(whole)] if whole else []
        pieces = self.matcher.analyser.pieces(text)
        if tier is Tier.TYPO and 1 < len(pieces) <= MAX_PIECES:
            some = [
                (Occur.Should, self.scope.query(self.matcher, "term", piece))
                for piece in pieces
            ]
            half = Query.boolean_query(some, (len(some) + 1) // 2)
            ways.append(boost(half, ranking.HALF_SENTENCE_WEIGHT))
        return best_of(ways) if ways else Query.empty_query()

    def _run(self, run: str, tier: Tier) -> Query:
        """A run as it is; only if it stands nowhere what it may have been meant to be."""
        as_typed = self.scope.query(self.matcher, "term", run)
        if self.visible.count(as_typed):
            return as_typed
        guesses = self.phonetic(run)
        if tier is Tier.TYPO:
            guesses += self.with_typo(run)
        return best_of(guesses) if guesses else as_typed

    def guesses(self, run: str) -> list[Query]:
        """What a run of one script may have been meant to be, besides what it is."""
        return [*self.phonetic(run), *self.with_typo(run)]

    def phonetic(self, run: str) -> list[Query]:
        """What is read as a run is, and what is spelled nearly as its letters are."""
        if len(run) > MAX_RUN:
            return []
        return self._han(fold(run)) if IS_HAN.match(run) else self._letters(run)

    def with_typo(self, run: str) -> list[Query]:
        """All Chinese characters but one, or with others between them."""
        if not 2 < len(run) <= MAX_RUN or not IS_HAN.match(run):
            return []
        row = fold(run)
        return [
            *(self._rows(_drop(row, index), slop=0) for index in range(len(row))),
            self._rows(positioned(row), slop=2),
        ]

    def _han(self, run: str) -> list[Query]:
        """The same sounds."""
        if len(run) < 2:
            return []
        ways = [boost(self._homophones(run), ranking.PHONETIC_WEIGHT)]
        return ways + self._confusable([(pinyin.readings(c) or ("",))[0] for c in run])

    def _homophones(self, run: str) -> Query:
        """Characters that can all be read as these can."""
        syllables = [(pinyin.readings(char) or ("",))[0] for char in run]
        return best_of(
            [self.pinyin.phrase(positioned(syllables)), self._word("".join(syllables))]
        )

    def _confusable(self, split: Sequence[str]) -> list[Query]:
        """Words with a syllable that many speakers do not tell from the one typed."""
        return [
            boost(self._word("".join(other)), ranking.CONFUSABLE_WEIGHT)
            for other in (pinyin.confusable_readings(split) if len(split) > 1 else ())
        ]

    def _word(self, spelling: str) -> Query:
        """A word that is read so."""
        return boost(
            self.pinyin.term(pinyin.WORD + spelling), ranking.PHONETIC_WORD_WEIGHT
        )

    def _rows(self, row: list[Token], slop: int) -> Query:
        ways = [
            boost(self.matcher.terms(name).phrase(row, slop), weight)
            for name, weight in self.scope.fields
            if self.matcher.layout.rule(name).kind is Kind.TEXT
        ]
        return boost(best_of(ways, self.scope.tie), ranking.TYPO_WEIGHT)

    def _letters(self, run: str) -> list[Query]:
        """Pinyin, initials, and words that are spelled nearly so."""
        word = normal(run, stem=False)
        if not word.isalpha():
            return []
        splits = pinyin.splits(word)
        ways = [self.pinyin.phrase(positioned(split)) for split in splits]
        ways.append(self._word(word))
        ways += [way for split in splits for way in self._confusable(split)]
        if len(word) > 1:
            pairs = [
                pinyin.INITIALS + word[index : index + 2]
                for index in range(len(word) - 1)
            ]
            initials = self.pinyin.phrase(positioned(pairs))
            ways.append(boost(initials, ranking.INITIALS_WEIGHT))
        if len(word) > 3 and not splits:  # good pinyin is hardly anything else
            edits = 2 if len(word) > 6 else 1
            close = self.scope.query(self.matcher, "fuzzy", word, edits)
            ways.append(boost(close, ranking.TYPO_WEIGHT))
            # Two letters changed make most pinyin another word.
            spelled = self.pinyin.fuzzy(pinyin.WORD + word, 1, self.matcher.searcher)
            ways.append(boost(spelled, ranking.TYPO_WEIGHT))
        return ways


def _drop(run: str, index: int) -> list[Token]:
    """A run that may have any other character in one place."""
    head, tail = run[:index], run[index + 1 :]
    return [
        *(character_pairs(head) if head else []),
        *(character_pairs(tail, index + 1) if tail else []),
    ]
