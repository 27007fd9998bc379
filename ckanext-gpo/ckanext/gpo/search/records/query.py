"""What somebody has typed to find a record, in all the forms that values are compared in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ckanext.gpo.search.analysis import HAN, IS_HAN

from . import text

MOST_UNITS = 40
"""Units of a query that are looked for; who types more tells a story."""

GUESSED = range(4, text.WHOLE + 1)
"""Characters of a query that may have a slip in it: of fewer, too much is one slip away."""

_PLACES = re.compile(rf"([{HAN}]{{1,10}}?市)([{HAN}]{{1,10}}?[区县])")
"""City and district in the name of a government."""


@dataclass(frozen=True)
class RecordQuery:
    """A query; `plain` is folded, see `text.plain`."""

    plain: str

    @classmethod
    def read(cls, typed: str) -> RecordQuery | None:
        """The query, or None if no record can be found by it: one character, signs, a story."""
        query = cls(text.plain(typed).strip())
        parts = query.units
        if not parts or len(parts) > MOST_UNITS or len(query.compact) < 2:
            return None
        return query

    def without_places(self, owner: str) -> RecordQuery | None:
        """An address without the province, city and district before its street.

        None if it names none of them, or another city than that of the site, or is no
        address with a number: of other texts too little would be left.

        :param owner: the government of the site, as 常州市天宁区人民政府
        """
        places = _PLACES.match(text.plain(owner))
        if places is None:
            return None
        city, district = map(re.escape, places.groups())
        lead = rf"(?:(?:[{HAN}]{{2,3}}省\s*)?{city}\s*)?(?:{district}\s*)?"
        rest = re.sub(rf"^{lead}", "", self.plain)
        if rest == self.plain or not any(char.isdigit() for char in rest):
            return None
        return RecordQuery.read(rest)

    @cached_property
    def units(self) -> list[str]:
        return text.units(self.plain)

    @cached_property
    def compact(self) -> str:
        return text.compact(self.units)

    @cached_property
    def words(self) -> list[list[str]]:
        """The units of each word; a Chinese character that stands alone is none."""
        words = map(text.units, self.plain.split())
        return [w for w in words if w and (len(w) > 1 or not IS_HAN.match(w[0]))]

    @cached_property
    def is_code(self) -> bool:
        """Whether it is letters and digits only, as codes and permit numbers are."""
        return self.compact.isascii() and any(char.isdigit() for char in self.compact)

    @cached_property
    def sounds(self) -> list[str]:
        """What it may sound like: Chinese in one way, pinyin in some."""
        if self.plain.isascii():
            return text.spelled_sounds(self.plain)
        syllables = text.sounds(self.plain)
        return [syllables] if text.sound_pairs(syllables) else []

    @cached_property
    def runs(self) -> list[str]:
        """Its numbers and letters, which have to be there whatever the rest sounds like."""
        if self.plain.isascii():
            return []
        return [unit for unit in self.units if not IS_HAN.match(unit)]

    @property
    def is_guessable(self) -> bool:
        """Whether something one slip away may be meant."""
        return len(self.compact) in GUESSED
