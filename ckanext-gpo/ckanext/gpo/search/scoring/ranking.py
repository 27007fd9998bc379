"""Which answer comes first, and why: every number, tier and sort rule that decides.

Results of plain words come in tiers (`Tier`): what fits less exactly stands behind what
fits more, whatever is sorted by. Within a tier, unless a reader sorts otherwise (`SORTS`):

1. The words: what `FIELDS` finds counts by the weight of its best field (dismax): the
   exact name or code of a thing, then its title, its keywords and domain, its
   description, the columns of its table, any other text. A word found in another form
   (a synonym, its parts, its pinyin) counts less than the word itself.
2. Freshness: what changed lately is lifted a little.
3. Use: what is often downloaded is lifted a little.

The second and third (`BOOSTS`) add less than a word that is found in a better field, so
that they decide between answers that fit alike and never bring up one that fits less.
Whoever calls `package_search` with a `qf` or `bf` of their own gets those instead.

Suggestions are sorted by how closely a name fits what is typed (`Closeness`).
"""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Any

FIELDS = (
    "name^12 res_code^12 item_code^12 title^6 extras_title_en^4 tags^3 groups^3 "
    "notes^1.5 extras_columns^1.2 text"
)
"""Solr's `qf`. `res_code` is the code of a dataset (1272号 item 3), `item_code` that of a
disclosure item."""

YEAR_HALVES = "recip(ms(NOW/DAY,metadata_modified),3.16e-11,1,1)"
"""1 for what changed today, ½ after a year, ⅓ after two: 3.16e-11 is one by the
milliseconds of a year."""

DOWNLOADS = "log(sum(def(resources_accessed_total,0),1))"
"""0 for none, 1 for nine, 2 for ninety-nine."""

BOOSTS = f"{YEAR_HALVES}^0.4 {DOWNLOADS}^0.1"
"""Solr's `bf`."""

CKAN_MINIMUM = "2<-1 5<80%"
"""Solr's `mm`, as CKAN's `package_search` sets it: how many of the words must be found."""

CKAN_TIE = "0.1"
"""Solr's `tie`, as CKAN sets it: how much of their scores the other fields add."""

SORTS = {
    "relevance": "score desc, metadata_modified desc",
    "newest": "metadata_modified desc",
    "title": "title_string asc",
    "downloads": "resources_accessed_total desc, metadata_modified desc",
}
"""The orders that a reader may choose from, as Solr's `sort`."""

DEFAULT_SORT = "score desc"
"""Solr's, where a search says nothing."""


# A word, and what is found instead of it.

SYNONYM_WEIGHT = 0.8
PARTS_WEIGHT = 0.5
CHARACTERS_WEIGHT = 0.3
"""A Chinese word as such counts in full; its synonyms, its parts in any order and its
characters in a row find more, further down."""

PHONETIC_WORD_WEIGHT = 1.5
"""A word that is read so, before characters of two words that happen to be."""

PHONETIC_WEIGHT = 1.0
TYPO_WEIGHT = 0.7
INITIALS_WEIGHT = 0.6
CONFUSABLE_WEIGHT = 0.4
"""A syllable that many speakers do not tell from the one typed."""

HALF_SENTENCE_WEIGHT = 0.2

CHARACTER_WEIGHT = 0.4
"""One character, which is a word or what is left of one, where some words are enough."""

RAREST_COUNT = 3
"""How often the rarest word of a query counts when a commonest one counts once."""

NEEDED_SHARE = 1 / 4
"""The share of a query that a partial result has, in words so counted."""


# Tiers.

FULL_PAGE = 20
"""Results that are a page; with as many nobody needs those that fit less."""


class Tier(str, Enum):
    """How exactly results fit, best first; see `tiers`."""

    FULL = "full"
    PHONETIC = "phonetic"
    PARTIAL = "partial"
    TYPO = "typo"

    @property
    def is_guess(self) -> bool:
        return self in (Tier.PHONETIC, Tier.TYPO)


def is_needed(tier: Tier, counts: dict[Tier, int]) -> bool:
    """Whether a tier is asked for, given how much each tier before it has found."""
    total = sum(counts.values())
    if tier is Tier.TYPO:
        return total == 0
    if tier is Tier.PHONETIC:
        return counts[Tier.FULL] == 0
    return total < FULL_PAGE


# Suggestions.

SUGGESTED_SYNONYM_WEIGHT = 0.5
SUGGESTED_PINYIN_WEIGHT = 0.3
SUGGESTED_INITIALS_WEIGHT = 0.2
"""Which documents are compared with what is typed, if too many may fit."""


class Closeness(IntEnum):
    """How closely a name fits what is typed, best first."""

    EXACT = 0
    BEGINS = 1
    HOLDS = 2
    TYPED = 3
    WORDS = 4
    SYNONYM = 5
    PINYIN = 6
    HALF_PINYIN = 7
    INITIALS = 8
    ELSEWHERE = 9
    """Not the name says it, but a part of a code, or the name in English."""


class CorrectionCloseness(IntEnum):
    """How near a guess for a Chinese word is, best first; for letters see `Closeness`."""

    SAME_PINYIN = 0
    SWAPPED = 1
    ONE_WRONG = 2


def rank(params: dict[str, Any]) -> None:
    """Fill in what a caller of `package_search` leaves open about the order of answers.

    A query with a field in it (`title:…`) is Lucene's, and knows neither.
    """
    q = params.get("q") or ""
    if q in ("", "*:*") or (":" in q and params.get("defType") != "edismax"):
        return
    params.setdefault("qf", FIELDS)
    params.setdefault("bf", BOOSTS)
