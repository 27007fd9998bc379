"""Moments and days are those of China."""

from __future__ import annotations

from datetime import date

import pytest

from ckanext.gpo.common import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-23T15:59:59+00:00", date(2026, 11, 23)),
        ("2026-11-23T16:00:00+00:00", date(2026, 11, 24)),
        ("2026-11-23T16:00:00.123456", date(2026, 11, 24)),  # CKAN's times are UTC
        ("1988-06-30T15:00:00+00:00", date(1988, 7, 1)),  # summer time until 1991
        ("2026-11-24T00:30:00+08:00", date(2026, 11, 24)),
    ],
)
def test_days_are_days_in_china(moment, day):
    assert clock.china_day(moment) == day
