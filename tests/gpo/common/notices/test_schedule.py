"""When mails are due; all hours are China's."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.gpo.common import clock
from ckanext.gpo.common.notices import schedule
from ckanext.gpo.common.notices.schedule import ATTEMPTS, Pace, QuietHours

MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - zone below
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(timezone.utc),
)


def _china(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-25T{text}+08:00")


@pytest.mark.parametrize(
    ("hours", "moment", "quiet"),
    [
        ("21:00-07:30", "20:59", False),
        ("21:00-07:30", "21:00", True),
        ("21:00-07:30", "00:00", True),
        ("21:00-07:30", "07:29", True),
        ("21:00-07:30", "07:30", False),
        ("12:00-13:30", "12:30", True),
        ("12:00-13:30", "21:00", False),
        ("", "00:00", False),
        ("08:00-08:00", "08:00", False),
    ],
)
def test_quiet_hours(hours: str, moment: str, quiet: bool):
    utc = _china(moment).astimezone(timezone.utc)

    assert QuietHours.parse(hours).covers(utc) is quiet


@pytest.mark.parametrize("text", ["21-7", "21:00", "25:00-07:00", "21:00–07:00", " "])
def test_what_is_no_hours_is_refused(text: str):
    with pytest.raises(ValueError, match="not hours"):
        QuietHours.parse(text)


@given(MOMENTS, st.integers(0, 23))
def test_a_digest_comes_at_its_hour_within_a_day(moment: datetime, hour: int):
    due = schedule.first_due(Pace.DAILY, hour, moment)

    assert timedelta() < due - moment <= timedelta(days=1)
    assert clock.in_china(due).strftime("%H:%M:%S") == f"{hour:02}:00:00"
    assert schedule.first_due(Pace.AT_ONCE, hour, moment) == moment


@given(MOMENTS)
def test_pauses_grow_and_all_attempts_take_three_days(moment: datetime):
    pauses = [
        schedule.next_due(attempt, moment) - moment for attempt in range(1, ATTEMPTS)
    ]

    assert pauses == sorted(pauses)
    assert pauses[:3] == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
    assert timedelta(days=2, hours=12) < sum(pauses, timedelta()) < timedelta(days=4)
