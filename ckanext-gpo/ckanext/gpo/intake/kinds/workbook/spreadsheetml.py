"""SpreadsheetML 2003, the XML that Excel 2003 and many business systems write as `.xls`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, Grid, Merge, Row
from ckanext.gpo.intake.kinds import markup
from ckanext.gpo.intake.kinds.documents import read_whole
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import Place

from .choice import FIRST_ROWS, Candidate, choose
from .formats import reader
from .numbers import parse_number
from .view import Frame, StoredRow, view

_NAMED_FORMATS: Final = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": "¥#,##0.00",
}


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the visible sheet that fits.

    :raises IntakeError: `document-too-large`, `file-damaged`, `xml-malformed`, `xml-entities`, a
        code of `choice.choose`; while its rows are read `rows-too-many`, `columns-too-many`
    """
    tally = Tally(declaration)
    try:
        book = markup.parse(read_whole(path, limits))
    except markup.MALFORMED as err:
        raise markup.malformed(err) from err
    formats = _formats(book)
    sheets = list(book.iterfind("{*}Worksheet"))

    def rows(sheet: Any, tally: Tally) -> Iterator[Row]:
        stored = _Cells(_name(sheet), formats, tally).rows(sheet)
        return view(stored, _name(sheet), _frame(sheet), limits, tally)

    def first_rows(sheet: Any) -> list[Row]:
        return list(islice(rows(sheet, Tally(declaration)), FIRST_ROWS))

    candidates = [
        Candidate(_name(s), _is_visible(s), lambda sheet=s: first_rows(sheet))
        for s in sheets
    ]
    sheet = sheets[choose(candidates, declaration, fits, tally)]
    comments = len(sheet.findall(".//{*}Comment"))
    if comments:
        tally.add("comments-ignored", count=comments)
    grid = Grid(
        "spreadsheetml",
        iter(()),
        _name(sheet),
        typed=True,
        merges=_frame(sheet).merges,
    )
    tally.hand_over(grid)
    grid.stream = tally.follow(rows(sheet, tally), grid)
    return grid


def _name(sheet: Any) -> str:
    return markup.attribute(sheet, "Name") or ""


def _is_visible(sheet: Any) -> bool:
    state = sheet.findtext("{*}WorksheetOptions/{*}Visible")
    return state not in ("SheetHidden", "SheetVeryHidden")


def _formats(book: Any) -> dict[str, str]:
    formats: dict[str, str] = {}
    for style in book.iterfind("{*}Styles/{*}Style"):
        pattern = style.find("{*}NumberFormat")
        if pattern is not None:
            code = markup.attribute(pattern, "Format") or "General"
            identifier = markup.attribute(style, "ID") or ""
            formats[identifier] = _NAMED_FORMATS.get(code, code)
    return formats


def _number(element: Any, name: str) -> int:
    return markup.number(element, name, default=0)


def _frame(sheet: Any) -> Frame:
    hidden: list[tuple[int, int]] = []
    column = 1
    for element in sheet.iterfind("{*}Table/{*}Column"):
        column = _number(element, "Index") or column
        span = _number(element, "Span")
        if markup.attribute(element, "Hidden") == "1":
            hidden.append((column - 1, column - 1 + span))
        column += 1 + span
    merges = [
        Merge(
            row,
            column,
            row + _number(cell, "MergeDown"),
            column + _number(cell, "MergeAcross"),
        )
        for row, _, cells in _placed_rows(sheet)
        for column, cell in cells
        if _number(cell, "MergeDown") or _number(cell, "MergeAcross")
    ]
    is_filtered = sheet.find(".//{*}AutoFilterColumn") is not None
    return Frame(hidden, merges, is_filtered)


def _placed_rows(sheet: Any) -> Iterator[tuple[int, Any, list[tuple[int, Any]]]]:
    number = 0
    for row in sheet.iterfind("{*}Table/{*}Row"):
        number = _number(row, "Index") or number + 1
        column, cells = 0, list[tuple[int, Any]]()
        for cell in row.iterfind("{*}Cell"):
            column = _number(cell, "Index") or column + 1
            cells.append((column, cell))
            column += _number(cell, "MergeAcross")
        yield number, row, cells
        number += _number(row, "Span")


class _Cells:
    """One reading of a sheet's cells."""

    def __init__(self, sheet: str, formats: dict[str, str], tally: Tally) -> None:
        self._sheet = sheet
        self._formats = formats
        self._tally = tally

    def rows(self, sheet: Any) -> Iterator[StoredRow]:
        for number, row, placed in _placed_rows(sheet):
            cells: list[Cell] = []
            for column, cell in placed:
                value = self._cell(cell, Place(self._sheet, number, column))
                if value is not None:
                    cells.extend([None] * (column - len(cells)))
                    cells[column - 1] = value
            yield number, markup.attribute(row, "Hidden") == "1", cells

    def _cell(self, element: Any, place: Place) -> Cell:
        data = element.find("{*}Data")
        text = "".join(data.itertext()) if data is not None else ""
        if not text:
            formula = markup.attribute(element, "Formula")
            if formula and (data is None or markup.attribute(data, "Type") != "String"):
                self._tally.add("formula-without-value", place, value=formula)
            return None
        match markup.attribute(data, "Type"):
            case "Number":
                number = parse_number(text)
                style = markup.attribute(element, "StyleID") or ""
                read = reader(self._formats.get(style, "General"))
                return (
                    text if number is None else number if read is None else read(number)
                )
            case "DateTime":
                return _moment(text)
            case "Boolean":
                return text == "1"
            case "Error":
                self._tally.add("error-values", place, value=text)
                return None if self._tally.allows("error-values") else text
            case _:
                return text.replace("\r\n", "\n").replace("\r", "\n")


def _moment(text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.time() != time() else moment.date()
