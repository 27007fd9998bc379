"""The door: from a file to its clean table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ckanext.gpo.common.tables import Table

from .body import Block, RowClassifier, data_blocks
from .clean import CleanTable, TextBlock, write
from .declaration import Declaration
from .grid import Grid
from .journal import Journal
from .layout import DEPTH, Layout, find_layout
from .values import ConvertColumn, Source, column_converter, missing_texts

FILE = "clean.csv"
"""The clean table's name in the folder that it is given."""


def clean(
    grid: Grid, table: Table, declaration: Declaration, folder: Path
) -> CleanTable:
    """Read a grid to its end and write the clean table.

    :raises IntakeError: the grid holds no header of the table
    """
    journal = Journal(grid.sheet, declaration.allow)
    first = list(islice(grid.rows, DEPTH))
    layout = find_layout(first, table.fields, declaration, journal, typed=grid.typed)
    classifier = RowClassifier(
        layout, table.primary_key, grid.merges, declaration, journal
    )
    blocks = data_blocks(
        chain(first[layout.end :], grid.rows), grid, layout, classifier, journal
    )
    converters = _converters(grid, layout, table.schema, declaration, journal)
    path = folder / FILE
    names = [column.field["name"] for column in layout.columns]
    count, offsets = write(path, names, _texts(blocks, converters))
    return CleanTable(
        path=path,
        rows=count,
        row_offsets=offsets,
        columns=tuple(column.number for column in layout.columns),
        kind=grid.kind,
        encoding=grid.encoding,
        sheet=grid.sheet,
        steps=(*grid.steps, *journal.steps),
        findings=(*grid.findings, *journal.findings),
    )


def _converters(
    grid: Grid,
    layout: Layout,
    schema: Mapping[str, Any],
    declaration: Declaration,
    journal: Journal,
) -> list[tuple[int | None, ConvertColumn]]:
    source = Source(
        typed=grid.typed,
        date1904=grid.date1904,
        is_download=layout.is_download,
        width=layout.width,
        units=declaration.units,
    )
    missing = missing_texts(schema)
    return [
        (
            column.index,
            column_converter(
                column,
                source,
                declaration.codes.get(column.field["name"], {}),
                missing,
                journal,
            ),
        )
        for column in layout.columns
    ]


def _texts(
    blocks: Iterable[Block], converters: Sequence[tuple[int | None, ConvertColumn]]
) -> Iterator[TextBlock]:
    for block in blocks:
        numbers = block.numbers
        blank = [""] * len(numbers)
        columns = [
            blank if index is None else convert(block.columns[index], numbers)
            for index, convert in converters
        ]
        yield numbers, columns
