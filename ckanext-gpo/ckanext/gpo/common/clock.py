"""The time and the day in China, where all that the platform dates takes place."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The time in China."""
    return datetime.now(CHINA)


def today() -> date:
    """The day in China."""
    return now().date()


def in_china(moment: str | datetime) -> datetime:
    """A moment (a text of ISO 8601) in China; without an offset it is UTC, as CKAN's."""
    parsed = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=timezone.utc)
    return parsed.astimezone(CHINA)


def china_day(moment: str | datetime) -> date:
    """The day in China of a moment."""
    return in_china(moment).date()
