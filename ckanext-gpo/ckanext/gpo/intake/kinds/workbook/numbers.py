"""Stored numbers, with the digits that their file has."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

EXACT: Final = 15
"""Significant digits that spreadsheet programs keep, and show at most."""

_WHOLE: Final = 10.0**EXACT


def parse_number(text: str) -> int | float | None:
    """A number as a workbook's part has it; None if it is none.

    A whole number keeps all its digits, however many: whether a program lost some of them is
    for those to judge who know the column.

    >>> parse_number("320102199001011234"), parse_number("9.5"), parse_number("1.2E+17")
    (320102199001011234, 9.5, 120000000000000000)
    """
    if text.isdecimal():
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return None
    if -_WHOLE < number < _WHOLE:
        return int(number) if number.is_integer() else number
    try:
        return int(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def shown_digits(number: float) -> float:
    """A number to the digits that its program shows: 0.30000000000000004 is 0.3 there."""
    return float(f"{number:.{EXACT}g}")
