"""The line of time: in order, within its frame, nothing on top of another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.explore.dossiers import timeline

stations = st.lists(st.dates(date(2010, 1, 1), date(2030, 1, 1)), max_size=12).map(
    lambda days: list(enumerate(days, 1))
)


@given(stations)
def test_points_are_in_order_and_apart(stations: list[tuple[int, date]]):
    points = timeline.points(stations)

    assert sorted((p.place, p.day) for p in points) == stations
    assert [p.day for p in points] == sorted(p.day for p in points)
    places = [p.x for p in points]
    assert all(right - left >= 30 for left, right in pairwise(places))
    assert all(0 < x < timeline.WIDTH for x in places)


@given(stations)
def test_the_days_between_add_up(stations: list[tuple[int, date]]):
    points = timeline.points(stations)

    if points:
        span = points[-1].day - points[0].day
        assert timedelta(sum(p.days or 0 for p in points)) == span
        assert points[0].days is None


def test_a_gap_is_as_wide_as_it_is_long():
    start = date(2026, 1, 1)
    days = [start, start + timedelta(100), start + timedelta(400)]
    first, second, third = timeline.points(enumerate(days, 1))

    assert third.x - second.x == pytest.approx(3 * (second.x - first.x), abs=3)
