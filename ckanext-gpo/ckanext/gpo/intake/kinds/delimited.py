"""CSV and its kin, read by Python's csv module.

The module reads what is well formed. What is not (a mark that never closes, a row that ends in
the middle, a line break without marks) it reads to something else without a word; here it is
refused, at the line where it began.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from .dialect import Dialect, check_delimiter, check_record, find_dialect
from .encodings import Encoding, find_encoding
from .limits import Limits
from .tally import Tally

_SAMPLE: Final = 1 << 16
_MARK: Final = "\ufeff"
_LONE_RETURN: Final = "\ufdd0"
"""Stands for a CR in a cell while the csv module, to which it ends a row, has the line; no
text may hold this character."""


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The rows of a delimited text; a row's number is the line at which it begins.

    :raises IntakeError: at once for its encoding, while the rows are read for the others:
        `quote-unclosed`, `quote-stray`, `delimiter-mixed`, `row-broken`, `file-cut`,
        `columns-too-many`, `rows-too-many`
    """
    encoding = find_encoding(path, limits)
    with _open(path, encoding) as stream:
        dialect = find_dialect(stream.read(_SAMPLE).lstrip(_MARK), fits)
    if dialect.width > limits.columns:
        raise IntakeError("columns-too-many", limit=limits.columns)
    tally = Tally(declaration)
    grid = Grid("csv", iter(()), encoding=encoding.name)
    _name_dialect(tally, encoding, dialect)
    tally.hand_over(grid)
    grid.stream = _Reader(path, encoding, dialect, limits, tally).rows(grid)
    return grid


def _name_dialect(tally: Tally, encoding: Encoding, dialect: Dialect) -> None:
    if encoding.name != "utf-8":
        tally.add("encoding-read", encoding=encoding.name.upper())
    if dialect.delimiter != ",":
        tally.add("delimiter-read", delimiter=dialect.delimiter)
    if dialect.has_delimiter_line:
        tally.add("delimiter-line-ignored", Place(row=1))
    if dialect.newline == "\r":
        tally.add("line-ends-read", ends="CR")
    elif dialect.has_double_returns:
        tally.add("line-ends-read", ends="CRCRLF")


def _open(path: Path, encoding: Encoding, newline: str = "\n") -> IO[str]:
    stream = path.open(encoding=encoding.name, newline=newline)
    stream.seek(encoding.mark)
    return stream


def _position(stream: IO[str]) -> int:
    """How many bytes of a file have been read: its text stream does not tell meanwhile."""
    return os.lseek(stream.fileno(), 0, os.SEEK_CUR)


@dataclass
class _Reader:
    """One reading of a file. `line` is the one last given to the csv module."""

    path: Path
    encoding: Encoding
    dialect: Dialect
    limits: Limits
    tally: Tally
    line: int = 0
    last_line: str = ""

    def rows(self, grid: Grid) -> Iterator[Row]:
        csv.field_size_limit(self.limits.record)
        size = self.path.stat().st_size
        with _open(self.path, self.encoding, self.dialect.newline) as stream:
            grid.share = lambda: 1.0 if stream.closed else _position(stream) / size
            yield from self._checked(self._records(stream))
        self.tally.hand_over(grid)

    def _lines(self, stream: IO[str]) -> Iterator[str]:
        returns_end_lines = self.dialect.newline == "\r"
        if self.dialect.has_delimiter_line:
            stream.readline()
            self.line += 1
        for line in stream:
            self.line += 1
            text = line
            if _MARK in text[:2]:
                text = text.lstrip(_MARK)
                if text.startswith('"' + _MARK):
                    text = '"' + text[1:].lstrip(_MARK)
                self.tally.add("byte-order-mark-ignored", Place(row=self.line))
            if returns_end_lines:
                text = text.replace("\n", _LONE_RETURN)
            elif "\r" in text:
                body = text.rstrip("\r\n")
                ending = "\r\n" if text.endswith("\n") else ""
                text = body.replace("\r", _LONE_RETURN) + ending
            self.last_line = line
            yield text

    def _records(self, stream: IO[str]) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(
            self._lines(stream), delimiter=self.dialect.delimiter, strict=True
        )
        first = 2 if self.dialect.has_delimiter_line else 1
        try:
            for record in reader:
                cells = record
                if self.line > first or any(
                    "\r" in c or _LONE_RETURN in c for c in record
                ):
                    cells = self._join_line_breaks(record, first)
                    check_record(cells, first, self.dialect)
                yield first, cells
                first = self.line + 1
        except csv.Error as err:
            raise self._malformed(str(err), first) from err

    def _malformed(self, reason: str, first: int) -> IntakeError:
        """What the csv module refuses, in our codes."""
        opens_above = self.line > first
        if "unexpected end" in reason or opens_above:
            return IntakeError("quote-unclosed", Place(row=first), line=first)
        if "larger than field limit" in reason:
            limit = self.limits.record
            return IntakeError(
                "record-too-long", Place(row=first), line=first, limit=limit
            )
        return IntakeError("quote-stray", Place(row=first), line=first)

    def _join_line_breaks(self, cells: list[str], line: int) -> list[str]:
        joined: list[str] = []
        for column, cell in enumerate(cells, 1):
            text = (
                cell.replace("\r\n", "\n")
                .replace("\r", "\n")
                .replace(_LONE_RETURN, "\n")
            )
            if text != cell:
                self.tally.add(
                    "cell-line-breaks-joined", Place(row=line, column=column)
                )
            joined.append(text)
        return joined

    def _checked(self, records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
        """The records, once it is known that none of them is a piece of a row."""
        width, count, previous = self.dialect.width, 0, None
        for line, cells in records:
            count += 1
            if count > self.limits.rows:
                raise IntakeError(
                    "rows-too-many", Place(row=line), limit=self.limits.rows
                )
            if len(cells) != width:
                self._check_width(line, cells, previous)
            if previous is not None:
                yield previous
            previous = (line, cells)
        if previous is None:
            return
        self._check_end(previous, count)
        yield previous

    def _check_width(
        self, line: int, cells: list[str], previous: tuple[int, list[str]] | None
    ) -> None:
        if len(cells) > self.limits.columns:
            raise IntakeError(
                "columns-too-many", Place(row=line), limit=self.limits.columns
            )
        check_delimiter(cells, line, self.dialect)
        width = self.dialect.width
        if previous is None or width < 3 or not 1 < len(previous[1]) < width:
            return
        if 0 < len(cells) < width and len(previous[1]) + len(cells) == width + 1:
            raise IntakeError("row-broken", Place(row=previous[0]), line=previous[0])

    def _check_end(self, last: tuple[int, list[str]], count: int) -> None:
        line, cells = last
        ended = self.last_line.endswith(("\n", "\r"))
        if not ended and count > 1 and 1 < len(cells) < self.dialect.width:
            raise IntakeError("file-cut", Place(row=line), line=line)
