"""Many rows at a glance: nearly all are data as they stand, and none needs a closer look."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, Final

from ckanext.gpo.intake.grid import Block, Cell, Row
from ckanext.gpo.intake.layout import Layout

from . import lines
from .ditto import MARKS

_BLANK: Final = frozenset({None, ""})
_ABSENT: Final = frozenset({None})


class Glance:
    """Looks for anything that `RowClassifier`, `Ditto` or `Extras` could have to do with.

    :param is_delimited: see `Extras`
    """

    def __init__(self, layout: Layout, *, is_delimited: bool) -> None:
        self._width = layout.width
        self._is_delimited = is_delimited
        self._labels = layout.texts
        self._extras = [extra.index for extra in layout.extras]

    def columns(self, rows: Block | Sequence[Row]) -> Sequence[Sequence[Cell]] | None:
        """The cells of the rows by column; None unless all are data as they stand."""
        columns = (
            self._fit_block(rows) if isinstance(rows, Block) else self._fit_rows(rows)
        )
        return columns if columns and self._are_data(columns) else None

    def _fit_block(self, block: Block) -> list[Sequence[Cell]] | None:
        """Its columns, as many as the header has; None if there are cells beyond."""
        surplus = block.columns[self._width :]
        if not all(map(_ABSENT.issuperset, surplus)):
            return None
        return self._padded(block.columns[: self._width], len(block.numbers))

    def _fit_rows(self, rows: Sequence[Row]) -> list[Sequence[Cell]] | None:
        """The same of rows; None also if one has too few cells for its kind of file."""
        cells = [row for _, row in rows]
        widths = set(map(len, cells))
        if max(widths) > self._width or (
            self._is_delimited and min(widths) < self._width
        ):
            return None
        return self._padded(list(zip_longest(*cells)), len(rows))

    def _padded(
        self, columns: Sequence[Sequence[Cell]], count: int
    ) -> list[Sequence[Cell]]:
        return [*columns, *[(None,) * count] * (self._width - len(columns))]

    def _are_data(self, columns: Sequence[Sequence[Cell]]) -> bool:
        return not (
            self._is_first_conspicuous(columns)
            or not self._are_filled(columns)
            or not all(_BLANK.issuperset(columns[index]) for index in self._extras)
            or any(map(_is_conspicuous, columns))
        )

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
    kinds = set(map(type, column))
    if str not in kinds:
        return False
    filled: Any = column
    if len(kinds) > 1:
        filled = [cell for cell in column if type(cell) is str]
    texts = "\n".join(filled)
    return not MARKS.isdisjoint(column) or (
        "计" in texts and bool(lines.TOTAL_LINE.search(texts))
    )
