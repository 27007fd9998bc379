"""Merged cells of a table's body: a text counts for each of its rows, a number for none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set

from ckanext.gpo.intake.grid import Cell, Merge
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Layout

NUMBERS = frozenset({"number", "integer"})
"""Types whose values add up, so that one may not stand twice."""


class Merges:
    """Fills the rows that a merged cell covers, as they come by."""

    def __init__(
        self,
        merges: Sequence[Merge],
        layout: Layout,
        journal: Journal,
        corrected: Set[tuple[int, int]] = frozenset(),
    ) -> None:
        """Cells that were `corrected` (row, index) stand for themselves."""
        self._corrected = corrected
        self._columns = {
            column.index: column
            for column in layout.columns
            if column.index is not None
        }
        self._journal = journal
        self._starts: dict[int, list[Merge]] = defaultdict(list)
        for merge in merges:
            self._starts[merge.first_row].append(merge)
        self._open: list[tuple[Merge, list[Cell]]] = []
        self._first = min((merge.first_row for merge in merges), default=0)
        self._last = max((merge.last_row for merge in merges), default=0)

    def concern(self, first: int, last: int) -> bool:
        """Whether rows from one number to another may have merged cells."""
        return first <= self._last and last >= self._first

    def fill(self, row: int, cells: list[Cell]) -> None:
        """Put what is merged from above into the cells of a data row."""
        if self._open:
            self._continue(row, cells)
        for merge in self._starts.get(row, ()):
            values = cells[merge.first_column - 1 : merge.last_column]
            if all(value in (None, "") for value in values):
                continue
            self._note_across(merge, row)
            if merge.last_row > row:
                self._open.append((merge, values))

    def _continue(self, row: int, cells: list[Cell]) -> None:
        self._open = [one for one in self._open if one[0].last_row >= row]
        for merge, values in self._open:
            for index, value in enumerate(values, merge.first_column - 1):
                column = self._columns.get(index)
                if (row, index) in self._corrected:
                    continue
                if column is None or value in (None, ""):
                    continue
                is_number = column.field.get("type") in NUMBERS
                code = "merged-number" if is_number else "merged-repeated"
                if self._journal.record(
                    code, row, column.number, column.label, value=str(value)
                ):
                    cells[index] = value

    def _note_across(self, merge: Merge, row: int) -> None:
        columns = [
            self._columns[index]
            for index in sorted(self._columns)
            if merge.first_column <= index + 1 <= merge.last_column
        ]
        if len(columns) > 1:
            self._journal.record(
                "merged-across", row, columns[0].number, columns[0].label
            )
