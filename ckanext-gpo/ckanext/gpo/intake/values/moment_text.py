"""Dates and times as offices write them, where they have one reading. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Final

from ckanext.gpo.intake.characters import half_width

from .numerals import digits, numeral

_SEPARATOR = "[年./-]"
_CLOCK = (
    r"(?:(上午|下午|晚上|凌晨|中午|AM|PM)\s*)?(\d{1,2})[:时点](\d{1,2})?分?"
    r"(?::?(\d{1,2})(?:\.\d+)?秒?)?(?:\s*(AM|PM))?"
)
_DATE = re.compile(
    rf"(?:(\d{{4}})\s*{_SEPARATOR}\s*(\d{{1,2}})\s*[月./-]\s*(\d{{1,2}})\s*日?"
    rf"|(\d{{4}})(\d{{2}})(\d{{2}}))"
    r"(?:[T\s]*(.+))?",
    re.ASCII,
)
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_ZONE = re.compile(r"(.*\d)\s*(Z|[+-]\d{2}:?\d{2})")
_CHINESE = re.compile(
    "([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月"
    "([一二三四五六七八九十]{1,3})日?"
)
_MINGUO = re.compile(r"(?:中华民国|民国|民國).*")
_SHORT_YEAR = re.compile(
    r"'?\d{2}[年./-]\d{1,2}[月./-]\d{1,2}日?.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*"
)
_INCOMPLETE = re.compile(
    r"\d{4}[年./-]?\d{0,2}月?份?|\d{1,2}月\d{1,2}日|\d{4}年.*[上中下]旬|\d{4}年第.季度|至今|长期"
)
_SERIAL = re.compile(r"[2-9]\d{4}(?:\.\d+)?", re.ASCII)
FIRST_DAY, LAST_DAY = 20_000, 100_000
"""Excel counts days; 20000 is 1954, so that a bare year is never taken for a day."""

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001


class Doubt(Enum):
    """Why a text that is meant for a date has not one reading."""

    MINGUO = "date-minguo"
    AMBIGUOUS = "date-ambiguous"
    INCOMPLETE = "date-incomplete"


def read_moment(text: str) -> tuple[date, time | None] | None:
    """A day, and the time after it if there is one; None if it has no such reading.

    >>> read_moment("二〇二六年三月五日"), read_moment("26/3/5")
    ((datetime.date(2026, 3, 5), None), None)
    """
    narrow = half_width(text).replace("．", ".").replace("。", ".")
    if chinese := _CHINESE.fullmatch(narrow):
        parts: list[object] = [
            digits(chinese[1]),
            numeral(chinese[2]),
            numeral(chinese[3]),
        ]
        clock = None
    elif match := _DATE.fullmatch(narrow):
        parts = list(match.groups()[:3] if match[1] else match.groups()[3:6])
        clock = match[7]
    else:
        return None
    try:
        day = date(*(int(str(part)) for part in parts))
    except ValueError:
        return None
    if not clock:
        return day, None
    moment = read_time(clock)
    return None if moment is None else (day, moment)


def read_time(text: str) -> time | None:
    """A time of the day; None if it is none.

    >>> read_time("8时30分"), read_time("下午3:05")
    (datetime.time(8, 30), datetime.time(15, 5))
    """
    match = _TIME.fullmatch(half_width(text).strip())
    if not match or (match[3] is None and ":" in text):
        return None
    hour, minute, second = (int(match[part] or 0) for part in (2, 3, 4))
    half = match[1] or (match[5] or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    if half in ("凌晨", "上午", "AM") and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def split_zone(text: str) -> tuple[str, str]:
    """A text without its zone, and the zone.

    >>> split_zone("2026-03-05T08:00:00Z"), split_zone("2026-03-05")
    (('2026-03-05T08:00:00', 'Z'), ('2026-03-05', ''))
    """
    match = _ZONE.fullmatch(text) if ":" in text else None
    return (match[1], match[2]) if match else (text, "")


def doubt(text: str) -> Doubt | None:
    """Why a text has not one reading as a date; None if it is no date at all.

    >>> doubt("26/3/5"), doubt("2026年3月"), doubt("示例")
    (<Doubt.AMBIGUOUS: 'date-ambiguous'>, <Doubt.INCOMPLETE: 'date-incomplete'>, None)
    """
    narrow = half_width(text)
    for reason, pattern in (
        (Doubt.MINGUO, _MINGUO),
        (Doubt.INCOMPLETE, _INCOMPLETE),
        (Doubt.AMBIGUOUS, _SHORT_YEAR),
    ):
        if pattern.fullmatch(narrow):
            return reason
    return None


def is_serial(text: str) -> bool:
    """Whether a text is one of Excel's day numbers."""
    return bool(_SERIAL.fullmatch(text))


def serial_moment(days: float, *, date1904: bool) -> datetime:
    """The moment of one of Excel's day numbers.

    >>> serial_moment(46086, date1904=False)
    datetime.datetime(2026, 3, 5, 0, 0)
    """
    epoch = _EPOCH_1904 if date1904 else _EPOCH
    return epoch + timedelta(seconds=round(days * 86_400))
