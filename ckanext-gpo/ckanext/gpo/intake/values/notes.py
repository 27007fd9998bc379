"""What the converters of all types share: their form, and how they tell the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ckanext.gpo.intake.grid import Cell
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Column
from ckanext.gpo.intake.steps import Fact

ConvertColumn: TypeAlias = Callable[[Sequence[Cell], Sequence[int]], Sequence[str]]
"""Cells of a column and the numbers of their rows → their texts."""

Convert: TypeAlias = Callable[[Cell, int], str]
"""A cell and the number of its row → its text."""


@dataclass(frozen=True)
class Source:
    """Where the cells come from.

    - `typed`, `date1904`: see `Grid`
    - `is_download`: our own CSV, whose cells may carry marks against formulas
    - `width`: columns of the header
    - `units`: see `Declaration.units`
    """

    typed: bool = False
    date1904: bool = False
    is_download: bool = False
    width: int = 0
    units: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Notes:
    """The journal, at one column."""

    column: Column
    journal: Journal

    def record(self, code: str, row: int, cell: str, **facts: Fact) -> bool:
        """See `Journal.record`."""
        return self.journal.record(
            code, row, self.column.number, self.column.label, cell, **facts
        )

    def permits(self, code: str) -> bool:
        """See `Journal.permits`."""
        return self.journal.permits(code)
