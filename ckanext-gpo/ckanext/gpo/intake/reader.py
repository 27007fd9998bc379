"""The door: from a file to its clean table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from ckanext.gpo.common.tables import Table

from . import volume
from .body import Correction, Corrector, RowClassifier, data_blocks
from .clean import CleanTable, TextBlock, write
from .declaration import Declaration
from .grid import Block, Cell, Grid, Row, take_rows
from .journal import Journal
from .kinds import Limits, open_file
from .layout import DEPTH, Layout, find_layout, fitness
from .steps import Finding
from .values import ConvertColumn, Source, column_converter, missing_texts

FILE = "clean.csv"
"""The clean table's name in the folder that it is given."""

OnRows = Callable[[int, float], None]
"""Is told how many rows have been read so far, a thousand or so at a time, and what share of
the file that is; 0 where that cannot be told."""


def read(
    path: Path,
    table: Table,
    declaration: Declaration,
    folder: Path,
    limits: Limits,
    *,
    published_rows: int = 0,
    corrections: Sequence[Correction] = (),
    on_rows: OnRows | None = None,
) -> CleanTable:
    """Read a file that is meant for a table.

    :param folder: where the clean table is written, and what is packed unpacked
    :param published_rows: how many rows of the table are public now, see `volume`
    :param corrections: of cells of the file, in the order in which they were made
    :raises IntakeError: the file cannot be read, or holds no header of the table
    """

    def fits(rows: Sequence[Row]) -> float:
        return fitness(rows, table.fields, declaration)

    grid = open_file(path, declaration, limits, folder, fits)
    return clean(
        grid,
        table,
        declaration,
        folder,
        published_rows=published_rows,
        corrections=corrections,
        on_rows=on_rows,
    )


def clean(
    grid: Grid,
    table: Table,
    declaration: Declaration,
    folder: Path,
    *,
    published_rows: int = 0,
    corrections: Sequence[Correction] = (),
    on_rows: OnRows | None = None,
) -> CleanTable:
    """Read a grid to its end and write the clean table.

    :raises IntakeError: the grid holds no header of the table
    """
    journal = Journal(grid.sheet, declaration.allow)
    first, stream = take_rows(grid.stream, DEPTH)
    layout = find_layout(first, table.fields, declaration, journal, typed=grid.typed)
    classifier = RowClassifier(
        layout, table.primary_key, grid.merges, declaration, journal
    )
    corrector = _corrector(
        corrections, grid, layout, table.schema, declaration, journal
    )
    blocks = data_blocks(
        chain(first[layout.end :], stream),
        grid,
        layout,
        classifier,
        journal,
        corrector,
    )
    if on_rows:
        blocks = _counted(blocks, grid, on_rows)
    converters = _converters(grid, layout, table.schema, declaration, journal)
    path = folder / FILE
    names = [column.field["name"] for column in layout.columns]
    count, offsets = write(path, names, _texts(blocks, converters))
    volume.compare(count, published_rows, journal)
    return CleanTable(
        path=path,
        rows=count,
        row_offsets=offsets,
        columns=tuple(column.number for column in layout.columns),
        kind=grid.kind,
        encoding=grid.encoding,
        sheet=grid.sheet,
        steps=(*grid.steps, *journal.steps),
        findings=(*grid.findings, *_further(grid.findings, journal.findings)),
    )


def _further(grid: Sequence[Finding], journal: Sequence[Finding]) -> Iterator[Finding]:
    """The journal's findings, less the error values that the workbook itself has named."""
    is_named = any(finding.code == "error-values" for finding in grid)
    for finding in journal:
        if not (is_named and finding.code == "error-value"):
            yield finding


def _corrector(
    corrections: Sequence[Correction],
    grid: Grid,
    layout: Layout,
    schema: Mapping[str, Any],
    declaration: Declaration,
    journal: Journal,
) -> Corrector:
    # What a cell reads before it is corrected is nobody's step.
    scratch = Journal(grid.sheet, declaration.allow)
    converters = dict(_converters(grid, layout, schema, declaration, scratch))

    def clean_text(index: int, cell: Cell) -> str:
        return converters[index]([cell], [0])[0]

    return Corrector(corrections, layout, clean_text, journal)


def _counted(blocks: Iterable[Block], grid: Grid, on_rows: OnRows) -> Iterator[Block]:
    count = 0
    for block in blocks:
        yield block
        count += len(block.numbers)
        on_rows(count, grid.share() if grid.share else 0.0)


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
