"""What somebody is typing, compared with names.

A query is read in two ways: as the runs of one script that it is typed in, and with the
Chinese runs cut into words. Each piece of a reading can be meant in several ways, the
closest first: as typed, as another word for the same, as pinyin, as initials. A name
fits when every piece of a reading stands in it in some way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ckanext.gpo.search.analysis import (
    IS_HAN,
    RUNS,
    Analyser,
    Span,
    fold,
    merge_spans,
    pinyin,
)
from ckanext.gpo.search.scoring import Closeness

from .names import Name, plain

MAX_PIECES = 12
"""Pieces of a query that are looked at; more are a text that somebody pasted."""

FILLERS = ("年", "第", "号", "的")
"""Words that a name may also do without: 2017年第97号 is 〔2017〕97号."""

SYLLABLE = r" (?=(?:[a-z]+,)*{}(?:[, ]|$))[a-z,]+"
"""A character that can be read so. Looks ahead, so that whatever the readings are there is
only one way through them."""

END = r"(?= |$)"


@dataclass(frozen=True)
class Way:
    """One thing that a piece may mean: a pattern of characters, or of sounds.

    `initial` is the first letter of sounds.
    """

    closeness: int
    pattern: re.Pattern[str]
    initial: str = ""

    def find(self, name: Name) -> Span | None:
        if not self.initial:
            match = self.pattern.search(name.plain)
            return match.span() if match else None
        if self.initial not in name.initials:  # most names, and in no time
            return None
        match = self.pattern.search(name.pinyin_text)
        return name.places(*match.span()) if match else None


@dataclass(frozen=True)
class Piece:
    """A run of one script, other words for it, and all ways to understand it."""

    text: str
    others: tuple[str, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Fit:
    """How well a name fits, and which of its characters do.

    `skipped` characters at its start are not what it is known by.
    """

    closeness: int
    marks: tuple[Span, ...]
    skipped: int = 0


class TypedQuery:
    """A query as it stands while somebody types it."""

    def __init__(self, text: str, analyser: Analyser) -> None:
        self.text = " ".join(text.split())
        self.plain = plain(self.text)
        self.analyser = analyser

    @cached_property
    def readings(self) -> list[list[Piece]]:
        runs = RUNS.findall(self.plain)[:MAX_PIECES]
        readings = [[self._piece(run, Closeness.TYPED) for run in runs]] if runs else []
        if len(runs) > 1 and all(run.isascii() and run.isalpha() for run in runs):
            # jiao tong: the syllables of one word before those of two.
            readings.insert(0, [self._piece("".join(runs), Closeness.TYPED)])
        words = self._words()
        if words and words != runs:
            readings.append([self._piece(word, Closeness.WORDS) for word in words])
        return readings

    def _words(self) -> list[str]:
        words: list[str] = []
        for run in RUNS.findall(fold(self.text).lower())[:MAX_PIECES]:
            words += self.analyser.pieces(run) if IS_HAN.match(run) else [run]
        meaningful = [word for word in words if word not in FILLERS]
        return (meaningful or words)[:MAX_PIECES]

    def fit(self, name: Name) -> Fit | None:
        """How well a name fits; None if it does not."""
        start = name.plain.find(self.plain) if self.plain else -1
        if start >= 0:
            whole = self.plain == name.plain
            closeness = (
                Closeness.EXACT
                if whole
                else Closeness.HOLDS
                if start
                else Closeness.BEGINS
            )
            return Fit(closeness, ((start, start + len(self.plain)),))
        fits = (self._read(pieces, name) for pieces in self.readings)
        return next((fit for fit in fits if fit), None)

    @staticmethod
    def _read(pieces: list[Piece], name: Name) -> Fit | None:
        closeness, marks = 0, list[Span]()
        for piece in pieces:
            for way in piece.ways:
                if mark := way.find(name):
                    closeness = max(closeness, way.closeness)
                    marks.append(mark)
                    break
            else:
                return None
        return Fit(closeness, tuple(merge_spans(marks)))

    def _piece(self, run: str, closeness: int) -> Piece:
        ways = [Way(closeness, _typed(run))]
        others = self._others(run)
        if others:
            ways.append(Way(Closeness.SYNONYM, _any_of(others)))
        if run.isascii() and run.isalpha():
            ways += pinyin_ways(run)
        return Piece(run, others, tuple(ways))

    def _others(self, run: str) -> tuple[str, ...]:
        """Other words for a run, also for one that is not typed to its end."""
        others = dict.fromkeys(self.analyser.synonyms.lookup(run))
        if len(run) > 1:
            for group in self.analyser.synonyms.groups:
                if any(word.lower().startswith(run) for word in group):
                    others.update(dict.fromkeys(group))
        return tuple(word for word in others if run not in word.lower())


def pinyin_ways(run: str) -> Iterator[Way]:
    """Letters as pinyin, whole or not typed to its end, and as initials."""
    for closeness, splits, last in (
        (Closeness.PINYIN, pinyin.splits(run), ""),
        (Closeness.HALF_PINYIN, pinyin.half_splits(run), "[a-z]*"),
    ):
        ways = [
            "".join(map(SYLLABLE.format, (*split[:-1], split[-1] + last))) + END
            for split in splits
        ]
        if ways:
            yield Way(closeness, re.compile("|".join(ways)), run[0])
    if len(run) > 1:
        row = "".join(SYLLABLE.format(re.escape(letter) + "[a-z]*") for letter in run)
        yield Way(Closeness.INITIALS, re.compile(row + END), run[0])


def _typed(run: str) -> re.Pattern[str]:
    text = re.escape(run)
    if IS_HAN.match(run):
        return re.compile(text)
    # One letter only where a word begins.
    return re.compile(text if len(run) > 1 else rf"(?<![a-z0-9]){text}")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(plain, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
