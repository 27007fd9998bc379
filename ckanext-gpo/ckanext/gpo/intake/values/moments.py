"""Cells of date, datetime and time columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from ckanext.gpo.common.clock import CHINA
from ckanext.gpo.intake.grid import Cell, DisplayedCell

from . import moment_text
from .notes import Convert, Notes, Source
from .plain import plain
from .tidy import tidy

_ISO = {
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII),
    "time": re.compile(r"\d\d:\d\d:\d\d", re.ASCII),
}
_MIDNIGHT = time()
_FIRST_DAYS = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1))
"""Where a spreadsheet puts a time without a day."""


def moment_converter(notes: Notes, source: Source) -> Convert:
    """The converter of a date, datetime or time field."""
    return _Moments(notes, source).convert


class _Moments:
    def __init__(self, notes: Notes, source: Source) -> None:
        self._notes = notes
        self._source = source
        self._type: str = notes.column.field["type"]
        pattern: str = notes.column.field.get("format", "default")
        self._pattern = "" if pattern in ("default", "any") else pattern
        self._is_iso = _ISO[self._type].fullmatch
        self._read: Callable[[str, int], str | None] = {
            "date": self._date,
            "datetime": self._datetime,
            "time": self._time,
        }[self._type]

    def convert(self, cell: Cell, row: int) -> str:
        if cell is None or cell == "":
            return ""
        if type(cell) is str:
            if not self._pattern and self._is_iso(cell):
                return cell
            return self._text(cell, row)
        return self._typed(cell, row)

    def _text(self, cell: str, row: int) -> str:
        text = tidy(cell, row, self._notes)
        if not text or self._is_declared_form(text):
            return text
        result = self._read(text, row)
        if result is None:
            return text
        if result != text:
            self._notes.record("date-form", row, cell)
        return result

    def _is_declared_form(self, text: str) -> bool:
        if not self._pattern:
            return bool(self._is_iso(text))
        try:
            datetime.strptime(text, self._pattern)  # noqa: DTZ007 - the form alone
        except ValueError:
            return False
        return True

    def _date(self, text: str, row: int) -> str | None:
        moment = self._moment(text, row)
        if moment is None:
            return None
        return self._day(*moment, row, text)

    def _day(self, day: date, clock: time | None, row: int, cell: str) -> str | None:
        if not clock or clock == _MIDNIGHT:
            return self._format(day)
        is_step = self._notes.record("time-dropped", row, cell)
        return self._format(day) if is_step else None

    def _datetime(self, text: str, row: int) -> str | None:
        local, zone = moment_text.split_zone(text)
        moment = self._moment(local, row)
        if moment is None:
            return None
        day, clock = moment
        if clock is None:
            self._notes.record("date-incomplete", row, text)
            return None
        local_moment = datetime.combine(day, clock)
        if zone:
            aware = datetime.fromisoformat(
                local_moment.isoformat() + zone.replace("Z", "+00:00")
            )
            return self._zoned(aware, row, text)
        return self._format(local_moment)

    def _zoned(self, moment: datetime, row: int, cell: str) -> str | None:
        if not self._notes.record("zone-converted", row, cell):
            return None
        return self._format(moment.astimezone(CHINA).replace(tzinfo=None))

    def _time(self, text: str, row: int) -> str | None:
        clock = moment_text.read_time(text)
        return None if clock is None else self._format(clock)

    def _moment(self, text: str, row: int) -> tuple[date, time | None] | None:
        moment = moment_text.read_moment(text)
        if moment:
            return moment
        if moment_text.is_serial(text):
            if self._notes.record("excel-serial-text", row, text):
                serial = moment_text.serial_moment(
                    float(text), date1904=self._source.date1904
                )
                return serial.date(), serial.time()
            return None
        if doubt := moment_text.doubt(text):
            self._notes.record(doubt.value, row, text)
        return None

    def _typed(self, cell: Cell, row: int) -> str:
        value = cell.value if isinstance(cell, DisplayedCell) else cell
        if isinstance(value, str):
            return self._text(value, row)
        text = plain(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = self._from_number(value, row, text)
        result: str | None = None
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            result = self._from_datetime(value, row, text)
        elif isinstance(value, date):
            is_day = self._type == "date"
            result = self._format(value) if is_day else None
            if self._type == "datetime":
                result = self._format(datetime.combine(value, _MIDNIGHT))
        elif isinstance(value, time) and self._type == "time":
            result = self._format(value)
        elif isinstance(value, timedelta) and self._type == "time":
            result = self._from_length(value)
        return text if result is None else result

    def _from_number(self, value: float, row: int, text: str) -> datetime | time | str:
        """Excel's number of a day or of a part of one; 20260305 is a day by its digits."""
        if self._type == "time":
            if not 0 <= value < 1:
                return text
            self._notes.record("excel-serial", row, text)
            return moment_text.serial_moment(value, date1904=False).time()
        if not moment_text.FIRST_DAY < value < moment_text.LAST_DAY:
            return self._text(text, row)
        if not self._source.typed:
            return self._text(text, row)
        self._notes.record("excel-serial", row, text)
        return moment_text.serial_moment(value, date1904=self._source.date1904)

    def _from_datetime(self, value: datetime, row: int, text: str) -> str | None:
        if self._type == "time":
            is_time = value.date() in _FIRST_DAYS
            return self._format(value.time()) if is_time else None
        if value.tzinfo:
            if self._type == "datetime":
                return self._zoned(value, row, text)
            value = value.astimezone(CHINA).replace(tzinfo=None)
        if self._type == "date":
            return self._day(value.date(), value.time(), row, text)
        return self._format(value)

    def _from_length(self, value: timedelta) -> str | None:
        if not timedelta() <= value < timedelta(days=1):
            return None
        midnight = datetime.combine(_FIRST_DAYS[0], _MIDNIGHT)
        return self._format((midnight + value).time())

    def _format(self, value: date | time) -> str:
        if self._pattern:
            # C's own %Y has three digits for the year 999
            year = f"{value.year:04}" if isinstance(value, date) else "1900"
            return value.strftime(self._pattern.replace("%Y", year))
        return value.isoformat()
