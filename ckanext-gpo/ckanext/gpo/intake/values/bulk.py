"""A whole column at once, where none of its cells needs a closer look. Pure.

Each function gives the texts of some cells, or None if one of them may need more than
being written down as it is; then all of them go through the converter one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from ckanext.gpo.intake.grid import Cell

Bulk: TypeAlias = Callable[[Sequence[Cell]], Sequence[str] | None]

_Match: TypeAlias = Callable[[str, int], re.Match[str] | None]

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_NUMBERS = re.compile(r"(?:(?:-?\d+(?:\.\d+)?)?\|)*", re.ASCII)
_INTEGERS = re.compile(r"(?:(?:-?\d+)?\|)*", re.ASCII)
_DATES = re.compile(r"(?:(?:\d{4}-\d\d-\d\d)?\|)*", re.ASCII)
_YEARS = re.compile(r"(?:(?:\d{4})?\|)*", re.ASCII)
# Edges, and first characters that mean something, as `tidy` and `text` know them.
_CONSPICUOUS_EDGES = ("| ", " |", "|#", "|'", "|=")


def texts(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Texts without anything that is trimmed, found or read otherwise."""
    joined = _joined(cells)
    if (
        joined is None
        or not joined.isprintable()
        or "\ufffd" in joined
        or "E+" in joined
        or any(edge in joined for edge in _CONSPICUOUS_EDGES)
    ):
        return None
    return cells  # pyright: ignore[reportReturnType] - `_joined` has seen that all are texts


def codes(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Texts that have no full-width form of ASCII either."""
    joined = _joined(cells)
    return None if joined is None or _FULL_WIDTH.search(joined) else texts(cells)


def numbers(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Plain numbers, as text or as a workbook holds them."""
    return _matching(_NUMBERS.fullmatch, cells) or _typed_numbers(cells)


def integers(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Plain whole numbers."""
    return _matching(_INTEGERS.fullmatch, cells) or _typed_numbers(cells)


def years(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Years of four digits, as text."""
    return _matching(_YEARS.fullmatch, cells)


def dates(cells: Sequence[Cell]) -> Sequence[str] | None:
    """ISO dates, or the days of a workbook."""
    if (matching := _matching(_DATES.fullmatch, cells)) is not None:
        return matching
    if set(map(type, cells)) != {datetime}:
        return None
    moments: Sequence[Any] = cells
    iso = [moment.isoformat() for moment in moments]
    days = [text[:10] for text in iso if text[10:] == "T00:00:00"]
    return days if len(days) == len(iso) else None


def _joined(cells: Sequence[Cell]) -> str | None:
    """The cells as one text, each between bars; None if not all of them are texts."""
    texts: Any = cells
    try:
        return f"|{'|'.join(texts)}|"
    except TypeError:
        return None


def _matching(fullmatch: _Match, cells: Sequence[Cell]) -> Sequence[str] | None:
    joined = _joined(cells)
    if joined is None or not fullmatch(joined, 1):
        return None
    return cells  # pyright: ignore[reportReturnType] - as in `texts`


def _typed_numbers(cells: Sequence[Cell]) -> Sequence[str] | None:
    kinds = set(map(type, cells))
    if kinds == {int}:
        return list(map(str, cells))
    if not kinds <= {int, float}:
        return None
    digits = list(map(repr, cells))
    joined = "".join(digits)
    if "e" in joined or "n" in joined:  # 1e+20, nan, inf
        return None
    return [text.removesuffix(".0") for text in digits]
