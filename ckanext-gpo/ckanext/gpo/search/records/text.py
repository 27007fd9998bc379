"""One form of what says the same, and the pieces by which it is found. Pure.

*Units* are Chinese characters, and runs of letters and digits as wholes: 青龙西路12号 is
青, 龙, 西, 路, 12, 号. A value is found by its pairs of neighbours, which are the same
wherever the value stands and whatever signs are between them.
"""

from __future__ import annotations

import re
from functools import cache
from operator import add

from ckanext.gpo.search.analysis import HAN, fold, pinyin

LONGEST = 400
"""Characters of a value that are searched; an address has 40."""

WHOLE = 60
"""Characters of a value that is found as a whole, and with a slip in it."""

UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
BESIDE_NUMBER = re.compile(r"第(?=\d)|(?<=\d)号")
"""Written or left out in document numbers; a house number is found with it or without."""

START = "^"
"""Before the first unit of a value."""

END = "$"
"""Behind the last unit of a value."""

BEGINNINGS = (8, 12, 16)
"""Characters of a long run by which it is found before it is typed to its end."""

FIRST_SOUND = 0xF000
"""Syllables stand in the private characters from here on, one for each."""

SAME_SOUND = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""What many speakers do not tell apart: the one is taken for the other."""


def plain(value: str) -> str:
    """Folded to one width, script and case: 常天行审〔２０１７〕第42号 → 常天行审〔2017〕 42号."""
    return fold(value[:LONGEST]).lower()


def units(text: str) -> list[str]:
    """The units of a plain text."""
    return UNIT.findall(text)


def compact(parts: list[str]) -> str:
    """Units without what is written in many ways: blanks and brackets between them, 第, 号."""
    return BESIDE_NUMBER.sub("", "".join(parts))


def pairs(parts: list[str]) -> list[str]:
    """The pairs of neighbours of some units."""
    return list(map(add, parts, parts[1:]))


def first_gram(parts: list[str]) -> str:
    """How some units begin."""
    return START + parts[0]


def last_gram(parts: list[str]) -> str:
    """How some units end: 路12号 as 路12 does."""
    is_house = len(parts) > 1 and parts[-1] == "号" and parts[-2].isdecimal()
    return parts[-2 if is_house else -1] + END


def grams(parts: list[str]) -> list[str]:
    """All by which the units of a value are found: its ends, pairs, numbers, words."""
    if not parts:
        return []
    result = [first_gram(parts), last_gram(parts), *map(add, parts, parts[1:])]
    for part in parts:
        if len(part) > 1 or part.isascii():
            result.append(part)
            for length in BEGINNINGS:
                if length < len(part):
                    result.append(START + part[:length])
    return result


def sounds(text: str) -> str:
    """What the Chinese characters of a text sound like, one character for a syllable.

    Others become a blank: what stands on both sides of them are no neighbours.
    """
    return text.translate(_SOUNDS)


def sound_pairs(syllables: str) -> list[str]:
    """The pairs of neighbours in sounds."""
    result = list(map(add, syllables, syllables[1:]))
    return [pair for pair in result if " " not in pair] if " " in syllables else result


def spelled_sounds(text: str) -> list[str]:
    """What a text in pinyin may sound like, likeliest first; nothing if it is none."""
    letters = re.sub(r"[\s'’]", "", text)
    if not letters.isascii() or not letters.isalpha():
        return []
    return [
        "".join(_syllable_sound(syllable) for syllable in split)
        for split in pinyin.splits(letters.lower())
        if len(split) > 1
    ]


class _Sounds(dict[int, str]):
    """Character → its sound, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        readings = pinyin.readings(chr(code))
        self[code] = _syllable_sound(readings[0]) if readings else " "
        return self[code]


_SOUNDS = _Sounds()


@cache
def _sound_numbers() -> dict[str, int]:
    syllables = sorted({_merged(syllable) for syllable in pinyin.syllables()})
    return {sound: number for number, sound in enumerate(syllables)}


def _syllable_sound(syllable: str) -> str:
    return chr(FIRST_SOUND + _sound_numbers()[_merged(syllable)])


def _merged(syllable: str) -> str:
    for one, other in SAME_SOUND:
        syllable = syllable.replace(one, other)
    return syllable
