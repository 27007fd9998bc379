"""Cells that are no field's: of columns that the schema lacks, and beyond the header."""

from __future__ import annotations

from collections.abc import Sequence

from ckanext.gpo.intake.characters import squeeze
from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Extra, Layout

from .lines import REMARKS


def is_blank(cell: Cell) -> bool:
    """Whether nothing can be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not squeeze(cell))


class Extras:
    """Brings data rows to the width of the header, and watches what is left over.

    :param is_delimited: the lines of a text file have a cell for each label, or are
        broken; the rows of any other kind may be of any length
    """

    def __init__(self, layout: Layout, journal: Journal, *, is_delimited: bool) -> None:
        self._width = layout.width
        self._is_delimited = is_delimited
        self._journal = journal
        self._extras = layout.extras
        self._first_rows: dict[int, int] = {}
        self._unseen = [extra.index for extra in layout.extras]
        self._surplus = set[int]()
        """Columns after the last of the header, blank or not."""
        self._filled_surplus = set[int]()

    def fit(self, row: int, cells: Sequence[Cell]) -> list[Cell]:
        """The cells of a data row, one for each column of the header."""
        for index in self._unseen:
            if index < len(cells) and not is_blank(cells[index]):
                self._first_rows[index] = row
                self._unseen = [one for one in self._unseen if one != index]
        fitted = list(cells)
        if len(fitted) != self._width:
            self._note_length(row, fitted)
            del fitted[self._width :]
            fitted += [None] * (self._width - len(fitted))
        return fitted

    def _note_length(self, row: int, cells: Sequence[Cell]) -> None:
        if len(cells) < self._width:
            if self._is_delimited:
                self._journal.record(
                    "row-too-short", row, cells=len(cells), columns=self._width
                )
            return
        surplus = range(self._width, len(cells))
        self._surplus.update(surplus)
        for index in surplus:
            if is_blank(cells[index]):
                continue
            self._filled_surplus.add(index)
            if not self._is_delimited:
                self._journal.record(
                    "column-unlabelled", row, index + 1, value=str(cells[index])
                )
                continue
            self._journal.record(
                "row-too-long",
                row,
                index + 1,
                value=str(cells[index]),
                columns=self._width,
            )
            return

    def note(self) -> None:
        """Say of each column that is no field's what became of it."""
        for extra in self._extras:
            self._note_column(extra)
        for index in sorted(self._surplus - self._filled_surplus):
            self._journal.record("columns-blank", column=index + 1)

    def _note_column(self, extra: Extra) -> None:
        first_row = self._first_rows.get(extra.index)
        if first_row is None:
            code = "columns-blank"
        elif not extra.label:
            code = "column-unlabelled"
        elif squeeze(extra.label).casefold() in REMARKS:
            code = "column-remark"
        else:
            code = "column-extra"
        self._journal.record(code, first_row, extra.index + 1, extra.label)
