"""A sheet as a person sees it: without what is hidden, and without formatted blank rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ckanext.gpo.intake.grid import Cell, Merge, Row
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


def view(
    rows: Iterator[StoredRow], sheet: str, frame: Frame, limits: Limits, tally: Tally
) -> Iterator[Row]:
    """The rows of a sheet; blank ones only if others follow.

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

    def rows(self, rows: Iterator[StoredRow]) -> Iterator[Row]:
        blank: list[int] = []
        count, limits = 0, self.limits
        for number, is_hidden, stored in rows:
            cells = stored
            if self.frame.hidden_columns:
                cells = self._without_hidden(number, cells)
            if cells and cells[-1] is None:
                cells = _without_end(cells)
            if not cells:
                blank.append(number)
                continue
            if is_hidden and self._hide_row(number):
                continue
            count += 1 + len(blank)
            if count > limits.rows:
                place = Place(self.sheet, number)
                raise IntakeError("rows-too-many", place, limit=limits.rows)
            if len(cells) > limits.columns:
                place = Place(self.sheet, number)
                raise IntakeError("columns-too-many", place, limit=limits.columns)
            if blank:
                yield from ((row, ()) for row in blank)
                blank.clear()
            yield number, cells
        if len(blank) >= _USED_RANGE:
            place = Place(self.sheet, blank[0])
            self.tally.add("blank-range-ignored", place, count=len(blank))

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


def _without_end(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells up to the last that is not blank."""
    length = len(cells)
    while length and cells[length - 1] is None:
        length -= 1
    return cells[:length]
