"""A name as it is compared with what somebody types: its characters, and their sounds.

Both keep the places of the characters, so that what matches can be marked in the name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ckanext.gpo.search.analysis import sounds
from ckanext.gpo.search.analysis.folding import simplified

SOUNDLESS = " -"
"""A letter or a digit."""


@dataclass(frozen=True)
class Name:
    """A name, character by character.

    `plain` has the width, the case and the simplified form of each character, `said` a
    blank and the readings of each, with a comma between two: `重庆` → ` zhong,chong qing`.
    Signs are not heard: “三公”经费 is read as 三公经费 is. `heard` are the places of the
    characters that `said` has, `initials` the letters that any reading begins with.
    """

    text: str
    plain: str
    said: str
    heard: tuple[int, ...]
    initials: frozenset[str]

    def places(self, start: int, end: int) -> tuple[int, int]:
        """The characters that a stretch of `said` stands for."""
        first = self.said.count(" ", 0, start + 1) - 1
        last = first + self.said.count(" ", start, end) - 1
        return self.heard[first], self.heard[last] + 1


@lru_cache(maxsize=20_000)
def name_of(text: str) -> Name:
    folded = plain(text)
    heard = tuple(at for at, char in enumerate(folded) if char.isalnum())
    ways = [sounds.readings(folded[at]) for at in heard]
    said = "".join(f" {','.join(these)}" if these else SOUNDLESS for these in ways)
    initials = frozenset(way[0] for these in ways for way in these)
    return Name(text, folded, said, heard, initials)


def plain(text: str) -> str:
    """Small simplified letters of common width, exactly one for each character."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=20_000)
def _plain(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).translate(simplified()).lower()
    return folded if len(folded) == 1 else char
