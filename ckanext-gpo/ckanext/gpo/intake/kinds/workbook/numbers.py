"""Stored numbers, with the digits that their file has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

EXACT: Final = 15
"""Significant digits that spreadsheet programs keep, and show at most."""

_LONGEST: Final = 300
"""Digits of a whole number beyond which it is none."""

_WHOLE: Final = 10.0**EXACT


def parse_number(text: str) -> int | float | None:
    """A number as a workbook's part has it; None if it is none.

    A whole number keeps all its digits, however many: whether a program lost some of them is
    for those to judge who know the column.

    >>> parse_number("320102199001011234"), parse_number("9.5"), parse_number("1.2E+17")
    (320102199001011234, 9.5, 120000000000000000)
    """
    if text.isdecimal() and len(text) < _LONGEST:
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return None
    if -_WHOLE < number < _WHOLE:
        return int(number) if number.is_integer() else number
    return int(Decimal(text)) if math.isfinite(number) else None


def parse_numbers(texts: Sequence[str]) -> list[int | float] | None:
    """The same for many; None if one of them is none.

    >>> parse_numbers(["2025", "0"]), parse_numbers(["9.5", "2.0"]), parse_numbers(["?"])
    ([2025, 0], [9.5, 2], None)
    >>> parse_numbers([])
    []
    """
    joined = "".join(texts)
    if joined.isdecimal() and (
        len(joined) < _LONGEST or max(map(len, texts)) < _LONGEST
    ):
        return list(map(int, texts))
    if not texts:
        return []
    try:
        floats = list(map(float, texts))
    except ValueError:
        return None
    # Neither NaN, which is in no order, nor beyond what a double holds exactly
    if math.isfinite(sum(floats)) and -_WHOLE < min(floats) <= max(floats) < _WHOLE:
        return [int(number) if number.is_integer() else number for number in floats]
    numbers = [number for number in map(parse_number, texts) if number is not None]
    return numbers if len(numbers) == len(texts) else None


def from_double(number: float) -> int | float:
    """A binary double as its program shows it: whole if it can be, to 15 digits.

    >>> from_double(2025.0), from_double(0.1 + 0.2), from_double(3.2010219900101126e17)
    (2025, 0.3, 320102199001011000)
    """
    if -_WHOLE < number < _WHOLE and number.is_integer():
        return int(number)
    if not math.isfinite(number):
        return number
    if abs(number) >= _WHOLE:
        return int(Decimal(f"{number:.{EXACT}g}"))
    rounded = shown_digits(number)
    return int(rounded) if rounded.is_integer() else rounded


def shown_digits(number: float) -> float:
    """A number to the digits that its program shows: 0.30000000000000004 is 0.3 there."""
    return float(f"{number:.{EXACT}g}")
