"""How many of the optional words of a query must be found: Solr's `mm` parameter."""

from __future__ import annotations

import re

from ckanext.gpo.search.errors import QueryError

NUMBER = re.compile(r"(-?\d+)(%?)")
CONDITION = re.compile(r"(\d+)<(-?\d+%?)")


def minimum_should_match(spec: str, optional: int) -> int:
    """The least number of matching clauses out of `optional` ones.

    `2<-1 5<80%`: all of up to two, all but one of up to five, four fifths of more.

    :raises QueryError: the spec is not one
    """
    spec = "<".join(part.strip() for part in spec.split("<"))
    if "<" not in spec:
        return _number(spec, optional)
    result = optional
    for condition in spec.split():
        match = CONDITION.fullmatch(condition)
        if not match:
            raise QueryError(f"Invalid mm parameter: {spec}")
        if optional <= int(match[1]):
            return result
        result = _number(match[2], optional)
    return result


def _number(spec: str, optional: int) -> int:
    match = NUMBER.fullmatch(spec)
    if not match:
        raise QueryError(f"Invalid mm parameter: {spec}")
    number = int(match[1])
    share = optional * number / 100 if match[2] else number
    # Cut to a whole number before it is taken off, as Solr does.
    least = optional + int(share) if share < 0 else int(share)
    return min(max(least, 0), optional)
