"""Which followed codes changed records bear."""

from __future__ import annotations

import pytest

from ckanext.gpo.common.tables import table
from ckanext.gpo.follow import codes, queries
from ckanext.gpo.follow.codes import Code

COLUMNS = {"project_code": "project", "owner_uscc": "enterprise"}
P, E, OTHER = "2017-320402-48-01-500001", "91320402MA0000001P", "x"
FOLLOWED = {"project": {P}, "enterprise": {E}}


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"kind": "added", "key": {"n": 1}, "row": {"n": 1, "project_code": P}}, {P}),
        ({"kind": "removed", "key": {}, "row": {"owner_uscc": E}}, {E}),
        ({"kind": "added", "key": {}, "row": {"project_code": E}}, set()),
        ({"kind": "added", "key": {}, "row": {"project_code": OTHER}}, set()),
        ({"kind": "changed", "key": {"project_code": P}, "cells": {}}, {P}),
        (
            {
                "kind": "changed",
                "key": {"n": 1},
                "cells": {"owner_uscc": {"old": E, "new": OTHER}},
            },
            {E},
        ),
        ({"kind": "changed", "key": {"n": 7}, "cells": {}}, {P, E}),
        ({"kind": "removed", "key": {"n": 7}, "row": {"n": 7}}, set()),
    ],
)
def test_a_record_is_counted_for_the_codes_that_it_bears(record, expected):
    bearers = {("7",): {Code("project", P), Code("enterprise", E)}}
    counts = codes.count([record], COLUMNS, FOLLOWED, bearers)

    assert {code.value for code in counts} == expected
    assert all(counter == {record["kind"]: 1} for counter in counts.values())


def test_columns_of_codes_are_known_by_their_check():
    columns = codes.columns(table("construction/project_approvals"))

    assert columns["project_code"] == "project"
    assert columns["owner_uscc"] == "enterprise"


@pytest.mark.parametrize(
    ("pairs", "key"),
    [
        ([("q", " 食品  许可 ")], "q=%E9%A3%9F%E5%93%81+%E8%AE%B8%E5%8F%AF"),
        ([("tags", "b"), ("groups", "a"), ("tags", "a")], "groups=a&tags=a&tags=b"),
        ([("q", "Food"), ("q", "food")], "q=food"),
        ([("page", "2"), ("sort", "x"), ("q", " ")], ""),
        ([("q", "a" * 500)], ""),
        ([("q", "a&groups=b")], "q=a%26groups%3Db"),
    ],
)
def test_equal_searches_have_one_key(pairs, key):
    assert queries.normalise(pairs) == key
    assert queries.is_normal(key) is bool(key)


@pytest.mark.parametrize("key", ["q=B&q=a", "x=1", "q=a&groups=b", "%", "", "q=A"])
def test_another_way_of_writing_it_is_no_key(key):
    assert not queries.is_normal(key)
