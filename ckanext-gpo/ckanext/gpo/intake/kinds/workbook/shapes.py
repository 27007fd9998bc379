"""Rows that look alike, read at once: most rows of a sheet have the same markup.

A row's shape is its markup without numbers of rows and without values. When a shape has come
often enough, one expression reads all values of such a row, several times as fast as cell by
cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from ckanext.gpo.intake.grid import Cell

Convert: TypeAlias = Callable[[int, str], Cell]
"""Makes a cell of the number of its row and its stored value."""

_VARIABLE: Final = re.compile(r'(<c r="[A-Z]+)\d+|(<v>)[^<]*')
_HOLE: Final = re.compile(r'<c\\ r="[A-Z]+|<v>')
_CELL: Final = re.compile(r'<c r="([A-Z]+)"([^>]*)><v>')

_OFTEN: Final = 8
"""So often a shape must come before it gets an expression, which takes a while to compile."""

_SHAPES: Final = 8
_CANDIDATES: Final = 1000


class Shapes:
    """The shapes of a sheet's rows, learnt while it is read.

    :param converter: what column a cell is in, and what makes a cell of its value, by the
        letters of its column and its other attributes
    """

    def __init__(self, converter: Callable[[str, str], tuple[int, Convert]]) -> None:
        self._converter = converter
        self._counts: dict[str, int] = {}
        self._readers: list[tuple[re.Pattern[str], Sequence[int], list[Convert]]] = []

    def read(self, number: int, body: str) -> list[Cell] | None:
        """The cells of a row of a known shape; None if it has another."""
        for index, (pattern, columns, converters) in enumerate(self._readers):
            match = pattern.fullmatch(body)
            if match is None:
                continue
            if index:
                self._readers.insert(0, self._readers.pop(index))
            cells = [
                convert(number, value)
                for convert, value in zip(converters, match.groups(), strict=True)
            ]
            return cells if len(cells) == columns[-1] else _placed(cells, columns)
        return None

    def learn(self, body: str) -> None:
        """Count the shape of a row whose cells are values and blanks only."""
        if len(self._readers) == _SHAPES or len(self._counts) == _CANDIDATES:
            return
        shape = _VARIABLE.sub(r"\1\2", body)
        count = self._counts[shape] = self._counts.get(shape, 0) + 1
        if count == _OFTEN:
            filled = [self._converter(*cell) for cell in _CELL.findall(shape)]
            columns = [column for column, _ in filled]
            converters = [convert for _, convert in filled]
            self._readers.append((_pattern(shape), columns, converters))


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(
        _HOLE.sub(
            lambda hole: hole[0] + ("([^<]+)" if hole[0] == "<v>" else r"\d+"),
            re.escape(shape),
        )
    )


def _placed(cells: list[Cell], columns: Sequence[int]) -> list[Cell]:
    """Cells in their columns, with blanks between them."""
    placed: list[Cell] = [None] * columns[-1]
    for column, cell in zip(columns, cells, strict=True):
        placed[column - 1] = cell
    return placed
