"""A sheet as a person sees it: without what is hidden, and without formatted blank rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, overload

from ckanext.gpo.intake.grid import (
    Block,
    Cell,
    Merge,
    Row,
    RowOrBlock,
    without_end,
)
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

StoredRow: TypeAlias = tuple[int, bool, Sequence[Cell]]
"""Its number, whether it is hidden, and its cells."""

_USED_RANGE: Final = 1000
"""So many blank rows at the end are a range that somebody formatted; fewer are no news."""


@dataclass(frozen=True)
class Frame:
    """What is known of a sheet before its cells; `hidden_columns`: first and last, from 0."""

    hidden_columns: Sequence[tuple[int, int]] = ()
    merges: Sequence[Merge] = ()
    is_filtered: bool = False


@overload
def view(
    rows: Iterator[StoredRow], sheet: str, frame: Frame, limits: Limits, tally: Tally
) -> Iterator[Row]: ...


@overload
def view(
    rows: Iterator[StoredRow | Block],
    sheet: str,
    frame: Frame,
    limits: Limits,
    tally: Tally,
) -> Iterator[RowOrBlock]: ...


def view(
    rows: Iterator[StoredRow] | Iterator[StoredRow | Block],
    sheet: str,
    frame: Frame,
    limits: Limits,
    tally: Tally,
) -> Iterator[Row] | Iterator[RowOrBlock]:
    """The rows of a sheet; blank ones only if others follow.

    :param rows: one by one, or in blocks of which nothing is hidden
    :raises IntakeError: `rows-too-many`, `columns-too-many`
    """
    return _View(sheet, frame, limits, tally).rows(rows)


@dataclass
class _View:
    sheet: str
    frame: Frame
    limits: Limits
    tally: Tally
    hidden_columns: set[int] = field(default_factory=set[int])
    """Those in which anything has been seen."""
    count: int = 0
    """Rows so far, blank ones among them."""

    def rows(self, rows: Iterator[StoredRow | Block]) -> Iterator[RowOrBlock]:
        blank: list[int] = []
        for item in rows:
            if isinstance(item, Block):
                self._count(len(blank), item.numbers)
                yield from _blank_rows(blank)
                yield item
                continue
            number, is_hidden, cells = item
            if self.frame.hidden_columns:
                cells = self._without_hidden(number, cells)
            if cells and cells[-1] is None:
                cells = without_end(cells)
            if not cells:
                blank.append(number)
                continue
            if is_hidden and self._hide_row(number):
                continue
            self._count(len(blank), (number,))
            if len(cells) > self.limits.columns:
                place, limit = Place(self.sheet, number), self.limits.columns
                raise IntakeError("columns-too-many", place, limit=limit)
            if blank:
                yield from _blank_rows(blank)
            yield number, cells
        if len(blank) >= _USED_RANGE:
            place = Place(self.sheet, blank[0])
            self.tally.add("blank-range-ignored", place, count=len(blank))

    def _count(self, blank: int, numbers: Sequence[int]) -> None:
        """Take rows of these numbers, after so many blank ones, into account."""
        room = self.limits.rows - self.count - blank
        if len(numbers) > room:
            place, limit = Place(self.sheet, numbers[max(room, 0)]), self.limits.rows
            raise IntakeError("rows-too-many", place, limit=limit)
        self.count += blank + len(numbers)

    def _hide_row(self, number: int) -> bool:
        code = "rows-filtered" if self.frame.is_filtered else "rows-hidden"
        self.tally.add(code, Place(self.sheet, number))
        return self.tally.allows(code)

    def _without_hidden(self, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
        visible = list(cells)
        for first, last in self.frame.hidden_columns:
            for column in range(first, min(last + 1, len(cells))):
                if cells[column] is None:
                    continue
                if column not in self.hidden_columns:
                    self.hidden_columns.add(column)
                    place = Place(self.sheet, number, column + 1)
                    self.tally.add("columns-hidden", place, value=str(cells[column]))
                if self.tally.allows("columns-hidden"):
                    visible[column] = None
        return visible


def _blank_rows(numbers: list[int]) -> Iterator[Row]:
    """Blank rows, taken off the list."""
    yield from ((number, ()) for number in numbers)
    numbers.clear()
