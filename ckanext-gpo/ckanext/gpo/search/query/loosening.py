"""A typed word that is found nowhere as it is: by its sound, or with one slip.

Asked for only when nothing has the words, so that a guess never outranks what was really
typed. By sound: pinyin, initials, misspelt letters, characters that sound the same (财证
for 财政). With a slip, after all else has failed: one wrong or missing character, or half
of the words of a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tantivy import Occur, Query

from ckanext.gpo.search.analysis import sounds
from ckanext.gpo.search.analysis.analyser import (
    IS_HAN,
    Token,
    in_order,
    in_pairs,
    normal,
)
from ckanext.gpo.search.analysis.folding import fold
from ckanext.gpo.search.index.layout import SOUND
from ckanext.gpo.search.index.solr_schema import Kind
from ckanext.gpo.search.scoring.tiers import Tier

from .lucene import Scope
from .matching import Matcher, best_of
from .terms import OwnTerms

MAX_RUN = 24
"""Characters of one run; what is longer is no word with a slip."""

MAX_PIECES = 40
"""Words of one sentence; a longer one is a text that somebody pasted."""

WORD_WEIGHT = 1.5
SOUND_WEIGHT = 1.0
SLIP_WEIGHT = 0.7
INITIALS_WEIGHT = 0.6
ALIKE_WEIGHT = 0.4
SENTENCE_WEIGHT = 0.2


class Loosening:
    """Ways to find what a word may have been meant to be."""

    def __init__(
        self, matcher: Matcher, scope: Scope, count: Callable[[Query], int]
    ) -> None:
        self.matcher = matcher
        self.scope = scope
        self.count = count
        self.sound = OwnTerms(matcher.layout.schema, SOUND, matcher.sought)

    def word(self, text: str, tier: Tier) -> Query:
        """One typed word, which may mix scripts: all its runs, or half of its pieces."""
        runs = self.matcher.analyser.runs(text)
        if len(runs) > MAX_PIECES:
            return Query.empty_query()
        whole = [(Occur.Must, self._run(run, tier)) for run in runs]
        ways = [Query.boolean_query(whole)] if whole else []
        pieces = self.matcher.analyser.pieces(text)
        if tier is Tier.SLIP and 1 < len(pieces) <= MAX_PIECES:
            some = [
                (Occur.Should, self.scope.query(self.matcher, "term", piece))
                for piece in pieces
            ]
            half = Query.boolean_query(some, (len(some) + 1) // 2)
            ways.append(Query.boost_query(half, SENTENCE_WEIGHT))
        return best_of(ways) if ways else Query.empty_query()

    def _run(self, run: str, tier: Tier) -> Query:
        """A run as it is; only if it stands nowhere what it may have been meant to be."""
        as_typed = self.scope.query(self.matcher, "term", run)
        if self.count(as_typed):
            return as_typed
        guesses = self.by_sound(run)
        if tier is Tier.SLIP:
            guesses += self.with_a_slip(run)
        return best_of(guesses) if guesses else as_typed

    def guesses(self, run: str) -> list[Query]:
        """What a run of one script may have been meant to be, besides what it is."""
        return [*self.by_sound(run), *self.with_a_slip(run)]

    def by_sound(self, run: str) -> list[Query]:
        """What is read as a run is, and what is spelled nearly as its letters are."""
        if len(run) > MAX_RUN:
            return []
        return self._han(fold(run)) if IS_HAN.match(run) else self._letters(run)

    def with_a_slip(self, run: str) -> list[Query]:
        """All Chinese characters but one, or with others between them."""
        if not 2 < len(run) <= MAX_RUN or not IS_HAN.match(run):
            return []
        row = fold(run)
        return [
            *(self._rows(_without(row, at), slop=0) for at in range(len(row))),
            self._rows(in_order(row), slop=2),
        ]

    def _han(self, run: str) -> list[Query]:
        """The same sounds."""
        if len(run) < 2:
            return []
        ways = [_boosted(self._sounds(run), SOUND_WEIGHT)]
        return ways + self._confused([(sounds.readings(c) or ("",))[0] for c in run])

    def _sounds(self, run: str) -> Query:
        """Characters that can all be read as these can."""
        said = [(sounds.readings(char) or ("",))[0] for char in run]
        return best_of([self.sound.in_a_row(in_order(said)), self._word("".join(said))])

    def _confused(self, split: Sequence[str]) -> list[Query]:
        """Words with a syllable that many speakers do not tell from the one typed."""
        return [
            _boosted(self._word("".join(other)), ALIKE_WEIGHT)
            for other in (sounds.confused(split) if len(split) > 1 else ())
        ]

    def _word(self, pinyin: str) -> Query:
        """A word that is read so, before characters of two words that happen to be."""
        return _boosted(self.sound.one(sounds.WORD + pinyin), WORD_WEIGHT)

    def _rows(self, row: list[Token], slop: int) -> Query:
        ways = [
            _boosted(self.matcher.terms(name).in_a_row(row, slop), weight)
            for name, weight in self.scope.fields
            if self.matcher.layout.rule(name).kind is Kind.TEXT
        ]
        return _boosted(best_of(ways, self.scope.tie), SLIP_WEIGHT)

    def _letters(self, run: str) -> list[Query]:
        """Pinyin, initials, and words that are spelled nearly so."""
        word = normal(run, stem=False)
        if not word.isalpha():
            return []
        splits = sounds.splits(word)
        ways = [self.sound.in_a_row(in_order(split)) for split in splits]
        ways.append(self._word(word))
        ways += [way for split in splits for way in self._confused(split)]
        if len(word) > 1:
            pairs = [sounds.INITIALS + word[at : at + 2] for at in range(len(word) - 1)]
            initials = self.sound.in_a_row(in_order(pairs))
            ways.append(_boosted(initials, INITIALS_WEIGHT))
        if len(word) > 3 and not splits:  # good pinyin is hardly anything else
            edits = 2 if len(word) > 6 else 1
            near = self.scope.query(self.matcher, "fuzzy", word, edits)
            ways.append(_boosted(near, SLIP_WEIGHT))
            # Two letters changed make most pinyin another word.
            spelled = self.sound.near(sounds.WORD + word, 1, self.matcher.searcher)
            ways.append(_boosted(spelled, SLIP_WEIGHT))
        return ways


def _without(run: str, at: int) -> list[Token]:
    """A run that may have any other character in one place."""
    before, behind = run[:at], run[at + 1 :]
    return [
        *(in_pairs(before) if before else []),
        *(in_pairs(behind, at + 1) if behind else []),
    ]


def _boosted(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)
