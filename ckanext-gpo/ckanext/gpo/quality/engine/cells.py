"""The one lexical form of a parsed cell."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import singledispatch
from typing import Any, Protocol, runtime_checkable

import isodate

LONGEST_NUMBER = 131_072
"""Digits that PostgreSQL keeps of a number."""


@runtime_checkable
class YearMonth(Protocol):
    """A month of a year, as Frictionless parses it."""

    year: int
    month: int


@singledispatch
def canonical(value: Any) -> str:
    """The canonical text of a value that Frictionless has parsed; read back, it is the value.

    ISO 8601 for dates, times and durations, plain decimals, `true`/`false`, JSON for
    lists and objects, `lon,lat` for points, empty for missing.

    >>> canonical(Decimal("1E+2")), canonical(True), canonical(None)
    ('100', 'true', '')
    """
    return str(value)


@canonical.register
def _(value: None) -> str:
    return ""


@canonical.register
def _(value: bool) -> str:
    return "true" if value else "false"


@canonical.register
def _(value: Decimal) -> str:
    # Written out, 1E+999999999 would fill the memory; no database keeps it either.
    if value.is_finite() and abs(value.adjusted()) > LONGEST_NUMBER:
        return str(value)
    return format(value, "f")


@canonical.register(date)
@canonical.register(time)
def _(value: date | time) -> str:
    return value.isoformat()


@canonical.register
def _(value: datetime) -> str:
    if value.tzinfo:
        # a moment, whatever the clock it was read from: the DataStore keeps no zones
        value = value.astimezone(timezone.utc).replace(tzinfo=None)
    return value.isoformat()


@canonical.register(timedelta)
@canonical.register(isodate.Duration)
def _(value: timedelta | isodate.Duration) -> str:
    return isodate.duration_isoformat(value)


@canonical.register(list)
@canonical.register(dict)
def _(value: list[Any] | dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, default=canonical)


@canonical.register(tuple)
def _(value: tuple[object, ...]) -> str:
    # Frictionless has two of its own: a year and month, and a point
    if isinstance(value, YearMonth):
        return f"{value.year:04}-{value.month:02}"
    return ",".join(map(canonical, value))
