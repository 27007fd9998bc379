"""XLSX and XLSM: the sheet that fits, read from the package's own parts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Row, RowOrBlock, take_rows
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally

from .cells import CellReader
from .choice import FIRST_ROWS, Candidate, choose
from .conversions import Conversions
from .frame import XmlFrame, read_frame
from .package import (
    Chunks,
    Sheet,
    check_members,
    damage,
    open_archive,
    read_chunks,
    read_package,
    read_relations,
)
from .strings import shared_strings
from .view import view


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the visible sheet that fits.

    :raises IntakeError: `file-damaged`, `file-password`, `xml-entities`, a code of
        `choice.choose`, of `packing.check_size`; while its rows are read `rows-too-many`,
        `columns-too-many`
    """
    tally = Tally(declaration)
    with damage(), open_archive(path) as archive:
        check_members(archive, path.stat().st_size, limits)
        package = read_package(archive)
        chunks = Chunks(archive, [sheet.part for sheet in package.sheets])
        strings = shared_strings(archive, package.strings)
        frames = {
            sheet.part: read_frame(chunks.read(archive, sheet.part))
            for sheet in package.sheets
        }

        def first_rows(sheet: Sheet) -> list[Row]:
            frame, scratch = frames[sheet.part], Tally(declaration)
            stored = Conversions(sheet.name, package, strings, limits, scratch)
            cells = CellReader(chunks.read(archive, sheet.part), frame, stored)
            rows = view(cells.rows(), sheet.name, frame, limits, scratch)
            return take_rows(rows, FIRST_ROWS)[0]

        candidates = [
            Candidate(sheet.name, sheet.visible, lambda sheet=sheet: first_rows(sheet))
            for sheet in package.sheets
        ]
        sheet = package.sheets[choose(candidates, declaration, fits, tally)]
        _count_comments(archive, sheet, tally)
    if package.date1904:
        tally.add("dates-1904-read")
    frame = frames[sheet.part]
    grid = Grid(
        "xlsx",
        iter(()),
        sheet.name,
        typed=True,
        date1904=package.date1904,
        merges=frame.merges,
    )
    tally.hand_over(grid)
    stored = Conversions(sheet.name, package, strings, limits, tally)
    grid.stream = _rows(path, sheet, chunks, frame, stored, grid)
    return grid


def _rows(
    path: Path,
    sheet: Sheet,
    chunks: Chunks,
    frame: XmlFrame,
    stored: Conversions,
    grid: Grid,
) -> Iterator[RowOrBlock]:
    limits, tally = stored.limits, stored.tally
    with damage(), open_archive(path) as archive:
        cells = CellReader(chunks.read(archive, sheet.part), frame, stored)
        yield from view(cells.rows(), sheet.name, frame, limits, tally)
    tally.hand_over(grid)


def _count_comments(archive: zipfile.ZipFile, sheet: Sheet, tally: Tally) -> None:
    for kind, part in read_relations(archive, sheet.part).values():
        if kind == "comments" and part in archive.NameToInfo:
            count = sum(
                chunk.count(b"<comment ") for chunk in read_chunks(archive, part)
            )
            if count:
                tally.add("comments-ignored", count=count)
