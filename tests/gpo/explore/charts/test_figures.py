"""The figures that a chart and its table share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.explore.charts import (
    Choice,
    Dimension,
    Figures,
    Kind,
    Measure,
    read_figures,
)

KIND = Dimension("kind", "类型")
MONTH = Dimension("day", "日期", "month", is_time=True)
COUNT = Measure("count")
AVERAGE = Measure("avg", "area", "面积")


def figures(
    pairs: list[tuple[Any, Any]],
    dimension: Dimension = KIND,
    measure: Measure = COUNT,
    kind: Kind = Kind.BAR,
    is_complete: bool = True,
) -> Figures:
    groups = [{"key": [key], "values": [value]} for key, value in pairs]
    return read_figures(Choice(kind, dimension, measure), groups, is_complete, str)


def test_shares_are_of_all_groups():
    answer = figures([("甲", 3), ("乙", 1)])
    assert [(f.label, f.value, f.share, f.length) for f in answer.all] == [
        ("甲", 3, Decimal("75.0"), 100.0),
        ("乙", 1, Decimal("25.0"), 33.3),
    ]
    assert answer.total == 4


@pytest.mark.parametrize(
    ("measure", "is_complete"), [(AVERAGE, True), (COUNT, False), (AVERAGE, False)]
)
def test_what_is_no_whole_has_no_shares(measure: Measure, is_complete: bool):
    answer = figures([("甲", 3)], measure=measure, is_complete=is_complete)
    assert (answer.total, answer.all[0].share) == (None, None)


def test_years_of_a_series_are_not_added_up():
    year = Dimension("year", "年份", is_time=True, is_key=True)
    assert figures([(2026, 1), (2025, 2)], year).total is None


def test_time_has_a_total_and_no_shares():
    answer = figures([("2026-02", 1), ("2026-01", 2)], MONTH)
    assert (answer.total, [f.share for f in answer.all]) == (3, [None, None])


def test_time_runs_forward():
    answer = figures([("2026-02", 1), ("2026-01", 2)], MONTH, kind=Kind.LINE)
    assert [f.label for f in answer.drawn] == ["2026-01", "2026-02"]


def test_a_line_leaves_out_what_has_no_time_and_says_so():
    pairs = [(None, 7), ("2026-02", 1), ("2026-01", 2)]
    answer = figures(pairs, MONTH, kind=Kind.LINE)
    assert [f.label for f in answer.drawn] == ["2026-01", "2026-02"]
    assert len(answer.all) == 3
    assert answer.left_out is not None
    assert answer.left_out.value == 7
    assert figures(pairs).left_out is None


@pytest.mark.parametrize(
    ("key", "label"),
    [
        (None, "Not stated"),
        ("", "Not stated"),
        (True, "Yes"),
        (False, "No"),
        (2026, "2026"),
    ],
)
def test_a_key_in_words(key: Any, label: str):
    assert figures([(key, 1)]).all[0].label == label


def test_a_group_without_a_value_has_no_bar():
    answer = figures([("甲", 2), ("乙", None)], measure=AVERAGE)
    assert [(f.value, f.length) for f in answer.all] == [(2, 100.0), (None, 0.0)]


def test_an_average_leaves_the_lowest_undrawn():
    answer = figures([(str(n), 100 - n) for n in range(40)], measure=AVERAGE)
    assert (len(answer.drawn), len(answer.all)) == (24, 40)


@given(
    st.lists(st.decimals(0, 10**12, places=2), max_size=60),
    st.sampled_from([Kind.BAR, Kind.SHARE]),
)
def test_what_is_drawn_adds_up_to_the_total(values: list[Decimal], kind: Kind):
    answer = figures(
        [(str(n), str(value)) for n, value in enumerate(values)], kind=kind
    )
    assert (
        sum((f.value for f in answer.drawn), Decimal(0)) == answer.total == sum(values)
    )
    assert len(answer.drawn) <= 25
    assert all(0 <= f.length <= 100 for f in answer.all)
