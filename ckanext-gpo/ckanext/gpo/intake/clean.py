"""The clean table: what the reader gives out, and how it is written."""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from .steps import Finding, Step

FIRST_ROW = 2
"""Row 1 of a clean table is its header."""


TextBlock: TypeAlias = tuple[Sequence[int], Sequence[Sequence[str]]]
"""Rows: their numbers in the file, and their texts by field."""


@dataclass(frozen=True)
class CleanTable:
    """UTF-8 CSV under the field names, in the schema's order.

    - `rows`: how many, without the header
    - `row_offsets`: from which clean row on which offset leads to the file's own row:
      `((2, 1), (40, 2))` says that row 2 was the file's 3 and row 40 its 42
    - `columns`: the file's column of each field, from 1; None where it has none
    - `findings`: why the table must be held; empty if it need not be
    """

    path: Path
    rows: int
    row_offsets: tuple[tuple[int, int], ...]
    columns: tuple[int | None, ...]
    kind: str
    encoding: str = ""
    sheet: str = ""
    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()

    def source_row(self, row: int) -> int | None:
        """The file's own row or line of a clean row; None for the header.

        >>> table = CleanTable(Path(), 50, ((2, 1), (40, 2)), (), "csv")
        >>> table.source_row(39), table.source_row(40), table.source_row(1)
        (40, 42, None)
        """
        index = bisect_right(self.row_offsets, row, key=itemgetter(0)) - 1
        return None if index < 0 else row + self.row_offsets[index][1]

    def clean_row(self, row: int) -> int | None:
        """The clean row of the file's own one; None for a row that was left out.

        >>> table = CleanTable(Path(), 50, ((2, 1), (40, 2)), (), "csv")
        >>> table.clean_row(40), table.clean_row(41), table.clean_row(42)
        (39, None, 40)
        """
        index = bisect_right(self.row_offsets, row, key=sum) - 1
        if index < 0:
            return None
        number = row - self.row_offsets[index][1]
        following = self.row_offsets[index + 1 : index + 2]
        end = following[0][0] if following else FIRST_ROW + self.rows
        return number if number < end else None


def write(
    path: Path, names: Sequence[str], blocks: Iterable[TextBlock]
) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Write the rows; returns `rows` and `row_offsets` of the clean table."""
    offsets: list[tuple[int, int]] = []
    row = FIRST_ROW
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(names)
        for numbers, columns in blocks:
            lines = _plain_lines(columns, len(numbers))
            if lines is None:
                writer.writerows(zip(*columns, strict=True))
            else:
                target.write(lines)
            _note(offsets, row, numbers)
            row += len(numbers)
    return row - FIRST_ROW, tuple(offsets)


def _plain_lines(columns: Sequence[Sequence[str]], count: int) -> str | None:
    """The rows as CSV if no cell needs quotation marks, else None."""
    lines = "\n".join([*map(",".join, zip(*columns, strict=True)), ""])
    is_plain = (
        '"' not in lines
        and "\r" not in lines
        and lines.count("\n") == count
        and lines.count(",") == count * (len(columns) - 1)
    )
    # A row of one blank cell has quotation marks
    return lines if is_plain and len(columns) > 1 else None


def _note(offsets: list[tuple[int, int]], row: int, numbers: Sequence[int]) -> None:
    last = offsets[-1][1] if offsets else None
    if last is not None and numbers == list(
        range(row + last, row + last + len(numbers))
    ):
        return
    for number in numbers:
        if number - row != last:
            last = number - row
            offsets.append((row, last))
        row += 1
