"""Values of a query, read by the type of the field that they are compared with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Context, Decimal, InvalidOperation
from typing import Any, Final

from ckanext.gpo.common.types import Translate

from .errors import QueryError
from .fields import Field

Value = str | int | bool | Decimal | date | datetime

LONGEST: Final = 1_000
"""Characters that a value has at most."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,19}")
_LARGEST: Final = {"integer": 2**63 - 1, "year": 9999}
_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False}


def parse_value(field: Field, raw: object, parameter: str, _: Translate) -> Value:
    """A value for a field, from JSON or from an address.

    :raises QueryError: `value-unreadable`: it says what is right
    """
    try:
        return _READERS.get(field.type, _text)(_scalar(raw))
    except ValueError:
        message = _("“{value}” does not fit the field {field}. {right}")
        text = str(raw)
        raise QueryError(
            "value-unreadable",
            message.format(
                value=text[:60] + ("…" if len(text) > 60 else ""),
                field=field.name,
                right=right_form(field, _),
            ),
            parameter,
            field=field.name,
        ) from None


def right_form(field: Field, _: Translate) -> str:
    """How a value of the field is written, as a sentence."""
    forms = {
        "integer": _("It takes a whole number, as 1200."),
        "year": _("It takes a year, as 2026."),
        "number": _("It takes a number, as 1200.5."),
        "boolean": _("It takes true or false."),
        "date": _("It takes a day, as 2026-11-23."),
        "datetime": _("It takes a day or a moment, as 2026-11-23T09:00:00."),
        "yearmonth": _("It takes a month, as 2026-11."),
    }
    return forms.get(field.type) or _("It takes a text of at most 1,000 characters.")


def _scalar(raw: object) -> str:
    """The value as text.

    :raises ValueError: it is no single value, too long, or no text that can be stored
    """
    if isinstance(raw, bool):
        return "true" if raw else "false"
    text = str(raw)
    is_single = isinstance(raw, str | int | float | Decimal)
    if not is_single or len(text) > LONGEST or "\0" in text:
        raise ValueError(text)
    text.encode()  # half a pair of surrogates is a ValueError too
    return text


def _text(text: str) -> str:
    return text


def _whole(kind: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _WHOLE.fullmatch(text.strip()):
            raise ValueError(text)
        number = int(text)
        if abs(number) > _LARGEST[kind]:
            raise ValueError(text)
        return number

    return read


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or abs(number.adjusted()) > 1_000:
        raise ValueError(text)
    return number


def _boolean(text: str) -> bool:
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise ValueError(text) from None


def _date(text: str) -> date:
    if not _DAY.fullmatch(text.strip()):
        raise ValueError(text)
    return date.fromisoformat(text.strip())


def _datetime(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        # the DataStore keeps moments in UTC, and does not say so
        return (
            moment.astimezone(timezone.utc).replace(tzinfo=None)
            if moment.tzinfo
            else moment
        )
    except OverflowError:
        raise ValueError(text) from None


def _month(text: str) -> str:
    if not _MONTH.fullmatch(text.strip()):
        raise ValueError(text)
    return text.strip()


_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "integer": _whole("integer"),
    "year": _whole("year"),
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "yearmonth": _month,
}


_ALL_DIGITS: Final = Context(prec=1_000)


def shortened(value: Any) -> Any:
    """A value of a file, a number without zeros at its end.

    A file has as many places in every row as the longest number needs.

    >>> shortened(Decimal("1200.50")), shortened(Decimal("200.00"))
    (Decimal('1200.5'), Decimal('200'))
    """
    if not isinstance(value, Decimal):
        return value
    return Decimal(format(value.normalize(_ALL_DIGITS), "f"))


def plain(value: Any) -> Any:
    """A value of a row as JSON takes it; a number keeps the digits that it is kept with.

    >>> plain(date(2026, 11, 23)), plain(Decimal("1200.50")), plain(Decimal("NaN"))
    ('2026-11-23', Decimal('1200.50'), 'NaN')
    """
    if isinstance(value, Decimal):
        return value if value.is_finite() else str(value)
    if isinstance(value, float):
        return plain(Decimal(str(value)))
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value
