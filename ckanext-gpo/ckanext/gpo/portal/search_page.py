"""The search page: what the address asks for, and what the page shows of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

FILTERS = (
    "groups",
    "organization",
    "update_freq",
    "data_kind",
    "res_format",
    "tags",
    "year",
)
SORTS = ("relevance", "newest", "downloads", "title")
OF_CKAN = {"metadata_modified desc": "newest", "title_string asc": "title"}
"""What links to CKAN's own page of results have."""

ROWS = 20
MAX_PAGE = 1_000

MARK = re.compile("\ue000([^\ue000\ue001]*)\ue001")
CUT_WORD = re.compile(r"[A-Za-z]{2}")
STRAY = re.compile("[\ue000\ue001]")
AROUND = 36
"""Characters of a text before the first match; a description is cut to `LENGTH`."""
LENGTH = 150

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """What an address asks for. What is no field of ours is not looked at."""

    q: str = ""
    sort: str = "relevance"
    page: int = 1
    filters: dict[str, list[str]] = field(default_factory=dict)

    @property
    def pairs(self) -> Pairs:
        """The filters as they stand in an address."""
        return [(name, v) for name, values in self.filters.items() for v in values]

    def address(self, base: str, **changes: Any) -> str:
        """This search at `base`, with other values: `address(url, sort="newest")`.

        Another order or filter begins at the first page again.
        """
        query = {"q": self.q, "sort": self.sort} | changes
        query = {name: v for name, v in query.items() if v not in ("", "relevance", 1)}
        return f"{base}?{urlencode([*query.items(), *self.pairs])}"

    def without(self, name: str, value: str) -> Asked:
        kept = {
            n: [v for v in values if (n, v) != (name, value)]
            for n, values in self.filters.items()
        }
        return Asked(self.q, self.sort, 1, {n: v for n, v in kept.items() if v})


def read(pairs: Iterable[tuple[str, str]]) -> Asked:
    """The search that the pairs of an address ask for."""
    q, sort, page = "", "relevance", 1
    filters: dict[str, list[str]] = {}
    for name, value in pairs:
        if name == "q":
            q = value
        elif name == "sort":
            sort = value if value in SORTS else OF_CKAN.get(value, sort)
        elif name == "page" and value.isdecimal():
            page = min(max(int(value), 1), MAX_PAGE)
        elif name in FILTERS and value:
            filters.setdefault(name, []).append(value)
    return Asked(q.strip(), sort, page, filters)


def marked(text: str) -> Markup:
    """A text with its matches as `<mark>`; anything else in it is only text."""
    shown = (
        Markup("<mark>{}</mark>").format(part) if at % 2 else STRAY.sub("", part)
        for at, part in enumerate(MARK.split(text))
    )
    return Markup().join(shown)


def excerpt(text: str) -> Markup:
    """As much of a long text as stands around its first match."""
    first = text.find("\ue000")
    start = max(first - AROUND, 0)
    if start and CUT_WORD.match(text, start - 1):
        start = max(text.find(" ", start, first) + 1, start)
    cut = text[start : start + LENGTH]
    if cut.count("\ue000") > cut.count("\ue001"):
        cut += "\ue001"
    return Markup("{}{}{}").format(
        "…" if start else "", marked(cut), "…" if start + LENGTH < len(text) else ""
    )


def columns(text: str, *, english: bool) -> list[Markup]:
    """The titles of the columns in which most of the query matched, at most three.

    :param text: a line for each column: title, English title, name, description
    """
    lines = [(_weight(line), line) for line in text.split("\n")]
    most = max(weight for weight, _ in lines)
    best = (line.split("\t") for weight, line in lines if weight * 2 > most)
    return [marked(line[english] or line[0]) for line in islice(best, 3)]


def _weight(text: str) -> int:
    """How many characters of a text matched."""
    return sum(map(len, MARK.findall(text)))


@dataclass(frozen=True)
class Stretch:
    """Results of one page that fit alike; `count` says how many do on all pages."""

    match: str
    count: int
    results: list[dict[str, Any]]


def stretches(
    results: list[dict[str, Any]], tiers: list[dict[str, Any]], start: int
) -> list[Stretch]:
    """The results of a page, divided where those that fit better end.

    :param tiers: the answer of gpo_search_find; a search without words has none
    :param start: how many results stand on the pages before
    """
    if not tiers:
        return [Stretch("full", len(results), results)]
    found: list[Stretch] = []
    rest = iter(results)
    for tier in tiers:
        shown = list(islice(rest, max(tier["count"] - start, 0)))
        start = max(start - tier["count"], 0)
        if shown:
            found.append(Stretch(tier["match"], tier["count"], shown))
    return found
