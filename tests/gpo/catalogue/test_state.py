"""Whether an item is fulfilled, and in time; the year line."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.gpo.catalogue import codes, state

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "freq", ["daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]
)
def test_overdue_begins_the_day_after_cycle_and_grace(freq):
    entry = codes.entry("update_freq", freq)
    limit = state.due(date(2026, 1, 1), freq)
    assert (limit - date(2026, 1, 1)).days == entry["days"] + entry["grace"]
    assert not state.is_overdue(date(2026, 1, 1), freq, limit)
    assert state.is_overdue(
        date(2026, 1, 1), freq, date.fromordinal(limit.toordinal() + 1)
    )


@pytest.mark.parametrize("freq", ["realtime", "other", "", "unknown"])
def test_without_a_cycle_nothing_is_overdue(freq):
    assert not state.is_overdue(date(2000, 1, 1), freq, TODAY)


@pytest.mark.parametrize(
    ("publications", "expected"),
    [
        ([], "pending"),
        ([(TODAY, "daily")], "published"),
        ([(date(2026, 11, 1), "daily")], "overdue"),
        ([(date(2026, 11, 1), "yearly")], "published"),
        ([(TODAY, "daily"), (date(2024, 1, 1), "yearly")], "overdue"),
        ([(date(2000, 1, 1), "other")], "published"),
    ],
)
def test_item_state(publications, expected):
    assert state.item_state(publications, TODAY) == expected


def test_year_line_has_the_last_twelve_months_oldest_first():
    line = state.year_line({"2026-11": 2, "2025-12": 1, "2025-11": 1}, TODAY)
    assert [m["month"] for m in line] == [
        "2025-12",
        *(f"2026-{n:02}" for n in range(1, 12)),
    ]
    assert [m["published"] for m in line] == [1] + [0] * 10 + [2]


def test_year_line_in_january_begins_in_february():
    line = state.year_line({}, date(2026, 1, 15))
    assert line[0]["month"] == "2025-02"
    assert line[-1]["month"] == "2026-01"
