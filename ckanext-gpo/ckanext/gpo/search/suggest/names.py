"""A name as it is compared with what somebody types: its characters, and their sounds.

Both keep the places of the characters, so that what matches can be marked in the name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ckanext.gpo.search.analysis import pinyin, simplifications

SOUNDLESS = " -"
"""A letter or a digit."""


@dataclass(frozen=True)
class Name:
    """A name, character by character.

    `plain` has the width, the case and the simplified form of each character, `pinyin_text` a
    blank and the readings of each, with a comma between two: `重庆` → ` zhong,chong qing`.
    Signs are not heard: “三公”经费 is read as 三公经费 is. `pinyin_places` are the places of the
    characters that `pinyin_text` has, `initials` the letters that any reading begins with.
    """

    text: str
    plain: str
    pinyin_text: str
    pinyin_places: tuple[int, ...]
    initials: frozenset[str]

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The characters that a stretch of `pinyin_text` stands for."""
        first = self.pinyin_text.count(" ", 0, start + 1) - 1
        last = first + self.pinyin_text.count(" ", start, end) - 1
        return self.pinyin_places[first], self.pinyin_places[last] + 1


@lru_cache(maxsize=20_000)
def name_of(text: str) -> Name:
    folded = plain(text)
    pinyin_places = tuple(index for index, char in enumerate(folded) if char.isalnum())
    readings = [pinyin.readings(folded[index]) for index in pinyin_places]
    pinyin_text = "".join(
        f" {','.join(syllables)}" if syllables else SOUNDLESS for syllables in readings
    )
    initials = frozenset(way[0] for syllables in readings for way in syllables)
    return Name(text, folded, pinyin_text, pinyin_places, initials)


def plain(text: str) -> str:
    """Small simplified letters of common width, exactly one for each character."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).translate(simplifications()).lower()
    return folded if len(folded) == 1 else char
