"""The form of the search: what an address asks for, and the address that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.search.scoring import ranking

RELEVANCE = "relevance"

CKAN_SORTS = {ranking.SORTS[name]: name for name in ("newest", "title")}
"""Orders as they stand in links to CKAN's own page of results."""

MAX_PAGE = 1_000

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class SearchForm:
    """A search as it stands in an address; parameters of others are not part of it."""

    q: str = ""
    sort: str = RELEVANCE
    page: int = 1
    filters: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def pairs(self) -> Pairs:
        """The filters as they stand in an address."""
        return [(name, v) for name, values in self.filters.items() for v in values]

    def address(self, base: str, **changes: Any) -> str:
        """This search at `base`, with other values: `address(url, sort="newest")`.

        Another order or filter begins at the first page again.
        """
        query = {"q": self.q, "sort": self.sort} | changes
        query = {name: v for name, v in query.items() if v not in ("", RELEVANCE, 1)}
        return f"{base}?{urlencode([*query.items(), *self.pairs])}"

    def remove_value(self, name: str, value: str) -> SearchForm:
        filters = {
            n: [v for v in values if (n, v) != (name, value)]
            for n, values in self.filters.items()
        }
        return SearchForm(self.q, self.sort, 1, {n: v for n, v in filters.items() if v})


def read(pairs: Iterable[tuple[str, str]]) -> SearchForm:
    """The search that the pairs of an address ask for."""
    q, sort, page = "", RELEVANCE, 1
    filters: dict[str, list[str]] = {}
    for name, value in pairs:
        if name == "q":
            q = value
        elif name == "sort":
            sort = value if value in ranking.SORTS else CKAN_SORTS.get(value, sort)
        elif name == "page" and value.isdecimal():
            page = min(max(int(value), 1), MAX_PAGE)
        elif name in FACETS and value:
            filters.setdefault(name, []).append(value)
    return SearchForm(q.strip(), sort, page, filters)
