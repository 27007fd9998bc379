"""Solr's dates: an instant in UTC, or NOW, and sums after it.

`NOW-7DAYS/DAY`, `2024-01-01T00:00:00Z+1MONTH`: see "Date Formatting and Date Math" in
the Solr reference guide. Dates are milliseconds since 1970.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from dateutil.relativedelta import relativedelta

from ckanext.gpo.search.errors import QueryError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
INSTANT = re.compile(
    r"(?P<seconds>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?Z"
)
STEP = re.compile(r"(?P<sign>[+-])(?P<count>\d+)(?P<unit>[A-Z]+)|/(?P<round>[A-Z]+)")
UNITS = ("year", "month", "day", "hour", "minute", "second")


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970; a moment without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - EPOCH) // timedelta(milliseconds=1)


def solr_date(value: int) -> str:
    """The text that Solr gives back for a date."""
    moment = EPOCH + timedelta(milliseconds=value)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S").zfill(19)
    return f"{text}.{value % 1000:03d}Z" if value % 1000 else f"{text}Z"


def parse_date(text: str, now: datetime) -> int:
    """The date that a Solr expression stands for.

    :raises QueryError: it is no date in Solr's form
    """
    if text.startswith("NOW"):
        moment, rest = now, text[3:]
    else:
        match = INSTANT.match(text)
        if not match:
            raise QueryError(f"Invalid Date String:'{text}'")
        moment, rest = _instant(match), text[match.end() :]
    try:
        return milliseconds(_apply(moment, rest, text))
    except (OverflowError, ValueError) as error:
        raise QueryError(f"Invalid Date Math String:'{text}'") from error


def _instant(match: re.Match[str]) -> datetime:
    try:
        moment = datetime.fromisoformat(match["seconds"])
    except ValueError as error:
        raise QueryError(f"Invalid Date String:'{match[0]}'") from error
    fraction = int((match["fraction"] or "").ljust(6, "0")[:6])
    return moment.replace(microsecond=fraction, tzinfo=timezone.utc)


def _apply(moment: datetime, steps: str, text: str) -> datetime:
    offset = 0
    while offset < len(steps):
        step = STEP.match(steps, offset)
        if not step:
            raise QueryError(f"Invalid Date Math String:'{text}'")
        offset = step.end()
        if step["round"]:
            moment = _rounded(moment, _unit(step["round"], text))
        else:
            count = int(step["sign"] + step["count"])
            moment += _span(step["unit"], count, text)
    return moment


def _span(unit: str, count: int, text: str) -> relativedelta:
    if unit in ("MILLI", "MILLIS", "MILLISECOND", "MILLISECONDS"):
        return relativedelta(microseconds=count * 1000)
    return relativedelta(**{f"{_unit(unit, text)}s": count})  # pyright: ignore[reportArgumentType]


def _unit(name: str, text: str) -> str:
    unit = "day" if name == "DATE" else name.lower().removesuffix("s")
    if unit not in UNITS:
        raise QueryError(f"Invalid Date Math String:'{text}'")
    return unit


def _rounded(moment: datetime, unit: str) -> datetime:
    first = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
    finer = UNITS[UNITS.index(unit) + 1 :]
    return moment.replace(
        microsecond=0,
        **{name: first[name] for name in finer},  # pyright: ignore[reportArgumentType]
    )
