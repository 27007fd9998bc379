"""From the rows after a header to the data rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ckanext.gpo.intake.grid import Cell, Grid, Row
from ckanext.gpo.intake.journal import Journal
from ckanext.gpo.intake.layout import Layout

from .classifier import RowClass, RowClassifier
from .ditto import Ditto
from .extras import Extras
from .merges import Merges

DataRow = tuple[int, list[Cell]]


def data_rows(
    rows: Iterable[Row],
    grid: Grid,
    layout: Layout,
    classifier: RowClassifier,
    journal: Journal,
) -> Iterator[DataRow]:
    """The data rows; all else is noted in the journal.

    :param rows: those after the header
    """
    merges = Merges(grid.merges, layout, journal)
    ditto = Ditto(layout, journal)
    extras = Extras(layout, journal, typed=grid.typed)
    any_data = False
    for number, cells in rows:
        if classifier.classify(number, cells) is not RowClass.DATA:
            continue
        any_data = True
        filled = extras.fit(number, cells)
        merges.fill(number, filled)
        ditto.fill(number, filled)
        yield number, filled
    if not any_data:
        journal.record("rows-missing")
    extras.note()
