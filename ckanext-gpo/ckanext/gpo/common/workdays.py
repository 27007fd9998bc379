"""Terms counted in days or working days, after the calendar that the State Council orders.

The day from which a term runs is not counted (民法典第二百零一条). The calendar of a year is
ordered late in the year before; a term that reaches past the last known year is counted
with weekends only, and is *provisional*. Pure.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

import chinese_calendar

Unit = Literal["working", "calendar"]

_ONE_DAY = timedelta(days=1)


class Due(NamedTuple):
    """The last day of a term."""

    day: date
    provisional: bool


@lru_cache(maxsize=4096)
def is_workday(day: date) -> tuple[bool, bool]:
    """Whether one works on that day, and whether that is provisional."""
    try:
        return chinese_calendar.is_workday(day), False
    except NotImplementedError:  # a year of which the package knows no calendar
        return day.weekday() < 5, True


def due(base: date, days: int, unit: Unit) -> Due:
    """The last day of a term that runs from a day.

    :raises OverflowError: the term ends after the year 9999
    """
    if unit == "calendar":
        return Due(base + timedelta(days=days), provisional=False)
    day, provisional = base, False
    while days:
        day += _ONE_DAY
        works, unsure = is_workday(day)
        provisional |= unsure
        days -= works
    return Due(day, provisional)


def days_between(first: date, last: date, unit: Unit) -> int:
    """How many days, or working days, come after one day up to another; 0 if none do."""
    span = max((last - first).days, 0)
    if unit == "calendar":
        return span
    return sum(is_workday(first + timedelta(days=n))[0] for n in range(1, span + 1))
