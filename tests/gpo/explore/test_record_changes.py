"""What became of a record from version to version, without a site."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.gpo.common.web import cells
from ckanext.gpo.explore.record_changes import State, steps

COLUMNS = cells.columns(
    [
        {"name": "code", "type": "string", "title": "编号"},
        {"name": "area", "type": "number", "title": "面积"},
        {"name": "day", "type": "date", "title": "日期"},
    ],
    [],
    english=False,
)


def told(*records: dict[str, Any] | None, is_whole: bool = True) -> list[Any]:
    """`(version, kind, {field: (old, new)})` of each step."""
    states = [State(n, "2026-11-23", each) for n, each in enumerate(records, start=1)]
    return [
        (
            step.version,
            step.kind.value,
            {c.column.name: (c.old, c.new) for c in step.changes},
        )
        for step in steps(states, COLUMNS, is_whole=is_whole)
    ]


A, B = {"code": "a", "area": 12}, {"code": "a", "area": 13}


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], []),
        ([None], []),
        ([A], [(1, "first", {})]),
        ([A, B], [(2, "changed", {"area": (12, 13)}), (1, "first", {})]),
        ([A, A], [(2, "same", {}), (1, "first", {})]),
        ([None, A], [(2, "added", {})]),
        ([A, None, None], [(2, "removed", {}), (1, "first", {})]),
        ([A, None, B], [(3, "added", {}), (2, "removed", {}), (1, "first", {})]),
    ],
)
def test_steps_are_told_newest_first(records: Any, expected: Any):
    assert told(*records) == expected


def test_of_the_oldest_of_many_it_is_not_said_that_it_was_the_first():
    assert told(A, B, is_whole=False) == [(2, "changed", {"area": (12, 13)})]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"area": "12.0"}, {"area": "12.00"}),
        ({"area": 12}, {"area": "12"}),
        ({"day": "2026-11-23"}, {"day": "2026-11-23T00:00:00"}),
        ({"code": None}, {"code": ""}),
        ({}, {"area": None}),
    ],
)
def test_what_says_the_same_is_no_change(old: Any, new: Any):
    assert told(old, new)[0] == (2, "same", {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"area": "x"}, {"area": 1}),
        ({"area": None}, {"area": 0}),
        ({"code": "01"}, {"code": "1"}),
    ],
)
def test_what_says_something_else_is_one(old: Any, new: Any):
    assert told(old, new)[0][1] == "changed"
