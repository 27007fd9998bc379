"""One search over all kinds: what is asked of `package_search`, and where it matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.common.lucene import quote
from ckanext.gpo.common.web.search_kinds import package_types
from ckanext.gpo.search.scoring import TIERS, ranking

KIND = "dataset_type"

MOST_ROWS = 50
"""Results on one page at most."""

BEGIN, END = "\ue000", "\ue001"
"""Around what matched in a text. No text of ours has these; what is shown is escaped
first, and then these become marks."""

MARKED = ("title", "notes", "extras_title_en", "extras_notes_en", "extras_columns")
"""Fields in which matches are marked."""


def filter_query(filters: Mapping[str, Sequence[str]]) -> str:
    """A filter query: all values of all fields must be there."""
    return " ".join(
        f"+{field}:{quote(value)}"
        for field, values in filters.items()
        for value in values
    )


def find_params(
    q: str,
    filters: Mapping[str, Sequence[str]],
    *,
    kind: str,
    sort: str,
    start: int,
    rows: int,
    tiers: str = "",
) -> dict[str, Any]:
    """The parameters of `package_search` for one page of results.

    `tiers` are those that the whole search has, without kind and filters: so what is
    narrowed has as many results as its facet and its tab have said.
    """
    types = [kind] if kind else package_types()
    return {
        **({TIERS: tiers} if tiers else {}),
        "q": q,
        "fq": f"{filter_query(filters)} {_type_query(types)}".strip(),
        "sort": ranking.SORTS[sort],
        "start": start,
        "rows": rows,
        "facet.field": [*FACETS, KIND],
        "hl": "true",
        "hl.fl": ",".join(MARKED),
        "hl.fragsize": 0,
        "hl.simple.pre": BEGIN,
        "hl.simple.post": END,
    }


def _type_query(types: Sequence[str]) -> str:
    """Packages of these types; of all where no room brings any, as on a plain CKAN."""
    return f"+{KIND}:({' OR '.join(types)})" if types else ""
