"""XLS and ET (BIFF 2 to 8), read by xlrd, which knows formats and what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final

import xlrd  # pyright: ignore[reportMissingTypeStubs]

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Merge, Row
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

from .biff import open_book, uncalculated_formulas
from .choice import FIRST_ROWS, Candidate, choose
from .formats import BUILT_IN, Reader, reader
from .numbers import from_double
from .view import Frame, StoredRow, view

_OWN_FORMATS: Final = 164
"""From this number on a workbook's formats are its own; those below can depend on the
country of the program."""

_EXTERNAL: Final = 2
"""xlrd's word for a supporting workbook that is another file."""


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the visible sheet that fits.

    :raises IntakeError: `file-damaged`, `file-password`, a code of `choice.choose`; while
        its rows are read `rows-too-many`, `columns-too-many`
    """
    tally = Tally(declaration)
    with _damage():
        book = open_book(path)
        sheets = [book.sheet_by_index(index) for index in range(book.nsheets)]
        date1904 = book.datemode == 1

    def first_rows(sheet: Any) -> list[Row]:
        scratch = Tally(declaration)
        rows = _Reader(path, book, sheet, scratch).rows()
        stored = view(rows, sheet.name, _frame(sheet), limits, scratch)
        with _damage():
            return list(islice(stored, FIRST_ROWS))

    candidates = [
        Candidate(s.name, s.visibility == 0, lambda sheet=s: first_rows(sheet))
        for s in sheets
    ]
    sheet = sheets[choose(candidates, declaration, fits, tally)]
    if date1904:
        tally.add("dates-1904-read")
    if notes := len(sheet.cell_note_map):
        tally.add("comments-ignored", count=notes)
    if _EXTERNAL in book._supbook_types:
        tally.add("external-values", Place(sheet.name))
    frame = _frame(sheet)
    grid = Grid(
        "xls", iter(()), sheet.name, typed=True, date1904=date1904, merges=frame.merges
    )
    tally.hand_over(grid)
    grid.stream = _rows(_Reader(path, book, sheet, tally), frame, limits, grid)
    return grid


def _rows(cells: _Reader, frame: Frame, limits: Limits, grid: Grid) -> Iterator[Row]:
    with _damage():
        yield from view(cells.rows(), grid.sheet, frame, limits, cells.tally)
    cells.tally.hand_over(grid)


@contextmanager
def _damage() -> Generator[None]:
    try:
        yield
    except IntakeError:
        raise
    except xlrd.biffh.XLRDError as err:
        code = "file-password" if "encrypted" in str(err) else "file-damaged"
        raise IntakeError(code) from err
    except Exception as err:
        raise IntakeError("file-damaged") from err


def _frame(sheet: Any) -> Frame:
    hidden = [
        (column, column) for column, info in sheet.colinfo_map.items() if info.hidden
    ]
    merges = [
        Merge(top + 1, first + 1, bottom, last)
        for top, bottom, first, last in sheet.merged_cells
    ]
    return Frame(sorted(hidden), merges)


class _Reader:
    """The cells of a sheet."""

    def __init__(self, path: Path, book: Any, sheet: Any, tally: Tally) -> None:
        self._path = path
        self._book = book
        self._sheet = sheet
        self.tally = tally
        self._readers: dict[int, Reader | None] = {}

    def rows(self) -> Iterator[StoredRow]:
        for index in range(self._sheet.nrows):
            info = self._sheet.rowinfo_map.get(index)
            types, values = self._sheet.row_types(index), self._sheet.row_values(index)
            # Most cells are plain texts, told at a glance
            cells: list[Cell] = [
                value
                if kind == xlrd.XL_CELL_TEXT and value and "\r" not in value
                else self._cell(index, column, kind, value)
                for column, (kind, value) in enumerate(zip(types, values, strict=True))
            ]
            yield index + 1, bool(info and info.hidden), cells

    def _cell(self, row: int, column: int, kind: int, value: Any) -> Cell:
        match kind:
            case xlrd.XL_CELL_TEXT:
                return self._text(row, column, value)
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                return self._number(row, column, value)
            case xlrd.XL_CELL_BOOLEAN:
                return bool(value)
            case xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(value, "#ERR!")
                self.tally.add("error-values", self._place(row, column), value=text)
                return None if self.tally.allows("error-values") else text
            case _:
                return None

    def _place(self, row: int, column: int) -> Place:
        return Place(self._sheet.name, row + 1, column + 1)

    @cached_property
    def _uncalculated(self) -> Mapping[tuple[int, int], str]:
        return uncalculated_formulas(self._path, self._sheet.number)

    def _text(self, row: int, column: int, text: str) -> str | None:
        # A blank text is hardly ever anything but the value of a formula
        if not text and (formula := self._uncalculated.get((row, column))):
            place = self._place(row, column)
            self.tally.add("formula-without-value", place, value=formula)
        if "\r" in text:
            self.tally.add("cell-line-breaks-joined", self._place(row, column))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text or None

    def _number(self, row: int, column: int, value: float) -> Cell:
        style = self._sheet.cell_xf_index(row, column)
        if style not in self._readers:
            self._readers[style] = self._reader(style)
        read = self._readers[style]
        number = from_double(value)
        if read is not None:
            return read(number)
        if isinstance(number, float) and number != value:
            place = self._place(row, column)
            self.tally.add("digits-rounded", place, value=repr(value))
        return number

    def _reader(self, style: int) -> Reader | None:
        key = self._book.xf_list[style].format_key
        own = self._book.format_map.get(key)
        if key < _OWN_FORMATS and key in BUILT_IN:
            code = BUILT_IN[key]
        else:
            code = own.format_str if own else "General"
        return reader(code, date1904=self._book.datemode == 1)
