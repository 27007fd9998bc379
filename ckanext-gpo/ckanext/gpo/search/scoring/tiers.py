"""How exactly results fit a query of plain words, best first: the tiers of an answer.

`full`     all of the words but as many as `mm` lets go
`phonetic` the same, with words that stand nowhere taken by their sound: pinyin, homophones
`partial`  fewer of the words, the rarer the better; see `query.partial_match`
`typo`     one character is another, or half of the words are there

A tier is asked for only if those before it fill no page (`FULL_PAGE`), the guesses `phonetic`
and `typo` only if nothing has the words. So one query has the same tiers on every page of
its results, and each result stands in the first tier that finds it.
"""

from __future__ import annotations

from ckanext.gpo.search.errors import QueryError

from .ranking import Tier

TIERS = "gpo.tiers"
"""The parameter with the tiers to ask for, whatever they find: `full partial`."""


def read_tiers(text: str) -> tuple[Tier, ...]:
    """`full partial`: the tiers that are asked for, whatever they find.

    :raises QueryError: there is no such tier
    """
    try:
        return tuple(map(Tier, text.split()))
    except ValueError as error:
        raise QueryError(f"No tiers of results: {text[:100]}") from error
