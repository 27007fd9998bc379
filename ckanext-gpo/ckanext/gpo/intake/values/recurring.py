"""Values that come again and again in a column, as days and streets do: converted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.journal import Journal

from .notes import Convert

_TYPES: Final = (str, int, float, bool, date)
"""Types whose equal values are written alike; those of a Decimal need not be."""

_MOST: Final = 1 << 14
"""So many values of a column are kept."""


class Recurring:
    """Converts the cells of a column; those of which there is nothing to tell only once."""

    def __init__(self, convert: Convert, journal: Journal) -> None:
        self._convert = convert
        self._journal = journal
        # By type, since 1 is equal to True
        self._texts: dict[type, dict[Cell, str]] = defaultdict(dict)

    def convert_column(
        self, cells: Sequence[Cell], rows: Sequence[int]
    ) -> Sequence[str]:
        """See `ConvertColumn`."""
        types = set(map(type, cells)) - {type(None)}
        if len(types) != 1 or not types.issubset(_TYPES):
            return list(map(self._convert, cells, rows))
        memo = self._texts[types.pop()]
        texts = list(map(memo.get, cells))
        if None not in texts:
            return texts  # pyright: ignore[reportReturnType]
        return [
            self._learn(memo, cell, row) if text is None else text
            for text, cell, row in zip(texts, cells, rows, strict=True)
        ]

    def _learn(self, memo: dict[Cell, str], cell: Cell, row: int) -> str:
        if (text := memo.get(cell)) is not None:
            return text
        recorded = self._journal.count
        text = self._convert(cell, row)
        if recorded == self._journal.count and len(memo) < _MOST:
            memo[cell] = text
        return text
