"""What is asked wrongly is refused in words; what is asked of odd tables is answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from ckanext.gpo.dataapi import query
from ckanext.gpo.dataapi.query import (
    Field,
    Fields,
    MissingRows,
    Order,
    QueryError,
    Run,
    Selection,
    Unserved,
)

from .conftest import NAME, Stage, described, words

FIELDS: Fields = {
    "name": Field("name", "string"),
    "$odd": Field("$odd", "string"),
    "area": Field("area", "number"),
    "year": Field("year", "year"),
    "issued": Field("issued", "date", is_sorted=True),
    "closed": Field("closed", "boolean"),
    "month": Field("month", "yearmonth"),
}
DEEP: Any = {"name": "x"}
for _level in range(12):
    DEEP = {"$and": [DEEP]}


@pytest.mark.parametrize(
    ("filters", "code", "field"),
    [
        ({"nobody": 1}, "field-unknown", "nobody"),
        ({"name; DROP TABLE x": 1}, "field-unknown", "name; DROP TABLE x"),
        ({"area": "viel"}, "value-unreadable", "area"),
        ({"area": {"gt": None}}, "value-unreadable", "area"),
        ({"area": "NaN"}, "value-unreadable", "area"),
        ({"area": "1e999999"}, "value-unreadable", "area"),
        ({"year": "20266"}, "value-unreadable", "year"),
        ({"issued": {"gte": "2026-02-30"}}, "value-unreadable", "issued"),
        ({"issued": "20260228"}, "value-unreadable", "issued"),
        ({"month": "2026-13"}, "value-unreadable", "month"),
        ({"name": "a\0b"}, "value-unreadable", "name"),
        ({"name": "\ud800"}, "value-unreadable", "name"),
        ({"name": "字" * 1_001}, "value-unreadable", "name"),
        ({"name": [["nested"]]}, "value-unreadable", "name"),
        ({"name": {"like": "x"}}, "operator-unknown", "name"),
        ({"area": {"contains": "1"}}, "operator-unfit", "area"),
        ({"closed": {"empty": "perhaps"}}, "value-unreadable", "closed"),
        ("name", "filters-unreadable", ""),
        ([1], "filters-unreadable", ""),
        ({"$not": [{}]}, "filters-unreadable", ""),
        ({"$or": {}}, "filters-unreadable", ""),
        ({"$or": [{"name": "x"}] * 101}, "filters-unreadable", ""),
        ({"name": ["x"] * 1_001}, "filters-unreadable", ""),
        (DEEP, "filters-unreadable", ""),
    ],
)
def test_filters_that_cannot_be_read(filters: Any, code: str, field: str):
    with pytest.raises(QueryError) as refused:
        query.parse_filters(filters, FIELDS, words)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert refused.value.parameter == "filters"
    assert "{" not in refused.value.message.replace('{"year": {"gte": 2020}}', "")


@pytest.mark.parametrize("nothing", [None, {}, [], {"$and": []}, {"$or": []}])
def test_nothing_is_filtered(nothing: Any):
    selection = Selection(NAME, FIELDS, query.parse_filters(nothing, FIELDS, words))
    assert selection.is_everything


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"$$odd": "x"}, {"$$odd": {"eq": "x"}}),
        ({"year": [2025, "2026"]}, {"year": {"in": ["2025", 2026]}}),
        ([{"year": 1}, {"name": "x"}], {"$or": [{"year": 1}, {"name": "x"}]}),
        ({"year": [{"gt": 3}, 1]}, {"$or": [{"year": {"gt": 3}}, {"year": [1]}]}),
        ({"closed": True}, {"closed": "1"}),
        ({"area": "1,200.5"}, {"area": 1200.5}),
    ],
)
def test_ways_of_saying_the_same(one: Any, other: Any):
    conditions = [query.parse_filters(raw, FIELDS, words) for raw in (one, other)]
    assert conditions[0] == conditions[1]


def test_a_large_table_is_sorted_by_what_an_index_serves():
    assert query.parse_order("-name", FIELDS, 100_000, Order(), words) == Order(
        FIELDS["name"], is_descending=True
    )
    assert query.parse_order("issued", FIELDS, 10_000_000, Order(), words).field
    with pytest.raises(QueryError, match="issued") as refused:
        query.parse_order("-name", FIELDS, 100_001, Order(), words)
    assert (refused.value.code, refused.value.field) == ("sort-too-slow", "name")


@pytest.mark.parametrize(
    ("cursor", "code"),
    [
        ("x", "cursor-unknown"),
        ("1-" + "9" * 19, "cursor-unknown"),
        ("2-1", "cursor-outdated"),
    ],
)
def test_places_that_are_none(cursor: str, code: str):
    with pytest.raises(QueryError) as refused:
        query.parse_cursor(cursor, 1, "after", words)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "measure",
    [
        "count",
        {},
        {"function": "median", "field": "area"},
        {"function": "sum", "field": "name"},
        {"function": "avg", "field": "year"},
        {"function": "max", "field": "closed"},
        {"function": "sum"},
    ],
)
def test_measures_that_are_none(measure: Any):
    with pytest.raises(QueryError) as refused:
        query.parse_measures([measure], FIELDS, words)
    assert refused.value.parameter == "measures"


@pytest.mark.parametrize(
    "group_by",
    [
        [{"field": "name", "unit": "month"}],
        [{"field": "issued", "unit": "week"}],
        ["name", "name"],
        ["name", "area", "year", "issued"],
        ["nobody"],
        7,
    ],
)
def test_groupings_that_are_none(group_by: Any):
    with pytest.raises(QueryError) as refused:
        query.parse_groupings(group_by, FIELDS, words)
    assert refused.value.parameter == "group_by"


Opened = Callable[[], AbstractContextManager[Run]]


@pytest.fixture
def sums(stage: Stage) -> Opened:
    table = described(
        {"name": "street"},
        {"name": "area", "type": "number"},
        {"name": "issued", "type": "date"},
        {"name": "month", "type": "yearmonth"},
    )
    rows = [
        ["红梅街道", "1.5", "2026-01-31", "2026-01"],
        ["红梅街道", "2.25", "2026-02-01", "2026-02"],
        ["", "", "2025-12-31", "2025-12"],
        ["青龙街道", "", "", ""],
    ]
    opened = stage(table, rows)
    opened.table = table  # type: ignore[attr-defined]
    return opened


@pytest.mark.parametrize(
    ("group_by", "measures", "sort", "groups"),
    [
        (None, None, "", [([], [4])]),
        (
            ["street"],
            [{"function": "sum", "field": "area"}, {"function": "count"}],
            "-count",
            [
                (["红梅街道"], ["3.75", 2]),
                (["青龙街道"], [None, 1]),
                ([None], [None, 1]),
            ],
        ),
        (
            [{"field": "issued", "unit": "year"}],
            [{"function": "distinct", "field": "street"}],
            "",
            [(["2025"], [0]), (["2026"], [1]), ([None], [1])],
        ),
        (
            [{"field": "month", "unit": "year"}],
            [{"function": "count", "field": "area"}],
            "-month",
            [(["2026"], [2]), (["2025"], [0]), ([None], [0])],
        ),
        (
            [{"field": "issued", "unit": "month"}],
            [{"function": "max", "field": "issued"}],
            "max(issued)",
            [
                (["2025-12"], ["2025-12-31"]),
                (["2026-01"], ["2026-01-31"]),
                (["2026-02"], ["2026-02-01"]),
                ([None], [None]),
            ],
        ),
    ],
)
def test_groups(sums: Opened, group_by: Any, measures: Any, sort: str, groups: Any):
    with sums() as run:
        fields = query.queried_fields(sums.table, run.columns(NAME))  # type: ignore[attr-defined]
        found, is_complete = query.read_groups(
            run,
            Selection(NAME, fields),
            query.Summary(
                query.parse_groupings(group_by, fields, words),
                query.parse_measures(measures, fields, words),
                10,
                sort,
            ),
            words,
        )

    told = [(g.key, [str(v) if "." in str(v) else v for v in g.values]) for g in found]
    assert told == groups
    assert is_complete


def test_groups_that_are_not_all_and_a_sort_that_is_none(sums: Opened):
    with sums() as run:
        fields = query.queried_fields(sums.table, run.columns(NAME))  # type: ignore[attr-defined]
        selection = Selection(NAME, fields)
        summary = query.Summary(
            query.parse_groupings(["street"], fields, words),
            query.parse_measures(None, fields, words),
            2,
        )
        groups, is_complete = query.read_groups(run, selection, summary, words)
        assert (len(groups), is_complete) == (2, False)
        with pytest.raises(QueryError, match="street, count"):
            query.read_groups(run, selection, replace(summary, sort="area"), words)


@pytest.mark.parametrize("columns", [1, 300])
@pytest.mark.parametrize("rows", [0, 2])
def test_tables_of_any_shape(stage: Stage, columns: int, rows: int):
    table = described(*({"name": f"f{n} <b>%s:x"} for n in range(columns)))
    opened = stage(table, [["值"] * columns] * rows)
    with opened() as run:
        fields = query.queried_fields(table, run.columns(NAME))
        selection = Selection(NAME, fields, words=("值",))
        page = query.read_page(
            run, selection, list(fields.values()), Order(), 10, 1, words
        )
        assert len(page.records) == query.count(run, selection, 0).count == rows
        assert all(len(record) == columns for record in page.records)


def test_words_stand_in_any_text_and_each_of_them(stage: Stage):
    table = described({"name": "a"}, {"name": "b"}, {"name": "n", "type": "integer"})
    opened = stage(
        table, [["天宁Road", "1", "7"], ["天宁", "100%", "7"], ["", "", "7"]]
    )
    with opened() as run:
        fields = query.queried_fields(table, run.columns(NAME))

        def found(*asked: str) -> int:
            return query.count(run, Selection(NAME, fields, words=asked), 0).count

        assert [found("天宁"), found("天宁", "road"), found("%"), found("7")] == [
            2,
            1,
            1,
            0,
        ]


def test_a_field_that_the_rows_do_not_have_yet(stage: Stage):
    before = described({"name": "a"}, {"name": "n"})
    today = described({"name": "a"}, {"name": "n", "type": "integer"}, {"name": "new"})
    opened = stage(before, [["x", "many"]])
    with opened() as run:
        fields = query.queried_fields(today, run.columns(NAME))

    assert {name: field.type for name, field in fields.items()} == {
        "a": "string",
        "n": "string",
    }


def test_a_question_ends_in_time(stage: Stage):
    table = described({"name": "a"})
    opened = stage(table, [["x"]], seconds=0.05)
    with pytest.raises(QueryError) as refused, opened() as run:
        run.fetch(sa.select(sa.func.pg_sleep(30)))
    assert refused.value.code == "query-too-slow"


def test_another_way_is_gone_where_one_takes_long(stage: Stage):
    opened = stage(described({"name": "a"}), [["x"]])
    with opened() as run, pytest.raises(Unserved), run.hurry(0.05):
        run.fetch(sa.select(sa.func.pg_sleep(30)))
    with opened() as run:
        with run.hurry(0.05):
            run.fetch(sa.select(sa.literal(1)))
        run.fetch(sa.select(sa.func.pg_sleep(0.1)))


def test_what_is_done_beside_the_database_ends_in_time(stage: Stage):
    opened = stage(described({"name": "a"}), [["x"]], seconds=0)
    with pytest.raises(QueryError) as refused, opened() as run:
        run.check()
    assert refused.value.code == "query-too-slow"
    with stage(described({"name": "a"}), [["x"]])() as run:
        run.check()


def test_rows_are_not_counted_for_longer_than_a_question_may_take(stage: Stage):
    opened = stage(described({"name": "a"}), [["x"]], seconds=0.05)
    with opened() as run:
        assert run.attempt(sa.select(sa.func.pg_sleep(30))) is None
        # no time is left for an answer, but the transaction is not broken: that would raise
        assert run.attempt(sa.select(sa.literal(1))) in (None, [(1,)])


def test_rows_that_are_gone(stage: Stage):
    opened = stage(described({"name": "a"}), [["x"]])
    with pytest.raises(MissingRows), opened() as run:
        run.columns("no-such-table")
    with pytest.raises(MissingRows), opened() as run:
        query.count(run, Selection("no-such-table", {}), 0)
