"""Terms in days and working days, against the calendar of 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common import workdays
from ckanext.gpo.common.workdays import Due


@pytest.mark.parametrize(
    ("base", "days", "unit", "expected"),
    [
        # National Day from 1 to 7 October; 20 September and 10 October are worked
        (date(2026, 9, 21), 20, "working", date(2026, 10, 26)),
        # Spring Festival from 15 to 23 February; 14 and 28 February are worked
        (date(2026, 2, 10), 20, "working", date(2026, 3, 16)),
        (date(2026, 11, 27), 1, "working", date(2026, 11, 30)),
        (date(2026, 11, 27), 0, "working", date(2026, 11, 27)),
        (date(2026, 2, 10), 15, "calendar", date(2026, 2, 25)),
        (date(2027, 3, 1), 60, "calendar", date(2027, 4, 30)),
    ],
)
def test_a_term_ends(base: date, days: int, unit: workdays.Unit, expected: date):
    assert workdays.due(base, days, unit) == Due(expected, provisional=False)


@pytest.mark.parametrize(
    "base", [date(2026, 12, 30), date(2027, 3, 1), date(1999, 12, 30)]
)
def test_beyond_the_known_calendar_a_term_is_provisional(base: date):
    assert workdays.due(base, 7, "working").provisional


@given(
    st.dates(date(2004, 1, 1), date(2026, 10, 1)),
    st.integers(0, 40),
    st.sampled_from(["working", "calendar"]),
)
def test_a_term_has_as_many_days_as_it_says(base: date, days: int, unit: workdays.Unit):
    end = workdays.due(base, days, unit).day

    assert workdays.days_between(base, end, unit) == days
    assert not days or workdays.days_between(base, end - timedelta(1), unit) == days - 1


def test_no_days_come_after_a_day_up_to_an_earlier_one():
    earlier, later = date(2026, 3, 1), date(2026, 3, 9)
    assert workdays.days_between(later, earlier, "working") == 0
    assert workdays.days_between(later, earlier, "calendar") == 0
