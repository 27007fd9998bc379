"""A name as it is compared with what somebody types: its characters, and their sounds.

Both keep the places of the characters, so that what matches can be marked in the name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from . import sounds
from .folding import simplified

SOUNDLESS = " -"


@dataclass(frozen=True)
class Name:
    """A name, character by character.

    `plain` has the width, the case and the simplified form of each character, `said` a
    blank and the readings of each, with a comma between two: `重庆` → ` zhong,chong qing`.
    `initials` are the letters that any of them begins with.
    """

    text: str
    plain: str
    said: str
    initials: frozenset[str]

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The characters that a stretch of `said` stands for."""
        first = self.said.count(" ", 0, start + 1) - 1
        return first, first + self.said.count(" ", start, end)


@lru_cache(maxsize=20_000)
def name_of(text: str) -> Name:
    folded = plain(text)
    ways = [sounds.readings(char) for char in folded]
    said = "".join(f" {','.join(these)}" if these else SOUNDLESS for these in ways)
    initials = frozenset(way[0] for these in ways for way in these)
    return Name(text, folded, said, initials)


def plain(text: str) -> str:
    """Small simplified letters of common width, exactly one for each character."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).translate(simplified()).lower()
    return folded if len(folded) == 1 else char
