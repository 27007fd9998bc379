"""What a word was probably meant to be: stretches of texts that are nearly it.

Looks only at the texts that it is given, so that it can never tell a word of others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ckanext.gpo.search.analysis import HAN, IS_HAN, Segmenter, Span, pinyin
from ckanext.gpo.search.query import distance
from ckanext.gpo.search.scoring import Closeness, CorrectionCloseness

from .names import Name, name_of
from .typed_query import END, SYLLABLE, Way, pinyin_ways

LATIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
ANY_HAN = f"[{HAN}]"


def corrections(run: str, texts: Iterable[str], segmenter: Segmenter) -> list[str]:
    """What in the texts may have been meant by a run of one script, likeliest first."""
    ways = [
        *(_han_ways(run) if IS_HAN.match(run) else pinyin_ways(run)),
        *_confusable(run),
    ]
    ranks: Counter[str] = Counter()
    best: dict[str, tuple[int, bool]] = {}
    for text in texts:
        name = name_of(text)
        edges = _edges(name.plain, segmenter)
        for closeness, (start, end) in _find_known(run, name, ways, segmenter):
            guess = "".join(filter(str.isalnum, name.plain[start:end]))
            across = not {start, end} <= edges
            # Two characters of two words sound like anything.
            if guess == run or (across and len(guess) < 3):
                continue
            rank = (closeness, across)
            best[guess] = min(rank, best.get(guess, rank))
            ranks[guess] += 1
    return sorted(ranks, key=lambda guess: (*best[guess], -ranks[guess], guess))


def _find_known(
    run: str, name: Name, ways: list[Way], segmenter: Segmenter
) -> Iterator[tuple[int, Span]]:
    for way in ways:
        if mark := way.find(name):
            yield way.closeness, mark
    if run.isascii() and len(run) > 3:
        yield from _misspelled(run, name, segmenter)


def _misspelled(
    run: str, name: Name, segmenter: Segmenter
) -> Iterator[tuple[int, Span]]:
    """Words of letters, and Chinese words by their pinyin, that are spelled nearly so."""
    for match in LATIN.finditer(name.plain):
        if _edits(run, match[0]) <= (2 if len(run) > 6 else 1):
            yield Closeness.HALF_PINYIN, match.span()
    if pinyin.splits(run):  # good pinyin is hardly other pinyin
        return
    for match in re.finditer(f"{ANY_HAN}+", name.plain):
        for word, start in segmenter.cut_for_search(match[0]):
            word_pinyin = "".join((pinyin.readings(char) or ("",))[0] for char in word)
            if len(word) > 1 and _edits(run, word_pinyin) == 1:
                offset = match.start() + start
                yield Closeness.HALF_PINYIN, (offset, offset + len(word))


def _edits(word: str, other: str) -> int:
    """Letters to change; two that changed places are one typo."""
    if len(word) == len(other):
        pairs = enumerate(zip(word, other, strict=True))
        wrong = [index for index, (a, b) in pairs if a != b]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            first, second = wrong
            if (word[first], word[second]) == (other[second], other[first]):
                return 1
    return distance(word, other)


def _han_ways(run: str) -> Iterator[Way]:
    readings = [pinyin.readings(char) for char in run]
    if len(run) > 1 and all(readings):
        row = "".join(
            SYLLABLE.format(f"(?:{'|'.join(syllables)})") for syllables in readings
        )
        for initial in {way[0] for way in readings[0]}:
            yield Way(CorrectionCloseness.SAME_PINYIN, re.compile(row + END), initial)
    if len(run) < 3:
        return
    yield Way(CorrectionCloseness.SWAPPED, _swapped(run))
    yield Way(CorrectionCloseness.ONE_WRONG, _one_wrong(run))


def _one_wrong(run: str) -> re.Pattern[str]:
    """One character that is another, that is missing, or that is too many."""
    places = range(len(run))
    other = [re.escape(run[:i]) + ANY_HAN + re.escape(run[i + 1 :]) for i in places]
    missing = [re.escape(run[:i]) + ANY_HAN + re.escape(run[i:]) for i in places[1:]]
    ways = [*missing, *other]
    if len(run) > 3:
        ways += [re.escape(run[:i] + run[i + 1 :]) for i in places]
    return re.compile("|".join(ways))


def _confusable(run: str) -> Iterator[Way]:
    """Pinyin with a syllable that many speakers do not tell from the one typed."""
    if IS_HAN.match(run):
        closeness, splits = (
            CorrectionCloseness.ONE_WRONG,
            [[(pinyin.readings(c) or ("",))[0] for c in run]],
        )
    else:
        closeness, splits = Closeness.HALF_PINYIN, pinyin.splits(run)
    for split in splits:
        for other in pinyin.confusable_readings(split) if len(split) > 1 else ():
            row = "".join(map(SYLLABLE.format, other))
            yield Way(closeness, re.compile(row + END), other[0][0])


def _swapped(run: str) -> re.Pattern[str]:
    """Two characters that have changed places."""
    places = range(len(run) - 1)
    ways = [run[:i] + run[i + 1] + run[i] + run[i + 2 :] for i in places]
    return re.compile("|".join(map(re.escape, ways)))


def _edges(text: str, segmenter: Segmenter) -> set[int]:
    """Where words begin and end, also those inside longer ones."""
    edges = {0, len(text)}
    for match in re.finditer(f"{ANY_HAN}+", text):
        for word, place in segmenter.cut_for_search(match[0]):
            start = match.start() + place
            edges |= {start, start + len(word)}
    for match in LATIN.finditer(text):
        edges |= set(match.span())
    return edges
