"""Tables of offices, CSV or XLSX: from the file to the rows of the declared columns."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from ckanext.gpo.harvest.extract import Extract, Row

from . import delimited
from .file_failures import FileError
from .grid import Grid
from .header import DEPTH, Header, find, squeeze

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_TOTAL = re.compile(r"(合|总|小|共)计[::]?(\(.*\))?")
_NOTE = re.compile(
    r"((备|附)?注|说明|(数据|资料)来源|(填报|制表|报送|编制)(单位|部门|人|日期|时间)"
    r"|(填表|审核|复核|联系)人?|(单位)?负责人|联系电话)\d*[:.、]"
)
_DITTO = {"同上", "〃", "″"}


def read(
    path: Path, name: str, names: Sequence[str], sheet: str | None, unpacked: int
) -> Extract:
    """The rows of the declared columns.

    :param name: the file as people know it
    :param names: the declared columns; they become the extract's columns
    :param unpacked: the most bytes that an XLSX may unpack to
    :raises FileError: the file cannot be read, or does not hold the columns
    """
    grid = _open(path, name, sheet, unpacked)
    first = list(islice(grid.rows, DEPTH))
    header = find([cells for _, cells in first], names, grid.label)
    positions = header.positions(names, grid.label)
    return Extract(
        columns=tuple(names),
        rows=_rows(grid, chain(first[header.end :], grid.rows), header, positions),
        label=grid.label,
        epoch=grid.epoch,
        facts=grid.facts,
    )


def _open(path: Path, name: str, sheet: str | None, unpacked: int) -> Grid:
    # By its first bytes, since offices rename files.
    with path.open("rb") as stream:
        start = stream.read(4)
    if not start:
        raise FileError("source-file-empty", file=name)
    if start == _ZIP:
        # Here, since every process of the site loads this module and hardly one reads XLSX:
        # openpyxl brings numpy, 30 MiB in each.
        from . import spreadsheet  # noqa: PLC0415

        return spreadsheet.open_grid(path, name, sheet, unpacked)
    if start == _OLE:
        raise FileError(
            "source-file-unreadable",
            file=name,
            reason="old-excel",
        )
    return delimited.open_grid(path, name)


def _rows(
    grid: Grid,
    rows: Iterator[tuple[int, Sequence[Any]]],
    header: Header,
    positions: Sequence[int],
) -> Generator[Row, None, None]:
    left_out = grid.facts.setdefault("left_out", {})
    merged: dict[int, tuple[Any, int]] = {}
    previous: list[Any] = [None] * len(positions)
    in_notes = False
    for number, cells in rows:
        labels = [squeeze(cell) for cell in cells]
        reason = _not_data(labels, header, in_notes)
        in_notes = reason == "notes"
        if reason:
            left_out[reason] = left_out.get(reason, 0) + 1
            continue
        if grid.ragged and any(labels[len(header.paths) :]):
            raise FileError(
                "source-row-too-long",
                file=grid.label,
                row=number,
                cells=len(cells),
                columns=len(header.paths),
            )
        row = [_cell(cells, number, column, grid, merged) for column in positions]
        previous = [
            filler if squeeze(value) in _DITTO else value
            for value, filler in zip(row, previous, strict=True)
        ]
        yield number, previous


def _not_data(labels: Sequence[str], header: Header, in_notes: bool) -> str | None:
    filled = [label for label in labels if label]
    if not filled:
        return "blank"
    if _TOTAL.fullmatch(filled[0]):
        return "totals"
    if _NOTE.match(filled[0]) or (in_notes and len(filled) == 1):
        return "notes"
    if filled == [label for label in header.leaves if label]:
        return "headers"
    return None


def _cell(
    cells: Sequence[Any],
    number: int,
    column: int,
    grid: Grid,
    merged: dict[int, tuple[Any, int]],
) -> Any:
    value = cells[column] if column < len(cells) else None
    last = grid.spans.get((number, column))
    if last:
        merged[column] = (value, last)
    elif value is None and column in merged and number <= merged[column][1]:
        return merged[column][0]
    return value
