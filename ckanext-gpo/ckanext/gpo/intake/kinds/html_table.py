"""HTML tables, which many business systems give out as `.xls`; read by lxml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import lxml.etree
import lxml.html

from ckanext.gpo.intake.declaration import Declaration
from ckanext.gpo.intake.grid import Grid, Merge, Row
from ckanext.gpo.intake.steps import IntakeError, Place

from .documents import read_whole
from .encodings import find_encoding
from .limits import Limits
from .tally import Tally
from .workbook.choice import FIRST_ROWS, Candidate, choose
from .workbook.view import Frame, StoredRow, view

_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BREAKS: Final = ("br", "p", "div")
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_DECLARED: Final = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(
    path: Path,
    declaration: Declaration,
    limits: Limits,
    fits: Callable[[Sequence[Row]], float],
) -> Grid:
    """The grid of the table that fits; tables are named by their number on the page.

    :raises IntakeError: `file-web-page` if it holds none, `document-too-large`, a code of
        `find_encoding` or of `choice.choose`
    """
    tally = Tally(declaration)
    encoding = find_encoding(path, limits)
    text = read_whole(path, limits)[encoding.mark :].decode(encoding.name)
    try:
        page = lxml.html.document_fromstring(_DECLARED.sub("", text))
    except lxml.etree.ParserError as err:
        raise IntakeError("file-empty") from err
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    if not tables:
        raise IntakeError("file-web-page")
    layouts = [_layout(table, limits) for table in tables]

    def rows(index: int, tally: Tally) -> Iterator[Row]:
        stored, frame = layouts[index]
        return view(iter(stored), _name(index), frame, limits, tally)

    def first_rows(index: int) -> list[Row]:
        every = rows(index, Tally(declaration))
        return [row for row, _ in zip(every, range(FIRST_ROWS), strict=False)]

    candidates = [
        Candidate(_name(index), visible=True, first_rows=lambda i=index: first_rows(i))
        for index in range(len(tables))
    ]
    index = choose(candidates, declaration, fits, tally)
    if encoding.name != "utf-8":
        tally.add("encoding-read", encoding=encoding.name.upper())
    grid = Grid(
        "html",
        iter(()),
        _name(index) if len(tables) > 1 else "",
        encoding=encoding.name,
        merges=layouts[index][1].merges,
    )
    tally.hand_over(grid)
    grid.stream = tally.follow(rows(index, tally), grid)
    return grid


def _name(index: int) -> str:
    return str(index + 1)


def _layout(table: Any, limits: Limits) -> tuple[list[StoredRow], Frame]:
    """Rows of cells in their columns, with the merges that span them.

    :raises IntakeError: `columns-too-many`, before they take memory
    """
    rows: list[StoredRow] = []
    merges: list[Merge] = []
    taken_to: dict[int, int] = {}
    for number, element in enumerate(table.iter("tr"), 1):
        cells: list[Any] = []
        column = 1
        for cell in element.iterchildren("td", "th"):
            while taken_to.get(column, 0) >= number:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = _text(cell) or None
            if down > 1 or across > 1:
                bottom, right = number + down - 1, column + across - 1
                merges.append(Merge(number, column, bottom, right))
                taken_to.update(dict.fromkeys(range(column, right + 1), bottom))
            column += across
            if column > limits.columns + 1:
                place = Place(row=number)
                raise IntakeError("columns-too-many", place, limit=limits.columns)
        hidden = _HIDDEN.search(element.get("style", "")) is not None
        rows.append((number, hidden, cells))
    return rows, Frame(merges=merges)


def _span(cell: Any, name: str) -> int:
    """How many rows or columns a cell spans; what browsers allow at most."""
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), 1000) if text.isdecimal() else 1


def _text(element: Any) -> str:
    """What a browser shows: runs of white space are one space, `<br>` is a line break."""
    pieces = [_SPACE.sub(" ", element.text or "")]
    for part in element:
        if isinstance(part.tag, str) and part.tag not in ("script", "style"):
            pieces.append(("\n" if part.tag in _BREAKS else "") + _text(part))
        pieces.append(_SPACE.sub(" ", part.tail or ""))
    lines = "".join(pieces).split("\n")
    return "\n".join(line.strip(" \xa0") for line in lines).strip("\n")
