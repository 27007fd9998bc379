"""Many rows at a glance: nearly all are data as they stand, and none needs a closer look."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from ckanext.gpo.intake.grid import Cell, Row
from ckanext.gpo.intake.layout import Layout

from . import lines
from .ditto import MARKS

_BLANK: Final = frozenset({None, ""})


class Glance:
    """Looks for anything that `RowClassifier`, `Ditto` or `Extras` could have to do with.

    :param is_delimited: see `Extras`
    """

    def __init__(self, layout: Layout, *, is_delimited: bool) -> None:
        self._width = layout.width
        self._is_delimited = is_delimited
        self._labels = layout.texts
        self._extras = [extra.index for extra in layout.extras]

    def columns(self, rows: Sequence[Row]) -> list[tuple[Cell, ...]] | None:
        """The cells of the rows by column; None unless all are data as they stand."""
        cells = [row for _, row in rows]
        widths = set(map(len, cells))
        if max(widths) > self._width or (
            self._is_delimited and min(widths) < self._width
        ):
            return None
        columns = list(zip_longest(*cells))
        columns += [(None,) * len(rows)] * (self._width - len(columns))
        if self._is_first_conspicuous(columns) or not self._are_filled(columns):
            return None
        if not all(_BLANK.issuperset(columns[index]) for index in self._extras):
            return None
        return None if any(map(_is_conspicuous, columns)) else columns

    def _is_first_conspicuous(self, columns: Sequence[Sequence[Cell]]) -> bool:
        first = columns[0]
        if str not in set(map(type, first)):
            return False
        starts = {cell[0] for cell in first if type(cell) is str and cell}
        return not self._labels.isdisjoint(first) or any(
            map(lines.CONSPICUOUS_START.match, starts)
        )

    def _are_filled(self, columns: Sequence[Sequence[Cell]]) -> bool:
        """Whether each row has a first cell, and one more."""
        filled = (_BLANK.isdisjoint(column) for column in columns)
        return next(filled) and (self._width == 1 or any(filled))


def _is_conspicuous(column: Sequence[Cell]) -> bool:
    if str not in set(map(type, column)):
        return False
    texts = "\n".join([cell for cell in column if type(cell) is str])
    return not MARKS.isdisjoint(column) or (
        "计" in texts and bool(lines.TOTAL_LINE.search(texts))
    )
