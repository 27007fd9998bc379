"""What a word was probably meant to be: stretches of texts that are nearly it.

Looks only at the texts that it is given, so that it can never tell a word of others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ckanext.gpo.search.analysis import sounds
from ckanext.gpo.search.analysis.analyser import HAN, IS_HAN
from ckanext.gpo.search.analysis.segmenter import Segmenter
from ckanext.gpo.search.query.terms import distance

from .naming import Name, name_of
from .wanted import END, HALF_SOUND, SYLLABLE, Mark, Way, sound_ways

SAME_SOUND, SWAPPED, ONE_WRONG = range(3)
"""How near a guess for Chinese is, best first; those for letters are as in `wanted`."""

LATIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
ANY_HAN = f"[{HAN}]"


def guesses(run: str, texts: Iterable[str], segmenter: Segmenter) -> list[str]:
    """What in the texts may have been meant by a run of one script, likeliest first."""
    ways = [
        *(_han_ways(run) if IS_HAN.match(run) else sound_ways(run)),
        *_confused(run),
    ]
    ranks: Counter[str] = Counter()
    grades: dict[str, tuple[int, bool]] = {}
    for text in texts:
        name = name_of(text)
        edges = _edges(name.plain, segmenter)
        for grade, (start, end) in _found(run, name, ways, segmenter):
            guess = "".join(filter(str.isalnum, name.plain[start:end]))
            across = not {start, end} <= edges
            # Two characters of two words sound like anything.
            if guess == run or (across and len(guess) < 3):
                continue
            rank = (grade, across)
            grades[guess] = min(rank, grades.get(guess, rank))
            ranks[guess] += 1
    return sorted(ranks, key=lambda guess: (*grades[guess], -ranks[guess], guess))


def _found(
    run: str, name: Name, ways: list[Way], segmenter: Segmenter
) -> Iterator[tuple[int, Mark]]:
    for way in ways:
        if mark := way.find(name):
            yield way.grade, mark
    if run.isascii() and len(run) > 3:
        yield from _misspelled(run, name, segmenter)


def _misspelled(
    run: str, name: Name, segmenter: Segmenter
) -> Iterator[tuple[int, Mark]]:
    """Words of letters, and Chinese words by their pinyin, that are spelled nearly so."""
    for match in LATIN.finditer(name.plain):
        if _edits(run, match[0]) <= (2 if len(run) > 6 else 1):
            yield HALF_SOUND, match.span()
    if sounds.splits(run):  # good pinyin is hardly other pinyin
        return
    for match in re.finditer(f"{ANY_HAN}+", name.plain):
        for word, start in segmenter.cut_for_search(match[0]):
            said = "".join((sounds.readings(char) or ("",))[0] for char in word)
            if len(word) > 1 and _edits(run, said) == 1:
                at = match.start() + start
                yield HALF_SOUND, (at, at + len(word))


def _edits(one: str, other: str) -> int:
    """Letters to change; two that changed places are one slip of the keyboard."""
    if len(one) == len(other):
        wrong = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            first, second = wrong
            if (one[first], one[second]) == (other[second], other[first]):
                return 1
    return distance(one, other)


def _han_ways(run: str) -> Iterator[Way]:
    said = [sounds.readings(char) for char in run]
    if len(run) > 1 and all(said):
        row = "".join(SYLLABLE.format(f"(?:{'|'.join(these)})") for these in said)
        for initial in {way[0] for way in said[0]}:
            yield Way(SAME_SOUND, re.compile(row + END), initial)
    if len(run) < 3:
        return
    yield Way(SWAPPED, _swapped(run))
    yield Way(ONE_WRONG, _one_wrong(run))


def _one_wrong(run: str) -> re.Pattern[str]:
    """One character that is another, that is missing, or that is too many."""
    places = range(len(run))
    other = [re.escape(run[:i]) + ANY_HAN + re.escape(run[i + 1 :]) for i in places]
    missing = [re.escape(run[:i]) + ANY_HAN + re.escape(run[i:]) for i in places[1:]]
    ways = [*missing, *other]
    if len(run) > 3:
        ways += [re.escape(run[:i] + run[i + 1 :]) for i in places]
    return re.compile("|".join(ways))


def _confused(run: str) -> Iterator[Way]:
    """Pinyin with a syllable that many speakers do not tell from the one typed."""
    if IS_HAN.match(run):
        grade, splits = ONE_WRONG, [[(sounds.readings(c) or ("",))[0] for c in run]]
    else:
        grade, splits = HALF_SOUND, sounds.splits(run)
    for split in splits:
        for other in sounds.confused(split) if len(split) > 1 else ():
            row = "".join(map(SYLLABLE.format, other))
            yield Way(grade, re.compile(row + END), other[0][0])


def _swapped(run: str) -> re.Pattern[str]:
    """Two characters that have changed places."""
    places = range(len(run) - 1)
    ways = [run[:i] + run[i + 1] + run[i] + run[i + 2 :] for i in places]
    return re.compile("|".join(map(re.escape, ways)))


def _edges(text: str, segmenter: Segmenter) -> set[int]:
    """Where words begin and end, also those inside longer ones."""
    edges = {0, len(text)}
    for match in re.finditer(f"{ANY_HAN}+", text):
        for word, at in segmenter.cut_for_search(match[0]):
            start = match.start() + at
            edges |= {start, start + len(word)}
    for match in LATIN.finditer(text):
        edges |= set(match.span())
    return edges
