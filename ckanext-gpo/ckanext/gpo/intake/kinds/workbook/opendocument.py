"""ODS, read from its content in one streaming pass by lxml.

A cell has its value and, beside it, the text that is shown, so that no format is needed.
python-calamine reads ODS too, but tells neither the text nor what is hidden.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import isodate

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Cell, DisplayedCell, Grid, Merge, Row
from ckanext.gpo.intake.kinds import markup
from ckanext.gpo.intake.kinds.limits import Limits
from ckanext.gpo.intake.kinds.tally import Tally
from ckanext.gpo.intake.steps import IntakeError, Place

from .choice import FIRST_ROWS, Candidate, choose
from .numbers import parse_number
from .package import check_members, damage, open_archive
from .view import Frame, StoredRow, view

_CONTENT: Final = "content.xml"
_HIDDEN: Final = ("collapse", "filter")
_DIGITS: Final = re.compile(r"\d+")
_ERRORS: Final = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+")


@dataclass
class _Table:
    """A table of the document, counted from 0, and what is known of it before its cells."""

    name: str
    visible: bool
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    merges: list[Merge] = field(default_factory=list[Merge])
    is_filtered: bool = False
    comments: int = 0

    def frame(self) -> Frame:
        return Frame(self.hidden_columns, self.merges, self.is_filtered)


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the visible sheet that fits.

    :raises IntakeError: `file-damaged`, `file-password`, `xml-entities`, a code of
        `choice.choose`; while its rows are read `rows-too-many`, `columns-too-many`
    """
    tally = Tally(declaration)
    with damage(), open_archive(path) as archive:
        check_members(archive, path.stat().st_size, limits)
        _refuse_encrypted(archive)
        tables = _tables(archive)

    def first_rows(index: int) -> list[Row]:
        scratch = Tally(declaration)
        grid = Grid("ods", iter(()), tables[index].name)
        rows = _rows(path, index, tables[index], limits, scratch, grid)
        return list(islice(rows, FIRST_ROWS))

    candidates = [
        Candidate(table.name, table.visible, lambda index=index: first_rows(index))
        for index, table in enumerate(tables)
    ]
    index = choose(candidates, declaration, fits, tally)
    table = tables[index]
    if table.comments:
        tally.add("comments-ignored", count=table.comments)
    grid = Grid("ods", iter(()), table.name, typed=True, merges=table.merges)
    tally.hand_over(grid)
    grid.stream = _rows(path, index, table, limits, tally, grid)
    return grid


def _rows(
    path: Path, index: int, table: _Table, limits: Limits, tally: Tally, grid: Grid
) -> Iterator[Row]:
    with damage(), open_archive(path) as archive, archive.open(_CONTENT) as stream:
        stored = _Cells(table.name, limits, tally).rows(markup.iterate(stream), index)
        yield from view(stored, table.name, table.frame(), limits, tally)
    tally.hand_over(grid)


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.NameToInfo and b"encryption-data" in archive.read(manifest):
        raise IntakeError("file-password")


def _repeated(element: Any, what: str) -> int:
    return markup.number(element, f"number-{what}-repeated", default=1)


def _tables(archive: zipfile.ZipFile) -> list[_Table]:
    tables: list[_Table] = []
    hidden_styles: set[str] = set()
    style, row, column = "", 0, 0
    with archive.open(_CONTENT) as stream:
        for event, element in markup.iterate(stream):
            name = markup.local_name(element)
            if event == "start":
                if name == "style":
                    style = markup.attribute(element, "name") or ""
                elif name == "table-properties":
                    if markup.attribute(element, "display") == "false":
                        hidden_styles.add(style)
                elif name == "table":
                    hidden = markup.attribute(element, "style-name") in hidden_styles
                    tables.append(
                        _Table(markup.attribute(element, "name") or "", not hidden)
                    )
                    row, column = 0, 0
            elif name == "table-column":
                count = _repeated(element, "columns")
                if markup.attribute(element, "visibility") in _HIDDEN:
                    tables[-1].hidden_columns.append((column, column + count - 1))
                column += count
            elif name == "table-row":
                _survey_row(element, row, tables[-1])
                row += _repeated(element, "rows")
                element.clear()
    return tables


