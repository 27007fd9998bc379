"""A whole column at once, where none of its cells needs a closer look. Pure.

Each function gives the texts of some cells, or None if one of them may need more than
being written down as it is; then all of them go through the converter one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from ckanext.gpo.intake.grid import Cell, DisplayedCell

Bulk: TypeAlias = Callable[[Sequence[Cell]], Sequence[str] | None]

_Match: TypeAlias = Callable[[str, int], re.Match[str] | None]

_FULL_WIDTH = re.compile("[\uff01-\uff5e\u3000]")
_NUMBERS = re.compile(r"(?:(?:-?\d+(?:\.\d+)?)?\|)*", re.ASCII)
_INTEGERS = re.compile(r"(?:(?:-?\d+)?\|)*", re.ASCII)
_DATES = re.compile(r"(?:(?:\d{4}-\d\d-\d\d)?\|)*", re.ASCII)
_PLAIN_DISPLAYS = re.compile(r"[-+()\d,. ¥]*", re.ASCII)
_NUMERIC = {int, float, type(None)}
_YEARS = re.compile(r"(?:(?:\d{4})?\|)*", re.ASCII)
_MOMENTS = {date, datetime, type(None)}
_MOST_DAYS = 1 << 14
# Edges, and first characters that mean something, as `tidy` and `text` know them.
_CONSPICUOUS_EDGES = ("| ", " |", "|#", "|'", "|=")


def texts(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Texts without anything that is trimmed, found or read otherwise."""
    filled = _without_blanks(cells)
    return filled if _are_tidy(_joined(filled)) else None  # pyright: ignore[reportReturnType] - all are texts, or they could not be joined


def codes(cells: Sequence[Cell]) -> Sequence[str] | None:
    """Texts that have no full-width form of ASCII either."""
    filled = _without_blanks(cells)
    joined = _joined(set(filled))
    if not _are_tidy(joined) or _FULL_WIDTH.search(joined or ""):
        return None
    return filled  # pyright: ignore[reportReturnType] - as in `texts`


def _are_tidy(joined: str | None) -> bool:
    return (
        joined is not None
        and joined.isprintable()
        and "\ufffd" not in joined
        and "E+" not in joined
        and not any(edge in joined for edge in _CONSPICUOUS_EDGES)
    )


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
    """ISO dates, as text or as days of a workbook."""
    if (matching := _matching(_DATES.fullmatch, cells)) is not None:
        return matching
    if not _MOMENTS.issuperset(map(type, cells)):
        return None
    try:
        return list(map(_DAYS.__getitem__, cells))
    except KeyError:
        return None


class _Days(dict[Cell, str]):
    """The dates of whole days, which come again and again in a column; of others none.

    Naive and aware moments are never equal, so that equal ones are written alike.
    """

    def __missing__(self, moment: Any) -> str:
        day, _, rest = moment.isoformat().partition("T")
        if rest not in ("", "00:00:00"):
            raise KeyError(moment)
        if len(self) < _MOST_DAYS:
            self[moment] = day
        return day


_DAYS: Final = _Days({None: ""})


def _without_blanks(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells with blank ones as empty texts."""
    return ["" if cell is None else cell for cell in cells] if None in cells else cells


def _joined(cells: Collection[Cell]) -> str | None:
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
    if DisplayedCell in kinds:
        if not _PLAIN_DISPLAYS.fullmatch(
            "".join([cell.text for cell in cells if type(cell) is DisplayedCell])
        ):
            return None
        cells = [cell.value if type(cell) is DisplayedCell else cell for cell in cells]
        kinds = set(map(type, cells))
    if not kinds <= _NUMERIC:
        return None
    digits = (
        ["" if cell is None else repr(cell) for cell in cells]
        if type(None) in kinds
        else list(map(repr, cells))
    )
    joined = f"{'|'.join(digits)}|"
    if "e" in joined or "n" in joined:  # 1e+20, nan, inf
        return None
    if ".0|" in joined:
        return [text.removesuffix(".0") for text in digits]
    return digits
