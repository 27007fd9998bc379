"""How exactly results fit a query of plain words, best first: the tiers of an answer.

`full`     all of the words but as many as `mm` lets go
`sound`    the same, with words that stand nowhere taken by their sound: pinyin, homophones
`partial`  fewer of the words, the rarer the better; see `partial`
`slip`     one character is another, or half of the words are there

A tier is asked for only if those before it fill no page (`FEW`), the guesses `sound` and
`slip` only if nothing has the words. So one query has the same tiers on every page of its
results, and each result stands in the first tier that finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tantivy import Occur, Query

from ckanext.gpo.search.errors import QueryError

TIERS = "gpo.tiers"
"""The parameter with the tiers to ask for, whatever they find: `full partial`."""

FEW = 20
"""Results that are a page; with as many nobody needs those that fit less."""


class Tier(str, Enum):
    FULL = "full"
    SOUND = "sound"
    PARTIAL = "partial"
    SLIP = "slip"

    @property
    def is_guess(self) -> bool:
        return self in (Tier.SOUND, Tier.SLIP)


@dataclass(frozen=True)
class Matches:
    """The results of one tier that no tier before it has."""

    tier: Tier
    query: Query
    count: int

    def as_dict(self) -> dict[str, Any]:
        return {"match": self.tier.value, "count": self.count}


def read_tiers(text: str) -> tuple[Tier, ...]:
    """`full partial`: the tiers that are asked for, whatever they find.

    :raises QueryError: there is no such tier
    """
    try:
        return tuple(map(Tier, text.split()))
    except ValueError as error:
        raise QueryError(f"No tiers of results: {text[:100]}") from error


def tier_matches(
    query_of: Callable[[Tier], Query],
    count: Callable[[Query], int],
    chosen: tuple[Tier, ...] = (),
) -> Iterator[Matches]:
    """The tiers of an answer, one behind the other; the first is always there.

    `chosen` are the tiers to ask for; without any it depends on what is found.
    """
    earlier: list[Query] = []
    counts: dict[Tier, int] = {}
    for tier in Tier:
        if tier not in chosen if chosen else not _is_needed(tier, counts):
            continue
        query = query_of(tier)
        alone = _without(query, earlier)
        counts[tier] = count(alone)
        if counts[tier] or not earlier:
            yield Matches(tier, alone, counts[tier])
        earlier.append(query)


def _is_needed(tier: Tier, counts: dict[Tier, int]) -> bool:
    found = sum(counts.values())
    if tier is Tier.SLIP:
        return found == 0
    if tier is Tier.SOUND:
        return counts[Tier.FULL] == 0
    return found < FEW


def _without(query: Query, earlier: list[Query]) -> Query:
    if not earlier:
        return query
    return Query.boolean_query(
        [(Occur.Must, query), *((Occur.MustNot, other) for other in earlier)]
    )
