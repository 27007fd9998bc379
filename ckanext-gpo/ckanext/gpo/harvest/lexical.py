"""Values of a business system in the lexical form of a Table Schema type.

Only what has one meaning is changed; anything else goes on as it stands, so that the
gate can show the value that the department really sent. Dates without a zone are local
ones; dates with a zone count in China.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import Any

from ckanext.gpo.common.clock import CHINA

_SPACES = " \t\r\n\u3000\xa0\ufeff"
_SIGNS = str.maketrans({"−": "-", "﹣": "-", "‐": "-"})
_HALF_WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(?:\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"([+-]?\d+)(\.0*)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(\.0+)?年?度?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[年./-](\d{1,2})月?|(\d{4})(\d{2})", re.ASCII)
_DATE = re.compile(
    r"(?:(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?|(\d{4})(\d{2})(\d{2}))"
    r"(?:[T ]*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?)?",
    re.ASCII,
)
_DIGITS = 300

_TRUE = {"true", "t", "yes", "y", "1", "是"}
_FALSE = {"false", "f", "no", "n", "0", "否"}

Convert = Callable[[Any], str]


@singledispatch
def text(value: Any) -> str:
    """A value as plain text: no exponent, ISO dates, nothing for None."""
    return "" if value is None else str(value)


@text.register
def _(value: str) -> str:
    return value.strip(_SPACES)


@text.register
def _(value: bool) -> str:
    return "true" if value else "false"


@text.register
def _(value: float) -> str:
    return str(int(value)) if value.is_integer() else _plain(Decimal(repr(value)))


@text.register
def _(value: Decimal) -> str:
    return _plain(value)


@text.register
def _(value: datetime) -> str:
    midnight = value.time() == time() and value.tzinfo is None
    return value.date().isoformat() if midnight else value.isoformat()


@text.register(date)
@text.register(time)
def _(value: date | time) -> str:
    return value.isoformat()


@text.register(dict)
@text.register(list)
def _(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def converter(field: dict[str, Any]) -> Convert:
    """The function that brings a value to the form of the field.

    :param field: a field of a Table Schema
    """
    kind = field.get("type", "string")
    if kind == "date" and field.get("format", "default") in ("default", "any"):
        return _date
    if kind == "boolean":
        return lambda value: _boolean(value, field)
    if kind == "string" and "gpo:check" in field:
        return lambda value: text(value).translate(_HALF_WIDTH).strip()
    conversions: dict[str, Convert] = {
        "integer": _integer,
        "number": _number,
        "year": _year,
        "yearmonth": _yearmonth,
        "datetime": _datetime,
    }
    return conversions.get(kind, text)


def _plain(number: Decimal) -> str:
    # An exponent is written out only so far: 1e999999999 would fill the memory.
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        return str(number)
    return format(number, "f")


def _ascii(value: Any) -> str:
    """Half-width text without surrounding spaces."""
    return unicodedata.normalize("NFKC", text(value)).translate(_SIGNS).strip(_SPACES)


def _number(value: Any) -> str:
    ascii_text = _ascii(value)
    if _GROUPED.fullmatch(ascii_text):
        ascii_text = ascii_text.replace(",", "")
    match = _NUMBER.fullmatch(ascii_text)
    if not match:
        return text(value)
    return _plain(Decimal(ascii_text)) if match[2] else ascii_text


def _integer(value: Any) -> str:
    match = _WHOLE.fullmatch(_number(value))
    return match[1] if match else text(value)


def _year(value: Any) -> str:
    if isinstance(value, date):
        return f"{value.year:04}"
    match = _YEAR.fullmatch(_ascii(value))
    return match[1] if match else text(value)


def _yearmonth(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    match = _MONTH.fullmatch(_ascii(value))
    if not match:
        return text(value)
    year, month = match[1] or match[3], int(match[2] or match[4])
    return f"{year}-{month:02}" if 1 <= month <= 12 else text(value)


def _boolean(value: Any, field: dict[str, Any]) -> str:
    yes = field.get("trueValues", ["true"])
    no = field.get("falseValues", ["false"])
    ascii_text = _ascii(value)
    if ascii_text in yes or ascii_text in no:
        return ascii_text
    if ascii_text.lower() in _TRUE:
        return yes[0]
    return no[0] if ascii_text.lower() in _FALSE else text(value)


def _date(value: Any) -> str:
    moment = _moment(value)
    return f"{moment:%Y-%m-%d}" if moment else text(value)


def _datetime(value: Any) -> str:
    moment = _moment(value)
    return moment.isoformat() if moment else text(value)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.astimezone(CHINA) if value.tzinfo else value
    if isinstance(value, date):
        return datetime.combine(value, time())
    ascii_text = _ascii(value)
    match = _DATE.fullmatch(ascii_text)
    if not match:
        return _zoned(ascii_text)
    groups = match.groups()
    parts = [*(groups[:3] if groups[0] else groups[3:6]), *groups[6:]]
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in parts)
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - as sent
    except ValueError:
        return None


def _zoned(ascii_text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(ascii_text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.astimezone(CHINA) if moment.tzinfo else None
