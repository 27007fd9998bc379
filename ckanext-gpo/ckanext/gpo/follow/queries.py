"""Saved searches: one text for all that ask the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.common.lucene import quote
from ckanext.gpo.common.web import names

LONGEST = 300
"""Characters of a saved search."""

Filters = dict[str, list[str]]


def normalise(pairs: Iterable[tuple[str, str]]) -> str:
    """The key of a search: its words and filters, whatever their order and spaces.

    :param pairs: of the address of the search page; others than words and filters are left
        out
    :returns: empty for a search of everything, and for one that is too long

    >>> normalise([("tags", "b"), ("q", " Food  Permits "), ("page", "2")])
    'q=food+permits&tags=b'
    """
    relevant = {
        (name, " ".join(value.casefold().split() if name == "q" else value.split()))
        for name, value in pairs
        if (name in FACETS or name == "q") and value.strip()
    }
    key = urlencode(sorted(relevant))
    return key if len(key) <= LONGEST else ""


def is_normal(key: str) -> bool:
    """Whether this is the key of a search."""
    return bool(key) and normalise(parse_qsl(key)) == key


def parse(key: str) -> tuple[str, Filters]:
    """The words of a search, and the values of its filters."""
    filters: Filters = {}
    for name, value in parse_qsl(key):
        filters.setdefault(name, []).append(value)
    words = " ".join(filters.pop("q", []))
    return words, filters


def conditions(filters: Filters) -> list[str]:
    """The filters as `fq_list` of `package_search` takes them."""
    return [f"{name}:{quote(v)}" for name, values in filters.items() for v in values]


def title(key: str, english: bool) -> str:
    """A search as a reader recognises it."""
    words, filters = parse(key)
    labels = {"groups": names.domain, "organization": names.department}
    values = [
        labels[name](value, english) if name in labels else value
        for name, each in filters.items()
        for value in each
    ]
    return " · ".join([*([words] if words else []), *values])
