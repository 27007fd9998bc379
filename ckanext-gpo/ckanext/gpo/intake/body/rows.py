"""From the rows after a header to the data rows, some thousand at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from ckanext.gpo.intake.grid import Block, Cell, Grid, Row, RowOrBlock
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Layout

from .classifier import RowClass, RowClassifier
from .corrections import Corrector
from .ditto import Ditto
from .extras import Extras
from .glance import Glance
from .merges import Merges

BLOCK = 1000
"""Rows that are read at a time where they come one by one."""


def data_blocks(
    stream: Iterable[RowOrBlock],
    grid: Grid,
    layout: Layout,
    classifier: RowClassifier,
    journal: Journal,
    corrector: Corrector,
) -> Iterator[Block]:
    """The data rows in their order; all else is noted in the journal.

    :param stream: the rows after the header
    :returns: their cells by column of the header
    """
    body = _Body(grid, layout, classifier, journal, corrector)
    any_data = False
    for rows in _gathered(corrector.rows(stream)):
        data = body.read(rows)
        if data.numbers:
            any_data = True
            yield data
    if not any_data:
        journal.record("rows-missing")
    body.extras.note()


class _Body:
    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        classifier: RowClassifier,
        journal: Journal,
        corrector: Corrector,
    ) -> None:
        self._classifier = classifier
        is_delimited = grid.kind == "csv"
        self._glance = Glance(layout, is_delimited=is_delimited)
        self._merges = Merges(grid.merges, layout, journal, corrector.cells)
        self._ditto = Ditto(layout, journal)
        self.extras = Extras(layout, journal, is_delimited=is_delimited)

    def read(self, rows: Block | Sequence[Row]) -> Block:
        is_block = isinstance(rows, Block)
        numbers = rows.numbers if is_block else [number for number, _ in rows]
        if self._classifier.is_within_data and not self._merges.concern(
            numbers[0], numbers[-1]
        ):
            columns = self._glance.columns(rows)
            if columns is not None:
                self._ditto.remember([column[-1] for column in columns])
                return Block(numbers, columns)
        return self._read_closely(rows.rows if is_block else rows)

    def _read_closely(self, rows: Iterable[Row]) -> Block:
        numbers: list[int] = []
        data: list[list[Cell]] = []
        for number, cells in rows:
            if self._classifier.classify(number, cells) is RowClass.DATA:
                fitted = self.extras.fit(number, cells)
                self._merges.fill(number, fitted)
                self._ditto.fill(number, fitted)
                numbers.append(number)
                data.append(fitted)
        return Block(numbers, list(zip(*data, strict=True)))


def _gathered(stream: Iterable[RowOrBlock]) -> Iterator[Block | Sequence[Row]]:
    """Blocks as they come, and single rows by the thousand."""
    for kind, group in groupby(stream, type):
        alike: Iterator[Any] = group
        if kind is Block:
            yield from alike
        else:
            while rows := list(islice(alike, BLOCK)):
                yield rows
