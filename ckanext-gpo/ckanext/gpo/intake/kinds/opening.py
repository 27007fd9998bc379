"""Opens a file of any kind: unpacks it, tells what it is, hands it to the kind's reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row, RowOrBlock
from ckanext.gpo.intake.steps import IntakeError

from . import (
    databases,
    dbase,
    delimited,
    html_table,
    json_records,
    packing,
    xml_records,
)
from .limits import Limits
from .sniff import sniff
from .tally import Tally
from .workbook import binary, legacy, opendocument, spreadsheetml, xlsx

Fits: TypeAlias = Callable[[Sequence[Row]], float]
Read: TypeAlias = Callable[[Path, Declaration, Limits, Fits], Grid]

_READERS: Final[Mapping[str, Read]] = {
    "csv": delimited.read,
    "xlsx": xlsx.read,
    "xls": legacy.read,
    "xlsb": binary.read,
    "ods": opendocument.read,
    "spreadsheetml": spreadsheetml.read,
    "html": html_table.read,
    "json": json_records.read,
    "xml": xml_records.read,
    "sqlite": databases.read_sqlite,
    "parquet": databases.read_parquet,
    "dbf": dbase.read,
}
KINDS: Final = (*_READERS, "geojson", "ndjson")
"""What can be read, as `Grid.kind` says it."""

_PACKED: Final = ("gzip", "zip")
_DEPTH: Final = 2
"""So often a file may be packed: a zip archive in a gzip file, and no more."""


def open_file(
    path: Path, declaration: Declaration, limits: Limits, folder: Path, fits: Fits
) -> Grid:
    """The grid of a file, by its content.

    :param folder: where to unpack; the grid needs it until its rows are read
    :param fits: how well the first rows (at most 30) of a sheet hold the table's columns
    :raises IntakeError: a code of `codes.ERRORS`, here or while the rows are read
    """
    state = _state(path)
    tally = Tally(declaration)
    file, kind = _unpacked(path, declaration, limits, folder, tally)
    grid = _READERS[kind](file, declaration, limits, fits)
    first = Grid(grid.kind, iter(()))
    tally.hand_over(first)
    grid.steps[:0] = first.steps
    grid.stream = _unmoved(grid.stream, path, state)
    return grid


def _unpacked(
    path: Path, declaration: Declaration, limits: Limits, folder: Path, tally: Tally
) -> tuple[Path, str]:
    kind = sniff(path)
    for depth in range(_DEPTH):
        if kind not in _PACKED:
            return path, kind
        target = folder / f"unpacked-{depth}"
        if kind == "gzip":
            packing.gunzip(path, target, limits, tally)
        else:
            packing.unzip(path, target, declaration, limits, tally)
        path, kind = target, sniff(target)
    if kind in _PACKED:
        raise IntakeError("archive-nested")
    return path, kind


def _unmoved(
    stream: Iterator[RowOrBlock], path: Path, state: tuple[int, int]
) -> Iterator[RowOrBlock]:
    """The rows, and at their end the certainty that nobody wrote to the file meanwhile."""
    yield from stream
    if _state(path) != state:
        raise IntakeError("file-growing")


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
