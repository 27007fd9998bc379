"""`{!parser key=value …}rest`: a query that names its own parser.

CKAN refuses these unless `ckan.search.solr_allowed_query_parsers` lists the parser; it
has then read them once already and knows that they are well formed. Its own tests send
`bool`, `dismax` and `lucene`.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from ckanext.gpo.search.errors import QueryError

PREFIX = re.compile(r"\s*\{!(?P<inside>(?:'[^']*'|\"[^\"]*\"|[^}'\"])*)\}", re.DOTALL)


@dataclass(frozen=True)
class LocalParams:
    """The parser asked for, its values by key, and the query text."""

    parser: str
    values: dict[str, list[str]]
    text: str

    def get(self, key: str, default: str = "") -> str:
        return self.values.get(key, [default])[0]


def local_params(text: str) -> LocalParams | None:
    """The local parameters at the start of a query, if it has any.

    :raises QueryError: they do not end
    """
    if not text.lstrip().startswith("{!"):
        return None
    match = PREFIX.match(text)
    if not match:
        raise QueryError(f"Cannot parse local parameters: {text[:200]}")
    values: dict[str, list[str]] = {}
    try:
        words = shlex.split(match["inside"])
    except ValueError as error:
        raise QueryError(f"Cannot parse local parameters: {error}") from error
    for word in words:
        key, equals, value = word.partition("=")
        values.setdefault(key if equals else "type", []).append(value or key)
    rest = values.get("v", [text[match.end() :]])[0]
    return LocalParams(values.get("type", ["lucene"])[0], values, rest)
