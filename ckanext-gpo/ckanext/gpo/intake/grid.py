"""A sheet, or a text file, before anything is known about its header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from .steps import Finding, Step


@dataclass(frozen=True, slots=True)
class DisplayedCell:
    """A cell that its program shows otherwise than it stores it: `001` stored as 1."""

    value: Value
    text: str


Value: TypeAlias = (
    str | int | float | Decimal | bool | datetime | date | time | timedelta
)
Cell: TypeAlias = Value | DisplayedCell | None
"""None is a blank cell. Text is as stored; numbers have all the digits that the file has."""

Row: TypeAlias = tuple[int, Sequence[Cell]]
"""Its number, see `Place.row`, and its cells."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells; rows and columns are inclusive and count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Grid:
    """Numbered rows of cells, read once; steps and findings may grow while they are read.

    `kind` is one of `kinds.KINDS`. `sheet` is empty where the kind has none. `typed` says
    that cells have types of their own, as in a workbook; in a text file all are text.
    `date1904` moves Excel's day numbers. `share` tells how much of the file has been read,
    0 to 1, where that can be told.
    """

    kind: str
    rows: Iterator[Row]
    sheet: str = ""
    encoding: str = ""
    typed: bool = False
    date1904: bool = False
    merges: Sequence[Merge] = ()
    share: Callable[[], float] | None = None
    steps: list[Step] = field(default_factory=list[Step])
    findings: list[Finding] = field(default_factory=list[Finding])


Labels: TypeAlias = Mapping[str, Sequence[str]]
"""Field name → the labels that may stand above its column; levels are joined by `/`."""
