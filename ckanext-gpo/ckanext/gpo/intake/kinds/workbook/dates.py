"""Day numbers of workbooks: which formats make dates of them, and what they then show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, TypeAlias

Moment: TypeAlias = date | datetime | time | timedelta

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[[^\[\]]*\]'
    r"|(?P<noon>AM/PM|A/P|上午/下午)|(?P<code>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_LAST: Final = 2_958_465
"""31 December 9999, the last day that Excel knows."""

_WEEKDAYS: Final = "一二三四五六日"
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - of no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - of no zone


@dataclass(frozen=True)
class DatePattern:
    """A format of dates or times: its parts in order, `("code", "yyyy")` or `("text", "年")`.

    A month between hours and seconds is written as the code `M` (minutes).
    """

    parts: tuple[tuple[str, str], ...]
    letters: frozenset[str]
    elapsed: bool

    @property
    def has_date(self) -> bool:
        return bool(self.letters & set("ymd"))

    @property
    def has_time(self) -> bool:
        return bool(self.letters & set("hMs"))

    def partial_text(self, moment: Moment) -> str | None:
        """What the format shows of a moment, where that is not all of it; else None."""
        if isinstance(moment, timedelta | time):
            return None
        whole_date = self.letters >= set("ymd")
        has_clock = isinstance(moment, datetime) and moment.time() != time()
        if whole_date and (not has_clock or self.has_time):
            return None
        clock = (
            moment if isinstance(moment, datetime) else datetime.combine(moment, time())
        )
        return "".join(
            part
            if kind == "text"
            else _piece(part, clock, twelve="noon" in self.letters)
            for kind, part in self.parts
        ).strip()


@lru_cache(maxsize=1024)
def parse_date_pattern(code: str) -> DatePattern | None:
    """The pattern of a format of dates or times; None for a format of numbers."""
    parts: list[tuple[str, str]] = []
    elapsed = False
    for match in _TOKEN.finditer(code):
        if match["plain"] == ";":
            break
        if match["elapsed"]:
            elapsed = True
            parts.append(("code", match["elapsed"].lower()))
        elif match["noon"]:
            parts.append(("code", "noon"))
        elif match["code"]:
            parts.append(("code", match["code"].lower()))
        elif match["plain"] and match["plain"] in "0#?%@GE":
            return None
        else:
            parts.append(
                ("text", match["quoted"] or match["escaped"] or match["plain"] or "")
            )
    parts = _tell_minutes(parts)
    letters = frozenset(_letter(part) for kind, part in parts if kind == "code")
    return DatePattern(tuple(parts), letters, elapsed) if letters else None


def _letter(part: str) -> str:
    return {"e": "y", "n": "noon", "a": "w"}.get(part[0], part[0])


def _tell_minutes(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    codes = [index for index, (kind, _) in enumerate(parts) if kind == "code"]
    for position, index in enumerate(codes):
        part = parts[index][1]
        preceding = parts[codes[position - 1]][1][0] if position else ""
        following = (
            parts[codes[position + 1]][1][0] if position + 1 < len(codes) else ""
        )
        if part[0] == "m" and len(part) <= 2 and (preceding == "h" or following == "s"):
            parts[index] = ("code", "M" * len(part))
    return parts


def from_serial(
    number: float, pattern: DatePattern, *, date1904: bool
) -> Moment | None:
    """A day number as the moment that its format means.

    :returns: None where Excel shows no date: before 1900, after 9999, and 29 February
        1900, which Excel has and no calendar
    """
    if not 0 <= number < _LAST + 1:
        return None
    if pattern.elapsed:
        return timedelta(seconds=round(number * 86400))
    if not pattern.has_date and number < 1:
        return (_EPOCH_1900 + _since(number)).time()
    if date1904:
        moment = _EPOCH_1904 + _since(number)
    elif number < 1 or int(number) == 60:
        return None
    else:
        # Excel counts a day too many from March 1900 on
        moment = _EPOCH_1900 + _since(number) + timedelta(days=number < 60)
    return moment if pattern.has_time or moment.time() != time() else moment.date()


def _since(number: float) -> timedelta:
    """Days to the millisecond, and to the second where only rounding parts it from one."""
    if isinstance(number, int):
        return timedelta(days=number)
    milliseconds = round(number * 86_400_000)
    seconds = round(milliseconds / 1000)
    is_close = abs(milliseconds - seconds * 1000) <= 2
    return timedelta(milliseconds=seconds * 1000 if is_close else milliseconds)


def _piece(part: str, moment: datetime, *, twelve: bool) -> str:
    hour = (moment.hour + 11) % 12 + 1 if twelve else moment.hour
    return {
        "yyyy": f"{moment.year:04}", "yyy": f"{moment.year:04}", "yy": f"{moment.year % 100:02}",
        "y": f"{moment.year % 100:02}", "e": f"{moment.year:04}",
        "m": f"{moment.month}", "mm": f"{moment.month:02}", "mmm": f"{moment:%b}",
        "mmmm": f"{moment:%B}", "d": f"{moment.day}", "dd": f"{moment.day:02}",
        "ddd": f"{moment:%a}", "dddd": f"{moment:%A}", "aaa": _WEEKDAYS[moment.weekday()],
        "aaaa": "星期" + _WEEKDAYS[moment.weekday()],
        "h": f"{hour}", "hh": f"{hour:02}", "M": f"{moment.minute}", "MM": f"{moment.minute:02}",
        "s": f"{moment.second}", "ss": f"{moment.second:02}",
        "noon": "上午" if moment.hour < 12 else "下午",
    }.get(part, "")  # fmt: skip
