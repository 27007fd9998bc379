"""Typed values as plain text: no exponent, ISO dates."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from typing import Any

_DIGITS = 300
"""An exponent is written out only so far: 1e999999999 would fill the memory."""


@singledispatch
def plain(value: Any) -> str:
    """A value as text.

    >>> plain(12.0), plain(1e-7), plain(True), plain(datetime(2026, 3, 5))
    ('12', '0.0000001', 'true', '2026-03-05')
    """
    return str(value)


@plain.register
def _(value: bool) -> str:
    return "true" if value else "false"


@plain.register
def _(value: float) -> str:
    return str(int(value)) if value.is_integer() else plain(Decimal(repr(value)))


@plain.register
def _(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        return str(value)
    return format(value, "f")


@plain.register
def _(value: datetime) -> str:
    midnight = value.time() == time() and value.tzinfo is None
    return value.date().isoformat() if midnight else value.isoformat()


@plain.register(date)
@plain.register(time)
def _(value: date | time) -> str:
    return value.isoformat()
