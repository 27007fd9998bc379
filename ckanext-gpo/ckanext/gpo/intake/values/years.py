"""Cells of year and yearmonth columns."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from ckanext.gpo.intake.characters import half_width
from ckanext.gpo.intake.grid import Cell, DisplayedCell

from . import moment_text
from .notes import Convert, Notes, Source
from .numerals import digits
from .plain import plain
from .tidy import tidy

_YEAR = re.compile(r"(\d{4})(?:\.0+)?\s*(?:年度?)?", re.ASCII)
_CHINESE_YEAR = re.compile("([〇○零一二三四五六七八九]{4})年?度?")
_SHORT_YEAR = re.compile(r"'?\d{2}年度?", re.ASCII)
_MONTH = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*月?份?|(\d{4})(\d{2})", re.ASCII)
_OCTOBER = re.compile(r"\d{4}\.1", re.ASCII)
_ISO_YEAR = re.compile(r"\d{4}", re.ASCII)
_ISO_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


def year_converter(notes: Notes, _source: Source) -> Convert:
    """The converter of a year field."""

    def convert(cell: Cell, row: int) -> str:
        if type(cell) is str and _ISO_YEAR.fullmatch(cell):
            return cell
        text, day = _unpack(cell, row, notes)
        if day:
            return _shortened(f"{day.year:04}", day.month == day.day == 1, text, row)
        narrow = half_width(text)
        match = _YEAR.fullmatch(narrow)
        chinese = _CHINESE_YEAR.fullmatch(narrow)
        if match or chinese:
            year = match[1] if match else digits(chinese[1] if chinese else "")
            return _formed(year, text, row)
        if _SHORT_YEAR.fullmatch(narrow):
            notes.record("date-ambiguous", row, text)
        else:
            _doubt(text, row, notes)
        return text

    def _formed(year: str, text: str, row: int) -> str:
        if year != text:
            notes.record("date-form", row, text)
        return year

    def _shortened(year: str, is_first: bool, text: str, row: int) -> str:
        return _shorten(year, text, row, notes, is_first=is_first)

    return convert


def yearmonth_converter(notes: Notes, _source: Source) -> Convert:
    """The converter of a yearmonth field."""

    def convert(cell: Cell, row: int) -> str:
        if type(cell) is str and _ISO_MONTH.fullmatch(cell):
            return cell
        text, day = _unpack(cell, row, notes)
        if day:
            month = f"{day.year:04}-{day.month:02}"
            return _shorten(month, text, row, notes, is_first=day.day == 1)
        narrow = half_width(text)
        match = _MONTH.fullmatch(narrow)
        if _OCTOBER.fullmatch(narrow):
            # A spreadsheet writes 2026.10 so.
            notes.record("date-ambiguous", row, text)
            return text
        number = int(match[2] or match[4]) if match else 0
        if not match or not 1 <= number <= 12:
            _doubt(text, row, notes)
            return text
        result = f"{match[1] or match[3]}-{number:02}"
        if result != text:
            notes.record("date-form", row, text)
        return result

    return convert


def _unpack(cell: Cell, row: int, notes: Notes) -> tuple[str, date | None]:
    """A cell as text, and its day if it is one."""
    value = cell.value if isinstance(cell, DisplayedCell) else cell
    if value is None:
        return "", None
    if isinstance(value, str):
        return tidy(value, row, notes), None
    if isinstance(value, float | Decimal):
        return plain(value).removesuffix(".0"), None
    return plain(value), value if isinstance(value, date) else None


def _shorten(short: str, text: str, row: int, notes: Notes, *, is_first: bool) -> str:
    """A spreadsheet keeps a year or a month as its first day; any other says more."""
    code = "date-form" if is_first else "day-dropped"
    return short if notes.record(code, row, text) else text


def _doubt(text: str, row: int, notes: Notes) -> None:
    doubt = moment_text.doubt(text)
    if doubt in (moment_text.Doubt.MINGUO, moment_text.Doubt.AMBIGUOUS):
        notes.record(doubt.value, row, text)
