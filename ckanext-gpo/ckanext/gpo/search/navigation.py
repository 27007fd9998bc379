"""The entries of the search and of what searches did not find."""

from __future__ import annotations

from collections.abc import Iterator

import ckan.plugins.toolkit as tk

from ckanext.gpo.common.web.navigation import Entry, Menu, may

SECTIONS = {
    "gpo_search": "data",
    "gpo_search.zero_result_queries": "mine",
}


def entries() -> Iterator[Entry]:
    yield Entry(
        Menu.SEARCH,
        tk._("Search the data"),
        "gpo_search.results",
        10,
        suggestions="gpo_search_suggest",
        arguments={"kind": ""},
    )
    yield Entry(
        Menu.DESK,
        tk._("Searches without results"),
        "gpo_search.zero_result_queries",
        50,
        visible=may("gpo_search_zero_result_query_list"),
    )
