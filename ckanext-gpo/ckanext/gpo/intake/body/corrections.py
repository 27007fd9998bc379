"""Cells that a person has corrected after a file was handed in, put in their places.

The file stays as it came. A corrected cell goes the same way through the reader as if it
stood in the file; what was there, what is there now and by whom is a step of the reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ckanext.gpo.common import characters
from ckanext.gpo.intake.grid import (
    Cell,
    DisplayedCell,
    Row,
    RowOrBlock,
    single_rows,
)
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Column, Layout

from .ditto import MARKS


@dataclass(frozen=True)
class Correction:
    """One cell: the old text, as a report shows it, and the new one.

    - `row`: see `Place.row`
    - `field`: name of the field whose column it stands in
    - `account`: of who corrected it
    """

    row: int
    field: str
    old: str
    new: str
    account: str


CleanText = Callable[[int, Cell], str]
"""Index of a column and one of its cells → what the reader writes for it."""


class Corrector:
    """Corrects the rows below a header as they come by, each correction in its turn."""

    def __init__(
        self,
        corrections: Sequence[Correction],
        layout: Layout,
        clean_text: CleanText,
        journal: Journal,
    ) -> None:
        self._columns = {column.field["name"]: column for column in layout.columns}
        self._clean_text = clean_text
        self._journal = journal
        self._last_cells: dict[int, Cell] = {}
        self._open: dict[int, list[Correction]] = defaultdict(list)
        for correction in corrections:
            self._open[correction.row].append(correction)
        self._indices = sorted(
            {
                index
                for correction in corrections
                if (index := self._index(correction)) is not None
            }
        )

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        """Row and index of every cell that is to be corrected."""
        return frozenset(
            (row, index)
            for row, corrections in self._open.items()
            for correction in corrections
            if (index := self._index(correction)) is not None
        )

    def rows(self, stream: Iterable[RowOrBlock]) -> Iterator[RowOrBlock]:
        """The rows with their corrections; at the end those without a cell are noted."""
        return self._corrected(single_rows(stream)) if self._open else iter(stream)

    def _corrected(self, rows: Iterable[Row]) -> Iterator[Row]:
        for number, cells in rows:
            corrections = self._open.pop(number, ())
            corrected = self._correct(cells, corrections) if corrections else cells
            yield number, corrected
            self._remember(corrected)
        for corrections in self._open.values():
            for correction in corrections:
                self._record("correction-without-cell", correction)

    def _correct(
        self, cells: Sequence[Cell], corrections: Sequence[Correction]
    ) -> list[Cell]:
        corrected = list(cells)
        for correction in corrections:
            index = self._index(correction)
            if index is None:
                self._record("correction-without-cell", correction)
                continue
            corrected += [None] * (index + 1 - len(corrected))
            if correction.old in self._texts(index, corrected[index]):
                corrected[index] = correction.new
                self._record("cell-corrected", correction)
            else:
                self._record("correction-differs", correction)
        return corrected

    def _texts(self, index: int, cell: Cell) -> set[str]:
        """What a person may have seen in a cell.

        In a report that is what was read, in their own program what is shown; a mark of
        repetition and a merged cell were read as the value above.
        """
        last = self._last_cells.get(index)
        cells = [cell, last] if last is not None and _repeats(cell) else [cell]
        texts = {
            text for one in cells for text in (_text(one), self._clean_text(index, one))
        }
        return texts | set(map(characters.escape, texts))

    def _remember(self, cells: Sequence[Cell]) -> None:
        for index in self._indices:
            if index < len(cells) and not _repeats(cells[index]):
                self._last_cells[index] = cells[index]

    def _index(self, correction: Correction) -> int | None:
        column = self._columns.get(correction.field)
        return column.index if column else None

    def _record(self, code: str, correction: Correction) -> None:
        column = self._columns.get(correction.field)
        self._journal.record(
            code,
            correction.row,
            column.number if column else None,
            _title(column) if column else correction.field,
            before=correction.old,
            after=correction.new,
            by=correction.account,
        )


def _title(column: Column) -> str:
    # As the report calls it in which it was corrected.
    return column.field.get("title", column.label)


def _repeats(cell: Cell) -> bool:
    return cell in MARKS or cell in (None, "")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.text if isinstance(cell, DisplayedCell) else str(cell)
