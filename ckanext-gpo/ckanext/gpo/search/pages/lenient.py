"""A search that is answered although its query cannot be read as it stands.

Who looks for a record types what is printed on a paper: brackets, colons, a single quote.
"""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.gpo.common.facets import FACETS
from ckanext.gpo.common.web.actions import reader_context
from ckanext.gpo.common.web.search_kinds import package_types

SIGNS = re.compile(r"""[-+!(){}\[\]^"~*?:\\/&|<>=]""")
"""What means something in the query language."""

OPERATORS = ("AND", "OR", "NOT", "TO")


def find(
    params: dict[str, Any], *, is_lenient: bool
) -> tuple[dict[str, Any], str | None]:
    """The answer of gpo_search_find, and the words that it answers instead of the query.

    :param is_lenient: whether a query that cannot be read is taken for plain words
    :raises SearchError, ValidationError: it cannot be read, and is not to be
    """
    try:
        return _find(params), None
    except (SearchError, tk.ValidationError):
        if not is_lenient:
            raise
    words = plain_words(params["q"])
    try:
        return (_find({**params, "q": words}) if words else _nothing()), words
    except (SearchError, tk.ValidationError):
        return _nothing(), words


def plain_words(query: str) -> str:
    """A query without the signs and operators of the query language."""
    words = SIGNS.sub(" ", query).split()
    return " ".join(word for word in words if word not in OPERATORS)


def _find(params: dict[str, Any]) -> dict[str, Any]:
    return tk.get_action("gpo_search_find")(reader_context(), params)


def _nothing() -> dict[str, Any]:
    """The answer of gpo_search_find to words that are none."""
    return {
        "count": 0,
        "kinds": dict.fromkeys(package_types(), 0),
        "results": [],
        "marked": {},
        "tiers": [],
        "guessed": False,
        "fq": "",
        "search_facets": {name: {"title": name, "items": []} for name in FACETS},
    }
