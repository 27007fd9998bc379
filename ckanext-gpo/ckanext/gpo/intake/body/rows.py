"""From the rows after a header to the data rows, some thousand at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ckanext.gpo.intake.grid import Cell, Grid, Row
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Layout

from .classifier import RowClass, RowClassifier
from .corrections import Corrector
from .ditto import Ditto
from .extras import Extras
from .glance import Glance
from .merges import Merges

BLOCK = 1000
"""Rows that are read at a time."""


@dataclass(frozen=True)
class Block:
    """Data rows: their numbers in the file, and their cells by column of the header."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]


def data_blocks(
    rows: Iterable[Row],
    grid: Grid,
    layout: Layout,
    classifier: RowClassifier,
    journal: Journal,
    corrector: Corrector,
) -> Iterator[Block]:
    """The data rows in their order; all else is noted in the journal.

    :param rows: those after the header
    """
    body = _Body(grid, layout, classifier, journal, corrector)
    remaining = corrector.rows(rows)
    any_data = False
    while block := list(islice(remaining, BLOCK)):
        data = body.read(block)
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

    def read(self, rows: Sequence[Row]) -> Block:
        first, last = rows[0][0], rows[-1][0]
        if self._classifier.is_within_data and not self._merges.concern(first, last):
            columns = self._glance.columns(rows)
            if columns is not None:
                self._ditto.remember([column[-1] for column in columns])
                return Block([number for number, _ in rows], columns)
        return self._read_closely(rows)

    def _read_closely(self, rows: Sequence[Row]) -> Block:
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
