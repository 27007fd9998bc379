"""What results are sorted by: Solr's `sort` parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ckanext.gpo.search.errors import CostError, Excess, QueryError

from .ranking import DEFAULT_SORT

SORT = re.compile(r"\s*(?P<field>[^\s,]+)\s+(?P<order>asc|desc)\s*", re.IGNORECASE)

MAX_SORT_KEYS = 10
"""Each key sorts all that the one before it leaves equal."""


@dataclass(frozen=True)
class SortKey:
    """A field, or `score`, and the direction."""

    field: str
    descending: bool


SortKeys = tuple[SortKey, ...]


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """`score desc, metadata_modified desc`.

    :raises QueryError: in Solr's words, which CKAN looks for
    """
    keys: list[SortKey] = []
    for part in filter(str.strip, text.split(",")):
        match = SORT.fullmatch(part)
        if not match:
            raise QueryError(
                f"Can't determine a Sort Order (asc or desc) in sort spec '{text}'"
            )
        keys.append(SortKey(match["field"], match["order"].lower() == "desc"))
    if len(keys) > MAX_SORT_KEYS:
        raise CostError(Excess.VALUES, f"more than {MAX_SORT_KEYS} keys to sort by")
    return tuple(keys) or parse_sort(DEFAULT_SORT)