def _survey_row(element: Any, row: int, table: _Table) -> None:
    table.is_filtered |= markup.attribute(element, "visibility") == "filter"
    column = 1
    for cell in element:
        down = int(markup.attribute(cell, "number-rows-spanned") or 1)
        across = int(markup.attribute(cell, "number-columns-spanned") or 1)
        if down > 1 or across > 1:
            table.merges.append(Merge(row + 1, column, row + down, column + across - 1))
        table.comments += any(markup.local_name(part) == "annotation" for part in cell)
        column += _repeated(cell, "columns")


@dataclass(frozen=True)
class _Cells:
    """One reading of a table's cells."""

    sheet: str
    limits: Limits
    tally: Tally

    def rows(
        self, events: Iterator[tuple[str, Any]], index: int
    ) -> Iterator[StoredRow]:
        table, number = -1, 0
        for event, element in events:
            name = markup.local_name(element)
            if event == "start":
                table += name == "table"
            elif name == "table-row":
                if table == index:
                    yield from self._row(element, number)
                    number += _repeated(element, "rows")
                element.clear()
            elif name == "table" and table == index:
                return

    def _row(self, element: Any, previous: int) -> Iterator[StoredRow]:
        hidden = markup.attribute(element, "visibility") in _HIDDEN
        cells: list[Cell] = []
        blank = 0
        for cell in element:
            value = self._cell(cell, previous + 1, len(cells) + blank + 1)
            count = _repeated(cell, "columns")
            if value is None:
                blank += count
                continue
            if len(cells) + blank + count > self.limits.columns:
                place = Place(self.sheet, previous + 1)
                limit = self.limits.columns
                raise IntakeError("columns-too-many", place, limit=limit)
            cells.extend([None] * blank)
            cells.extend([value] * count)
            blank = 0
        for number in range(previous + 1, previous + 1 + _repeated(element, "rows")):
            yield number, hidden, list(cells)

    def _cell(self, element: Any, row: int, column: int) -> Cell:
        kind = markup.attribute(element, "value-type")
        text = _text(element)
        place = Place(self.sheet, row, column)
        if _ERRORS.fullmatch(text) and markup.attribute(element, "formula"):
            self.tally.add("error-values", place, value=text)
            return None if self.tally.allows("error-values") else text
        if kind is None:
            formula = markup.attribute(element, "formula")
            if formula and not text:
                self.tally.add("formula-without-value", place, value=formula)
            return text or None
        if kind == "string":
            return text or markup.attribute(element, "string-value") or None
        value = _value(element, kind)
        return _with_text(value, text)


def _value(element: Any, kind: str) -> Cell:
    match kind:
        case "date":
            return _moment(markup.attribute(element, "date-value") or "")
        case "time":
            return _duration(markup.attribute(element, "time-value") or "")
        case "boolean":
            return markup.attribute(element, "boolean-value") == "true"
        case _:
            return parse_number(markup.attribute(element, "value") or "")


def _with_text(value: Cell, text: str) -> Cell:
    if value is None or isinstance(
        value, str | bool | time | timedelta | DisplayedCell
    ):
        return value if value is not None else text or None
    if isinstance(value, date):
        # A format of year and month leaves out the day
        return value if len(_DIGITS.findall(text)) >= 3 else DisplayedCell(value, text)
    return value if not text or text == str(value) else DisplayedCell(value, text)


def _moment(text: str) -> date | datetime | str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if "T" in text else moment.date()


def _duration(text: str) -> time | timedelta | str:
    try:
        length = isodate.parse_duration(text)
    except isodate.ISO8601Error:
        return text
    if isinstance(length, timedelta) and timedelta() <= length < timedelta(days=1):
        return (datetime.min + length).time()  # noqa: DTZ901 - of no zone
    return length if isinstance(length, timedelta) else text


def _text(element: Any) -> str:
    """The paragraphs of a cell, one a line; without its comment."""
    return "\n".join(_inner(part) for part in element if markup.local_name(part) == "p")


def _inner(element: Any) -> str:
    pieces = [element.text or ""]
    for part in element:
        match markup.local_name(part):
            case "s":
                pieces.append(" " * int(markup.attribute(part, "c") or 1))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case "annotation" | "note":
                pass
            case _:
                pieces.append(_inner(part))
        pieces.append(part.tail or "")
    return "".join(pieces)
