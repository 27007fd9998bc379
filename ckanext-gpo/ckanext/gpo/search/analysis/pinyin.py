"""How Chinese characters are read: pinyin of a text for the index, and of a query.

The readings are pypinyin's, read from its file: importing the package would load its
phrases too, 60 MB. They are kept without tones, the three commonest of a character,
3 MB, and are loaded with the first text that needs them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from itertools import pairwise, product
from pathlib import Path

FILE = "pypinyin/pinyin_dict.json"
READINGS = 3
FIRST, LAST = 0x4E00, 0x9FFF
MAX_LETTERS = 40
MAX_SPLITS = 4

INITIALS = "."
WORD = "="
"""Before two initials, and before the pinyin of a whole word; a syllable is bare."""

INITIALS_ALIKE = {
    one: other
    for pair in (("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n"), ("f", "h"))
    for one, other in (pair, pair[::-1])
}

Splits = list[tuple[str, ...]]
TONES = re.compile("[\u0300\u0301\u0304\u030c]")


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    path = Path(str(metadata.distribution("pypinyin").locate_file(FILE)))
    readings: dict[tuple[str, ...], tuple[str, ...]] = {}
    table: dict[str, tuple[str, ...]] = {}
    for code, text in json.loads(path.read_bytes()).items():
        if FIRST <= int(code) <= LAST:
            plain = tuple(dict.fromkeys(_plain(text).split(",")))[:READINGS]
            table[chr(int(code))] = readings.setdefault(plain, plain)
    return table


def _plain(pinyin: str) -> str:
    """Without tones, and with the v that keyboards have for ü: lǜ → lv."""
    bare = TONES.sub("", unicodedata.normalize("NFD", pinyin))
    return unicodedata.normalize("NFC", bare).replace("ü", "v").replace("ê", "e")


@cache
def syllables() -> frozenset[str]:
    return frozenset(reading for entry in _readings().values() for reading in entry)


@cache
def beginnings() -> frozenset[str]:
    """What a syllable may begin with, without being one: zhe → z, zh."""
    return frozenset(s[:end] for s in syllables() for end in range(1, len(s)))


def readings(char: str) -> tuple[str, ...]:
    """The syllables of a simplified character, commonest first."""
    return _readings().get(char, ())


def tokens(
    characters: Sequence[str], words: list[tuple[str, int]]
) -> list[tuple[str, int]]:
    """What Chinese characters sound like, and where; what is none has no sound.

    财政 → cai, zheng, .cz, =caizheng: syllables for pinyin, pairs of initials, and the
    pinyin of words, for one that is spelled wrong.
    """
    readings_by_place = [readings(char) for char in characters]
    result = [
        (way, place) for place, ways in enumerate(readings_by_place) for way in ways
    ]
    for place, (first, second) in enumerate(pairwise(readings_by_place)):
        pairs = {a[0] + b[0] for a, b in product(first, second)}
        result += [(INITIALS + pair, place) for pair in sorted(pairs)]
    result += [
        (
            WORD
            + "".join(
                ways[0] for ways in readings_by_place[place : place + len(word)] if ways
            ),
            place,
        )
        for word, place in words
    ]
    return result


def splits(word: str) -> Splits:
    """The ways to read a word of letters as pinyin, those of fewest syllables first."""
    return _splits(word)[-1]


def half_splits(word: str) -> Splits:
    """The ways to read a word whose last syllable is not typed to its end."""
    letters, ways = _letters(word), _splits(word)
    result = [
        (*head, letters[index:])
        for index, befores in enumerate(ways[:-1])
        if letters[index:] in beginnings()
        for head in befores
    ]
    return sorted(result, key=len)[:MAX_SPLITS]


@cache
def confusable_syllables(syllable: str) -> tuple[str, ...]:
    """Syllables that many speakers do not tell from this one: zhen, zeng → zheng."""
    initial, final = _parts(syllable)
    others = [INITIALS_ALIKE.get(initial, initial) + final]
    if final.endswith("ng"):
        others.append(syllable[:-1])
    elif final.endswith("n"):
        others.append(syllable + "g")
    return tuple(o for o in others if o != syllable and o in syllables())


def _parts(syllable: str) -> tuple[str, str]:
    start = 2 if syllable[1:2] == "h" else 1
    return syllable[:start], syllable[start:]


def confusable_readings(split: Sequence[str]) -> Splits:
    """The ways in which one syllable of a reading may be another that sounds alike."""
    return [
        (*split[:index], other, *split[index + 1 :])
        for index, syllable in enumerate(split)
        for other in confusable_syllables(syllable)
    ]


def _letters(word: str) -> str:
    return word.lower().replace("ü", "v")


def _splits(word: str) -> list[Splits]:
    """The ways to read each beginning of a word, the empty one first."""
    letters = _letters(word)
    if len(letters) > MAX_LETTERS:
        return [[]]
    ways: list[Splits] = [[()]]
    for end in range(1, len(letters) + 1):
        own = [
            (*head, letters[start:end])
            for start in range(max(0, end - 6), end)
            if letters[start:end] in syllables()
            for head in ways[start]
        ]
        ways.append(sorted(own, key=len)[:MAX_SPLITS])
    return ways
