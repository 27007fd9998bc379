"""A sheet, or a text file, before anything is known about its header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
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
class Block:
    """Many rows below each other, none of them blank: their numbers, and cells by column.

    Columns are of one length; a cell is None where a row has none.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]

    @property
    def rows(self) -> Iterator[Row]:
        """One by one, each up to its last cell that is not None."""
        return zip(
            self.numbers, map(without_end, zip(*self.columns, strict=True)), strict=True
        )

    def part(self, first: int, end: int | None = None) -> Block:
        """The rows from one place in the block to before another."""
        return Block(
            self.numbers[first:end], [column[first:end] for column in self.columns]
        )


RowOrBlock: TypeAlias = Row | Block
"""A grid gives its rows one by one, or many at once where they can be looked at together."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells; rows and columns are inclusive and count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Grid:
    """Numbered rows of cells, a stream read once; steps and findings may grow meanwhile.

    `kind` is one of `kinds.KINDS`. `sheet` is empty where the kind has none. `typed` says
    that cells have types of their own, as in a workbook; in a text file all are text.
    `date1904` moves Excel's day numbers. `share` tells how much of the file has been read,
    0 to 1, where that can be told.
    """

    kind: str
    stream: Iterator[RowOrBlock]
    sheet: str = ""
    encoding: str = ""
    typed: bool = False
    date1904: bool = False
    merges: Sequence[Merge] = ()
    share: Callable[[], float] | None = None
    steps: list[Step] = field(default_factory=list[Step])
    findings: list[Finding] = field(default_factory=list[Finding])


def single_rows(stream: Iterable[RowOrBlock]) -> Iterator[Row]:
    """The rows of a stream one by one."""
    for item in stream:
        if isinstance(item, Block):
            yield from item.rows
        else:
            yield item


def take_rows(
    stream: Iterator[RowOrBlock], count: int
) -> tuple[list[Row], Iterator[RowOrBlock]]:
    """So many rows from the start of a stream, and the stream after them."""
    rows: list[Row] = []
    while len(rows) < count and (item := next(stream, None)):
        if isinstance(item, Block):
            room = count - len(rows)
            rows += islice(item.rows, room)
            if room < len(item.numbers):
                stream = chain([item.part(room)], stream)
        else:
            rows.append(item)
    return rows, stream


def without_end(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells up to the last that is not None."""
    length = len(cells)
    while length and cells[length - 1] is None:
        length -= 1
    return cells[:length]


Labels: TypeAlias = Mapping[str, Sequence[str]]
"""Field name → the labels that may stand above its column; levels are joined by `/`."""
