"""Solr's minimum-should-match, with the spec that CKAN sends and others."""

from __future__ import annotations

import pytest

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.query.minimum import minimum_should_match


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        # optional clauses:        1  2  3  4  5  6  7  10
        ("2<-1 5<80%", [1, 2, 2, 3, 4, 4, 5, 8]),
        ("100%", [1, 2, 3, 4, 5, 6, 7, 10]),
        ("1", [1, 1, 1, 1, 1, 1, 1, 1]),
        ("0", [0, 0, 0, 0, 0, 0, 0, 0]),
        ("3", [1, 2, 3, 3, 3, 3, 3, 3]),
        ("-2", [0, 0, 1, 2, 3, 4, 5, 8]),
        ("75%", [0, 1, 2, 3, 3, 4, 5, 7]),
        ("-25%", [1, 2, 3, 3, 4, 5, 6, 8]),
        ("2 < 75%", [1, 2, 2, 3, 3, 4, 5, 7]),
    ],
)
def test_minimum(spec, expected):
    counts = (1, 2, 3, 4, 5, 6, 7, 10)
    assert [minimum_should_match(spec, n) for n in counts] == expected


@pytest.mark.parametrize("spec", ["", "two", "2<", "<2", "2<-1 80%", "50%%"])
def test_what_is_no_spec(spec):
    with pytest.raises(QueryError):
        minimum_should_match(spec, 3)
