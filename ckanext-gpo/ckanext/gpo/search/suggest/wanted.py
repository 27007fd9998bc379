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

from ckanext.gpo.search.analysis import sounds
from ckanext.gpo.search.analysis.analyser import IS_HAN, RUNS, Analyser
from ckanext.gpo.search.analysis.folding import fold

from .naming import Name, plain

MAX_PIECES = 12
"""Pieces of a query that are looked at; more are a text that somebody pasted."""

FILLERS = ("年", "第", "号", "的")
"""Words that a name may also do without: 2017年第97号 is 〔2017〕97号."""

EXACT, BEGINS, HOLDS, TYPED, WORDS, SYNONYM, SOUND, HALF_SOUND, INITIALS = range(9)
"""How closely a name fits, best first."""

Mark = tuple[int, int]
SYLLABLE = r" (?=(?:[a-z]+,)*{}(?:[, ]|$))[a-z,]+"
"""A character that can be read so. Looks ahead, so that whatever the readings are there is
only one way through them."""

END = r"(?= |$)"


@dataclass(frozen=True)
class Way:
    """One thing that a piece may mean: a pattern of characters, or of sounds.

    `initial` is the first letter of sounds.
    """

    grade: int
    pattern: re.Pattern[str]
    initial: str = ""

    def find(self, name: Name) -> Mark | None:
        if not self.initial:
            match = self.pattern.search(name.plain)
            return match.span() if match else None
        if self.initial not in name.initials:  # most names, and in no time
            return None
        match = self.pattern.search(name.said)
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

    grade: int
    marks: tuple[Mark, ...]
    skipped: int = 0


class Wanted:
    """A query as it stands while somebody types it."""

    def __init__(self, text: str, analyser: Analyser) -> None:
        self.text = " ".join(text.split())
        self.plain = plain(self.text)
        self.analyser = analyser

    @cached_property
    def readings(self) -> list[list[Piece]]:
        runs = RUNS.findall(self.plain)[:MAX_PIECES]
        found = [[self._piece(run, TYPED) for run in runs]] if runs else []
        if len(runs) > 1 and all(run.isascii() and run.isalpha() for run in runs):
            # jiao tong: the syllables of one word before those of two.
            found.insert(0, [self._piece("".join(runs), TYPED)])
        words = self._words()
        if words and words != runs:
            found.append([self._piece(word, WORDS) for word in words])
        return found

    def _words(self) -> list[str]:
        found: list[str] = []
        for run in RUNS.findall(fold(self.text).lower())[:MAX_PIECES]:
            found += self.analyser.pieces(run) if IS_HAN.match(run) else [run]
        said = [word for word in found if word not in FILLERS]
        return (said or found)[:MAX_PIECES]

    def fit(self, name: Name) -> Fit | None:
        """How well a name fits; None if it does not."""
        start = name.plain.find(self.plain) if self.plain else -1
        if start >= 0:
            whole = self.plain == name.plain
            grade = EXACT if whole else HOLDS if start else BEGINS
            return Fit(grade, ((start, start + len(self.plain)),))
        fits = (self._read(pieces, name) for pieces in self.readings)
        return next((fit for fit in fits if fit), None)

    @staticmethod
    def _read(pieces: list[Piece], name: Name) -> Fit | None:
        grade, marks = 0, list[Mark]()
        for piece in pieces:
            for way in piece.ways:
                if mark := way.find(name):
                    grade = max(grade, way.grade)
                    marks.append(mark)
                    break
            else:
                return None
        return Fit(grade, joined(marks))

    def _piece(self, run: str, grade: int) -> Piece:
        ways = [Way(grade, _typed(run))]
        others = self._others(run)
        if others:
            ways.append(Way(SYNONYM, _any_of(others)))
        if run.isascii() and run.isalpha():
            ways += sound_ways(run)
        return Piece(run, others, tuple(ways))

    def _others(self, run: str) -> tuple[str, ...]:
        """Other words for a run, also for one that is not typed to its end."""
        found = dict.fromkeys(self.analyser.synonyms.of(run))
        if len(run) > 1:
            for group in self.analyser.synonyms.groups:
                if any(word.lower().startswith(run) for word in group):
                    found.update(dict.fromkeys(group))
        return tuple(word for word in found if run not in word.lower())


def sound_ways(run: str) -> Iterator[Way]:
    """Letters as pinyin, whole or not typed to its end, and as initials."""
    for grade, splits, last in (
        (SOUND, sounds.splits(run), ""),
        (HALF_SOUND, sounds.half_splits(run), "[a-z]*"),
    ):
        ways = [
            "".join(map(SYLLABLE.format, (*split[:-1], split[-1] + last))) + END
            for split in splits
        ]
        if ways:
            yield Way(grade, re.compile("|".join(ways)), run[0])
    if len(run) > 1:
        row = "".join(SYLLABLE.format(letter + "[a-z]*") for letter in run)
        yield Way(INITIALS, re.compile(row + END), run[0])


def _typed(run: str) -> re.Pattern[str]:
    text = re.escape(run)
    if IS_HAN.match(run):
        return re.compile(text)
    # One letter only where a word begins.
    return re.compile(text if len(run) > 1 else rf"(?<![a-z0-9]){text}")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(plain, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Stretches in order, those that touch or overlap as one."""
    found: list[Mark] = []
    for start, end in sorted(marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
