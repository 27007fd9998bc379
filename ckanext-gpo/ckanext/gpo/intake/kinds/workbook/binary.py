"""XLSB: values by python-calamine; what it does not see, from the records of the sheet.

Formulas without values do not exist here: each of the four records of a formula begins with
its value, and only programs that calculate write the format.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

import python_calamine

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Merge, Row
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

from .choice import FIRST_ROWS, Candidate, choose
from .formats import BUILT_IN, Reader, reader
from .numbers import from_double
from .package import (
    check_members,
    damage,
    open_archive,
    read_part,
    read_relations,
)
from .view import Frame, StoredRow, view

_ROW: Final = 0
_CELLS: Final = range(1, 12)
_ERROR_CELLS: Final = (3, 11)
_BLANK_CELL: Final = 1
_FORMAT: Final = 44
_STYLE: Final = 47
_COLUMN: Final = 60
_STYLES_BEGIN: Final = 617
_STYLES_END: Final = 618
_MERGE: Final = 176
_FILTER_COLUMN: Final = 163
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_BOOK: Final = "xl/workbook.bin"
_SHEET_RECORD: Final = 156
_COMMENT: Final = 635
_PROPERTIES: Final = 153

_Place: TypeAlias = tuple[int, int]


@dataclass
class _Survey:
    """What the records of a sheet say besides values; rows and columns from 0."""

    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    merges: list[Merge] = field(default_factory=list[Merge])
    is_filtered: bool = False
    comments: int = 0
    styles: dict[_Place, int] = field(default_factory=dict[_Place, int])
    errors: dict[_Place, str] = field(default_factory=dict[_Place, str])
    width: int = 0
    height: int = 0

    def frame(self) -> Frame:
        return Frame(self.hidden_columns, self.merges, self.is_filtered)


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
    with damage(), open_archive(path) as archive:
        check_members(archive, path.stat().st_size, limits)
        parts = dict(read_relations(archive, _BOOK).items())
        sheets = _sheets(archive, parts)
        styles = next((p for kind, p in parts.values() if kind == "styles"), "")
        readers = _readers(archive, styles)
        surveys = [_survey(archive, part, readers) for _, _, part in sheets]
        has_links = any(kind == "externalLink" for kind, _ in parts.values())
    for survey in surveys:
        _check_area(survey, limits)

    def rows(index: int, tally: Tally) -> Iterator[Row]:
        name = sheets[index][0]
        stored = _Cells(name, surveys[index], readers, tally).rows(path)
        return view(stored, name, surveys[index].frame(), limits, tally)

    def first_rows(index: int) -> list[Row]:
        return list(islice(rows(index, Tally(declaration)), FIRST_ROWS))

    candidates = [
        Candidate(name, visible, lambda i=index: first_rows(i))
        for index, (name, visible, _) in enumerate(sheets)
    ]
    index = choose(candidates, declaration, fits, tally)
    if comments := surveys[index].comments:
        tally.add("comments-ignored", count=comments)
    if has_links:
        tally.add("external-values", Place(sheets[index][0]))
    grid = Grid(
        "xlsb", iter(()), sheets[index][0], typed=True, merges=surveys[index].merges
    )
    tally.hand_over(grid)
    grid.stream = tally.follow(_undamaged(rows(index, tally)), grid)
    return grid


def _undamaged(rows: Iterator[Row]) -> Iterator[Row]:
    with damage():
        yield from rows


def _check_area(survey: _Survey, limits: Limits) -> None:
    """See that calamine, which allocates the whole area of a sheet, can do so."""
    if survey.width > limits.columns:
        raise IntakeError("columns-too-many", limit=limits.columns)
    if survey.height > limits.rows:
        raise IntakeError("rows-too-many", limit=limits.rows)


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    """Records of a part: type and body. Type and length are written seven bits a byte."""
    data = read_part(archive, part)
    position = 0
    while position < len(data):
        kind = data[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[position] & 0x7F) << 7
            position += 1
        length = shift = 0
        while True:
            byte = data[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, data[position : position + length]
        position += length


def _text(body: bytes, start: int) -> tuple[str, int]:
    """A wide string, and where it ends."""
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + 2 * length
    return body[start + 4 : end].decode("utf-16-le"), end


def _sheets(
    archive: zipfile.ZipFile, parts: dict[str, tuple[str, str]]
) -> list[tuple[str, bool, str]]:
    """Name, whether people see it, part."""
    sheets: list[tuple[str, bool, str]] = []
    for kind, body in _records(archive, _BOOK):
        if kind == _SHEET_RECORD:
            (state,) = struct.unpack_from("<I", body)
            identifier, end = _text(body, 8)
            name, _ = _text(body, end)
            what, part = parts[identifier]
            if what == "worksheet":
                sheets.append((name, state == 0, part))
    return sheets


def _readers(archive: zipfile.ZipFile, part: str) -> list[Reader | None]:
    """Index of a cell's style → its number format's reader."""
    formats: dict[int, str] = {}
    styles: list[Reader | None] = []
    in_styles = False
    if part not in archive.NameToInfo:
        return styles
    for kind, body in _records(archive, part):
        if kind == _FORMAT:
            (number,) = struct.unpack_from("<H", body)
            formats[number] = _text(body, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            in_styles = kind == _STYLES_BEGIN
        elif kind == _STYLE and in_styles:
            (number,) = struct.unpack_from("<H", body, 2)
            styles.append(reader(formats.get(number, BUILT_IN.get(number, "General"))))
    return styles


def _survey(
    archive: zipfile.ZipFile, part: str, readers: Sequence[Reader | None]
) -> _Survey:
    survey = _Survey(comments=_count_comments(archive, part))
    row = 0
    for kind, body in _records(archive, part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if body[11] & 0x10:
                survey.hidden_rows.add(row)
        elif kind in _CELLS and kind != _BLANK_CELL:
            column, style = struct.unpack_from("<II", body)
            style &= 0xFFFFFF
            survey.height = max(survey.height, row + 1)
            survey.width = max(survey.width, column + 1)
            if style < len(readers) and readers[style]:
                survey.styles[row, column] = style
            if kind in _ERROR_CELLS:
                survey.errors[row, column] = _ERRORS.get(body[8], "#ERR!")
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", body)
            if body[16] & 0x01:
                survey.hidden_columns.append((first, last))
        elif kind == _MERGE:
            top, bottom, first, last = struct.unpack_from("<IIII", body)
            survey.merges.append(Merge(top + 1, first + 1, bottom + 1, last + 1))
        survey.is_filtered |= kind == _FILTER_COLUMN
    return survey


def _count_comments(archive: zipfile.ZipFile, sheet: str) -> int:
    return sum(
        kind == _COMMENT
        for what, part in read_relations(archive, sheet).values()
        if what == "comments" and part in archive.NameToInfo
        for kind, _ in _records(archive, part)
    )


@dataclass(frozen=True)
class _Cells:
    """One reading of a sheet's cells."""

    sheet: str
    survey: _Survey
    readers: Sequence[Reader | None]
    tally: Tally

    def rows(self, path: Path) -> Iterator[StoredRow]:
        book: Any = python_calamine.CalamineWorkbook
        try:
            sheet = book.from_path(str(path)).get_sheet_by_name(self.sheet)
        except python_calamine.CalamineError as err:
            raise IntakeError("file-damaged") from err
        for row, values in enumerate(sheet.iter_rows()):
            cells = [self._cell(row, column, v) for column, v in enumerate(values)]
            yield row + 1, row in self.survey.hidden_rows, cells

    def _cell(self, row: int, column: int, value: Any) -> Cell:
        place = Place(self.sheet, row + 1, column + 1)
        error = self.survey.errors.get((row, column))
        if error:
            self.tally.add("error-values", place, value=error)
            return None if self.tally.allows("error-values") else error
        if value == "":
            return None
        style = self.survey.styles.get((row, column))
        read = None if style is None else self.readers[style]
        if isinstance(value, bool | str | date | datetime | time | timedelta):
            return value
        return self._number(value, read, place)

    def _number(self, value: float, read: Reader | None, place: Place) -> Cell:
        number = from_double(value)
        if read is not None:
            return read(number)
        if isinstance(number, float) and number != value:
            self.tally.add("digits-rounded", place, value=repr(value))
        return number
