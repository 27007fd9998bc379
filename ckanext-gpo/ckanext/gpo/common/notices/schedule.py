"""When a mail is due: quiet hours, the hour of the digest, and how failures are tried again.

Pure; all hours are China's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from typing_extensions import Self

from ckanext.gpo.common import clock

ATTEMPTS = 20
"""How often a mail is tried: for about three days."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=6)

_WEEK = timedelta(days=7)

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Pace(str, Enum):
    """How soon somebody wants mails."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    """All of a day in one mail."""
    WEEKLY = "weekly"
    """All of a week in one mail, on Monday."""


@dataclass(frozen=True)
class QuietHours:
    """The part of the day in which only urgent mails go out; none if both ends are equal."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Hours as `21:00-08:00`; an empty text for none.

        :raises ValueError: it is neither
        """
        if not text:
            return cls(time(), time())
        match = _HOURS.fullmatch(text)
        if match is None:
            raise ValueError(f"not hours as 21:00-08:00: {text}")
        hour, minute, end_hour, end_minute = map(int, match.groups())
        return cls(time(hour, minute), time(end_hour, end_minute))

    def covers(self, moment: datetime) -> bool:
        """Whether it is quiet at a moment: from the first minute, until the last."""
        now = clock.in_china(moment).time()
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end


def first_due(pace: Pace, digest_hour: int, moment: datetime) -> datetime:
    """When a mail of this moment may go out: now, or with the next digest."""
    if pace is Pace.AT_ONCE:
        return moment
    now = clock.in_china(moment)
    digest = now.replace(hour=digest_hour, minute=0, second=0, microsecond=0)
    if pace is Pace.WEEKLY:
        digest += timedelta(days=-digest.weekday() % _WEEK.days)
    pause = _WEEK if pace is Pace.WEEKLY else timedelta(days=1)
    return digest if digest > now else digest + pause


def next_due(attempts: int, moment: datetime) -> datetime:
    """When a mail that failed so many times is tried again: each pause twice the last."""
    doublings = min(attempts - 1, 10)
    return moment + min(_FIRST_PAUSE * 2**doublings, _LONGEST_PAUSE)
