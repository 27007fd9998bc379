"""Solr's dates and date math."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from ckanext.gpo.search.errors import QueryError
from ckanext.gpo.search.index.datemath import milliseconds, parse_date, solr_date

NOW = datetime(2026, 3, 31, 12, 34, 56, 789_000, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("NOW", "2026-03-31T12:34:56.789Z"),
        ("NOW/DAY", "2026-03-31T00:00:00Z"),
        ("NOW/HOUR", "2026-03-31T12:00:00Z"),
        ("NOW/YEAR", "2026-01-01T00:00:00Z"),
        ("NOW/MONTH-1DAY", "2026-02-28T00:00:00Z"),
        ("NOW-1MONTH", "2026-02-28T12:34:56.789Z"),
        ("NOW+1YEAR-2MONTHS/DAY", "2027-01-31T00:00:00Z"),
        ("NOW-7DAYS/DATE", "2026-03-24T00:00:00Z"),
        ("NOW+90MINUTES/SECOND", "2026-03-31T14:04:56Z"),
        ("NOW-789MILLIS", "2026-03-31T12:34:56Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("2024-02-29T00:00:00.5Z+1YEAR", "2025-02-28T00:00:00.500Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ],
)
def test_dates(text, date):
    assert solr_date(parse_date(text, NOW)) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-13-01T00:00:00Z",
        "2024-02-30T00:00:00Z",
        "NOW-",
        "NOW-1",
        "NOW-1FORTNIGHT",
        "NOW/WEEK",
        "NOW+99999YEARS",
        "NOW-99999999999999999999DAYS",
        "NOW 1DAY",
    ],
)
def test_what_is_no_date(text):
    with pytest.raises(QueryError):
        parse_date(text, NOW)


def test_milliseconds():
    shanghai = timezone(timedelta(hours=8))
    assert milliseconds(datetime(1970, 1, 1, 8, tzinfo=shanghai)) == 0
    assert milliseconds(datetime.fromisoformat("1970-01-01T00:00:01.002999")) == 1002
