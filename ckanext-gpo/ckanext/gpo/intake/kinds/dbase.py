"""dBase and FoxPro files, read by the library dbf."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import dbf

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from . import records
from .encodings import is_mostly_utf8
from .limits import Limits
from .tally import Tally

_LANGUAGE: Final = 29
"""The byte that names the code page; programs of our offices leave it zero."""

_SAMPLE: Final = 1 << 18


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of a dBase file, without the records that are marked as deleted.

    :raises IntakeError: `file-damaged`; while its rows are read `rows-too-many`
    """
    tally = Tally(declaration)
    encoding = _encoding(path)
    if encoding not in (None, "utf8"):
        tally.add("encoding-read", encoding="GBK")
    grid = Grid("dbf", iter(()), encoding=encoding or "", typed=True)
    tally.hand_over(grid)
    grid.stream = _rows(path, encoding, limits, tally, grid)
    return grid


def _encoding(path: Path) -> str | None:
    """The code page of a file that names none; by its bytes it is UTF-8 or GBK."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if sample[_LANGUAGE]:
        return None
    return "utf8" if is_mostly_utf8(sample[32:]) else "cp936"


@contextmanager
def _damage() -> Generator[None]:
    try:
        yield
    except IntakeError:
        raise
    except Exception as err:
        # Damaged bytes lead the library to any of them
        raise IntakeError("file-damaged") from err


def _rows(
    path: Path, encoding: str | None, limits: Limits, tally: Tally, grid: Grid
) -> Iterator[Row]:
    with _damage():
        table: Any = dbf.Table(
            str(path), codepage=encoding, on_disk=True, ignore_memos=True
        )
        with table.open(dbf.READ_ONLY):
            yield records.HEADER, list(table.field_names)
            for number, record in enumerate(table, 1):
                if number > limits.rows:
                    place = Place(row=number)
                    raise IntakeError("rows-too-many", place, limit=limits.rows)
                if dbf.is_deleted(record):
                    tally.add("records-deleted-ignored", Place(row=number))
                    continue
                yield number, [_cell(value) for value in record]
    tally.hand_over(grid)


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        return value.rstrip() or None
    if value is None or isinstance(value, bool | int | float | Decimal | date | time):
        return value
    if isinstance(value, datetime):
        return value
    return str(value)
