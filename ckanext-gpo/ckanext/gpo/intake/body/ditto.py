"""同上 and the marks that mean it: the cell above once more."""

from __future__ import annotations

from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Layout

from .merges import NUMBERS

_WORDS = (
    "同上",
    "同 上",
    "同　上",
    "同前",
    "〃",
    "″",
    '"',
    "”",
    "“",
    "＂",
    "''",
    "””",
    "″″",
)
MARKS: frozenset[Cell] = frozenset(_WORDS)
"""As they stand: compatible forms would split ″ into two marks of minutes."""


class Ditto:
    """Writes out the marks of data rows, as they come by."""

    def __init__(self, layout: Layout, journal: Journal) -> None:
        self._columns = {
            column.index: column
            for column in layout.columns
            if column.index is not None
        }
        self._journal = journal
        self._previous: list[Cell] = []

    def fill(self, row: int, cells: list[Cell]) -> None:
        """Put the value above in the place of each mark."""
        if not MARKS.isdisjoint(cells):
            for index, cell in enumerate(cells):
                if index in self._columns and cell in MARKS:
                    cells[index] = self._value_above(row, index, cell)
        self.remember(cells)

    def remember(self, cells: list[Cell]) -> None:
        """Take a data row, without a mark, for the one above the next."""
        self._previous = cells

    def _value_above(self, row: int, index: int, mark: Cell) -> Cell:
        column = self._columns[index]
        value = self._previous[index] if self._previous else None
        if value in (None, ""):
            code = "ditto-without-value"
        elif column.field.get("type") in NUMBERS:
            code = "ditto-number"
        else:
            code = "ditto"
        is_step = self._journal.record(
            code, row, column.number, column.label, value=str(mark)
        )
        return value if is_step else mark
